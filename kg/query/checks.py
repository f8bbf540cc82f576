"""Refuses what a query must not do, and terms of our vocabulary that do not exist."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.errors import QueryError
from kg.ontology import DK, scheme, terms
from kg.query.lexer import Token, place, tokens
from kg.query.prefixes import PREFIXES
from kg.store import Store

UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"}
)
PROLOGUE: Final = frozenset({"PREFIX", "BASE"})


def check(store: Store, sparql: str) -> None:
    """Let a query pass that only reads this store, in terms that exist.

    Raises QueryError for an update, for SERVICE, which would ask other servers, and for a term in ``dk:``
    that neither the vocabulary nor the store has.
    """
    found = list(tokens(sparql))
    _refuse_updates(sparql, found)
    _refuse_service(sparql, found)
    for token, iri in _own_terms(found):
        if iri not in known_terms() and not _in_store(store, iri):
            where = place(sparql, token.start)
            raise QueryError(
                f"{where}: {token.wording} is no term of diplokg{suggestion(_short(iri), _shorts())}"
            )


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return the end of a message that offers the nearest known name, or "" if none is near.

    >>> suggestion("dk:warnz", ["dk:warns", "dk:meets"])
    '; did you mean dk:warns?'
    """
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""


@lru_cache(maxsize=1)
def known_terms() -> frozenset[str]:
    """Return the IRIs of all classes, properties, event types and relations of the vocabulary."""
    return frozenset(
        str(term) for graph in (terms(), scheme()) for term in graph.subjects() if str(term).startswith(DK)
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


def _own_terms(found: list[Token]) -> Iterator[tuple[Token, str]]:
    """Yield the tokens that name something in ``dk:``, in whatever way, with the IRI."""
    prefixes = PREFIXES | _declared(found)
    for token in found:
        if token.kind == "name":
            prefix, _, local = token.wording.partition(":")
            iri = prefixes.get(prefix, "") + local.replace("\\", "")
        elif token.kind == "iri":
            iri = token.wording[1:-1]
        else:
            continue
        if iri.startswith(DK) and iri != str(DK):
            yield token, iri


def _declared(found: list[Token]) -> dict[str, str]:
    return {
        name.wording[:-1]: iri.wording[1:-1]
        for name, iri in pairwise(found)
        if name.kind == "name" and name.wording.endswith(":") and iri.kind == "iri"
    }


def _in_store(store: Store, iri: str) -> bool:
    patterns = (f"<{iri}> ?p ?o", f"?s <{iri}> ?o", f"?s ?p <{iri}>")
    return store.query("ASK { " + " UNION ".join(f"{{ {pattern} }}" for pattern in patterns) + " }") is True


def _short(iri: str) -> str:
    return "dk:" + iri.removeprefix(DK)


def _shorts() -> list[str]:
    return sorted(map(_short, known_terms()))
