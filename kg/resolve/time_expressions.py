"""A time expression as it stands in a text: its words by slot, and which of its readings is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Final

from kg.knowledge.words import word_table
from kg.resolve.calendar import DAY, Days

_THIS_AGAINST_TENSE: Final = 3  # "this Thursday" may contradict the tense by a day; a bare weekday never does


@dataclass(frozen=True, slots=True)
class Expression:
    """The words in the slots of a row, and what they are relative to.

    Attributes:
        words: the words by slot.
        language: "de" or "en".
        today: day of publication.
        future: whether the act lies ahead.
    """

    words: Mapping[str, str]
    language: str
    today: date
    future: bool

    def has(self, slot: str) -> bool:
        """Tell whether there is a word in a slot."""
        return slot in self.words

    def value(self, slot: str, table: str = "") -> str:
        """Return the value of the word in a slot, from the table of that name."""
        return word_table(table or slot.rstrip("2"), self.language).get(self.words.get(slot, ""), "")

    def number(self, slot: str, table: str = "") -> int:
        """Return the number in a slot, in digits or as a word."""
        word = self.words[slot]
        return int(word) if word.isdecimal() else int(self.value(slot, table))

    @property
    def direction(self) -> int | None:
        """-1 for "last", 0 for "this", 1 for "next"; None without."""
        return self.number("time_direction") if self.has("time_direction") else None

    @property
    def count(self) -> int:
        """How many units are named; 0 without a number."""
        return self.number("count", "number") if self.has("count") else 0

    @property
    def years(self) -> tuple[int, ...]:
        """The year that is said, else those that may be meant."""
        if self.has("short_year"):
            return (2000 + self.number("short_year"),)
        if self.has("year_turn"):
            return (self.today.year + self.number("year_turn", "time_direction"),)
        said = self.words.get("year2") or self.words.get("year")
        return (int(said),) if said else (self.today.year - 1, self.today.year, self.today.year + 1)


def nearest(readings: list[Days], found: Expression, against_tense: float = inf) -> Days | None:
    """Return the reading nearest to publication; one that contradicts the tense counts as so many times as far."""
    today, direction = found.today, found.direction
    if direction == 0:
        against_tense = _THIS_AGAINST_TENSE
    elif direction:
        readings = [
            days for days in readings if (days[1] < today if direction < 0 else days[0] > today)
        ] or readings
        against_tense = 1

    def distance(days: Days) -> float:
        contradicts = days[1] < today if found.future else days[0] > today
        return max(days[0] - today, today - days[1], 0 * DAY).days * (against_tense if contradicts else 1)

    return min(readings, key=distance, default=None)
