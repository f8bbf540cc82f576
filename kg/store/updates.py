"""Changes as SPARQL updates that a server takes: checked first, and in portions of no more than it can read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple

from kg.store.base import Change


@dataclass(frozen=True, slots=True)
class Step:
    """A part of an update, with the number of triples or names that the server reads in it."""

    text: str
    size: int


def named(iri: str, space: str) -> NamedNode:
    """Return the name of one of our graphs. Raises ValueError if it is none."""
    name = NamedNode(iri)
    if not iri.startswith(space):
        raise ValueError(f"{name} is no graph of ours; their names begin with {space}")
    return name


def quads_of(nquads: bytes) -> Iterator[Quad]:
    """Yield quads that a server can take. Raises SyntaxError, or ValueError for what has no name there."""
    for quad in pyoxigraph.parse(nquads, RdfFormat.N_QUADS):
        if not isinstance(quad.graph_name, NamedNode):
            raise ValueError(f"a quad stands in no named graph; give it one: {quad.triple}")
        if BlankNode in (type(quad.subject), type(quad.object)):
            raise ValueError(f"a blank node has no name to be replaced by; give it an IRI: {quad.triple}")
        if isinstance(quad.object, Triple):
            raise ValueError(f"servers of SPARQL 1.1 know no triple terms: {quad.triple}")
        yield quad


def by_graph(nquads: bytes, space: str) -> dict[NamedNode, list[str]]:
    """Return the triples of each graph as lines of N-Triples, each once. Raises as ``quads_of`` and ``named``."""
    found: dict[NamedNode, dict[str, None]] = defaultdict(dict)
    for quad in quads_of(nquads):
        assert isinstance(quad.graph_name, NamedNode), "quads_of refuses others"
        found[quad.graph_name][f"{quad.triple} .\n"] = None
    return {named(name.value, space): list(lines) for name, lines in found.items()}


def lines_of(change: Change, nquads: bytes, space: str) -> list[str]:
    """Return the triples of one side of a change. Raises ValueError for those of another graph."""
    found = by_graph(nquads, "")
    name = named(change.graph, space)
    other = next((graph for graph in found if graph != name), None)
    if other:
        raise ValueError(f"expected quads of {name}, got one of {other}")
    return found.get(name, [])


def data(verb: str, name: NamedNode, lines: list[str], most: int) -> Iterator[Step]:
    """Yield steps that insert or delete triples of a graph."""
    for at in range(0, len(lines), most):
        part = lines[at : at + most]
        yield Step(f"{verb} DATA {{ GRAPH {name} {{\n{''.join(part)}}} }}", len(part))


def without(name: NamedNode, subjects: Iterable[str], most: int) -> Iterator[Step]:
    """Yield steps that delete all that a graph says of some subjects. Raises ValueError for what is no IRI."""
    names = [str(NamedNode(subject)) for subject in subjects]
    for at in range(0, len(names), most):
        part = names[at : at + most]
        pattern = f"GRAPH {name} {{ ?s ?p ?o }}"
        values = f"VALUES ?s {{ {' '.join(part)} }}"
        yield Step(f"DELETE {{ {pattern} }} WHERE {{ {pattern} {values} }}", len(part))


def portions(steps: Iterable[Step], most: int) -> Iterator[str]:
    """Yield updates of several steps, in order, each of no more than ``most`` triples."""
    waiting: list[str] = []
    size = 0
    for step in steps:
        if waiting and size + step.size > most:
            yield " ;\n".join(waiting)
            waiting, size = [], 0
        waiting.append(step.text)
        size += step.size
    if waiting:
        yield " ;\n".join(waiting)
