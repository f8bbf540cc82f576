"""Says what is wrong with a query that the store could not read, where the store knows only the place.

Nothing here refuses a query: it is asked after the store has.
"""

from collections.abc import Iterator
from typing import Final

from kg.query.checks import declared, known_terms, suggestion
from kg.query.prefixes import PREFIXES, shorten
from kg.store.lexer import Token, place, tokens

WORDS: Final = frozenset(
    (  # noqa: SIM905 - a table of words reads better than a list
        "a ABS ADD ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL CLEAR COALESCE CONCAT CONSTRUCT CONTAINS "
        "COPY COUNT CREATE DATA DATATYPE DAY DEFAULT DELETE DESC DESCRIBE DISTINCT DROP ENCODE_FOR_URI "
        "EXISTS false FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HAVING HOURS IF IN INSERT INTO IRI isBLANK "
        "isIRI isLITERAL isNUMERIC isURI LANG LANGMATCHES LCASE LIMIT LOAD MAX MD5 MIN MINUS MINUTES MONTH "
        "MOVE NAMED NOT NOW OFFSET OPTIONAL ORDER PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM SAMPLE "
        "SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT "
        "STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TO true TZ UCASE UNDEF UNION URI USING "
        "UUID VALUES WHERE WITH YEAR "
    ).split()
)
"""The words of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar)."""

AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
CLOSING: Final = {"{": "}", "(": ")", "[": "]"}
UPPER: Final = frozenset(word.upper() for word in WORDS)


def mistake(sparql: str) -> str:
    """Return what is most likely wrong with a query, with its place and what would work, or "".

    >>> mistake("SELEKT ?x { ?x a dk:Claim }")
    'line 1, column 1: SELEKT is no word of SPARQL; did you mean SELECT?'
    """
    found = list(tokens(sparql))
    for look in (_open_quote, _unknown_word, _unknown_prefix, _brackets, _bare_aggregate):
        for token, problem in look(found):
            return f"{place(sparql, token.start)}: {problem}"
    return ""


def _open_quote(found: list[Token]) -> Iterator[tuple[Token, str]]:
    for token in found:
        if token.kind == "sign" and token.wording in "\"'":
            yield token, f"the quotation mark {token.wording} is never closed"


def _unknown_word(found: list[Token]) -> Iterator[tuple[Token, str]]:
    locals_ = {shorten(iri).partition(":")[2]: shorten(iri) for iri in known_terms()}
    before = ""
    for token in found:
        if token.kind == "word" and token.wording.upper() not in UPPER and before != "@":
            if token.wording in locals_:
                yield token, f"{token.wording} has no prefix; did you mean {locals_[token.wording]}?"
            near = suggestion(token.wording.upper(), sorted(UPPER), cutoff=0.7)
            yield (
                token,
                f"{token.wording} is no word of SPARQL{near or '; a name needs a prefix, a text quotes'}",
            )
        before = token.wording


def _unknown_prefix(found: list[Token]) -> Iterator[tuple[Token, str]]:
    known = PREFIXES | declared(found)
    for token in found:
        prefix = token.wording.partition(":")[0]
        if token.kind == "name" and prefix not in known and prefix != "_":
            near = suggestion(f"{prefix}:", [f"{name}:" for name in sorted(known)])
            yield token, f"the prefix {prefix!r} is not known{near or f'; declare it: PREFIX {prefix}: <…>'}"


def _brackets(found: list[Token]) -> Iterator[tuple[Token, str]]:
    waiting: list[Token] = []
    for token in found:
        if token.wording in CLOSING:
            waiting.append(token)
        elif token.wording in CLOSING.values():
            if not waiting:
                yield token, f"there is no bracket that this {token.wording} closes"
                return
            opened = waiting.pop()
            if CLOSING[opened.wording] != token.wording:
                yield token, f"{CLOSING[opened.wording]} was expected here, not {token.wording}"
    for token in waiting[-1:]:
        yield token, f"this {token.wording} is never closed; a {CLOSING[token.wording]} is missing after it"


def _bare_aggregate(found: list[Token]) -> Iterator[tuple[Token, str]]:
    """Yield COUNT(?x) AS ?n in SELECT without the brackets that it needs around it."""
    depth, selecting = 0, False
    for token in found:
        word = token.wording.upper() if token.kind == "word" else token.wording
        depth += (word == "(") - (word == ")")
        selecting = (selecting or word == "SELECT") and word not in ("{", "WHERE", "FROM")
        if selecting and depth == 0 and word in AGGREGATES:
            yield token, f"{word} needs brackets with its name: ({word}(…) AS ?name)"
