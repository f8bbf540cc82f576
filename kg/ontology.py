"""The vocabulary in Python: namespaces and event types, read from ``ontology/plover.ttl``."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rdflib import OWL, RDF, SKOS, Graph, Literal, Namespace, URIRef

from kg.resources import resource


class Vocabulary(Namespace):
    """A namespace of few names: each is made once, since a graph of a million claims asks for 50 million."""

    def term(self, name: str) -> URIRef:
        """Return the IRI of a name; attributes and items are made by this."""
        made: dict[str, URIRef] = self.__dict__.setdefault("_made", {})
        if name not in made:
            made[name] = super().term(name)
        return made[name]


DK: Final = Vocabulary("https://w3id.org/diplokg/ontology#")
ENT: Final = Namespace("https://w3id.org/diplokg/entity/")
ARTICLE: Final = Namespace("https://w3id.org/diplokg/article/")
CLAIM: Final = Namespace("https://w3id.org/diplokg/claim/")
OFFICE: Final = Namespace("https://w3id.org/diplokg/office/")
EVENT: Final = Namespace("https://w3id.org/diplokg/event/")
GRAPH: Final = Namespace("https://w3id.org/diplokg/graph/")
RUN: Final = Namespace("https://w3id.org/diplokg/run/")
CAMEO: Final = Namespace("https://w3id.org/diplokg/cameo/")
SEM: Final = Vocabulary("http://semanticweb.cs.vu.nl/2009/11/sem/")
OA: Final = Vocabulary("http://www.w3.org/ns/oa#")
SCHEMA: Final = Vocabulary("https://schema.org/")
WD: Final = Namespace("http://www.wikidata.org/entity/")
WDT: Final = Namespace("http://www.wikidata.org/prop/direct/")


VOCABULARY: Final = "0.1.0"
"""Version of the vocabulary; ``ontology/diplokg.ttl`` says the same."""

VERBAL: Final = frozenset({"verbalCooperation", "verbalConflict"})
"""Quad classes of what is done by speaking."""

COOPERATION: Final = ("verbalCooperation", "materialCooperation")
"""Quad classes of cooperation."""

GENERAL: Final = {
    "AGREE": "agrees", "CONSULT": "consults", "SUPPORT": "supports", "CONCEDE": "concedes",
    "COOPERATE": "cooperates", "AID": "aids", "RETREAT": "retreats", "REQUEST": "requests",
    "ACCUSE": "criticises", "REJECT": "rejects", "THREATEN": "threatens", "PROTEST": "protests",
    "SANCTION": "sanctions", "MOBILIZE": "mobilises", "COERCE": "coerces", "ASSAULT": "assaults",
}  # fmt: skip
"""The relation of each root that says least."""


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation of the scheme: its PLOVER root, quad class, symmetry and labels by language."""

    id: str
    root: str
    quad: str
    symmetric: bool
    labels: dict[str, str]


@lru_cache(maxsize=1)
def scheme() -> Graph:
    """Return the event types as a graph."""
    return Graph().parse(resource("ontology/plover.ttl"), format="turtle")


@lru_cache(maxsize=1)
def terms() -> Graph:
    """Return the classes and properties as a graph, without the event types."""
    return Graph().parse(resource("ontology/diplokg.ttl"), format="turtle")


@lru_cache(maxsize=1)
def shapes() -> Graph:
    """Return the SHACL shapes as a graph."""
    return Graph().parse(resource("ontology/shapes.ttl"), format="turtle")


@lru_cache(maxsize=1)
def relation_types() -> dict[str, RelationType]:
    """Return all relations by id, in the order of their names.

    >>> relation_types()["meets"].root, relation_types()["meets"].symmetric
    ('CONSULT', True)
    """
    graph = scheme()
    found = {}
    for term in sorted(graph.subjects(RDF.type, OWL.ObjectProperty), key=str):
        root = graph.value(term, SKOS.broader)
        quad = graph.value(root, SKOS.broader)
        assert isinstance(root, URIRef) and isinstance(quad, URIRef)
        found[_local(term)] = RelationType(
            id=_local(term),
            root=_local(root),
            quad=_local(quad),
            symmetric=(term, RDF.type, OWL.SymmetricProperty) in graph,
            labels={
                label.language or "": str(label)
                for label in graph.objects(term, SKOS.prefLabel)
                if isinstance(label, Literal)
            },
        )
    return found


def _local(term: object) -> str:
    return str(term).rpartition("#")[2]
