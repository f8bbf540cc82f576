"""``kg view``: writes the network page of a store."""

import argparse
from pathlib import Path

from kg.commands.options import add_store
from kg.folder import PAGE
from kg.results import open_graph

EXAMPLE = "kg view --store graph -o network.html --language en"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_store(parser)
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help=f"file to write (default: {PAGE} in the store)"
    )
    parser.add_argument(
        "--language", choices=("de", "en"), default="de", help="language in which the page opens"
    )
    parser.add_argument("--title", default="", help="title of the page")


def run(options: argparse.Namespace) -> int:
    """Write the page and print its path. Raises StoreError, OSError."""
    path = options.out or options.store / PAGE
    print(open_graph(options.store).view(path, language=options.language, title=options.title))
    return 0
