"""``kg analyse``: who is central, who cooperates with whom, and when; as a table, CSV, JSON or a chart."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from kg import analysis
from kg.analysis.periods import GRAINS
from kg.commands.options import add_selection, add_store, selection_of
from kg.errors import SelectionError
from kg.results import Graph, open_graph
from kg.selection import Selection
from kg.spreadsheet import csv_lines

EXAMPLE = "kg analyse over-time Russia Ukraine --store graph --svg dyad.svg"

MEASURES: Final[dict[str, Callable[..., pd.DataFrame]]] = {
    "central": analysis.centrality,
    "degrees": analysis.degrees,
    "communities": analysis.communities,
    "mediators": analysis.mediators,
    "balance": analysis.balance,
    "triads": analysis.triads,
}
OVER_TIME: Final = "over-time"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("measure", choices=[*MEASURES, OVER_TIME], help="what to measure")
    parser.add_argument("actors", nargs="*", metavar="ACTOR", help=f"with {OVER_TIME}: one actor, or two")
    add_store(parser)
    parser.add_argument(
        "--level",
        choices=("state", "actor"),
        default="state",
        help="persons by state, or apart (default: state)",
    )
    parser.add_argument("--by", choices=GRAINS, default="month", help="period (default: month)")
    add_selection(parser, modality="actual")
    parser.add_argument("--disputed", action="store_true", help="count what is denied or contested too")
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json"),
        default="table",
        help="form of the answer (default: table)",
    )
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw it too")
    parser.add_argument("--language", choices=("de", "en"), default="en", help="language of names and chart")


def run(options: argparse.Namespace) -> int:
    """Print what was measured. Raises SelectionError, StoreError, OSError."""
    if len(options.actors) > (2 if options.measure == OVER_TIME else 0):
        raise SelectionError(f"kg analyse {options.measure}: too many actors; {OVER_TIME} takes up to two")
    selection = replace(selection_of(options, modality="actual"), disputed=options.disputed)
    frame = _measure(open_graph(options.store), selection, options)
    if options.svg:
        analysis.draw(frame, language=options.language).save(options.svg)
    print(_written(frame, options.format).rstrip("\n"))
    return 0


def _measure(graph: Graph, selection: Selection, options: argparse.Namespace) -> pd.DataFrame:
    if options.measure == OVER_TIME:
        first, second = [*options.actors, "", ""][:2]
        return analysis.over_time(graph, first, second, selection, by=options.by)
    measure = MEASURES[options.measure]
    return measure(graph, selection, level=options.level, language=options.language)


def _written(frame: pd.DataFrame, form: str) -> str:
    if form == "json":
        return str(frame.to_json(orient="records", force_ascii=False, indent=1))
    if form == "csv":
        rows = (list(row) for row in frame.itertuples(index=False))
        return b"".join(csv_lines(frame.columns, rows)).decode("utf-8-sig")
    lines = str(frame.to_string(index=False)).splitlines()
    return "\n".join("".join(filter(str.isprintable, line)) for line in lines)
