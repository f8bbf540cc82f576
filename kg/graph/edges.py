"""Plain edges (``ent:iran dk:warns ent:usa``), so that a beginner's query works."""

from collections.abc import Iterable, Iterator
from typing import Final

from kg.graph.names import EDGES, Quad, entity_iri
from kg.model import CANCELLED, POSTPONED, Claim, Event, Modality, Status
from kg.ontology import DK, relation_types

OVERTAKEN: Final = frozenset({CANCELLED, POSTPONED})
"""Cues of claims that denied nothing where the event was held after all."""


def plain_edges(claims: Iterable[Claim], events: Iterable[Event]) -> Iterator[Quad]:
    """Yield the edges of actual claims of events that were held; symmetric ones in both directions.

    An edge may come more than once, from several claims. A relation that the scheme lacks gives none. Raises
    nothing.
    """
    every = list(claims)
    disputed = disputed_claims(every, events)
    for claim in every:
        relation = relation_types().get(claim.relation)
        if claim.modality is not Modality.ACTUAL or claim.id in disputed or relation is None:
            continue
        actor, recipient = entity_iri(claim.actor.entity.id), entity_iri(claim.recipient.entity.id)
        yield actor, DK[relation.id], recipient, EDGES
        if relation.symmetric:
            yield recipient, DK[relation.id], actor, EDGES


def disputed_claims(claims: Iterable[Claim], events: Iterable[Event]) -> frozenset[str]:
    """Return the ids of all claims of events that do not count as held, or that a claim denies."""
    negated = {
        claim.id
        for claim in claims
        if claim.modality is Modality.NEGATED and OVERTAKEN.isdisjoint(claim.cues)
    }
    return frozenset(
        id
        for event in events
        if event.status is not Status.HELD or not negated.isdisjoint(event.claims)
        for id in event.claims
    )
