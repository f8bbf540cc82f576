"""The options of an evaluation and what they ask for, for ``kg evaluate`` and ``python -m kg.evaluate``."""

import argparse
from pathlib import Path

from kg.evaluate.gold import PARTS
from kg.evaluate.measures import Score
from kg.evaluate.page import as_page
from kg.evaluate.report import as_json, as_text


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what says which gold, which texts, and which reports."""
    parser.add_argument(
        "--texts",
        type=Path,
        required=True,
        nargs="+",
        metavar="PATH",
        help="files or folders with the texts of the gold articles",
    )
    parser.add_argument("--part", choices=PARTS, default="dev", help="part of the gold set (default: dev)")
    parser.add_argument("--gold", type=Path, metavar="FOLDER", help="another gold set than data/gold")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the measures as JSON")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page that shows each error")


def report(result: Score, options: argparse.Namespace) -> None:
    """Print the measures, and write what else was asked for. Raises OSError."""
    if options.json:
        options.json.write_text(as_json(result), encoding="utf-8")
    if options.html:
        options.html.write_text(as_page(result), encoding="utf-8")
    print(as_text(result), end="")
