"""What happened when: cooperation and conflict by day, month, quarter or year, of all or of a dyad."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Literal

import pandas as pd

from kg.analysis.actors import QUAD_COLUMNS
from kg.analysis.tables import Column, Drawing, frame
from kg.analysis.ties import CONFLICT, QUADS, Tie, Ties, ties_of
from kg.ontology import COOPERATION
from kg.selection import ACTUAL, Claims, Selection, find_actors

Grain = Literal["day", "month", "quarter", "year"]
GRAINS: Final[tuple[Grain, ...]] = ("day", "month", "quarter", "year")


def over_time(  # noqa: PLR0913 - a dyad, a selection, and two words on how to count
    source: Claims,
    first: str = "",
    second: str = "",
    selection: Selection = ACTUAL,
    *,
    by: Grain = "month",
    directed: bool = False,
) -> pd.DataFrame:
    """Return a row a period, those without happenings too: ``period``, the four quad classes, their sums.

    Actors are named by id, name or code, and a state stands for all who count for it. Without ``first`` all
    happenings count, with it alone all of that actor, with ``second`` those between the two, and ``directed``
    leaves those that the first begins. Columns: ``period`` ("2018-03", "2018-Q1"), the happenings
    ``verbal_cooperation material_cooperation verbal_conflict material_conflict``, and the sums ``cooperation``,
    ``conflict`` and ``net`` (their difference). A happening counts once, on the first day that a claim gives
    it; ``attrs["undated"]`` counts those without any.

    Dyads over time in these classes: Goldstein 1992, "A conflict-cooperation scale for WEIS events data"; his
    weights are not applied, since they were made for WEIS. Raises SelectionError, ValueError for another ``by``.
    """
    if by not in GRAINS:
        raise ValueError(f"periods are {', '.join(GRAINS)}, got {by!r}")
    ties = ties_of(source, selection, level="actor")
    chosen = _between(ties, source, first, second, directed=directed)
    days = _days(chosen)
    dated = Ties(ties.actors, tuple(tie for tie in chosen if tie.happening in days))
    counts = {
        quads: dated.happenings(lambda tie: period_of(days[tie.happening], by), quads)
        for quads in (*((quad,) for quad in QUADS), COOPERATION, CONFLICT)
    }
    rows = [
        (
            period,
            *(counts[quad,][period] for quad in QUADS),
            counts[COOPERATION][period],
            counts[CONFLICT][period],
            counts[COOPERATION][period] - counts[CONFLICT][period],
        )
        for period in _periods(days.values(), by)
    ]
    return frame(
        " – ".join(name for name in (first, second) if name) or "All actors",
        "Goldstein 1992 (dyads over time); PLOVER codebook (quad classes)",
        (
            Column("period", "str", f"{by}, as ISO 8601 writes it; quarters as 2018-Q1"),
            *(Column(name, "int64", f"happenings of {name.replace('_', ' ')}") for name in QUAD_COLUMNS),
            Column("cooperation", "int64", "happenings of cooperation, verbal and material"),
            Column("conflict", "int64", "happenings of conflict, verbal and material"),
            Column("net", "int64", "cooperation - conflict, in happenings"),
        ),
        rows,
        Drawing("lines", ("period",), ("cooperation", "conflict")),
        undated=len({tie.happening for tie in chosen} - days.keys()),
    )


def period_of(day: date, by: Grain) -> str:
    """Return the period of a day.

    >>> [period_of(date(2018, 5, 7), by) for by in GRAINS]
    ['2018-05-07', '2018-05', '2018-Q2', '2018']
    """
    if by == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[by]]


def _between(ties: Ties, source: Claims, first: str, second: str, *, directed: bool) -> tuple[Tie, ...]:
    if not first:
        return ties.ties
    ours = find_actors(first, source.claims)
    theirs = find_actors(second, source.claims) if second else frozenset(ties.actors) - ours

    def joins(tie: Tie) -> bool:
        forth = tie.source in ours and tie.target in theirs
        return forth or (not directed and tie.source in theirs and tie.target in ours)

    return tuple(tie for tie in ties.ties if joins(tie))


def _days(ties: tuple[Tie, ...]) -> dict[str, date]:
    """Return the first day that a tie gives each happening."""
    days: dict[str, date] = {}
    for tie in ties:
        if tie.day:
            days[tie.happening] = min(tie.day, days.get(tie.happening, tie.day))
    return days


def _periods(days: Iterable[date], by: Grain) -> list[str]:
    known = sorted(days)
    if not known:
        return []
    span = (known[-1] - known[0]).days
    return list(dict.fromkeys(period_of(known[0] + timedelta(step), by) for step in range(span + 1)))
