"""``kg withdraw``: removes articles from a store, with all that only they said."""

import argparse

from kg.build import withdraw
from kg.commands.options import add_store

EXAMPLE = "kg withdraw skripal-2018-03-26 --store graph"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("articles", nargs="+", metavar="ARTICLE", help="ids of articles, as in claims.csv")
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Withdraw, and say what is left. Raises StoreError, OSError."""
    counts = withdraw(options.articles, options.store).summary.counts
    print(
        f"{len(set(options.articles))} withdrawn; {counts.articles} articles, {counts.claims} claims are left"
    )
    return 0
