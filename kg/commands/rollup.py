"""``kg rollup``: derives the graph of ties between states, in a named graph of its own."""

import argparse

from kg.commands.options import add_store
from kg.graph.names import ROLLUP
from kg.query import shorten
from kg.rollup import rollup
from kg.store import create_store, open_store

EXAMPLE = "kg rollup --store graph"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Write the derived graph into the store, and say how large it is. Raises StoreError."""
    open_store(options.store).close()  # a folder without a store is an error, and not made into one
    with create_store(options.store) as store:
        triples = rollup(store)
    print(f"{shorten(ROLLUP)}: {triples} triples; ask it with GRAPH {shorten(ROLLUP)} {{ … }}")
    return 0
