"""Claims to graphs: an RDF dataset with named graphs, and a networkx multigraph."""

from kg.graph.articles import article_graph
from kg.graph.dataset import dataset, ontology_quads, quads
from kg.graph.edges import disputed_claims, plain_edges
from kg.graph.entities import entities_of, entity_quads
from kg.graph.events import event_quads
from kg.graph.files import read_dataset
from kg.graph.names import Quad, Term
from kg.graph.network import to_networkx
from kg.graph.runs import Run, run_iri, run_quads
from kg.graph.serialise import nquads, quads_of, trig, turtle
from kg.graph.validate import Finding, validate

__all__ = [
    "Finding",
    "Quad",
    "Run",
    "Term",
    "article_graph",
    "dataset",
    "disputed_claims",
    "entities_of",
    "entity_quads",
    "event_quads",
    "nquads",
    "ontology_quads",
    "plain_edges",
    "quads",
    "quads_of",
    "read_dataset",
    "run_iri",
    "run_quads",
    "to_networkx",
    "trig",
    "turtle",
    "validate",
]
