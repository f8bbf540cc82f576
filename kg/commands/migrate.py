"""``kg migrate``: brings a store up to date that an older version made."""

import argparse

from kg.commands.options import add_store
from kg.migrate import migrate

EXAMPLE = "kg migrate --store graph"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Migrate, and say what came of it. Raises StoreError, OSError."""
    found = migrate(options.store)
    if found is None:
        print(f"{options.store} is up to date")
        return 0
    counts = found.summary.counts
    print(f"{options.store} is brought up to date: {counts.articles} articles, {counts.claims} claims")
    return 0
