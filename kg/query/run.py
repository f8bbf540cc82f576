"""Runs a query against a store."""

from collections.abc import Mapping

from kg.errors import QueryError
from kg.query.checks import check
from kg.query.mistakes import mistake
from kg.query.named import Query, find_query
from kg.query.parameters import fill
from kg.query.prefixes import PREFIXES
from kg.query.table import Table
from kg.store import Store


def run_query(store: Store, query: str | Query, parameters: Mapping[str, object] | None = None) -> Table:
    """Return the answer to a named query, a query in a file, or SPARQL itself, as a table.

    ``parameters`` go by name; dates may be ``datetime.date`` or text, entities are named as a reader would.
    Raises QueryError, one line with the place, for a query that is unknown or malformed, would change the
    store or ask another server, or uses terms or parameters that do not exist.

    >>> from kg.store import memory_store
    >>> run_query(memory_store(), "ASK { ent:iran dk:warns ent:usa }").rows
    ((False,),)
    """
    found = find_query(query) if isinstance(query, str) else query
    sparql = fill(found, parameters or {}, store)
    check(store, sparql)
    try:
        return Table.of(store.query(sparql, prefixes=PREFIXES))
    except QueryError as error:
        raise QueryError(mistake(sparql) or str(error)) from None
