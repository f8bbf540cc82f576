"""Time expressions to days, relative to the day of publication. What is not understood stays unknown.

One table says what expressions look like: ``words/time_pattern.tsv``. A row is named after its meaning, a key of
``MEANINGS`` in ``time_meanings``; its ``{slots}`` are the rows in braces, or the words of the table of that name. The
extractor finds expressions by the same rows. The first row that fits the whole expression decides: longer forms stand
first.

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
from dataclasses import replace
from datetime import date
from functools import lru_cache
from math import inf
from typing import Final

from kg.knowledge.time_patterns import Group, time_patterns
from kg.model import Interval
from kg.resolve.calendar import Days, third_of
from kg.resolve.time_expressions import Expression, nearest
from kg.resolve.time_meanings import MEANINGS

_DATE_AGAINST_TENSE: Final = 50  # "am 3. März" may by a week: nobody leaves out the year of 51 weeks ago
_SELF_CONTAINED: Final = frozenset({"year", "year2", "short_year", "decade"})
"""Slots that need no publication."""


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
    found = Expression(words, language, published or date.min, future)
    limit = found.value("time_limit")
    if limit == "since":
        found = replace(found, future=False)
    try:
        readings = MEANINGS[meaning](found)
        if found.has("time_third") and meaning != "edge":
            readings = [third_of(days, found.number("time_third")) for days in readings]
        days = nearest(readings, found, _DATE_AGAINST_TENSE if meaning.startswith("date") else inf)
    except (ValueError, OverflowError):  # no such day in the calendar: 30 February, or beyond the year 9999
        return None
    return _limited(days, limit, found) if days else None


def _limited(days: Days, limit: str, found: Expression) -> Days | None:
    """Apply "by" (the deadline's day) or "since" (until publication)."""
    if limit == "until":
        return (
            None if days[1] == found.today and not found.future else (days[1], days[1])
        )  # "bis heute" names no end
    if limit == "since":
        return (days[0], found.today) if days[0] <= found.today else None
    return days


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
