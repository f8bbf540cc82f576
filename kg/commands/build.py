"""``kg build``: reads articles and writes store, graph, table and page."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from kg.build import build
from kg.commands.options import add_reading, settings_of
from kg.folder import PAGE, TRIG
from kg.model import Article
from kg.results import Graph

EXAMPLE = "kg build articles/ -o graph --published 2026-02-03"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_reading(parser)
    parser.add_argument(
        "-o",
        "--out",
        type=Path,
        default=Path("graph"),
        metavar="DIR",
        help="folder to write (default: graph)",
    )
    parser.add_argument(
        "--page-language", choices=("de", "en"), default="de", help="language in which the page opens"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar, no notes on what was skipped")


def run(options: argparse.Namespace) -> int:
    """Build, and say what came of it. Returns 1 if no article could be read. Raises as ``kg.build.build``."""
    with tqdm(unit=" articles", disable=options.quiet or not sys.stderr.isatty()) as bar:

        def show(_: Article) -> None:
            bar.update()

        built = build(options.paths, options.out, settings_of(options), progress=show)
    _report_problems(built, quiet=options.quiet)
    if not built.summary.read:
        print("kg: no article could be read", file=sys.stderr)
        return 1
    _report(built)
    return 0


def _report_problems(built: Graph, *, quiet: bool) -> None:
    for note in built.summary.notes:
        print(f"kg: {note}", file=sys.stderr)
    if not quiet:
        for skipped in built.summary.skipped:
            print(f"kg: skipped {skipped}", file=sys.stderr)
    for error in built.summary.errors:
        print(f"kg: {error}", file=sys.stderr)


def _report(built: Graph) -> None:
    modalities = ", ".join(f"{count} {name}" for name, count in built.modalities().most_common())
    claims = f"{len(built.claims)} claims" + (f" ({modalities})" if modalities else "")
    print(f"{len(built.articles)} articles ({built.summary.new} new), {claims}")
    print(f"{len(built.events)} events, {len(built.entities)} entities; {len(built.summary.errors)} not read")
    print(f"turned away: {built.rejected} without verbatim quote, {built.unlinked} without known actors")
    print(f"graph: {built.folder / TRIG}   page: {built.folder / PAGE}")
