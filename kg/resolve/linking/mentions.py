"""The mentions of an article with whom they mean, as an evaluation asks for them."""

from dataclasses import dataclass

from kg.model import Entity, Mention, Reading
from kg.resolve.linking.linker import ArticleLinker


@dataclass(frozen=True, slots=True)
class Link:
    """A mention with its entity, the code that it counts for, and whether a table knows it."""

    mention: Mention
    entity: Entity
    state: str
    known: bool


def links_of(reading: Reading) -> tuple[Link, ...]:
    """Return whom each mention of a reading means in its role, in text order; those that stay unknown are left out.

    A capital that fills a role of a statement is the government behind it.
    """
    linker = ArticleLinker(reading)
    acting = {
        mention
        for statement in reading.statements
        for mention in (statement.actor, statement.recipient, *statement.speakers)
    }
    found = []
    for mention in reading.mentions:
        entity = (linker.actor(mention) if mention in acting else None) or linker.entity(mention)
        if entity:
            found.append(Link(mention, entity, linker.code(entity), entity.id in linker.kb.records))
    return tuple(found)
