"""The mentions of an article with whom they mean, as an evaluation asks for them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.model import Entity, Kind, Mention, Reading, Span
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
    words = mention.span.of(reading.article.text)
    noun = words.find(mention.head) if mention.head else -1
    behind = words[noun + len(mention.head) :] if noun >= 0 else ""
    owner = linker.discourse.owner(mention) if behind.strip() and len(mention.of) == 1 else ""
    if not owner:
        return None
    start = mention.span.end - len(behind.lstrip())
    named = replace(
        mention, span=Span(start, mention.span.end), name=behind.strip(), kind=Kind.STATE, head=""
    )
    return _link(named, linker.discourse.known(owner), linker)
