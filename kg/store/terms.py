"""Terms of Oxigraph as terms of rdflib."""

from collections.abc import Iterable
from typing import TypeAlias

import pyoxigraph
from rdflib import XSD, Dataset, Graph, Literal, URIRef
from rdflib.term import BNode

from kg.store.base import Solutions, Term

OxTerm: TypeAlias = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


def term(value: OxTerm) -> Term:
    """Return a term as rdflib has it, its wording unchanged, and without xsd:string, which rdflib leaves out.

    Raises ValueError for a triple term of RDF 1.2, which rdflib has not.
    """
    if isinstance(value, pyoxigraph.NamedNode):
        return URIRef(value.value)
    if isinstance(value, pyoxigraph.BlankNode):
        return BNode(value.value)
    if isinstance(value, pyoxigraph.Triple):
        raise ValueError("a triple term of RDF 1.2 has no place in rdflib; ask for its subject and object")
    if value.language:
        return Literal(value.value, lang=value.language)
    datatype = URIRef(value.datatype.value)
    return Literal(value.value, datatype=None if datatype == XSD.string else datatype, normalize=False)


def solutions(found: pyoxigraph.QuerySolutions) -> Solutions:
    """Return all rows of a SELECT. Raises as the evaluation does, row by row."""
    return Solutions(
        variables=tuple(variable.value for variable in found.variables),
        rows=tuple(tuple(None if value is None else term(value) for value in row) for row in found),
    )


def graph(triples: Iterable[pyoxigraph.Triple]) -> Graph:
    """Return triples as a graph."""
    result = Graph()
    for triple in triples:
        result.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return result


def dataset(quads: Iterable[pyoxigraph.Quad]) -> Dataset:
    """Return quads as a dataset whose default graph is the union of all graphs."""
    result = Dataset(default_union=True)
    graphs: dict[str, Graph] = {}
    for quad in quads:
        name = quad.graph_name
        key = "" if isinstance(name, pyoxigraph.DefaultGraph) else name.value
        if key not in graphs:
            graphs[key] = result.graph(URIRef(key)) if key else result.default_graph
        graphs[key].add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return result
