"""Entities as RDF: kind, labels, codes, Wikidata, and whom they act for."""

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

from rdflib import RDF, RDFS, SKOS, Literal, URIRef

from kg.graph.names import ENTITIES, Quad, Triple, entity_iri, into, text
from kg.graph.offices import tenure_triples, tenures_of
from kg.knowledge.entities import knowledge_base
from kg.model import Claim, Entity, Kind
from kg.ontology import DK, SCHEMA, WD

CLASS_OF: Final[dict[Kind, URIRef]] = {
    Kind.PERSON: DK.Person,
    Kind.STATE: DK.State,
    Kind.ORGANISATION: DK.Organisation,
    Kind.GROUP: DK.Group,
    Kind.PLACE: DK.Place,
    Kind.OFFICE: DK.Office,
    Kind.PRONOUN: DK.Actor,
}


def entity_quads(entities: Iterable[Entity]) -> Iterator[Quad]:
    """Yield entities and the offices that its persons held, in the graph of entities.

    Offices come from the knowledge base in use, and whom they are of with them. Raises ValueError on a malformed
    language tag.
    """
    kb, known = knowledge_base(), {entity.id: entity for entity in entities}
    codes = {entity.iso3 for entity in known.values()} - {""}
    tenures = [  # a graph that has a state under another id is not of these tables
        tenure
        for tenure in tenures_of(known.values(), kb)
        if tenure.of in known or kb.entity(tenure.of).iso3 not in codes
    ]
    known |= {tenure.of: kb.entity(tenure.of) for tenure in tenures if tenure.of not in known}
    for entity in known.values():
        yield from into(ENTITIES, _entity_triples(entity))
    yield from into(ENTITIES, tenure_triples(tenures, kb))


def entities_of(claims: Iterable[Claim]) -> dict[str, Entity]:
    """Return by id the entities that take part in claims, speakers and places among them. Raises nothing."""
    found: dict[str, Entity] = {}
    for claim in sorted(claims, key=lambda claim: claim.id):
        roles = (claim.actor, claim.recipient, *claim.speakers)
        for entity in (*(role.entity for role in roles), claim.place):
            if entity is not None:
                found.setdefault(entity.id, entity)
    return found


def _entity_triples(entity: Entity) -> Iterator[Triple]:
    node = entity_iri(entity.id)
    yield node, RDF.type, CLASS_OF[entity.kind]
    for language, name in entity.labels:
        label = Literal(name, lang=language or None)
        yield node, RDFS.label, label
        yield node, SKOS.prefLabel, label
    texts = (
        (DK.iso3, entity.iso3),
        (DK.cowCode, entity.cow),
        (DK.code, entity.code),
        (SCHEMA.description, entity.description),
    )
    for predicate, value in texts:
        if value:
            yield node, predicate, text(value)
    if entity.wikidata:
        yield node, SKOS.exactMatch, WD[quote(entity.wikidata, safe="")]
    if entity.acts_for:
        yield node, DK.actsFor, entity_iri(entity.acts_for)
