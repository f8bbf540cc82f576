"""The mentions of an article with whom they mean, as an evaluation asks for them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.model import Entity, Mention, Reading, Span
from kg.resolve.linking.linker import ArticleLinker

TO_PLACES: Final = frozenset({"visits", "invades", "withdraws", "deploys"})
"""Relations whose goal is a place, and stands for its country."""


@dataclass(frozen=True, slots=True)
class Link:
    """A mention with its entity, the code that it counts for, and whether a table knows it."""

    mention: Mention
    entity: Entity
    state: str
    known: bool


def links_of(reading: Reading) -> tuple[Link, ...]:
    """Return whom each mention of a reading means in its role, in text order; those that stay unknown are left out.

    A capital that fills a role of a statement is the government behind it, but the goal of a visit is a place. A name
    behind a described noun ("Truppen der EU") is a mention of its own.
    """
    linker = ArticleLinker(reading)
    acting = set(_acting(reading))
    found = []
    for mention in reading.mentions:
        entity = (linker.actor(mention) if mention in acting else None) or linker.entity(mention)
        if entity:
            found.append(_link(mention, entity, linker))
        if not mention.name and (owned := _owner_in(mention, reading, linker)):
            found.append(owned)
    return tuple(found)


def _acting(reading: Reading) -> Iterator[Mention]:
    for statement in reading.statements:
        yield from (statement.actor, *statement.speakers)
        if statement.relation not in TO_PLACES:
            yield statement.recipient


def _link(mention: Mention, entity: Entity, linker: ArticleLinker) -> Link:
    return Link(mention, entity, linker.code(entity), entity.id in linker.kb.records)


def _owner_in(mention: Mention, reading: Reading, linker: ArticleLinker) -> Link | None:
    """Return the one owner whose name stands behind the noun of a description."""
    record = linker.kb.records.get(mention.of[0]) if len(mention.of) == 1 else None
    words = mention.span.of(reading.article.text)
    noun = words.find(mention.head) if mention.head else -1
    if record is None or noun < 0:
        return None
    for name in sorted(record.names.get(reading.article.language, ()), key=len, reverse=True):
        start = words.find(name, noun + len(mention.head))
        if start >= 0:
            span = Span(mention.span.start + start, mention.span.start + start + len(name))
            named = replace(mention, span=span, name=name, kind=record.entity.kind, head="")
            return _link(named, record.entity, linker)
    return None
