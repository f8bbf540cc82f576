"""Time expressions to days, relative to the day of publication. What is not understood stays unknown.

Our own rules: they cover the expressions of ``words/time_pattern.tsv`` in both languages and nothing else.
"""

import re
from datetime import date, timedelta

from kg.knowledge.words import word_table
from kg.model import Interval

_DAY = timedelta(days=1)
_ISO = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2,4})")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_COMING_DAYS = 7  # "in den kommenden Tagen" is taken for the week after publication


def interval_of(text: str, published: date | None, language: str, *, future: bool) -> Interval | None:
    """Return the days that an expression means, or None.

    ``future`` says that the act lies ahead: a bare weekday is then the next such day, else the last one.

    >>> interval_of("An diesem Dienstag", date(2026, 2, 3), "de", future=True).start.isoformat()
    '2026-02-03'
    """
    words = text.lower()
    found = _absolute(words, published, language) or (_relative(words, published, language, future) if published else None)
    return Interval(found[0], found[1], text) if found else None


def _absolute(words: str, published: date | None, language: str) -> tuple[date, date] | None:
    numeric = _ISO.search(words)
    if numeric:
        day, month, year = map(int, numeric.groups())
        return _one(_date(year + 2000 if year < 100 else year, month, day))
    year_match = _YEAR.search(words)
    months = word_table("month", language)
    month = next((int(number) for name, number in months.items() if re.search(rf"\b{name}\b", words)), 0)
    if month:
        year = int(year_match.group(1)) if year_match else _near_year(month, published)
        if not year:
            return None
        day_match = re.search(r"\b(\d{1,2})(?:\.|st|nd|rd|th)?\b", _YEAR.sub("", words))
        if day_match:
            return _one(_date(year, month, int(day_match.group(1))))
        return _part_of(words, date(year, month, 1), _month_end(date(year, month, 1)))
    if year_match:
        year = int(year_match.group(1))
        return _part_of(words, date(year, 1, 1), date(year, 12, 31))
    return None


def _relative(words: str, published: date, language: str, future: bool) -> tuple[date, date] | None:
    for word, offset in word_table("day_offset", language).items():
        if re.search(rf"\b{word}\b", words):
            return _one(published + int(offset) * _DAY)
    for word, number in word_table("weekday", language).items():
        if re.search(rf"\b{word}", words):
            return _one(_weekday(words, published, int(number), language, future))
    direction = _direction(words, language)
    count = _count(words, language)
    unit = next((u for w, u in word_table("time_unit", language).items() if re.search(rf"\b{w}", words)), "")
    ago = any(word in words for word in word_table("ago", language))
    if unit == "weekend":
        return _weekend(published, direction, future)
    if not unit:
        return None
    if ago and count:
        return _one(_shift(published, unit, -count)) if unit in {"day", "week"} else _whole(_shift(published, unit, -count), unit)
    if unit == "day":
        span = count or _COMING_DAYS
        if direction > 0 or (direction == 0 and future):
            return published, published + span * _DAY
        return published - span * _DAY, published
    if count and direction:
        edge = _shift(published, unit, direction * count)
        return min(edge, published), max(edge, published)
    return _whole(_shift(published, unit, direction), unit)


def _weekday(words: str, published: date, number: int, language: str, future: bool) -> date:
    direction = _direction(words, language)
    if any(word in words.split() for word in word_table("this_day", language)):
        nearest = min(range(-3, 4), key=lambda n: (abs(n), -n) if (published + n * _DAY).weekday() == number else (9, 0))
        return published + nearest * _DAY
    back = (published.weekday() - number) % 7
    ahead = (number - published.weekday()) % 7
    if direction > 0 or (direction == 0 and future):
        return published + (ahead or (7 if direction > 0 else 0)) * _DAY
    return published - (back or (7 if direction < 0 else 0)) * _DAY


def _weekend(published: date, direction: int, future: bool) -> tuple[date, date]:
    """Return Saturday and Sunday; without direction the last begun one, or the next if the act lies ahead."""
    saturday = published - ((published.weekday() - 5) % 7) * _DAY
    if direction > 0 or (direction == 0 and future and published.weekday() < 5):
        saturday += 7 * _DAY
    return saturday, saturday + _DAY


def _direction(words: str, language: str) -> int:
    return next((int(v) for w, v in word_table("time_direction", language).items() if re.search(rf"\b{w}", words)), 0)


def _count(words: str, language: str) -> int:
    digits = re.search(r"\b(\d{1,3})\b", words)
    if digits:
        return int(digits.group(1))
    return next((int(v) for w, v in word_table("number", language).items() if re.search(rf"\b{w}\b", words)), 0)


def _shift(day: date, unit: str, count: int) -> date:
    if unit == "day":
        return day + count * _DAY
    if unit == "week":
        return day + 7 * count * _DAY
    if unit == "month":
        months = day.year * 12 + day.month - 1 + count
        return date(months // 12, months % 12 + 1, min(day.day, 28))
    return date(day.year + count, day.month, min(day.day, 28))


def _whole(day: date, unit: str) -> tuple[date, date]:
    if unit == "week":
        monday = day - day.weekday() * _DAY
        return monday, monday + 6 * _DAY
    if unit == "month":
        return day.replace(day=1), _month_end(day)
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _part_of(words: str, start: date, end: date) -> tuple[date, date]:
    third = (end - start) / 3
    if re.search(r"\b(anfang|early|beginn)\b", words):
        return start, start + third
    if re.search(r"\b(mitte|mid)", words):
        return start + third, end - third
    if re.search(r"\b(ende|late)\b", words):
        return end - third, end
    return start, end


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - _DAY


def _near_year(month: int, published: date | None) -> int:
    """Return the year that brings a month nearest to publication."""
    if published is None:
        return 0
    distance = month - published.month
    return published.year + (1 if distance < -6 else -1 if distance > 6 else 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one(day: date | None) -> tuple[date, date] | None:
    return (day, day) if day else None
