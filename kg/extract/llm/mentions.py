"""The words that a model names an actor by -> the mention that stands in the text there, for the linker."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from kg.extract.llm.quotes import Searchable
from kg.knowledge.names import slug
from kg.model import Article, Kind, Mention, Reading, Span

Read = Callable[[Article], Reading]
"""The local reader, which knows the names of the tables."""

_SHARE: Final = 0.5
"""Of the words: a mention that ends with them and covers less of them names something else, as "Iran" in "the
companies that trade with Iran"."""


class Mentions:
    """The mentions of an article by the words that name them, those of the local reader first."""

    def __init__(self, local: Reading, read: Read) -> None:
        self._article, self._read = local.article, read
        self._local = local.mentions
        self._text = Searchable(local.article.text)
        self._made: dict[Span, Mention] = {}

    def find(self, words: str, *, near: Span, within: Span) -> Mention | None:
        """Return the mention that words name within a passage, the one in or next to ``near``; None for none."""
        places = self._text.find_name(words, within)
        if not places:
            return None
        place = min(places, key=lambda span: (_distance(span, near), span))
        return _best(self._local, place, self._article) or self._short(place) or self._alone(place)

    def stand_ins(self, quote: Span) -> int:
        """Return how many pronouns and descriptions without name a quote holds: each may stand for somebody."""
        inside = [mention for mention in self._local if quote.covers(mention.span)]
        return sum(not (mention.name or mention.candidates) for mention in inside)

    def all_with(self, used: Iterable[Mention]) -> tuple[Mention, ...]:
        """Return the local mentions and the made ones among ``used``, in text order."""
        made = set(used) - set(self._local)
        return tuple(sorted({*self._local, *made}, key=lambda mention: (mention.span, repr(mention))))

    def _short(self, place: Span) -> Mention | None:
        """Return the person whose name ends with the words, where the local reader saw none in them ("May")."""
        words = place.of(self._article.text)
        for person in self._local:
            if person.kind is Kind.PERSON and f"-{slug(person.name)}".endswith(f"-{slug(words)}"):
                return Mention(place, Kind.PERSON, name=words, candidates=person.candidates)
        return None

    def _alone(self, place: Span) -> Mention:
        """Return the mention that the words are if they are read by themselves; else a group or a name."""
        if place not in self._made:
            words = place.of(self._article.text)
            read = self._read(replace(self._article, text=words)).mentions
            whole = _best(read, Span(0, len(words)), replace(self._article, text=words))
            self._made[place] = replace(whole, span=place) if whole else _named(words, place)
        return self._made[place]


def _best(mentions: Iterable[Mention], place: Span, article: Article) -> Mention | None:
    """Return the mention that means the same as the words at a place."""
    near = [mention for mention in mentions if mention.span.overlaps(place)]
    exact = [mention for mention in near if mention.span == place]
    named = [mention for mention in near if mention.span.covers(place) and _names(mention, place, article)]
    ending = [mention for mention in near if mention.span.end == place.end and _covered(mention.span, place)]
    return next(iter(exact + named + ending), None)


def _names(mention: Mention, place: Span, article: Article) -> bool:
    """Tell whether words inside a mention are its name, or a part of it such as the family name."""
    own, words = slug(mention.name).split("-"), slug(place.of(article.text)).split("-")
    return bool(mention.name) and set(words) <= set(own)


def _covered(mention: Span, place: Span) -> bool:
    shared = min(mention.end, place.end) - max(mention.start, place.start)
    longer = max(mention.end - mention.start, place.end - place.start)
    return shared >= _SHARE * longer


def _named(words: str, place: Span) -> Mention:
    """Return a mention of whom no table knows: several capitalised words are a name, others describe a group."""
    parts = words.split()
    if len(parts) > 1 and all(part[0].isupper() for part in parts):
        return Mention(place, Kind.ORGANISATION, name=" ".join(parts))
    return Mention(place, Kind.GROUP, head=" ".join(parts))


def _distance(place: Span, near: Span) -> int:
    """Return 0 inside, else characters between them; what stands before is nearer than what comes after."""
    if near.covers(place):
        return 0
    before = near.start - place.end
    return 2 * max(before, 1) if before >= 0 else 2 * max(place.start - near.end, 1) + 1
