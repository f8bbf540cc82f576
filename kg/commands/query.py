"""``kg query``: asks a store a named query, a query in a file, or SPARQL."""

import argparse
import shlex

from kg.commands.options import add_store
from kg.errors import QueryError
from kg.query import example_of, find_query, named_queries, parameters_of, run_query
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
    parser.add_argument(
        "--list", action="store_true", help="list the named queries, or describe the one that is named"
    )


def run(options: argparse.Namespace) -> int:
    """Print the answer. Raises QueryError, StoreError."""
    if options.list:
        _describe(options.query) if options.query else _list()
        return 0
    if not options.query:
        raise QueryError("no query; name one of kg query --list, a file, or SPARQL")
    parameters = parameters_of(options.param)
    with open_store(options.store) as store:
        table = run_query(store, options.query, parameters)
    text = {"table": table.to_text, "csv": table.to_csv, "json": table.to_json}[options.format]()
    print(text.rstrip("\n"))
    return 0


def _list() -> None:
    for name, query in named_queries().items():
        wanted = " ".join(f"{parameter.name}=…" for parameter in query.parameters)
        print(f"{name:24} {query.title}" + (f"   [{wanted}]" if wanted else ""))


def _describe(name: str) -> None:
    """Print what a query asks, its parameters, and an example with the first row of its answer."""
    query = find_query(name)
    print(f"{query.name}: {query.title}\n{query.description}")
    for parameter in query.parameters:
        print(f"  {parameter.name:12} {parameter.meaning}")
    words = "".join(f" -p {shlex.quote(f'{key}={value}')}" for key, value in example_of(query).items())
    print(f"example: kg query {query.name}{words}")
    if query.answer:
        print(f"answer:  {query.answer}")
