"""``kg stats``: what a graph holds, in numbers."""

import argparse
from pathlib import Path

from kg.commands.options import add_store
from kg.files import replace_file
from kg.statistics import page, statistics, void
from kg.store import open_store

EXAMPLE = "kg stats --store graph --html report.html"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_store(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "void"),
        default="text",
        help="form of what is printed; void is a description of the dataset in Turtle (default: text)",
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a report page too")


def run(options: argparse.Namespace) -> int:
    """Print the counts, and write the page if asked for. Raises StoreError, OSError."""
    with open_store(options.store) as store:
        found = statistics(store)
        text = void(store, found) if options.format == "void" else ""
    print({"text": found.to_text, "json": found.to_json}.get(options.format, lambda: text)().rstrip("\n"))
    if options.html:
        replace_file(options.html, page(found).encode("utf-8"))
    return 0
