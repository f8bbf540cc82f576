"""``kg search``: full text over the names of entities, the quotes of claims and the titles of articles."""

import argparse

from kg.commands.options import add_store
from kg.search import search
from kg.store import open_store

EXAMPLE = "kg search Aussenminister Genf --store graph"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("words", nargs="+", help="words that must all be there; '\"in quotes\"' side by side")
    add_store(parser)
    parser.add_argument(
        "--kind", choices=("entity", "claim", "article"), default="", help="what to look for (default: all)"
    )
    parser.add_argument("--limit", type=_count, default=20, metavar="N", help="most hits (default: 20)")
    parser.add_argument(
        "--format", choices=("text", "csv", "json"), default="text", help="form of the hits (default: text)"
    )


def run(options: argparse.Namespace) -> int:
    """Print what was found. Raises QueryError, StoreError."""
    with open_store(options.store) as store:
        hits = search(
            store, " ".join(options.words), folder=options.store, kind=options.kind, limit=options.limit
        )
    print(
        {"text": hits.to_text, "csv": hits.table().to_csv, "json": hits.to_json}[options.format]().rstrip(
            "\n"
        )
    )
    return 0


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of hits; write a whole number from 1 on")
    return int(text)
