"""Writes datasets as bytes that depend on nothing but their content: sorted N-Quads, and sorted TriG to read.

rdflib's own writers order by insertion in places; these do not, and they refuse blank nodes, which have no
fixed name.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final

from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, TIME, XSD, Dataset, Literal, URIRef

from kg.graph.names import Quad, Term
from kg.ontology import ARTICLE, CAMEO, CLAIM, DK, ENT, EVENT, GRAPH, OA, RUN, SCHEMA, SEM, WD, WDT

PREFIXES: Final[dict[str, str]] = {
    name: str(namespace)
    for name, namespace in (
        ("article", ARTICLE), ("cameo", CAMEO), ("claim", CLAIM), ("dcterms", DCTERMS), ("dk", DK),
        ("ent", ENT), ("event", EVENT), ("foaf", FOAF), ("graph", GRAPH), ("oa", OA), ("org", ORG),
        ("owl", OWL), ("prov", PROV), ("rdfs", RDFS), ("run", RUN), ("schema", SCHEMA), ("sem", SEM),
        ("skos", SKOS), ("time", TIME), ("wd", WD), ("wdt", WDT), ("xsd", XSD),
    )
}  # fmt: skip

_PREFIX_OF: Final = {namespace: name for name, namespace in PREFIXES.items()}
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_SPLIT: Final = re.compile(r"(.*[/#])([^/#]+)")
_ILLEGAL_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_CONTROLS: Final = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES: Final = str.maketrans(
    {**_CONTROLS, "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
)
_LONG_ESCAPES: Final = {code: escape for code, escape in _ESCAPES.items() if code != ord("\n")}


def nquads(source: Dataset | Iterable[Quad]) -> bytes:
    """Return sorted N-Quads in UTF-8, every quad once.

    Raises ValueError on a blank node, a quad without named graph, or an IRI that cannot be written.
    """
    lines = {f"{_iri(s)} {_iri(p)} {_term(o)} {_iri(g)} .\n" for s, p, o, g in quads_of(source)}
    return "".join(sorted(lines)).encode("utf-8")


def trig(source: Dataset | Iterable[Quad]) -> bytes:
    """Return TriG in UTF-8 for people: graphs, subjects, predicates and objects in order, every quad once.

    Raises as ``nquads``.
    """
    quads = sorted(set(quads_of(source)), key=_trig_order)
    graphs = (trig_graph(graph, list(members)) for graph, members in groupby(quads, key=lambda quad: quad[3]))
    return b"".join((prefix_lines(), *graphs))


def prefix_lines() -> bytes:
    """Return our prefixes, as TriG and Turtle begin."""
    return "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in PREFIXES.items()).encode()


def trig_graph(graph: URIRef, quads: Iterable[Quad]) -> bytes:
    """Return one named graph as TriG, without prefixes. Raises as ``nquads``."""
    ordered = sorted(set(quads_of(quads)), key=_trig_order)
    return "".join((f"\n{_name(graph)} {{\n", *_subjects(ordered), "}\n")).encode("utf-8")


def turtle(source: Dataset | Iterable[Quad]) -> bytes:
    """Return Turtle in UTF-8: the triples of all graphs, every one once, as sorted as TriG. Raises as ``nquads``."""
    nowhere = URIRef("")
    triples = {(subject, predicate, term, nowhere) for subject, predicate, term, _ in quads_of(source)}
    return prefix_lines() + "\n".join(("", *_subjects(sorted(triples, key=_trig_order)))).encode("utf-8")


def quads_of(source: Dataset | Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quads of a dataset. Raises ValueError on a blank node or a quad without named graph."""
    for quad in source.quads() if isinstance(source, Dataset) else source:
        subject, predicate, term, graph = quad
        if not isinstance(graph, URIRef):
            raise ValueError(f"a quad stands in no named graph: {subject} {predicate} {term}; give it one")
        if not (
            isinstance(subject, URIRef)
            and isinstance(predicate, URIRef)
            and isinstance(term, URIRef | Literal)
        ):
            raise ValueError(f"a blank node in graph {graph}: {subject} {predicate} {term}; give it an IRI")
        yield subject, predicate, term, graph


@lru_cache(maxsize=1 << 16)
def prefixed(iri: str) -> str:
    """Return an IRI with one of our prefixes, or unchanged where none fits.

    >>> prefixed("https://w3id.org/diplokg/ontology#meets")
    'dk:meets'
    """
    split = _SPLIT.fullmatch(iri)
    if split and split[1] in _PREFIX_OF and _LOCAL.fullmatch(split[2]):
        return f"{_PREFIX_OF[split[1]]}:{split[2]}"
    return str(iri)


def _trig_order(quad: Quad) -> tuple[str, str, bool, str, str]:
    subject, predicate, term, graph = quad
    return graph, subject, predicate != RDF.type, predicate, _term(term)


def _subjects(quads: Iterable[Quad]) -> Iterator[str]:
    for subject, about in groupby(quads, key=lambda quad: quad[0]):
        lines = [
            f"{_predicate(predicate)} {', '.join(_object(quad[2]) for quad in same)}"
            for predicate, same in groupby(about, key=lambda quad: quad[1])
        ]
        yield f"    {_name(subject)} " + " ;\n        ".join(lines) + " .\n"


def _predicate(iri: URIRef) -> str:
    return "a" if iri == RDF.type else _name(iri)


def _name(iri: URIRef) -> str:
    name = prefixed(iri)
    return _iri(iri) if name == str(iri) else name


def _object(term: Term) -> str:
    if isinstance(term, URIRef):
        return _name(term)
    if term.datatype in (XSD.integer, XSD.boolean) and re.fullmatch(r"[0-9]+|true|false", term):
        return str(term)
    if "\n" in term:
        return f'"""{term.translate(_LONG_ESCAPES)}"""{_suffix(term, _name)}'
    return f'"{term.translate(_ESCAPES)}"{_suffix(term, _name)}'


def _term(term: Term) -> str:
    if isinstance(term, URIRef):
        return _iri(term)
    return f'"{term.translate(_ESCAPES)}"{_suffix(term, _iri)}'


def _suffix(literal: Literal, name: Callable[[URIRef], str]) -> str:
    if literal.language:
        return f"@{literal.language}"
    if literal.datatype and literal.datatype != XSD.string:
        return f"^^{name(literal.datatype)}"
    return ""


def _iri(iri: URIRef) -> str:
    if _ILLEGAL_IN_IRI.search(iri):
        raise ValueError(f"no IRI can hold the characters of {str(iri)!r}; percent-encode them")
    return f"<{iri}>"
