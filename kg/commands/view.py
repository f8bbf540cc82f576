"""``kg view``: writes the network page of a store, or its picture for print."""

import argparse
from pathlib import Path

from kg.commands.options import add_selection, add_store, selection_of
from kg.folder import PAGE
from kg.results import open_graph

EXAMPLE = "kg view --store graph -o network.html --language en"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_store(parser)
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help=f"page to write (default: {PAGE} in the store)"
    )
    parser.add_argument(
        "--svg", type=Path, metavar="FILE", help="picture to write, for print, instead of the page"
    )
    parser.add_argument(
        "--level",
        choices=("actor", "state"),
        help="on which page or picture shows: persons apart, or by state (default: actor; state for huge pages)",
    )
    parser.add_argument(
        "--language",
        choices=("de", "en"),
        default="de",
        help="language in which the page opens, or of the picture",
    )
    parser.add_argument("--title", default="", help="title of the page")
    add_selection(parser)


def run(options: argparse.Namespace) -> int:
    """Write page or picture and print the paths. Raises StoreError, SelectionError, OSError."""
    graph, selection = open_graph(options.store), selection_of(options)
    if options.svg:
        print(
            graph.svg(
                options.svg,
                language=options.language,
                title=options.title,
                level=options.level or "actor",
                selection=selection,
            )
        )
    if options.out or not options.svg:
        path = options.out or options.store / PAGE
        look = {"language": options.language, "title": options.title}
        print(graph.view(path, level=options.level, selection=selection, **look))
    return 0
