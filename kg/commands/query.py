"""``kg query``: asks a store a named query, a query in a file, or SPARQL."""

import argparse
from collections.abc import Iterable

from kg.commands.options import add_store
from kg.errors import QueryError
from kg.query import named_queries, run_query
from kg.store import open_store

EXAMPLE = "kg query who-warned-whom --store graph --format csv"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("query", nargs="?", help="name, file or SPARQL; --list shows the names")
    add_store(parser, servers=True)
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json"),
        default="table",
        help="form of the answer (default: table)",
    )
    parser.add_argument(
        "-p", "--param", action="append", default=[], metavar="NAME=VALUE", help="parameter of a named query"
    )
    parser.add_argument("--list", action="store_true", help="list the named queries")


def run(options: argparse.Namespace) -> int:
    """Print the answer. Raises QueryError, StoreError."""
    if options.list:
        _list()
        return 0
    if not options.query:
        raise QueryError("no query; name one of kg query --list, a file, or SPARQL")
    parameters = _parameters(options.param)
    with open_store(options.store) as store:
        table = run_query(store, options.query, parameters)
    text = {"table": table.to_text, "csv": table.to_csv, "json": table.to_json}[options.format]()
    print(text.rstrip("\n"))
    return 0


def _list() -> None:
    for name, query in named_queries().items():
        wanted = " ".join(f"{parameter.name}=…" for parameter in query.parameters)
        print(f"{name:24} {query.title}" + (f"   [{wanted}]" if wanted else ""))


def _parameters(pairs: Iterable[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(f"parameter {pair!r} has no value; write NAME=VALUE")
        found[name] = value
    return found
