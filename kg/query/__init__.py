"""Asks a store: named queries or SPARQL, with parameters, and tables as answers.

find_query -> fill -> check -> Store.query -> Table
"""

from kg.query.named import (
    Parameter,
    Query,
    example_of,
    find_query,
    named_queries,
    parameters_of,
    parse_query,
)
from kg.query.prefixes import PREFIXES, shorten
from kg.query.run import run_query
from kg.query.table import Table

__all__ = [
    "PREFIXES",
    "Parameter",
    "Query",
    "Table",
    "example_of",
    "find_query",
    "named_queries",
    "parameters_of",
    "parse_query",
    "run_query",
    "shorten",
]
