"""An article with its claims marked in the text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.jupyter.cards import statement_html
from kg.jupyter.elements import FAINT, box, span, tint, words
from kg.markup import tag
from kg.model import Article, Claim
from kg.view.data import safe_url
from kg.view.palette import family_of
from kg.view.words import WORDS

QUOTED: Final = 0.18  # opacity of the colour behind a quote
SAYS: Final = {"de": "sagt", "en": "says"}
OPEN: Final = {"de": "öffnen", "en": "open"}
TRIGGERED: Final = 0.55  # and behind the word that says it


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article with its claims, those quotes that stand in its text marked; a notebook shows it."""

    article: Article
    claims: tuple[Claim, ...]
    language: str = "en"

    def _repr_html_(self) -> str:
        article, claims = self.article, self._placed()
        known = (article.publisher, article.published.isoformat() if article.published else "", article.id)
        url = safe_url(article.url)
        link = {"href": url, "rel": "noopener noreferrer", "target": "_blank"}
        source = " · ".join(words(part) for part in known if part)
        text = "".join(
            tag("p", {"style": "margin: 0.6em 0", "dir": "auto"}, *paragraph)
            for paragraph in _paragraphs(article.text, claims)
        )
        return box(
            tag("b", {}, words(article.title or article.id)),
            tag("div", {"style": FAINT}, source, " · " + tag("a", link, OPEN[self.language]) if url else ""),
            text,
            self._list(claims),
        )

    def _placed(self) -> tuple[Claim, ...]:
        """Return the claims of this article whose quote stands where they say, in the order of the text."""
        here = (claim for claim in self.claims if claim.span.of(self.article.text) == claim.quote)
        return tuple(sorted(here, key=lambda claim: (claim.span, claim.trigger, claim.id)))

    def _list(self, claims: Iterable[Claim]) -> str:
        items = [
            tag("li", {}, statement_html(claim, language=self.language), _said(claim, self.language))
            for claim in claims
        ]
        return (
            tag("ol", {"style": "margin: 0.6em 0; padding-left: 2em"}, *items)
            if items
            else span(FAINT, WORDS[self.language]["nothing"])
        )

    def __repr__(self) -> str:
        return f"<Article {self.article.id!r}: {len(self.claims)} claims>"


def _said(claim: Claim, language: str) -> str:
    chain = claim.said_by(lambda entity: words(entity.label(language)), " ← ", outermost_first=True)
    return span(FAINT, f" {SAYS[language]} {chain}") if chain else ""


def _paragraphs(text: str, claims: tuple[Claim, ...]) -> Iterator[list[str]]:
    """Yield the pieces of each paragraph as HTML: quotes in their colour, numbers where they end."""
    numbered = list(enumerate(claims, start=1))
    edges = {0, len(text)}
    for claim in claims:
        edges |= {claim.span.start, claim.span.end, *_trigger(claim)}
    breaks = [place for place, letter in enumerate(text) if letter == "\n"]
    edges |= {place for at in breaks for place in (at, at + 1)}
    pieces: list[str] = []
    for start, end in pairwise(sorted(edges)):
        if text[start:end] == "\n":
            if pieces:
                yield pieces
            pieces = []
            continue
        pieces.append(_piece(text[start:end], start, claims))
        ended = [str(number) for number, claim in numbered if claim.span.end == end]
        if ended:
            pieces.append(tag("sup", {"style": f"{FAINT}; line-height: 0"}, ", ".join(ended)))
    if pieces:
        yield pieces


def _piece(text: str, start: int, claims: tuple[Claim, ...]) -> str:
    """Return a piece that lies wholly inside or outside of each quote; the shortest quote colours it."""
    around = [claim for claim in claims if claim.span.start <= start < claim.span.end]
    if not around:
        return words(text)
    triggers = [claim for claim in around if _trigger(claim)[0] <= start < _trigger(claim)[1]]
    claim = min(triggers or around, key=lambda one: (one.span.end - one.span.start, one.id))
    colour = tint(family_of(claim.relation, claim.type).colour, TRIGGERED if triggers else QUOTED)
    return tag("mark", {"style": f"background-color: {colour}; color: inherit"}, words(text))


def _trigger(claim: Claim) -> tuple[int, int]:
    """Return start and end of the trigger, both at the quote's start where it stands outside."""
    inside = claim.span.covers(claim.trigger)
    return (claim.trigger.start, claim.trigger.end) if inside else (claim.span.start, claim.span.start)
