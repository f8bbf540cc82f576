"""RDF: N-Quads, TriG and JSON-LD graph by graph, Turtle as one graph. Without a selection all that a store holds."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby

from rdflib import RDF, XSD, URIRef

from kg import graph
from kg.export.source import Export
from kg.graph.names import EDGES, ENTITIES, EVENTS, ONTOLOGY, RUNS, article_graph_iri
from kg.graph.serialise import PREFIXES, prefix_lines, prefixed, trig_graph
from kg.model import Claim

Json = str | int | bool | dict[str, str]


def nquads(export: Export) -> Iterator[bytes]:
    """Yield N-Quads, sorted within each named graph. Raises ValueError for an IRI that cannot be written."""
    return (graph.nquads(quads) for _, quads in named_graphs(export))


def trig(export: Export) -> Iterator[bytes]:
    """Yield TriG, the same bytes as ``graph.trig`` of a build. Raises as ``nquads``."""
    yield prefix_lines()
    for iri, quads in named_graphs(export):
        yield trig_graph(iri, quads)


def turtle(export: Export) -> Iterator[bytes]:
    """Yield Turtle: the triples of all graphs, each once; which graph they come from is lost. Raises as ``nquads``."""
    yield graph.turtle(quad for _, quads in named_graphs(export) for quad in quads)


def jsonld(export: Export) -> Iterator[bytes]:
    """Yield JSON-LD 1.1, a named graph after the other, with our prefixes as context. Raises as ``nquads``."""
    yield f'{{"@context": {json.dumps(PREFIXES)},\n"@graph": ['.encode()
    for number, (iri, quads) in enumerate(named_graphs(export)):
        nodes = ",\n".join(json.dumps(node, ensure_ascii=False) for node in _nodes(quads))
        start = f'{"," if number else ""}\n{{"@id": {json.dumps(prefixed(iri))}, "@graph": [\n'
        yield f"{start}{nodes}\n]}}".encode()
    yield b"\n]}\n"


def named_graphs(export: Export) -> Iterator[tuple[URIRef, list[graph.Quad]]]:
    """Yield the named graphs in the order of their IRIs: the articles, edges, entities, events, ontology, runs.

    At most one article is held at a time, with the graphs that are about all of them.
    """
    of_article: Mapping[str, list[Claim]] = defaultdict(list)
    for claim in export.claims:
        of_article[claim.article].append(claim)
    for article in sorted(export.articles, key=lambda article: article_graph_iri(article.id)):
        found = graph.article_graph(article, of_article[article.id], export.runs[article.id])
        yield article_graph_iri(article.id), list(found)
    asserted = [claim for claim in export.claims if claim.id not in export.disputed]
    runs = {export.runs[article.id] for article in export.articles}
    shared = {
        EDGES: graph.plain_edges(asserted, ()),
        ENTITIES: graph.entity_quads(export.known.values()),
        EVENTS: graph.event_quads(export.events, export.claims),
        ONTOLOGY: graph.ontology_quads(),
        RUNS: (quad for run in runs for quad in graph.run_quads(run)),
    }
    for iri in sorted(shared):
        if quads := list(shared[iri]):
            yield iri, quads


def _nodes(quads: list[graph.Quad]) -> Iterator[dict[str, object]]:
    """Yield the subjects of a graph as JSON, sorted, their types first."""
    ordered = sorted(set(quads), key=lambda quad: (quad[0], quad[1] != RDF.type, quad[1], quad[2].n3()))
    for subject, about in groupby(ordered, key=lambda quad: quad[0]):
        node: dict[str, object] = {"@id": prefixed(subject)}
        for predicate, same in groupby(about, key=lambda quad: quad[1]):
            if predicate == RDF.type:
                node["@type"] = [prefixed(str(quad[2])) for quad in same]
                continue
            values = [_value(quad[2]) for quad in same]
            node[prefixed(predicate)] = values[0] if len(values) == 1 else values
        yield node


def _value(term: graph.Term) -> Json:
    if isinstance(term, URIRef):
        return {"@id": prefixed(term)}
    if term.language:
        return {"@value": str(term), "@language": term.language}
    if term.datatype == XSD.integer and str(term) == str(int(term)):
        return int(term)
    if term.datatype == XSD.boolean and str(term) in ("true", "false"):
        return str(term) == "true"
    if term.datatype and term.datatype != XSD.string:
        return {"@value": str(term), "@type": prefixed(term.datatype)}
    return str(term)
