"""Who held which office when, as memberships of the Organization Ontology: person, role, whose it is, interval.

https://www.w3.org/TR/vocab-org/: the days stand on the membership as ``dk:start`` and ``dk:end``, and as an OWL-Time
interval. An open end has none.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from rdflib import ORG, RDF, SKOS, TIME, Literal, URIRef

from kg.graph.names import Triple, day, entity_iri, membership_iri, office_iri
from kg.knowledge.entities import KnowledgeBase, Tenure
from kg.model import Entity, Kind
from kg.ontology import DK


def tenures_of(entities: Iterable[Entity], kb: KnowledgeBase) -> list[Tenure]:
    """Return the offices that the persons among entities held, by person, then by day."""
    persons = {entity.id for entity in entities if entity.kind is Kind.PERSON}
    found = {tenure for id in persons for tenure in kb.tenures_of.get(id, ())}
    return sorted(found, key=lambda one: (one.person, one.start, one.office, one.of))


def tenure_triples(tenures: Iterable[Tenure], kb: KnowledgeBase) -> Iterator[Triple]:
    """Yield memberships, and the offices that they name. Raises KeyError for an office that no table has."""
    every = list(tenures)
    for office in sorted({tenure.office for tenure in every}):
        node = office_iri(office)
        yield node, RDF.type, ORG.Role
        for language, label in sorted(kb.offices[office].labels.items()):
            yield node, SKOS.prefLabel, Literal(label, lang=language)
    for tenure in every:
        yield from _membership(tenure)


def _membership(tenure: Tenure) -> Iterator[Triple]:
    node = membership_iri(tenure.person, tenure.office, tenure.of, tenure.start.isoformat())
    yield node, RDF.type, ORG.Membership
    yield node, ORG.member, entity_iri(tenure.person)
    yield node, ORG.role, office_iri(tenure.office)
    yield node, ORG.organization, entity_iri(tenure.of)
    interval = URIRef(f"{node}.time")
    yield node, ORG.memberDuring, interval
    yield interval, RDF.type, TIME.Interval
    bounds = (
        (DK.start, TIME.hasBeginning, "start", tenure.start, date.min),
        (DK.end, TIME.hasEnd, "end", tenure.end, date.max),
    )
    for own, bound, name, value, open_end in bounds:
        if value != open_end:
            instant = URIRef(f"{interval}.{name}")
            yield node, own, day(value)
            yield interval, bound, instant
            yield instant, RDF.type, TIME.Instant
            yield instant, TIME.inXSDDate, day(value)
