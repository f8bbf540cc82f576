"""``kg export``: writes the graph for other tools."""

import argparse
from pathlib import Path

from kg.commands.options import add_selection, add_store, selection_of
from kg.export import FORMS, write_export
from kg.results import open_graph

EXAMPLE = "kg export --store graph --format gexf -o network.gexf --modality actual"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_store(parser)
    forms = "; ".join(f"{name} ({form.readers})" for name, form in FORMS.items())
    parser.add_argument(
        "--format", choices=FORMS, default="", metavar="FORM", help=f"by default the suffix says it: {forms}"
    )
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help="file to write")
    parser.add_argument(
        "--language", choices=("de", "en"), default="en", help="language of labels (default: en)"
    )
    add_selection(parser)


def run(options: argparse.Namespace) -> int:
    """Write the files and print their paths. Raises ExportError, SelectionError, StoreError, OSError."""
    graph, selection = open_graph(options.store), selection_of(options)
    for path in write_export(
        graph, options.out, options.format, selection=selection, language=options.language
    ):
        print(path)
    return 0
