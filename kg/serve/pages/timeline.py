"""A timeline as numbers for SVG: cooperation above the line, conflict below. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WIDTH: Final = 720
HALF: Final = 58
"""Pixels of the highest bar above or below the line."""

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
    """Bars in the order of time, and marks with their words below the line."""

    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, str], ...]
    width: int = WIDTH
    half: int = HALF

    def __bool__(self) -> bool:
        return bool(self.bars)


def timeline(claims: Iterable[tuple[date, str]]) -> Timeline:
    """Return the timeline of claims, each a day and the id of its family."""
    counted = Counter(claims)
    if not counted:
        return Timeline((), ())
    first, last = min(day for day, _ in counted), max(day for day, _ in counted)
    unit = _unit(first, last)
    periods = _periods(first, last, unit)
    step = WIDTH / max(len(periods), 12)
    by_period: dict[str, Counter[str]] = {name: Counter() for name in periods}
    for (day, family), count in counted.items():
        by_period[_name(day, unit)][family] += count
    highest = max(max(_side(found, UP), _side(found, DOWN)) for found in by_period.values())
    bars = tuple(
        _bar(name, by_period[name], number * step, step, HALF / highest)
        for number, name in enumerate(periods)
        if by_period[name]
    )
    return Timeline(bars, tuple(_marks(periods, step)))


def _unit(first: date, last: date) -> int:
    """Return how many characters of a day name its period: 10 for days, 7 for months, 4 for years."""
    if (last - first).days <= DAYS:
        return 10
    return 7 if (last.year - first.year) * 12 + last.month - first.month <= MONTHS else 4


def _name(day: date, unit: int) -> str:
    return day.isoformat()[:unit]


def _periods(first: date, last: date, unit: int) -> list[str]:
    days = (first + timedelta(number) for number in range((last - first).days + 1))
    return list(dict.fromkeys(_name(day, unit) for day in days))


def _side(found: Counter[str], families: Iterable[str]) -> int:
    return sum(found[family] for family in families)


def _bar(name: str, found: Counter[str], x: float, step: float, scale: float) -> Bar:
    width = max(step - 2, 1.5) if step < 30 else 28
    blocks = []
    for families, direction in ((UP, -1), (DOWN, 1)):
        edge = float(HALF)
        for family in families:
            if found[family]:
                height = found[family] * scale
                top = edge - height if direction < 0 else edge
                blocks.append(Block(family, found[family], round(x, 1), round(top, 1), width, round(height, 1)))
                edge += direction * height
    first, last = _bounds(name)
    return Bar(first, last, name, sum(found.values()), round(x, 1), width, tuple(blocks))


def _bounds(name: str) -> tuple[str, str]:
    """Return the first and last day of a period."""
    if len(name) == 10:
        return name, name
    if len(name) == 4:
        return f"{name}-01-01", f"{name}-12-31"
    first = date.fromisoformat(f"{name}-01")
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return first.isoformat(), last.isoformat()


def _marks(periods: list[str], step: float) -> Iterable[tuple[float, str]]:
    """Yield as many names of periods as stand beside each other."""
    every = max(1, -(-len(periods) // 9))
    for number in range(0, len(periods), every):
        yield round(number * step, 1), periods[number]
