"""What can be said of the text of a query before a server is asked: its form, its prefixes, what is wrong with it."""

import re
from collections.abc import Mapping
from typing import Final

import pyoxigraph

from kg.store.problems import query_problem

_COMMENT: Final = re.compile(r"<[^<>\s]*>|(#[^\n]*)")
_FORM: Final = re.compile(
    r"\s*(?:(?:PREFIX\s+[^\s:]*:|BASE)\s*<[^<>]*>\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)


def form_of(sparql: str) -> str:
    """Return the verb of a query, "" if it is none, or cannot be told."""
    plain = _COMMENT.sub(lambda match: " " if match[1] else match[0], sparql)
    found = _FORM.match(plain)
    return found[1].upper() if found else ""


def with_prefixes(sparql: str, prefixes: Mapping[str, str]) -> str:
    """Return a query that declares the prefixes that it uses, on its first line, so that lines keep their numbers."""
    used = (
        f"PREFIX {name}: <{iri}> "
        for name, iri in prefixes.items()
        if re.search(rf"(?<![\w.-]){re.escape(name)}:", sparql)
        and not re.search(rf"PREFIX\s+{re.escape(name)}:", sparql, re.IGNORECASE)
    )
    return "".join(used) + sparql


def problem_of(sparql: str, prefixes: Mapping[str, str] | None) -> str:
    """Return what is wrong with a query by the grammar of SPARQL 1.1, "" if it is right.

    Oxigraph reads it over no data. Some servers take what no other one does, and execute updates as queries.
    """
    if "SERVICE" in sparql.upper():  # it would be asked
        return ""
    try:
        pyoxigraph.Store().query(sparql, prefixes=dict(prefixes or {}))
    except (SyntaxError, ValueError) as error:
        return query_problem(str(error), sparql)
    except RuntimeError:  # a function that only the server knows
        return ""
    return ""
