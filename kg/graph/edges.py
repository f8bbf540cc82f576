"""Plain edges (``ent:iran dk:warns ent:usa``), so that a beginner's query works."""

from collections.abc import Iterable, Iterator
from typing import Final

from kg.graph.names import EDGES, Quad, entity_iri
from kg.model import Claim, Event, Modality, Status
from kg.ontology import DK, relation_types

DISPUTED: Final = frozenset({Status.DENIED, Status.CONTESTED})


def plain_edges(claims: Iterable[Claim], events: Iterable[Event]) -> Iterator[Quad]:
    """Yield the edges of claims that are actual and not contradicted; symmetric ones in both directions.

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
    """Return the ids of all claims of events that are denied or contested, or that a claim negates."""
    negated = {claim.id for claim in claims if claim.modality is Modality.NEGATED}
    return frozenset(
        id
        for event in events
        if event.status in DISPUTED or not negated.isdisjoint(event.claims)
        for id in event.claims
    )
