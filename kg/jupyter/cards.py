"""A claim as a card, and a graph as its counts."""

from collections import Counter
from typing import Final

from kg.jupyter.elements import FAINT, box, span, table, tint, words
from kg.markup import tag
from kg.model import Claim, Modality, Role
from kg.ontology import relation_types
from kg.selection import Claims, code_of, days_of
from kg.view.data import split_quote
from kg.view.palette import family_of
from kg.view.words import WORDS

ARROW: Final = " → "
_GERMAN: Final = {
    "when": "wann",
    "where": "wo",
    "who says so": "wer das sagt",
    "the article itself": "der Artikel selbst",
    "article": "Artikel",
    "read by": "gelesen von",
}
TOLD: Final = {"de": _GERMAN, "en": {name: name for name in _GERMAN}}
"""What a card says besides the claim."""
STRONGEST: Final = 5  # pairs that a graph names
BAR: Final = 160  # pixels of the longest bar


def claim_html(claim: Claim, *, language: str = "en") -> str:
    """Return a claim as HTML: who, what, whom, how certainly, who says so, and the quote. Raises nothing."""
    colour, told = family_of(claim.relation, claim.type).colour, TOLD[language]
    before, trigger, after = split_quote(claim.quote, claim.span, claim.trigger)
    marked = tag("b", {}, words(trigger)) if trigger else ""
    quote = tag("q", {}, words(before), marked, words(after))
    said = claim.said_by(lambda entity: words(entity.label(language)), " ← ", outermost_first=True)
    rows = [
        [span(FAINT, told[name]), value]
        for name, value in (
            ("when", words(_when(claim)) if claim.time else ""),
            ("where", words(claim.place.label(language)) if claim.place else ""),
            ("who says so", said or told["the article itself"]),
            ("article", words(claim.article)),
            ("read by", words(claim.extractor)),
        )
        if value
    ]
    style = f"border-left: 5px solid {colour}; padding: 4px 0 4px 12px; margin: 4px 0"
    return box(
        tag(
            "div",
            {"style": style},
            statement_html(claim, language=language),
            tag("div", {}, quote),
            table(rows),
        )
    )


def statement_html(claim: Claim, *, language: str = "en") -> str:
    """Return actor, relation, recipient and modality of a claim in a line. Raises nothing."""
    family = family_of(claim.relation, claim.type)
    return "".join(
        (
            tag("b", {}, _actor(claim.actor, language)),
            f" {family.mark} ",
            words(relation_name(claim.relation, language)),
            " " if is_mutual(claim.relation) else ARROW,
            tag("b", {}, _actor(claim.recipient, language)),
            " " if claim.modality is Modality.ACTUAL else f" {modality_html(claim.modality, language)} ",
        )
    )


def modality_html(modality: Modality, language: str = "en") -> str:
    """Return a modality as a small sign; a negated one is struck through."""
    line = "; text-decoration: line-through" if modality is Modality.NEGATED else ""
    return span(
        f"border: 1px dashed; border-radius: 4px; padding: 0 4px; font-size: 85%{line}",
        words(WORDS[language][modality.value]),
    )


def is_mutual(relation: str) -> bool:
    """Tell whether a relation has no direction.

    >>> is_mutual("meets"), is_mutual("warns")
    (True, False)
    """
    known = relation_types().get(relation)
    return known is not None and known.symmetric


def relation_name(relation: str, language: str) -> str:
    """Return the label of a relation, or its id where it has none.

    >>> relation_name("meets", "de"), relation_name("unheard of", "de")
    ('trifft', 'unheard of')
    """
    known = relation_types().get(relation)
    return (known.labels.get(language) if known else "") or relation


def graph_html(source: Claims, *, language: str = "en") -> str:
    """Return a graph as HTML: its counts, its relations, and who has most to do with whom. Raises nothing."""
    counts = ", ".join(
        f"{len(values)} {name}"
        for name, values in (
            ("articles", source.articles),
            ("claims", source.claims),
            ("events", source.events),
            ("entities", source.entities),
        )
    )
    modalities = Counter(claim.modality for claim in source.claims)
    told = " · ".join(
        f"{modality_html(modality, language)} {count}" for modality, count in modalities.most_common()
    )
    rows = [
        [words(name), _bar(count, total, colour)]
        for name, count, total, colour in _relations(source, language)
    ]
    pairs = [[words(pair), str(count)] for pair, count in _pairs(source, language)]
    columns = [[table(rows), table(pairs)]] if rows else []
    return box(
        tag("b", {}, counts),
        span(FAINT, _period(source)),
        tag("div", {}, told or "no claims"),
        table(columns),
    )


def _relations(source: Claims, language: str) -> list[tuple[str, int, int, str]]:
    """Return name, count, highest count and colour of the most frequent relations."""
    found = Counter((claim.relation, claim.type) for claim in source.claims)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))[: 2 * STRONGEST]
    return [
        (relation_name(relation, language), count, ordered[0][1], family_of(relation, type).colour)
        for (relation, type), count in ordered
    ]


def _pairs(source: Claims, language: str) -> list[tuple[str, int]]:
    """Return the pairs of states with most claims between them."""
    names: dict[str, str] = {}
    for entity in source.entities:
        if not entity.acts_for:
            names.setdefault(entity.iso3 or entity.code, entity.label(language))
    pairs: Counter[tuple[str, str]] = Counter()
    for claim in source.claims:
        ends = sorted(
            names.get(code_of(role)) or role.entity.label(language) for role in (claim.actor, claim.recipient)
        )
        if ends[0] != ends[1]:
            pairs[ends[0], ends[1]] += 1
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:STRONGEST]
    return [(" – ".join(pair), count) for pair, count in ordered]


def _period(source: Claims) -> str:
    published = {article.id: article.published for article in source.articles}
    known = [days for claim in source.claims if (days := days_of(claim, published.get(claim.article)))]
    return f" {min(days[0] for days in known)} to {max(days[1] for days in known)}" if known else ""


def _bar(count: int, highest: int, colour: str) -> str:
    look = f"display: inline-block; height: 10px; width: {max(BAR * count // highest, 2)}px"
    return span(f"{look}; background-color: {tint(colour, 0.8)}", "") + f" {count}"


def _actor(role: Role, language: str) -> str:
    name, code = role.entity.label(language), code_of(role)
    return words(name) + (span(FAINT, f" ({words(code)})") if code and role.entity.acts_for else "")


def _when(claim: Claim) -> str:
    assert claim.time
    first, last = claim.time.start.isoformat(), claim.time.end.isoformat()
    days = first if first == last else f"{first} to {last}"
    return f"{days} ({claim.time.text})" if claim.time.text else days
