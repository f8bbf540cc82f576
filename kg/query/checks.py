"""Refuses what a query must not do, and terms of our vocabulary that do not exist."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rdflib import URIRef

from kg.errors import QueryError
from kg.ontology import DK, scheme, terms
from kg.query.prefixes import PREFIXES, shorten
from kg.store import Store
from kg.store.lexer import Token, place, tokens

UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"}
)
VOCABULARIES: Final = tuple(
    PREFIXES[name] for name in ("dk", "oa", "org", "prov", "schema", "sem", "skos", "time")
)
"""Where a name that does not exist is a slip, and not a thing that this store happens to lack."""

ALL_BUT: Final = 0.9
"""Likeness from which a name is taken for a slip of a known one: schema:datePublishd, not schema:about."""

PROLOGUE: Final = frozenset({"PREFIX", "BASE"})


def check(store: Store, sparql: str) -> None:
    """Let a query pass that only reads this store, in terms that exist.

    Raises QueryError for an update, for SERVICE, which would ask other servers, for a term in ``dk:`` that
    neither the vocabulary nor the store has, and for one of another vocabulary that is all but one of those
    that a graph uses.
    """
    found = list(tokens(sparql))
    _refuse_updates(sparql, found)
    _refuse_service(sparql, found)
    for token, iri in _terms(found):
        if iri in declared_terms():
            continue
        own = iri.startswith(DK)
        near = suggestion(shorten(iri), _names(own), cutoff=0.6 if own else ALL_BUT)
        if (own or near) and not _in_store(store, iri):
            kind = "is no term of diplokg" if own else "is used nowhere"
            raise QueryError(f"{place(sparql, token.start)}: {token.wording} {kind}{near}")


def suggestion(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return the end of a message that offers the nearest known name, or "" if none is near.

    >>> suggestion("dk:warnz", ["dk:warns", "dk:meets"])
    '; did you mean dk:warns?'
    """
    near = get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return f"; did you mean {near[0]}?" if near else ""


@lru_cache(maxsize=1)
def known_terms() -> frozenset[str]:
    """Return the IRIs of all classes, properties, event types and relations of the vocabulary."""
    return frozenset(iri for iri in declared_terms() if iri.startswith(DK))


@lru_cache(maxsize=1)
def declared_terms() -> frozenset[str]:
    """Return the IRIs of all that the ontology declares or builds on, terms of other vocabularies too."""
    return frozenset(
        str(term)
        for graph in (terms(), scheme())
        for triple in graph
        for term in triple
        if isinstance(term, URIRef)
    )


def _refuse_updates(sparql: str, found: list[Token]) -> None:
    words = (token for token in found if token.kind == "word" and token.wording.upper() not in PROLOGUE)
    first = next(words, None)
    if first and first.wording.upper() in UPDATES:
        where = place(sparql, first.start)
        raise QueryError(f"{where}: {first.wording} would change the store; a query only reads, use SELECT")


def _refuse_service(sparql: str, found: list[Token]) -> None:
    """Refuse SERVICE, and words that end or begin with it: Oxigraph needs no space around its keywords."""
    for token in found:
        word = token.wording.partition(":")[0] if token.kind == "name" else token.wording
        if token.kind in ("name", "word") and "SERVICE" in word.upper():
            where = place(sparql, token.start)
            raise QueryError(f"{where}: {token.wording} would ask another server; query this store alone")


def _terms(found: list[Token]) -> Iterator[tuple[Token, str]]:
    """Yield the tokens that name a term of a vocabulary, in whatever way, with the IRI."""
    prefixes = PREFIXES | declared(found)
    for token in found:
        if token.kind == "name":
            prefix, _, local = token.wording.partition(":")
            iri = prefixes.get(prefix, "") + local.replace("\\", "")
        elif token.kind == "iri":
            iri = token.wording[1:-1]
        else:
            continue
        if iri.startswith(VOCABULARIES) and iri not in VOCABULARIES:
            yield token, iri


def declared(found: list[Token]) -> dict[str, str]:
    """Return the prefixes that a query declares itself. Raises nothing."""
    return {
        name.wording[:-1]: iri.wording[1:-1]
        for name, iri in pairwise(found)
        if name.kind == "name" and name.wording.endswith(":") and iri.kind == "iri"
    }


def _in_store(store: Store, iri: str) -> bool:
    patterns = (f"<{iri}> ?p ?o", f"?s <{iri}> ?o", f"?s ?p <{iri}>")
    return store.query("ASK { " + " UNION ".join(f"{{ {pattern} }}" for pattern in patterns) + " }") is True


@lru_cache(maxsize=2)
def _names(own: bool) -> list[str]:
    """Return the short names of our terms, or of those of other vocabularies that graphs use."""
    return sorted(shorten(iri) for iri in declared_terms() if own == iri.startswith(DK))
