"""Gives the things of an answer their names, for people who read it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rdflib import Literal, URIRef

from kg.ontology import DK, ENT
from kg.query.prefixes import shorten
from kg.query.table import Table, Term
from kg.query.terms import written
from kg.store import Solutions, Store

BATCH: Final = 500  # things asked for at a time
LABEL: Final = "<http://www.w3.org/2004/02/skos/core#prefLabel>"


def readable(table: Table, store: Store, *, language: str = "en") -> Table:
    """Return an answer with names in the place of IRIs: labels where there are any, else short names.

    Entities that share a label keep their short name behind it. Raises StoreError if the store is closed.
    """
    iris = sorted({term for row in table.terms for term in row if isinstance(term, URIRef)})
    names = _names(iris, store, language)
    rows = (tuple(_named(term, names) for term in row) for row in table.terms)
    return Table(table.columns, tuple(rows))


def _named(term: Term | None, names: dict[str, str]) -> Term | None:
    return Literal(names[str(term)]) if isinstance(term, URIRef) else term


def _names(iris: Iterable[URIRef], store: Store, language: str) -> dict[str, str]:
    """Return a name for each IRI, no two alike."""
    labels = _labels(
        [iri for iri in iris if iri.startswith(str(ENT)) or iri.startswith(str(DK))], store, language
    )
    sharing: dict[str, int] = defaultdict(int)
    for label in labels.values():
        sharing[label] += 1
    names = {str(iri): labels.get(str(iri), "") for iri in iris}
    return {
        iri: shorten(iri) if not label else f"{label} ({shorten(iri)})" if sharing[label] > 1 else label
        for iri, label in names.items()
    }


def _labels(iris: list[URIRef], store: Store, language: str) -> dict[str, str]:
    """Return the labels of entities and of our own terms, in the language where there is one, else in any."""
    found: dict[str, tuple[bool, str]] = {}
    for start in range(0, len(iris), BATCH):
        things = " ".join(written(iri) for iri in iris[start : start + BATCH])
        answer = store.query(
            f"SELECT DISTINCT ?thing ?label {{ VALUES ?thing {{ {things} }} ?thing {LABEL} ?label }}"
        )
        assert isinstance(answer, Solutions), "SELECT gives solutions"
        for thing, label in answer:
            if isinstance(label, Literal):
                rank = (label.language != language, str(label))
                found[str(thing)] = min(found.get(str(thing), rank), rank)
    return {iri: label for iri, (_, label) in found.items()}
