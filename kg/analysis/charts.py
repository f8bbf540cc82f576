"""Pictures of the analyses: line and bar charts as SVG, for notebooks and print, without another library."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10
from pathlib import Path
from typing import Final

import pandas as pd

from kg.files import replace_file
from kg.markup import tag, text_width, xml_text
from kg.view.palette import FAMILIES

INK, FAINT, RULE = "#111827", "#55606e", "#d5dae1"
FONT: Final = "Arial, Helvetica, 'DejaVu Sans', sans-serif"
SIZE: Final = 12  # pixels of a letter
WIDTH: Final = 760  # pixels of the picture
ROW: Final = 22  # pixels of a bar with its gap
MOST: Final = 25  # bars of a picture
HEIGHT: Final = 240  # pixels of the plot of lines
TICKS: Final = 4

_COOPERATION, _CONFLICT = FAMILIES[1].colour, FAMILIES[3].colour
COLOURS: Final = {
    "verbal_cooperation": FAMILIES[0].colour,
    "material_cooperation": FAMILIES[1].colour,
    "verbal_conflict": FAMILIES[2].colour,
    "material_conflict": FAMILIES[3].colour,
    "cooperation": _COOPERATION,
    "conflict": _CONFLICT,
    "inside": _COOPERATION,
    "outside": RULE,
}
"""Colours of columns, those of the network page; others are grey."""

OTHER: Final = "#6b7280"
DASHED: Final = frozenset({"conflict"})
"""Lines told apart without colour too."""

GERMAN: Final = {
    "Centrality": "Zentralität", "Cooperation and conflict": "Kooperation und Konflikt",
    "Communities": "Gemeinschaften", "Mediators": "Vermittler", "Triads": "Triaden",
    "Structural balance": "Strukturelle Balance", "All actors": "Alle Akteure",
    "verbal_cooperation": "verbale Kooperation", "material_cooperation": "materielle Kooperation",
    "verbal_conflict": "verbaler Konflikt", "material_conflict": "materieller Konflikt",
    "cooperation": "Kooperation", "conflict": "Konflikt", "pagerank": "PageRank",
    "betweenness": "Betweenness", "triads": "Triaden", "balanced": "balanciert", "inside": "innerhalb",
    "outside": "außerhalb", "none": "nichts zu zeigen", "more": "weitere",
}  # fmt: skip
ENGLISH: Final = {"pagerank": "PageRank", "none": "nothing to show", "more": "more"}


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as SVG text; notebooks show it."""

    svg: str

    def save(self, path: str | Path) -> Path:
        """Write the picture as UTF-8 and return its path. Raises OSError."""
        replace_file(Path(path), f"{self.svg}\n".encode())
        return Path(path)

    def _repr_svg_(self) -> str:
        return self.svg


def draw(frame: pd.DataFrame, *, title: str = "", language: str = "en") -> Chart:
    """Return the picture of a frame that ``kg.analysis`` made: its first 25 rows as bars, or lines over time.

    Raises ValueError for another frame, or where its columns have been removed.
    """
    chart = frame.attrs.get("chart")
    if not chart or {*chart["labels"], *chart["values"]} - set(frame.columns):
        raise ValueError("this frame does not say how to draw it; take one as kg.analysis returned it")
    words = Words(language)
    heading = title or words(frame.attrs["title"])
    plot = _lines if chart["kind"] == "lines" else _bars
    body, height = plot(frame, chart["labels"], chart["values"], words)
    legend = _legend([words(name) for name in chart["values"]], chart["values"], y=44)
    head = [
        tag("title", {}, xml_text(heading)),
        tag("rect", {"width": WIDTH, "height": height, "fill": "#ffffff"}),
        tag("text", {"x": 16, "y": 24, "font-size": 15, "font-weight": 600, "fill": INK}, xml_text(heading)),
    ]
    box = {"viewBox": f"0 0 {WIDTH} {height}", "width": WIDTH, "height": height, "role": "img"}
    look = {"xmlns": "http://www.w3.org/2000/svg", **box, "font-family": FONT, "font-size": SIZE}
    return Chart(tag("svg", look, *head, *legend, *body))


class Words:
    """The words of a picture in one language; what it does not know stays as it is."""

    def __init__(self, language: str) -> None:
        self._known = GERMAN if language == "de" else ENGLISH

    def __call__(self, word: str) -> str:
        """Return a word."""
        return self._known.get(word, word.replace("_", " "))


def _bars(
    frame: pd.DataFrame, labels: Sequence[str], values: Sequence[str], words: Words
) -> tuple[list[str], int]:
    """Return stacked bars, one a row, and the height of the picture."""
    top, shown = 62, frame.head(MOST)
    names = [" · ".join(str(cell) for cell in row) for row in shown[list(labels)].itertuples(index=False)]
    counts = [[float(cell) for cell in row] for row in shown[list(values)].itertuples(index=False)]
    left = 24 + min(max((text_width(name, SIZE) for name in names), default=0), WIDTH * 0.4)
    highest = max((sum(row) for row in counts), default=0) or 1.0
    scale = (WIDTH - left - 80) / highest
    drawn = []
    for place, (name, row) in enumerate(zip(names, counts, strict=True)):
        y, x = top + place * ROW, left
        label = {"x": left - 8, "y": y + 12, "text-anchor": "end", "fill": INK}
        drawn.append(tag("text", label, xml_text(_cut(name, left - 24))))
        for column, value in zip(values, row, strict=True):
            bar = {"x": float(x), "y": y, "width": value * scale, "height": ROW - 6}
            if value:
                drawn.append(tag("rect", {**bar, "fill": COLOURS.get(column, OTHER)}))
            x += value * scale
        drawn.append(tag("text", {"x": float(x + 6), "y": y + 12, "fill": FAINT}, _number(sum(row))))
    bottom = top + len(names) * ROW
    rest = f"+ {len(frame) - MOST} {words('more')}" if len(frame) > MOST else ""
    note = rest or ("" if names else words("none"))
    if note:
        drawn.append(tag("text", {"x": 16, "y": bottom + 16, "fill": FAINT}, xml_text(note)))
    return drawn, bottom + (30 if note else 10)


def _lines(
    frame: pd.DataFrame, labels: Sequence[str], values: Sequence[str], words: Words
) -> tuple[list[str], int]:
    """Return a line a column over periods of even breadth, with axes, and the height of the picture."""
    left, top = 52, 64
    periods = [str(period) for period in frame[labels[0]]]
    highest = _ceiling(max((float(frame[column].max()) for column in values if periods), default=1.0))
    step = (WIDTH - left - 24) / max(len(periods), 1)
    drawn = []
    for tick in range(TICKS + 1):
        y = top + HEIGHT * (1 - tick / TICKS)
        drawn.append(tag("line", {"x1": left, "x2": WIDTH - 24, "y1": y, "y2": y, "stroke": RULE}))
        label = {"x": left - 8, "y": y + 4, "text-anchor": "end", "fill": FAINT}
        drawn.append(tag("text", label, _number(highest * tick / TICKS)))
    room = text_width(periods[0], SIZE) + 18 if periods else 1
    for place in range(0, len(periods), max(1, ceil(room / step))):
        at = {"x": float(left + step * (place + 0.5)), "y": top + HEIGHT + 18}
        drawn.append(tag("text", {**at, "text-anchor": "middle", "fill": FAINT}, xml_text(periods[place])))
    for column in values:
        points = [
            (left + step * (place + 0.5), top + HEIGHT * (1 - float(value) / highest))
            for place, value in enumerate(frame[column])
        ]
        drawn.extend(_line(points, column, dots=step >= 8))
    if not periods:
        middle = {"x": WIDTH / 2, "y": top + HEIGHT / 2, "text-anchor": "middle", "fill": FAINT}
        drawn.append(tag("text", middle, xml_text(words("none"))))
    return drawn, top + HEIGHT + 32


def _line(points: Sequence[tuple[float, float]], column: str, *, dots: bool) -> list[str]:
    colour = COLOURS.get(column, OTHER)
    dash = "7 4" if column in DASHED else None
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    look = {"fill": "none", "stroke": colour, "stroke-width": 2, "stroke-dasharray": dash}
    drawn = [tag("polyline", {"points": path, **look})]
    if dots:
        drawn += [tag("circle", {"cx": x, "cy": y, "r": 2.5, "fill": colour}) for x, y in points]
    return drawn


def _legend(names: Sequence[str], columns: Sequence[str], y: int) -> list[str]:
    drawn, x = [], 16.0
    for name, column in zip(names, columns, strict=True):
        dash = "7 4" if column in DASHED else None
        line = {"x1": x, "x2": x + 22, "y1": y - 4, "y2": y - 4, "stroke": COLOURS.get(column, OTHER)}
        drawn.append(
            tag("line", {**line, "stroke-width": 5 if dash is None else 3, "stroke-dasharray": dash})
        )
        drawn.append(tag("text", {"x": x + 28, "y": y, "fill": INK}, xml_text(name)))
        x += 28 + text_width(name, SIZE) + 20
    return drawn


def _cut(text: str, width: float) -> str:
    while text and text_width(text, SIZE) > width + 1:
        text = f"{text[:-2]}…"
    return text


def _ceiling(value: float) -> float:
    """Return the next number above ``value`` that is TICKS times 1, 2 or 5 times a power of ten.

    >>> [_ceiling(value) for value in (0, 3, 7, 41)]
    [4.0, 4.0, 8.0, 80.0]
    """
    power = 10.0 ** int(log10(max(value / TICKS, 1.0)))
    return next(step for step in (TICKS * power * by for by in (1, 2, 5, 10)) if step >= value)


def _number(value: float) -> str:
    return f"{value:.3f}" if value != round(value) else f"{round(value)}"
