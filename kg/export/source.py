"""What is exported: the chosen claims, with the articles, events and entities that belong to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from kg.graph import Run, disputed_claims, entities_of
from kg.model import Article, Claim, Entity, Event
from kg.selection import EVERYTHING, Claims, Selection, select


class Source(Claims, Protocol):
    """What an export is made of; a ``kg.Graph`` is one."""

    @property
    def runs(self) -> Mapping[str, Run]:
        """By article what run of the software found its claims."""


@dataclass(frozen=True, slots=True)
class Export:
    """The values of an export, and the language of its labels. ``disputed`` are ids of claims."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    entities: tuple[Entity, ...]
    runs: Mapping[str, Run]
    disputed: frozenset[str]
    language: str = "en"

    @classmethod
    def of(cls, source: Source, selection: Selection = EVERYTHING, *, language: str = "en") -> "Export":
        """Return what a selection chooses; everything, articles without claims too, where it does not restrict.

        Raises SelectionError as ``kg.selection.select``.
        """
        disputed = disputed_claims(source.claims, source.events)
        whole = cls(
            source.articles,
            source.claims,
            source.events,
            source.entities,
            source.runs,
            disputed,
            language,
        )
        if selection == EVERYTHING:
            return whole
        claims = select(source, selection)
        ids, cited = {claim.id for claim in claims}, {claim.article for claim in claims}
        reported = (
            replace(event, claims=tuple(filter(ids.__contains__, event.claims))) for event in source.events
        )
        return replace(
            whole,
            claims=claims,
            articles=tuple(article for article in source.articles if article.id in cited),
            events=tuple(event for event in reported if event.claims),
            entities=_with_principals(claims, {entity.id: entity for entity in source.entities}),
        )

    @property
    def known(self) -> dict[str, Entity]:
        """All entities by id, those of the claims among them."""
        return entities_of(self.claims) | {entity.id: entity for entity in self.entities}


def _with_principals(claims: Iterable[Claim], known: Mapping[str, Entity]) -> tuple[Entity, ...]:
    """Return who takes part, speaks or is a place, and whom they act for."""
    found = {id: known.get(id, entity) for id, entity in entities_of(claims).items()}
    waiting = [entity.acts_for for entity in found.values()]
    while waiting:
        id = waiting.pop()
        if id in known and id not in found:
            found[id] = known[id]
            waiting.append(known[id].acts_for)
    return tuple(found[id] for id in sorted(found))
