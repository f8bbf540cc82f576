"""Which graphs a query is about: those that it names itself, or else all that the store has, as one."""

from collections.abc import Container, Iterator
from itertools import pairwise

from kg.store.lexer import Token, tokens

OPENING, CLOSING = "{(", "})"


def names_dataset(sparql: str, prefixes: Container[str] = ()) -> bool:
    """Tell whether a query has FROM or FROM NAMED: then its default graph is not the union of all graphs.

    ``prefixes`` are known without a PREFIX line. Oxigraph needs no space around its keywords, so that
    ``FROM:g`` is two words unless FROM is a prefix.

    >>> names_dataset("SELECT * FROM NAMED <urn:g> { ?s ?p ?o }")
    True
    >>> names_dataset("PREFIX from: <urn:x> SELECT ?from { ?from from:from 'FROM' }")
    False
    """
    found = list(tokens(sparql))
    declared = {name.wording[:-1] for word, name in pairwise(found) if word.wording.upper() == "PREFIX"}
    for token in _outside(found):
        word, colon, _ = token.wording.partition(":")
        if "FROM" in word.upper() and not (colon and (word in declared or word in prefixes)):
            return True
    return False


def _outside(found: list[Token]) -> Iterator[Token]:
    """Yield the words and names that stand in no brackets: there is FROM, and nowhere else."""
    depth = 0
    for token in found:
        if token.kind == "sign":
            depth += (token.wording in OPENING) - (token.wording in CLOSING)
        elif depth == 0 and token.kind in ("name", "word"):
            yield token
