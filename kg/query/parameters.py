"""Puts parameters into a query, each turned into an RDF term of its type: no value can become syntax."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime

from rdflib import XSD, Literal, URIRef

from kg.errors import QueryError
from kg.ontology import DK, relation_types
from kg.query.checks import known_terms, suggestion
from kg.query.entities import find_entity
from kg.query.named import SLOT, Query
from kg.query.prefixes import expand
from kg.query.terms import ILLEGAL_IN_IRI, written
from kg.store import Store


def fill(query: Query, parameters: Mapping[str, object], store: Store) -> str:
    """Return the text of a query with its parameters; lines of those not given keep their default.

    A parameter whose default is UNDEF and that is not given is left free. Raises QueryError for a parameter
    that the query has not, that is missing, or whose value is none of its type.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in parameters:
        if name not in known:
            have = f"it has {', '.join(known)}" if known else "it has none"
            raise QueryError(f"the query has no parameter {name!r}{suggestion(name, known) or '; ' + have}")
    given = {name: value for name, value in parameters.items() if value not in (None, "")}
    for parameter in query.parameters:
        if parameter.required and parameter.name not in given:
            example = f"; for example: {query.example}" if query.example else ""
            raise QueryError(f"the query needs {parameter.name}, {parameter.meaning}{example}")
    terms = {name: term_of(known[name].type, name, value, store) for name, value in given.items()}
    return SLOT.sub(lambda slot: _line(slot, terms), query.text)


def term_of(type: str, name: str, value: object, store: Store) -> URIRef | Literal:
    """Return the value of a parameter as a term of its type. Raises QueryError if it is none."""
    if not _is_utf8(str(value)):
        raise QueryError(f"{name} is {value!r}, which is no text in UTF-8")
    if isinstance(value, URIRef) or type == "iri":
        return _iri(name, str(value))
    if type == "entity":
        return find_entity(store, str(value))
    if type == "relation":
        return _own_term(name, str(value), relation_types())
    if type == "term":
        return _own_term(name, str(value), [iri.removeprefix(str(DK)) for iri in known_terms()])
    return {"date": _date, "number": _number}.get(type, _text)(name, value)


def _line(slot: re.Match[str], terms: Mapping[str, URIRef | Literal]) -> str:
    """Return the line of a parameter with its value; if free, an empty one: lines keep their numbers."""
    if slot["name"] in terms:
        return f"{slot['before']} {written(terms[slot['name']])} }}"
    return "" if slot["value"].upper() == "UNDEF" else slot[0]


def _iri(name: str, value: str) -> URIRef:
    iri = expand(value) or value
    if ILLEGAL_IN_IRI.search(iri) or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", iri):
        raise QueryError(f"{name} is {value!r}; write an IRI, or a short one such as event:3f2a")
    return URIRef(iri)


def _own_term(name: str, value: str, known: Collection[str]) -> URIRef:
    short = value.removeprefix(str(DK)).removeprefix("dk:")
    if short not in known:
        near = suggestion(short, sorted(known))
        raise QueryError(f"{name} is {value!r}, which is no term of diplokg{near}")
    return DK[short]


def _date(name: str, value: object) -> Literal:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise QueryError(f"{name} is {value!r}; write year, month and day as 2026-02-03") from None
    day = day.date() if isinstance(day, datetime) else day
    return Literal(day.isoformat(), datatype=XSD.date)


def _number(name: str, value: object) -> Literal:
    if not re.fullmatch(r"-?\d{1,18}", str(value)):
        raise QueryError(f"{name} is {value!r}; write a whole number")
    return Literal(str(value), datatype=XSD.integer)


def _text(name: str, value: object) -> Literal:
    if not isinstance(value, str):
        raise QueryError(f"{name} is {value!r}; write a text")
    return Literal(value)


def _is_utf8(text: str) -> bool:
    """Tell whether a text can be written: halves of surrogate pairs, as broken arguments have, cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
