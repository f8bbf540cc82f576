"""Says in one line what is wrong with a query, and where."""

import re
from typing import Final

WHERE: Final = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
SHOWN: Final = 30
"""Characters of the query that are shown at the place of an error."""

PLAIN_WORDS: Final = {
    "Prefix not found": "the prefix {token!r} is not known; declare it with PREFIX",
    "The SELECT contains a variable that is unbound": "SELECT names a variable that nothing binds or groups",
}


def query_problem(message: str, sparql: str) -> str:
    """Return Oxigraph's message about a query as one line that points at the place.

    >>> query_problem("error at 1:17: expected one of OPTIONAL, Prefix not found", "SELECT * { foo:x ?p ?o }")
    "line 1, column 17: the prefix 'foo' is not known; declare it with PREFIX"
    """
    found = WHERE.match(message)
    if found is None:
        return " ".join(message.split())
    line, column = int(found[1]), int(found[2])
    before, after = _split(sparql, line, column)
    place = f"line {line}, column {column}: "
    for sign, words in PLAIN_WORDS.items():
        if sign in found[3]:
            return place + words.format(token=_last_prefix(before))
    if not sparql.strip():
        return "the query is empty"
    if not after.strip():
        return place + "the query ends too early; a bracket or part of it is missing"
    wanted = _wanted(found[3])
    return f"{place}cannot go on at {_shown(after)!r}" + (f"; expected {wanted}" if wanted else "")


def _split(sparql: str, line: int, column: int) -> tuple[str, str]:
    lines = sparql.split("\n")
    start = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    return sparql[:start], sparql[start:]


def _last_prefix(before: str) -> str:
    names = re.findall(r"([\w.-]*):", before.rpartition("\n")[2])
    return names[-1] if names else ""


def _shown(after: str) -> str:
    words = " ".join(after.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def _wanted(expected: str) -> str:
    """Return the keywords and signs that were expected, if they are few enough to help."""
    signs = re.findall(r'"(\W{1,2})"|\b([A-Z]{2,})\b(?![^\[]*\])', expected)
    wanted = list(dict.fromkeys(sign or word for sign, word in signs))
    return " or ".join(wanted) if len(wanted) <= 3 else ""
