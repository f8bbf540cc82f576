"""``kg build``: reads articles and writes store, graph, table and page."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from kg.build import build
from kg.commands.options import add_reading, server, settings_of
from kg.engines import ENGINES
from kg.folder import PAGE, TRIG
from kg.model import Article
from kg.outputs import SMALL
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
        "--store",
        type=server,
        metavar="URL",
        help="SPARQL server that keeps the graph (default: the folder, or the server of its last build)",
    )
    parser.add_argument(
        "--page-language", choices=("de", "en"), default="de", help="language in which the page opens"
    )
    parser.add_argument(
        "--files",
        choices=("auto", "always", "never"),
        default="auto",
        help=f"write graph files, table and page: auto is up to {SMALL} claims (default: auto)",
    )
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default="serial",
        help="where articles are read: here, in processes beside, or by Dask (default: serial)",
    )
    parser.add_argument(
        "--workers", type=int, default=0, metavar="N", help="processes that read (default: one a processor)"
    )
    parser.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="Dask scheduler, such as tcp://10.0.0.1:8786"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar, no notes on what was skipped")


def run(options: argparse.Namespace) -> int:
    """Build, and say what came of it. Returns 1 if no article could be read. Raises as ``kg.build.build``."""
    with tqdm(unit=" articles", disable=options.quiet or not sys.stderr.isatty()) as bar:

        def show(_: Article) -> None:
            bar.update()

        built = build(
            options.paths, options.out, settings_of(options), server=options.store or "", progress=show
        )
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
    summary, counts = built.summary, built.summary.counts
    modalities = ", ".join(f"{count} {name}" for name, count in counts.modalities)
    claims = f"{counts.claims} claims" + (f" ({modalities})" if modalities else "")
    print(f"{counts.articles} articles ({summary.new} new), {claims}")
    print(f"{counts.events} events, {counts.entities} entities; {len(summary.errors)} not read")
    print(f"turned away: {counts.rejected} without verbatim quote, {counts.unlinked} without known actors")
    for line in summary.spent.lines():
        print(line)
    if summary.files:
        print(f"graph: {built.folder / TRIG}   page: {built.folder / PAGE}")
    else:
        print(f"store: {built.folder}; for files and a page of a part of it: kg export, kg view")
