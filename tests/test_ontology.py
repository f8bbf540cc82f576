"""The ontology as a product: nothing undeclared, nothing unexplained, nothing that contradicts itself."""

import importlib.util
from pathlib import Path
from types import ModuleType

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef

import kg
from kg.graph import Run, dataset
from kg.model import Modality
from kg.ontology import DK, ENT, scheme, shapes, terms
from kg.query import PREFIXES
from kg.resources import resource
from tests.factories import MUSCAT, make_article, make_claim, make_event

WELL_KNOWN = tuple(PREFIXES[name] for name in ("rdf", "rdfs", "owl", "skos", "dcterms"))
"""Vocabularies that OWL tools know without a declaration."""

ANNOTATIONS = (RDFS.label, RDFS.comment, SKOS.prefLabel, SKOS.definition, SKOS.closeMatch, SKOS.broadMatch)
"""What says nothing about consistency; without it the closure is four times as fast."""

MET = make_claim()
DENIED = make_claim("Israel denied the meeting.", modality=Modality.NEGATED)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return terms() + scheme()


@pytest.fixture(scope="module")
def data() -> Graph:
    """A small graph: two claims that contradict each other, their article, event and run."""
    happening = make_event(MET, DENIED, id="m1")
    found = Graph()
    for quad in dataset([make_article()], [MET, DENIED], [MUSCAT], [happening], Run("0", "r@1")).quads():
        found.add(quad[:3])
    return found


def own(graph: Graph) -> list[URIRef]:
    return sorted({term for term in graph.subjects() if isinstance(term, URIRef) and term.startswith(DK)})


def test_every_term_has_label_and_definition_in_german_and_english(ontology: Graph) -> None:
    for term in own(ontology):
        for predicate in (RDFS.label, SKOS.definition):
            texts = {
                text.language: text for text in ontology.objects(term, predicate) if isinstance(text, Literal)
            }
            assert texts.keys() == {"de", "en"}, f"{term} needs {predicate} in German and English"
            assert all(text.strip() for text in texts.values())


def test_every_term_that_is_used_is_declared(ontology: Graph, data: Graph) -> None:
    declared = set(ontology.subjects(RDF.type)) | set(shapes().subjects(RDF.type))
    for graph in (ontology, shapes(), data):
        used = {
            term for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(DK)
        }
        assert {term for term in used if term not in declared} == set()
    predicates = {predicate for predicate in data.predicates() if not str(predicate).startswith(WELL_KNOWN)}
    assert {predicate for predicate in predicates if predicate not in declared} == set()


def test_a_property_is_of_objects_or_of_data_and_not_of_both(ontology: Graph) -> None:
    objects, values = (
        set(ontology.subjects(RDF.type, kind)) for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
    )
    assert not objects & values
    assert not set(ontology.subjects(RDF.type, OWL.Class)) & (objects | values)


def test_every_relation_stands_below_a_root_and_every_root_below_a_quad_class(ontology: Graph) -> None:
    quads = set(ontology.objects(DK.plover, SKOS.hasTopConcept))
    for relation in ontology.subjects(RDFS.subPropertyOf, DK.relatesTo):
        (root,) = ontology.objects(relation, SKOS.broader)
        (quad,) = ontology.objects(root, SKOS.broader)
        assert quad in quads
        assert len(list(ontology.objects(relation, SKOS.broadMatch))) == 1, f"{relation} has no CAMEO code"


def test_a_root_that_covers_several_cameo_codes_is_wider_than_each(ontology: Graph) -> None:
    for root in {
        root for root in ontology.subjects(SKOS.notation) if root not in ontology.objects(DK.plover)
    }:
        wider, narrower = (list(ontology.objects(root, p)) for p in (SKOS.narrowMatch, SKOS.broadMatch))
        assert not (wider and narrower)


def closed(graph: Graph) -> list[str]:
    """The contradictions that the rules of OWL 2 RL find in a graph."""
    rules = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False)
    rules.closure()
    return [str(message) for message in rules.error_messages]


def test_the_rules_of_owl_2_rl_find_no_contradiction(ontology: Graph, data: Graph) -> None:
    together = Graph()
    for subject, predicate, term in ontology + data:
        if predicate not in ANNOTATIONS:
            together.add((subject, predicate, term))
    assert closed(together) == []


def test_a_contradiction_would_be_found(ontology: Graph) -> None:
    axioms = Graph()
    for triple in ontology.triples((None, OWL.disjointWith, None)):
        axioms.add(triple)
    axioms.add((ENT.x, RDF.type, DK.Person))
    axioms.add((ENT.x, RDF.type, DK.Place))
    assert closed(axioms)


def test_every_class_has_a_shape(ontology: Graph) -> None:
    targets = set(shapes().objects(None, SH.targetClass))
    for term in ontology.subjects(RDF.type, OWL.Class):
        if isinstance(term, URIRef) and term.startswith(DK):
            assert targets & set(ontology.transitive_objects(term, RDFS.subClassOf)), f"no shape for {term}"


def test_every_message_of_a_shape_says_what_would_work() -> None:
    for message in shapes().objects(None, SH.message):
        assert ";" in str(message)


def test_the_pages_of_the_terms_are_of_now() -> None:
    folder = Path(__file__).parent.parent / "docs" / "ontology"
    present = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    assert script("make_ontology").pages() == present, "renew them: python docs/make_ontology.py"
    assert len({name.lower() for name in present}) == len(present), "some disks know no capitals"


def script(name: str) -> ModuleType:
    """A script of docs/, which is no package."""
    path = Path(__file__).parent.parent / "docs" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_ontology_is_shipped() -> None:
    assert resource("ontology/diplokg.ttl").is_file() and kg.__version__ in resource(
        "ontology/diplokg.ttl"
    ).read_text("utf-8")
