"""Events as RDF: what happened by all claims about it, and which of these contradict each other."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from rdflib import RDF

from kg.graph.names import EVENTS, Quad, Triple, claim_iri, entity_iri, event_iri, into
from kg.graph.times import interval_triples
from kg.model import Claim, Event, Modality, Status
from kg.ontology import DK, SEM, relation_types

ASSERTING: Final = frozenset({Modality.ACTUAL, Modality.PLANNED})
"""What a negated claim of the same event contradicts: a possibility may stand beside a denial."""

MOST_PAIRS: Final = 10_000
"""Up to so many, every claim of one side is paired with every one of the other; of more, each with one."""


def event_quads(events: Iterable[Event], claims: Iterable[Claim]) -> Iterator[Quad]:
    """Yield events, the claims that report them and the contradictions among these, in the graph of events.

    Raises nothing; ids of claims that are not among ``claims`` are linked, but not compared.
    """
    by_id = {claim.id: claim for claim in claims}
    for event in events:
        yield from into(EVENTS, _event_triples(event))
        if event.status is not Status.CONTESTED:
            continue  # who calls off what was announced does not contradict the announcement
        members = [by_id[id] for id in event.claims if id in by_id]
        for first, second in contradictions(members):
            yield claim_iri(first.id), DK.contradicts, claim_iri(second.id), EVENTS
            yield claim_iri(second.id), DK.contradicts, claim_iri(first.id), EVENTS


def contradictions(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs (asserted or announced, negated) among claims of one contested event.

    Every such claim is in a pair; in an event of more than ``MOST_PAIRS`` pairs not in each.
    """
    members = list(claims)
    negated = [claim for claim in members if claim.modality is Modality.NEGATED]
    asserted = [claim for claim in members if claim.modality in ASSERTING]
    if len(asserted) * len(negated) <= MOST_PAIRS:
        yield from product(asserted, negated)
        return
    for number in range(max(len(asserted), len(negated))):
        yield asserted[number % len(asserted)], negated[number % len(negated)]


def _event_triples(event: Event) -> Iterator[Triple]:
    node = event_iri(event.id)
    yield node, RDF.type, DK.Event
    yield node, DK.relation, DK[event.relation]
    yield node, DK.status, DK[event.status.value]
    known = relation_types().get(event.relation)
    if known:
        yield node, DK.eventType, DK[known.root]
    for actor in event.actors:
        yield node, SEM.hasActor, entity_iri(actor)
    for claim in event.claims:
        yield claim_iri(claim), DK.reports, node
    if event.time:
        interval = event_iri(event.id, "time")
        yield node, SEM.hasTime, interval
        yield from interval_triples(node, interval, event.time)
    if event.place:
        yield node, SEM.hasPlace, entity_iri(event.place)
