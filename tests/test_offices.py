"""Offices in the graph: who held which one when, as memberships."""

from datetime import date

from rdflib import ORG, RDF, Dataset, Graph, Literal, URIRef

from kg.graph import entity_quads
from kg.graph.offices import tenure_triples
from kg.graph.validate import validate
from kg.knowledge.entities import KnowledgeBase
from kg.knowledge.values import Office, Record, Tenure
from kg.model import Entity, Kind
from kg.ontology import DK, ENT

MERKEL = Entity("angela-merkel", Kind.PERSON, (("en", "Angela Merkel"),))


def graph_of(*entities: Entity) -> Dataset:
    found = Dataset()
    found.addN((s, p, o, found.graph(g)) for s, p, o, g in entity_quads(entities))
    return found


def offices(state: str) -> KnowledgeBase:
    """Return a knowledge base where Ann was once foreign minister of a state, and is president now."""
    labels = {"de": "Amt", "en": "office"}
    known = {
        id: Record(Entity(id, kind, (("en", id),)), {})
        for id, kind in (("ann", Kind.PERSON), (state, Kind.STATE))
    }
    names = ("foreign-minister", "president")
    return KnowledgeBase(
        known,
        {id: Office(id, labels, {}, "other", True) for id in names},
        (
            Tenure("ann", "foreign-minister", state, date(2001, 2, 3), date(2004, 5, 6)),
            Tenure("ann", "president", state, date(2008, 1, 1), date.max),
        ),
        {},
    )


def test_a_person_is_in_the_graph_with_the_offices_that_the_tables_know() -> None:
    found = graph_of(MERKEL)
    rows = found.query(
        """SELECT ?from ?to ?label { GRAPH ?g {
            ?m a org:Membership ; org:member ent:angela-merkel ; org:organization ent:germany ;
               org:role ?role ; dk:start ?from ; dk:end ?to .
            ?role skos:prefLabel ?label . FILTER(lang(?label) = "de" && ?label = "Bundeskanzler"@de
            || ?label = "Kanzler"@de) } }""",
        initNs={"org": ORG, "ent": ENT, "dk": DK, "skos": URIRef("http://www.w3.org/2004/02/skos/core#")},
    )
    assert [str(row[0]) for row in rows if isinstance(row, tuple)] == ["2005-11-22"]


def test_whose_office_it_is_stands_in_the_graph_with_a_label() -> None:
    found = graph_of(MERKEL)
    assert list(found.quads((ENT.germany, RDF.type, DK.State, None)))
    assert validate(found) == []


def test_an_office_that_is_still_held_has_no_end() -> None:
    kb = offices("norland")
    triples = list(tenure_triples(kb.tenures, kb))
    memberships = [s for s, p, o in triples if p == RDF.type and o == ORG.Membership]
    ended = {s for s, p, _ in triples if p == DK.end}
    assert [m in ended for m in memberships] == [True, False]


def test_an_office_that_ends_before_it_begins_is_refused() -> None:
    found = graph_of(MERKEL)
    entities = found.graph(next(g for *_, g in entity_quads([MERKEL])))
    membership = next(iter(entities.subjects(RDF.type, ORG.Membership)))
    flat = Graph()
    for s, p, o in entities:
        flat.add((s, p, o))
    flat.set((membership, DK.start, Literal(date(2100, 1, 1))))
    flat.set((membership, DK.end, Literal(date(2000, 1, 1))))
    assert any("begins after it ends" in finding.message for finding in validate(flat))


def test_groups_and_unknown_persons_have_no_offices() -> None:
    stranger = Entity("nobody-known", Kind.PERSON, (("en", "Nobody Known"),))
    crowd = Entity("angela-merkel", Kind.GROUP, (("en", "a group of that name"),))
    for entity in (stranger, crowd):
        assert not any(o == ORG.Membership for _, _, o, _ in entity_quads([entity]))
