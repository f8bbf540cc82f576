"""A timeline as numbers for SVG: cooperation above the line, conflict below. Pure."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 124
"""Pixels from the top of the highest bar to the bottom of the lowest."""

LABEL: Final = 62
"""Pixels of the name of a period."""

DAYS: Final = 62
"""Days up to which each has its bar; then months, and beyond so many months years."""
MONTHS: Final = 72

UP: Final = ("materialCooperation", "verbalCooperation", "other")
DOWN: Final = ("materialConflict", "verbalConflict")


@dataclass(frozen=True, slots=True)
class Block:
    """The claims of a family in a period, as a rectangle."""

    family: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A period with claims: first and last day, and its blocks. ``x`` is its left edge."""

    first: str
    last: str
    label: str
    count: int
    x: float
    width: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in the order of time, marks with their words below, and gaps where empty periods are left out.

    ``line`` is the height of the line between cooperation and conflict, in pixels from the top.
    """

    bars: tuple[Bar, ...] = ()
    marks: tuple[tuple[float, str], ...] = ()
    gaps: tuple[float, ...] = ()
    line: float = 0
    width: int = WIDTH
    height: int = HEIGHT

    def __bool__(self) -> bool:
        return bool(self.bars)


def timeline(claims: Iterable[tuple[date, str]]) -> Timeline:
    """Return the timeline of claims, each a day and the id of its family. Raises nothing."""
    counted = Counter(claims)
    if not counted:
        return Timeline()
    first, last = min(day for day, _ in counted), max(day for day, _ in counted)
    unit = _unit(first, last)
    by_period: dict[str, Counter[str]] = defaultdict(Counter)
    for (day, family), count in counted.items():
        by_period[_name(day, unit)][family] += count
    slots = list(_slots(sorted(by_period)))
    step = WIDTH / max(len(slots), 14)
    up = max(_side(found, UP) for found in by_period.values())
    down = max(_side(found, DOWN) for found in by_period.values())
    scale = HEIGHT / (up + down)
    bars = tuple(
        _bar(name, by_period[name], (number * step, step), (scale, up * scale))
        for number, name in enumerate(slots)
        if name in by_period
    )
    gaps = tuple(round((number + 0.5) * step, 1) for number, name in enumerate(slots) if not name)
    return Timeline(bars, tuple(_marks(slots, step)), gaps, round(up * scale, 1))


def _slots(filled: list[str]) -> Iterator[str]:
    """Yield the names of periods in their order, an empty one among them where they do not follow each other."""
    for before, name in zip(["", *filled], filled, strict=False):
        if before and _after(before) != name:
            yield ""
        yield name


def _after(name: str) -> str:
    """Return the name of the period after one, "" after the last of the calendar."""
    last = date.fromisoformat(_bounds(name)[1])
    return "" if last == date.max else _name(last + timedelta(1), len(name))


def _unit(first: date, last: date) -> int:
    """Return how many characters of a day name its period: 10 for days, 7 for months, 4 for years."""
    if (last - first).days <= DAYS:
        return 10
    return 7 if (last.year - first.year) * 12 + last.month - first.month <= MONTHS else 4


def _name(day: date, unit: int) -> str:
    return day.isoformat()[:unit]


def _side(found: Counter[str], families: Iterable[str]) -> int:
    return sum(found[family] for family in families)


def _bar(name: str, found: Counter[str], place: tuple[float, float], heights: tuple[float, float]) -> Bar:
    """Return the bar at left edge and width ``place``; ``heights``: pixels of a claim, and height of the line."""
    (x, step), (scale, line) = place, heights
    width = round(min(max(step - 2, 1.5), 40), 1)
    blocks = []
    for families, direction in ((UP, -1), (DOWN, 1)):
        edge = line
        for family in families:
            if found[family]:
                height = found[family] * scale
                top = edge - height if direction < 0 else edge
                blocks.append(
                    Block(family, found[family], round(x, 1), round(top, 1), width, round(height, 1))
                )
                edge += direction * height
    first, last = _bounds(name)
    return Bar(first, last, name, sum(found.values()), round(x, 1), width, tuple(blocks))


def _bounds(name: str) -> tuple[str, str]:
    """Return the first and last day of a period."""
    if len(name) == 10:
        return name, name
    if len(name) == 4:
        return f"{name}-01-01", f"{name}-12-31"
    year, month = int(name[:4]), int(name[5:])
    return f"{name}-01", f"{name}-{monthrange(year, month)[1]}"


def _marks(slots: list[str], step: float) -> Iterator[tuple[float, str]]:
    """Yield as many names of periods as stand beside each other."""
    free = 0.0
    for number, name in enumerate(slots):
        x = number * step
        if name and free <= x <= WIDTH - LABEL:
            free = x + LABEL
            yield round(x, 1), name
