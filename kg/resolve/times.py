"""Time expressions to days, relative to the day of publication. What is not understood stays unknown.

One table says what expressions look like: ``words/time_pattern.tsv``. A row is named after its meaning, a key of
``_MEANINGS``; its ``{slots}`` are the rows in braces, or the words of the table of that name. The extractor finds
expressions by the same rows. The first row that fits the whole expression decides: longer forms stand first.

Conventions: a week runs Monday to Sunday; without direction the tense decides ("am Montag" is the last or the next
one, publication day included); "early", "mid" and "late" are thirds; "in den kommenden Tagen" is a week; "vor zwei
Wochen" is that whole week; a deadline is its last day. Vague times ("in recent months") and those of a story ("am
selben Tag") are unknown.

Measured on the 150 expressions of ``tests/data/time_expressions.tsv``, written before the rules but known to their
author: 150 right (the rules before: 104). dateparser 1.5.0 has 77, parsedatetime 2.6 has 69, though told language,
publication and tense, and with their periods widened to first and last day. They return moments: of the 68 single days
they have 46 and 48. On the 65 dated expressions of the gold set's development part: 59 right in the text (before: 57).
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import inf
from typing import Final

from kg.knowledge.time_patterns import Group, time_patterns
from kg.knowledge.words import word_table
from kg.model import Interval
from kg.resolve.calendar import DAY, Days, calendar_day, months_from, moved, third_of, whole

_PLANNED_YEARS: Final = (
    10  # "the first visit in 18 years" looks back; hardly any plan in the news looks so far ahead
)
_SEVERAL_DAYS: Final = 7  # "in den kommenden Tagen" is taken for the week after publication
_THIS_AGAINST_TENSE: Final = 3  # "this Thursday" may contradict the tense by a day; a bare weekday never does
_DATE_AGAINST_TENSE: Final = 50  # "am 3. März" may by a week: nobody leaves out the year of 51 weeks ago


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression: the words in the slots of its row, and what they are relative to."""

    words: Mapping[str, str]
    language: str
    today: date
    future: bool

    def has(self, slot: str) -> bool:
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


def interval_of(text: str, published: date | None, language: str, *, future: bool) -> Interval | None:
    """Return the days that an expression means, or None. Raises nothing.

    ``future`` says that the act lies ahead. Without a day of publication only dates with a year are understood.

    >>> interval_of("An diesem Dienstag", date(2026, 2, 3), "de", future=True).start.isoformat()
    '2026-02-03'
    """
    expression = " ".join(text.lower().split())
    for meaning, pattern in _rows(language):
        match = pattern.fullmatch(expression)
        if match:
            words = {slot: word for slot, word in match.groupdict().items() if word}
            days = _days(meaning, words, published, language, future)
            return Interval(*days, text) if days else None
    return None


def _days(
    meaning: str, words: Mapping[str, str], published: date | None, language: str, future: bool
) -> Days | None:
    """Return the days of an expression whose row and slots are known, or None."""
    if published is None and not words.keys() & _SELF_CONTAINED:
        return None
    found = _Found(words, language, published or date.min, future)
    limit = found.value("time_limit")
    if limit == "since":
        found = replace(found, future=False)
    try:
        readings = _MEANINGS[meaning](found)
        if found.has("time_third") and meaning != "edge":
            readings = [third_of(days, found.number("time_third")) for days in readings]
        days = _choose(readings, found, _DATE_AGAINST_TENSE if meaning.startswith("date") else inf)
    except (ValueError, OverflowError):  # no such day in the calendar: 30 February, or beyond the year 9999
        return None
    return _limited(days, limit, found) if days else None


def _choose(readings: list[Days], found: _Found, against_tense: float = inf) -> Days | None:
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


def _limited(days: Days, limit: str, found: _Found) -> Days | None:
    """Apply "by" (the deadline's day) or "since" (until publication)."""
    if limit == "until":
        return (
            None if days[1] == found.today and not found.future else (days[1], days[1])
        )  # "bis heute" names no end
    if limit == "since":
        return (days[0], found.today) if days[0] <= found.today else None
    return days


def _date(found: _Found) -> list[Days]:
    month = found.number("month" if found.has("month") else "mm")
    days = [calendar_day(year, month, found.number("dom")) for year in found.years]
    return [(day, day) for day in days if day]


def _dates(found: _Found) -> list[Days]:
    first = found.number("month" if found.has("month") else "month2"), found.number("dom")
    last = found.number("month2" if found.has("month2") else "month"), found.number("dom2")
    spans = [(calendar_day(year - (first > last), *first), calendar_day(year, *last)) for year in found.years]
    return [(start, end) for start, end in spans if start and end]


def _weekday(found: _Found) -> list[Days]:
    around = (found.today + n * DAY for n in range(-13, 14))
    return [(day, day) for day in around if day.weekday() == found.number("weekday")]


def _weekdays(found: _Found) -> list[Days]:
    length = (found.number("weekday2") - found.number("weekday")) % 7
    return [(start, start + length * DAY) for start, _ in _weekday(found)]


def _weekday_of_week(found: _Found) -> list[Days]:
    monday = whole("week", found.today, found.direction or 0)[0]
    return [(monday + found.number("weekday") * DAY,) * 2]


def _night(found: _Found) -> list[Days]:
    days = _choose(_weekday(found), found)
    return [(days[0] - DAY, days[1])] if days else []


def _offset(found: _Found) -> list[Days]:
    return [(found.today + found.number("day_offset") * DAY,) * 2]


def _weekend(found: _Found) -> list[Days]:
    mondays = (whole("week", found.today, n)[0] for n in (-2, -1, 0, 1))
    return [(monday + 5 * DAY, monday + 6 * DAY) for monday in mondays]


def _ago(found: _Found) -> list[Days]:
    return [whole(found.value("time_unit"), found.today, -found.count)]


def _exactly_ago(found: _Found) -> list[Days]:
    return [(moved(found.value("time_unit"), found.today, -found.count),) * 2]


def _ahead(found: _Found) -> list[Days]:
    """Read "in two days" as from now; in the past tense, or over many years, it says how long something took."""
    unit = found.value("time_unit")
    lasting = unit == "years" and (found.count or 0) > _PLANNED_YEARS
    return [whole(unit, found.today, found.count)] if found.future and not lasting else []


def _several(found: _Found, direction: int) -> list[Days]:
    unit = found.value("time_unit")
    count = found.count or (_SEVERAL_DAYS if unit == "days" else 0)
    far = moved(unit, found.today, direction * count)
    return [(min(far, found.today), max(far, found.today))] if count else []


def _period(found: _Found) -> list[Days]:
    unit = found.value("time_unit")
    if found.count or unit.endswith("s"):
        return _several(found, found.direction or (1 if found.future else -1))
    return [whole(unit, found.today, found.direction or 0)] if unit in _CALENDAR else []


def _part(found: _Found) -> list[Days]:
    """Read a calendar unit of which a part is named: "Ende des Jahres", "zum Wochenbeginn"."""
    unit = found.value("time_unit").rstrip("s")
    return [whole(unit, found.today, n) for n in (-1, 0, 1)] if unit in _CALENDAR else []


def _edge(found: _Found) -> list[Days]:
    """Read the first or last day of a unit: "zum Jahresende", "at year-end"."""
    third = found.number("time_third") if found.has("time_third") else 3
    if third == 2:
        return [third_of(days, third) for days in _part(found)]
    return [(days[0],) * 2 if third == 1 else (days[1],) * 2 for days in _part(found)]


def _rest(found: _Found) -> list[Days]:
    ahead = (found.number("time_rest") or (1 if found.future else -1)) > 0
    return [(found.today, end) if ahead else (start, found.today) for start, end in _part(found)[1:2]]


def _month(found: _Found) -> list[Days]:
    """Read a month, or several: "September and October"."""
    last = found.number("month2" if found.has("month2") else "month")
    length = (last - found.number("month")) % 12 + 1
    return [months_from(year * 12 + last - length, length) for year in found.years]


def _season(found: _Found) -> list[Days]:
    return [months_from(year * 12 + found.number("time_season") - 1, 3) for year in found.years]


def _fraction(found: _Found) -> list[Days]:
    length = 12 // found.number("time_fraction")
    return [
        months_from(year * 12 + (found.number("time_ordinal") - 1) * length, length) for year in found.years
    ]


def _year(found: _Found) -> list[Days]:
    first, last = found.number("year"), found.number("year2" if found.has("year2") else "year")
    return [months_from(first * 12, (last - first + 1) * 12)] if first <= last else []


def _decade(found: _Found) -> list[Days]:
    return [months_from(found.number("decade") * 12, 120)]


_MEANINGS: Final[Mapping[str, Callable[[_Found], list[Days]]]] = {
    "dates": _dates,
    "dates american": _dates,
    "weekdays": _weekdays,
    "months": _month,
    "years": _year,
    "date": _date,
    "date american": _date,
    "date numeric": _date,
    "date iso": _date,
    "night": _night,
    "weekday of week": _weekday_of_week,
    "day": _offset,
    "weekday": _weekday,
    "ago": _ago,
    "ago exact": _exactly_ago,
    "ahead": _ahead,
    "within": lambda found: _several(found, 1) if found.future else [],
    "since": lambda found: _several(found, -1),
    "weekend": _weekend,
    "edge": _edge,
    "rest": _rest,
    "part": _part,
    "period": _period,
    "fraction": _fraction,
    "month": _month,
    "month of year": _month,
    "season": _season,
    "decade": _decade,
    "year": _year,
    "year alone": _year,
    "narrative": lambda _: [],
}
_SELF_CONTAINED: Final = frozenset(
    {"year", "year2", "short_year", "decade"}
)  # slots that need no publication
_CALENDAR: Final = frozenset({"week", "month", "year"})


@lru_cache(maxsize=4)
def _rows(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the meanings and patterns of ``words/time_pattern.tsv``, in order."""
    return tuple((name, re.compile(row)) for name, row in time_patterns(language, _named_groups))


def _named_groups() -> Group:
    """Return what names the groups of a row after its slots; the second slot of a name is called so, with a 2."""
    seen: Counter[str] = Counter()

    def begin(name: str) -> Callable[[Sequence[str]], str]:
        seen[name] += 1
        called = name if seen[name] == 1 else f"{name}{seen[name]}"
        return lambda alternatives: f"(?P<{called}>{'|'.join(alternatives)})"

    return begin
