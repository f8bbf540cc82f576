"""Says the result of an evaluation as text and as JSON; ``page.py`` shows it claim by claim."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.evaluate.measures import Counts, Score

COLUMNS: Final = (
    ("precision", "P"),
    ("recall", "R"),
    ("f1", "F1"),
    ("pair_recall", "pair R"),
    ("modality_accuracy", "modal."),
    ("speaker_accuracy", "speak."),
    ("time_accuracy", "time"),
    ("time_f1", "timeF1"),
)
"""Measures of the table with their headings."""

GROUPS: Final = (("by_language", "language"), ("by_root", "root"), ("by_modality", "modality"))
CAUSES: Final = (("missed", "missed"), ("wrong", "wrong"), ("flaws", "right but"))


def as_text(score: Score) -> str:
    """Return the score as a table of percentages, with the causes of errors below."""
    return "\n".join(_lines(score)) + "\n"


def as_json(score: Score) -> str:
    """Return the score as JSON: measures between 0 and 1, counts, and causes with their numbers."""
    content: dict[str, object] = {"articles": len(score.matches), "total": record_of(score.total)}
    for name, _ in GROUPS:
        groups: Mapping[str, Counts] = getattr(score, name)
        content[name] = {group: record_of(counts) for group, counts in groups.items()}
    content["causes"] = {name: dict(getattr(score, name)) for name, _ in CAUSES}
    content["left_out"] = score.left_out
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def rows_of(score: Score) -> Iterator[tuple[str, Counts]]:
    """Yield the rows of the table with their names, the total first."""
    yield "all", score.total
    for name, _ in GROUPS:
        groups: Mapping[str, Counts] = getattr(score, name)
        yield from groups.items()


def cells_of(counts: Counts) -> Iterator[str]:
    """Yield the cells of a row: numbers of claims, then percentages, "-" for a share of nothing."""
    yield str(counts.gold)
    yield str(counts.predicted)
    measures = counts.measures()
    wholes = {"precision": counts.predicted, "recall": counts.gold, "pair_recall": counts.gold}
    wholes |= {"f1": counts.gold + counts.predicted, "time_f1": counts.timed_gold + counts.timed_found}
    for name, _ in COLUMNS:
        yield f"{100 * measures[name]:.1f}" if wholes.get(name, counts.right) else "-"


def _lines(score: Score) -> Iterator[str]:
    yield _row("", heading())
    for name, counts in rows_of(score):
        yield _row(name, cells_of(counts))
    for name, title in CAUSES:
        causes: Mapping[str, int] = getattr(score, name)
        yield ""
        yield f"{title}: {sum(causes.values())}"
        yield from (f"  {number:4}  {cause}" for cause, number in causes.items())
    if score.left_out:
        yield ""
        yield f"{score.left_out} predicted claims stand in articles without gold and were left out"


def _row(name: str, cells: Iterable[str]) -> str:
    return f"{name:<12}" + "".join(f"{cell:>7}" for cell in cells)


def heading() -> list[str]:
    """Return the headings of the cells of a row."""
    return ["gold", "pred.", *(title for _, title in COLUMNS)]


def record_of(counts: Counts) -> dict[str, float | int]:
    """Return counts as numbers of claims, and measures between 0 and 1."""
    rounded = {name: round(value, 4) for name, value in counts.measures().items()}
    return {"gold": counts.gold, "predicted": counts.predicted, "right": counts.right, **rounded}
