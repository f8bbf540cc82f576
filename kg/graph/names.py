"""IRIs and literals: how the values of ``kg.model`` are named in the graph.

The parts of a claim or event carry its name and a dot: ``claim:3f2a.quote``. Ids are percent-encoded, the
dots of claims and events too, so that no id can collide with a part of another.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, TypeAlias
from urllib.parse import quote

from rdflib import XSD, Literal, Namespace, URIRef

from kg.ontology import ARTICLE, CLAIM, ENT, EVENT, GRAPH, OFFICE

Term: TypeAlias = URIRef | Literal
Triple: TypeAlias = tuple[URIRef, URIRef, Term]
Quad: TypeAlias = tuple[URIRef, URIRef, Term, URIRef]

EDGES: Final = GRAPH["edges"]
ENTITIES: Final = GRAPH["entities"]
EVENTS: Final = GRAPH["events"]
ROLLUP: Final = GRAPH["rollup"]
ONTOLOGY: Final = GRAPH["ontology"]
RUNS: Final = GRAPH["runs"]


def article_iri(id: str) -> URIRef:
    """Return the IRI of an article."""
    return _iri(ARTICLE, quote(id, safe=""))


def article_graph_iri(id: str) -> URIRef:
    """Return the IRI of the named graph that holds an article with its claims."""
    return _iri(GRAPH, f"article/{quote(id, safe='')}")


def entity_iri(id: str) -> URIRef:
    """Return the IRI of an entity."""
    return _iri(ENT, quote(id, safe=""))


def office_iri(id: str) -> URIRef:
    """Return the IRI of an office that many hold, one after the other and in every state."""
    return _iri(OFFICE, quote(id, safe=""))


def membership_iri(person: str, *parts: str) -> URIRef:
    """Return the IRI of a person's time in an office, or of a part of it.

    >>> str(membership_iri("angela-merkel", "chancellor", "germany", "2005-11-22"))
    'https://w3id.org/diplokg/entity/angela-merkel.chancellor.germany.2005-11-22'
    """
    return _part(ENT, person, parts)


def claim_iri(id: str, *parts: str | int) -> URIRef:
    """Return the IRI of a claim, or of a part of it.

    >>> str(claim_iri("3f2a", "speaker", 1))
    'https://w3id.org/diplokg/claim/3f2a.speaker.1'
    """
    return _part(CLAIM, id, parts)


def event_iri(id: str, *parts: str | int) -> URIRef:
    """Return the IRI of an event, or of a part of it."""
    return _part(EVENT, id, parts)


def text(value: str) -> Literal:
    """Return a plain literal."""
    return Literal(value)


@lru_cache(maxsize=1 << 16)
def number(value: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(str(value), datatype=XSD.integer)


@lru_cache(maxsize=1 << 10)
def decimal(value: float) -> Literal:
    """Return an xsd:decimal of at most four places, in the one form that Oxigraph keeps unchanged.

    >>> str(decimal(0.5)), str(decimal(1.0)), str(decimal(0.83333))
    ('0.5', '1', '0.8333')
    """
    digits = f"{Decimal(str(value)):.4f}".rstrip("0").rstrip(".")
    return Literal(digits, datatype=XSD.decimal)


@lru_cache(maxsize=1 << 14)
def day(value: date) -> Literal:
    """Return an xsd:date."""
    return Literal(value.isoformat(), datatype=XSD.date)


def into(graph: URIRef, triples: Iterable[Triple]) -> Iterator[Quad]:
    """Yield the triples as quads of a named graph."""
    for subject, predicate, term in triples:
        yield subject, predicate, term, graph


def _part(namespace: Namespace, id: str, parts: tuple[str | int, ...]) -> URIRef:
    stem = quote(id, safe="").replace(".", "%2E")
    return _iri(namespace, ".".join((stem, *map(str, parts))))


def _iri(namespace: Namespace, local: str) -> URIRef:
    return URIRef(f"{namespace}{local}")
