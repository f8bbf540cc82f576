"""A description of the dataset in VoID (https://www.w3.org/TR/void/), as other tools read it."""

from typing import Final

from rdflib import DCTERMS, RDF, VOID, XSD, Graph, Literal, URIRef

from kg.ontology import DK, ENT, OA, SCHEMA, SEM
from kg.query import PREFIXES
from kg.statistics.gather import Statistics
from kg.store import Solutions, Store

DATASET: Final = URIRef("https://w3id.org/diplokg/dataset")
VOCABULARIES: Final = (str(DK), str(OA), str(SCHEMA), str(SEM), PREFIXES["prov"], PREFIXES["skos"])

CLASSES: Final = "SELECT ?term (COUNT(DISTINCT ?x) AS ?n) { ?x a ?term } GROUP BY ?term ORDER BY ?term"
PROPERTIES: Final = "SELECT ?term (COUNT(*) AS ?n) { GRAPH ?g { ?x ?term ?y } } GROUP BY ?term ORDER BY ?term"


def void(store: Store, found: Statistics) -> str:
    """Return the description as Turtle: sizes, vocabularies, and how often each class and property is used.

    Raises StoreError if the store is closed.
    """
    graph = Graph()
    for name in ("dk", "prov", "skos", "schema", "oa", "sem"):
        graph.bind(name, PREFIXES[name])
    graph.bind("void", VOID)
    graph.add((DATASET, RDF.type, VOID.Dataset))
    graph.add((DATASET, DCTERMS.title, Literal("A diplokg graph of claims", lang="en")))
    graph.add((DATASET, DCTERMS.title, Literal("Ein Graph von Aussagen, gemacht mit diplokg", lang="de")))
    graph.add((DATASET, VOID.uriSpace, Literal(str(ENT))))
    graph.add((DATASET, VOID.triples, _number(found.triples)))
    graph.add((DATASET, VOID.entities, _number(found.totals["entities"])))
    graph.add((DATASET, VOID.documents, _number(found.totals["articles"])))
    for vocabulary in VOCABULARIES:
        graph.add((DATASET, VOID.vocabulary, URIRef(vocabulary)))
    if found.first:
        period = Literal(f"{found.first}/{found.last}")
        graph.add((DATASET, DCTERMS.temporal, period))
    _parts(graph, store, CLASSES, "class", VOID.classPartition, VOID["class"], VOID.entities)
    _parts(graph, store, PROPERTIES, "property", VOID.propertyPartition, VOID.property, VOID.triples)
    return graph.serialize(format="turtle")


def _parts(  # noqa: PLR0913, PLR0917 - two partitions of one form
    graph: Graph, store: Store, query: str, name: str, part: URIRef, of: URIRef, size: URIRef
) -> None:
    answer = store.query(query)
    assert isinstance(answer, Solutions), "SELECT gives solutions"
    graph.add((DATASET, VOID.classes if name == "class" else VOID.properties, _number(len(answer))))
    for number, (term, count) in enumerate(answer, start=1):
        node = URIRef(f"{DATASET}#{name}-{number}")
        graph.add((DATASET, part, node))
        graph.add((node, of, URIRef(str(term))))
        graph.add((node, size, _number(int(str(count)))))


def _number(value: int) -> Literal:
    return Literal(value, datatype=XSD.integer)
