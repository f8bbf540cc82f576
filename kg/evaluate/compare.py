"""Several extractors on the same gold, in one table: quality, what was turned away, time and tokens."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from kg.evaluate.measures import Score
from kg.evaluate.report import cells_of, heading, record_of
from kg.extract.base import Spent

_COSTS: Final = ("turned away", "not read", "seconds", "requests", "tokens", "cost")


@dataclass(frozen=True, slots=True)
class Run:
    """What one extractor made of the gold articles.

    Attributes:
        extractor: its name, with version and parameters.
        score: its quality.
        rejected: claims without evidence in the text, which were turned away.
        unread: articles that it could not read; their claims count as missed.
        seconds: wall time of the reading, short where answers were at hand.
        spent: what a model cost.
    """

    extractor: str
    score: Score
    rejected: int = 0
    unread: int = 0
    seconds: float = 0.0
    spent: Spent = field(default_factory=Spent)


def comparison(runs: Iterable[Run]) -> str:
    """Return the table: percentages, then what was turned away and what it cost. Below it, the full names."""
    compared = tuple(runs)
    rows = [["", *heading(), *_COSTS]]
    rows += [[_short(run), *cells_of(run.score.total), *_costs(run)] for run in compared]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_aligned(row, widths) for row in rows]
    return "\n".join([*lines, "", *(run.extractor for run in compared)]) + "\n"


def comparison_json(runs: Iterable[Run]) -> str:
    """Return the same as JSON: a list with measures between 0 and 1, numbers and costs."""
    return json.dumps([_record(run) for run in runs], indent=2, ensure_ascii=False) + "\n"


def _aligned(row: list[str], widths: list[int]) -> str:
    first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join([first.strip().ljust(widths[0]), *others])


def _short(run: Run) -> str:
    return run.extractor.partition("@")[0]


def _costs(run: Run) -> list[str]:
    spent = run.spent
    numbers = (run.rejected, run.unread, f"{run.seconds:.1f}", spent.requests, spent.tokens)
    return [*map(str, numbers), f"{spent.cost:.4f}" if spent.cost else "-"]


def _record(run: Run) -> dict[str, object]:
    return {
        "extractor": run.extractor,
        "total": record_of(run.score.total),
        "rejected": run.rejected,
        "unread": run.unread,
        "seconds": round(run.seconds, 1),
        "requests": run.spent.requests,
        "answers_at_hand": run.spent.cached,
        "tokens": run.spent.tokens,
        "cost": round(run.spent.cost, 6),
        "counts": dict(sorted(run.spent.counts.items())),
    }
