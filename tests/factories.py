"""Tiny makers of test values: only what a test is about needs to be said."""

import hashlib
from datetime import date
from typing import Final

from kg.model import Article, Claim, Entity, Event, Interval, Kind, Modality, Role, Span, Status
from kg.ontology import relation_types

TEXT: Final = (
    "Iran's foreign minister met the US envoy in Muscat on Tuesday, Reuters reported.\n"
    "„Wir warnen die USA“, sagte der Minister. Israel denied the meeting. The envoy may visit Oman."
)


def make_article(id: str = "a1", text: str = TEXT, **values: object) -> Article:
    defaults: dict[str, object] = {
        "title": "Talks in Muscat",
        "language": "en",
        "published": date(2026, 2, 3),
        "publisher": "Reuters",
        "url": "https://example.org/talks?id=1",
    }
    return Article(id=id, text=text, **{**defaults, **values})  # type: ignore[arg-type]


def make_entity(id: str = "iran", kind: Kind = Kind.STATE, **values: object) -> Entity:
    name = id.replace("-", " ").title()
    defaults: dict[str, object] = {"labels": (("de", name), ("en", name))}
    return Entity(id=id, kind=kind, **{**defaults, **values})  # type: ignore[arg-type]


IRAN: Final = make_entity(
    "iran", labels=(("de", "Iran"), ("en", "Iran")), iso3="IRN", cow="630", wikidata="Q794"
)
USA: Final = make_entity(
    "usa", labels=(("de", "USA"), ("en", "United States")), iso3="USA", cow="2", wikidata="Q30"
)
OMAN: Final = make_entity("oman", iso3="OMN", cow="698", wikidata="Q842")
ARAGHCHI: Final = make_entity("abbas-araghchi", Kind.PERSON, acts_for="iran")
ENVOY: Final = make_entity("steve-witkoff", Kind.PERSON, acts_for="usa")
REUTERS: Final = make_entity("reuters", Kind.ORGANISATION, code="REUTERS")
OFFICIALS: Final = make_entity("two-senior-israeli-officials", Kind.GROUP)
MUSCAT: Final = make_entity("muscat", Kind.PLACE, wikidata="Q3826")


def make_role(entity: Entity = IRAN, words: str = "", text: str = TEXT, state: str = "") -> Role:
    return Role(entity, make_span(words, text) if words else None, state or entity.iso3)


def make_span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def make_claim(
    quote: str = "Iran's foreign minister met the US envoy in Muscat on Tuesday, Reuters reported.",
    *,
    relation: str = "meets",
    text: str = TEXT,
    trigger: str = "",
    **values: object,
) -> Claim:
    """Make a claim whose quote stands in ``text``; its id is a hash of what is said here."""
    span = make_span(quote, text)
    said: dict[str, object] = {
        "quote": quote,
        "relation": relation,
        "article": "a1",
        "type": relation_types()[relation].root,
        "actor": make_role(IRAN),
        "recipient": make_role(USA),
        "modality": Modality.ACTUAL,
        "span": span,
        "trigger": make_span(trigger, text) if trigger else Span(span.start, span.start + 1),
        "confidence": 0.83,
        "extractor": "rules@1.0",
        **values,
    }
    return Claim(**{"id": _id(said), **said})  # type: ignore[arg-type]


def make_event(*claims: Claim, status: Status = Status.HELD, **values: object) -> Event:
    """Make the event that ``claims`` report."""
    ids = tuple(sorted(claim.id for claim in claims))
    actors = {role.entity.id for claim in claims for role in (claim.actor, claim.recipient)}
    defaults: dict[str, object] = {
        "id": _id(ids),
        "relation": claims[0].relation,
        "actors": tuple(sorted(actors)),
    }
    return Event(claims=ids, status=status, **{**defaults, **values})  # type: ignore[arg-type]


def make_interval(start: date = date(2026, 2, 3), end: date | None = None, text: str = "") -> Interval:
    return Interval(start, end or start, text)


def _id(content: object) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()[:12]
