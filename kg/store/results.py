"""Answers of SPARQL servers: results in JSON, and triples, as terms of Oxigraph."""

import json
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.store.terms import OxTerm
from kg.store.web import Reply

Row: TypeAlias = dict[str, OxTerm]

BOOLEAN: Final = "http://www.w3.org/2001/XMLSchema#boolean"
TRUTH: Final = {"1": "true", "0": "false"}
"""Virtuoso writes truth values so; they are equal, and ours are written in words."""

VIRTUOSO_ASK: Final = "__ASK_RETVAL"
"""The variable of the table in which Virtuoso answers ASK: one row for yes, none for no."""

RDF: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
ACCEPTED: Final = {
    "results": "application/sparql-results+json",
    "triples": "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.2",
}


def table(reply: Reply) -> tuple[list[str], list[Row]] | bool:
    """Return variables and rows of a SELECT, or the answer of an ASK. Raises ValueError if it is neither."""
    found = json.loads(reply.body)
    try:
        if "boolean" in found:
            return bool(found["boolean"])
        variables, bindings = found["head"]["vars"], found["results"]["bindings"]
        if variables == [VIRTUOSO_ASK]:
            return bool(bindings)
        rows = [{str(name): _term(value) for name, value in binding.items()} for binding in bindings]
        return [str(name) for name in variables], rows
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None


def triples(reply: Reply) -> Iterator[pyoxigraph.Triple]:
    """Yield the triples of a graph. Raises ValueError or SyntaxError if the body is none."""
    if reply.media_type not in RDF:
        raise ValueError(f"triples as {reply.media_type!r}")
    for quad in pyoxigraph.parse(reply.body, RDF[reply.media_type]):
        yield quad.triple


def _term(value: dict[str, Any]) -> OxTerm:
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return pyoxigraph.NamedNode(text)
    if kind == "bnode":
        return pyoxigraph.BlankNode(text.replace("nodeID://", ""))
    if kind not in {"literal", "typed-literal"}:
        raise ValueError(f"a term of type {kind!r}")
    if "xml:lang" in value:
        return pyoxigraph.Literal(text, language=value["xml:lang"])
    datatype = value.get("datatype")
    if datatype is None:
        return pyoxigraph.Literal(text)
    if datatype == BOOLEAN:
        text = TRUTH.get(text, text)
    return pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(datatype))
