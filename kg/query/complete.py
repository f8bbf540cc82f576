"""What may come next in a query: prefixes, terms, entities, variables, keywords."""

import re
from typing import Final

from rdflib import Namespace, URIRef

from kg.ontology import DK, ENT, shapes
from kg.query.checks import known_terms
from kg.query.prefixes import PREFIXES, shorten
from kg.query.terms import ILLEGAL_IN_IRI, written
from kg.store import Solutions, Store

WORD: Final = re.compile(r"(?:[?$]\w*|[\w-]*:[\w.%-]*|\w+)$")
"""What stands before the cursor and may be the beginning of something."""

KEYWORDS: Final = (
    "ASK", "BIND", "COUNT", "DESCRIBE", "DISTINCT", "EXISTS", "FILTER", "GROUP BY", "GROUP_CONCAT", "HAVING",
    "LANG", "LIMIT", "OPTIONAL", "ORDER BY", "SELECT", "UNION", "VALUES", "WHERE",
)  # fmt: skip
SH: Final = Namespace("http://www.w3.org/ns/shacl#")
MOST: Final = 100  # proposals


def beginning(before: str) -> str:
    """Return what a completion would go on from, "" where nothing is begun.

    >>> [beginning(text) for text in ("SELECT ?cl", "?claim dk:me", "?claim a ")]
    ['?cl', 'dk:me', '']
    """
    found = WORD.search(before)
    return found[0] if found else ""


def completions(before: str, store: Store | None = None, *, after: str = "") -> list[str]:
    """Return what the query may go on with at the cursor, sorted; each begins with ``beginning(before)``.

    Entities are those of the ``store``; variables are those before and ``after`` the cursor. Raises nothing.

    >>> completions("SELECT ?claim { ?claim dk:warn")
    ['dk:warns']
    """
    start = beginning(before)
    if not start:
        return []
    if start[0] in "?$":
        found = set(re.findall(r"[?$]\w+", f"{before} {after}")) - {start}
    elif start.startswith("ent:"):
        found = _entities(start.removeprefix("ent:"), store)
    elif ":" in start:
        found = {shorten(term) for term in (*known_terms(), *_borrowed())}
    else:
        found = {*(f"{prefix}:" for prefix in PREFIXES), *KEYWORDS}
    lower = start.lower()
    return sorted(name for name in found if name.lower().startswith(lower))[:MOST]


def _borrowed() -> set[str]:
    """Return the properties of other vocabularies that our shapes speak of."""
    paths = shapes().objects(None, SH.path)
    return {str(path) for path in paths if isinstance(path, URIRef) and not path.startswith(str(DK))}


def _entities(start: str, store: Store | None) -> set[str]:
    if store is None or ILLEGAL_IN_IRI.search(start):
        return set()
    begun = written(URIRef(f"{ENT}{start}"))
    pattern = f"?entity a ?kind . FILTER(STRSTARTS(STR(?entity), STR({begun})))"
    answer = store.query(f"SELECT DISTINCT ?entity {{ {pattern} }} LIMIT {MOST}")
    assert isinstance(answer, Solutions), "SELECT gives solutions"
    return {shorten(str(entity)) for (entity,) in answer}
