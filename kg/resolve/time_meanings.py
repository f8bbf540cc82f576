"""What the rows of ``words/time_pattern.tsv`` mean: for each the readings of an expression, as first and last days.

A reading that the calendar has not raises ValueError or OverflowError; ``kg.resolve.times`` takes it for unknown.
"""

from collections.abc import Callable, Mapping
from typing import Final

from kg.resolve.calendar import DAY, Days, calendar_day, months_from, moved, third_of, whole
from kg.resolve.time_expressions import Expression, nearest

_PLANNED_YEARS: Final = (
    10  # "the first visit in 18 years" looks back; hardly any plan in the news looks so far ahead
)
_SEVERAL_DAYS: Final = 7  # "in den kommenden Tagen" is taken for the week after publication
_CALENDAR: Final = frozenset({"week", "month", "year"})


def _date(found: Expression) -> list[Days]:
    month = found.number("month" if found.has("month") else "mm")
    days = [calendar_day(year, month, found.number("dom")) for year in found.years]
    return [(day, day) for day in days if day]


def _dates(found: Expression) -> list[Days]:
    first = found.number("month" if found.has("month") else "month2"), found.number("dom")
    last = found.number("month2" if found.has("month2") else "month"), found.number("dom2")
    spans = [(calendar_day(year - (first > last), *first), calendar_day(year, *last)) for year in found.years]
    return [(start, end) for start, end in spans if start and end]


def _weekday(found: Expression) -> list[Days]:
    around = (found.today + n * DAY for n in range(-13, 14))
    return [(day, day) for day in around if day.weekday() == found.number("weekday")]


def _weekdays(found: Expression) -> list[Days]:
    length = (found.number("weekday2") - found.number("weekday")) % 7
    return [(start, start + length * DAY) for start, _ in _weekday(found)]


def _weekday_of_week(found: Expression) -> list[Days]:
    monday = whole("week", found.today, found.direction or 0)[0]
    return [(monday + found.number("weekday") * DAY,) * 2]


def _night(found: Expression) -> list[Days]:
    days = nearest(_weekday(found), found)
    return [(days[0] - DAY, days[1])] if days else []


def _offset(found: Expression) -> list[Days]:
    return [(found.today + found.number("day_offset") * DAY,) * 2]


def _weekend(found: Expression) -> list[Days]:
    mondays = (whole("week", found.today, n)[0] for n in (-2, -1, 0, 1))
    return [(monday + 5 * DAY, monday + 6 * DAY) for monday in mondays]


def _ago(found: Expression) -> list[Days]:
    return [whole(found.value("time_unit"), found.today, -found.count)]


def _exactly_ago(found: Expression) -> list[Days]:
    return [(moved(found.value("time_unit"), found.today, -found.count),) * 2]


def _ahead(found: Expression) -> list[Days]:
    """Read "in two days" as from now; in the past tense, or over many years, it says how long something took."""
    unit = found.value("time_unit")
    lasting = unit == "years" and (found.count or 0) > _PLANNED_YEARS
    return [whole(unit, found.today, found.count)] if found.future and not lasting else []


def _several(found: Expression, direction: int) -> list[Days]:
    unit = found.value("time_unit")
    count = found.count or (_SEVERAL_DAYS if unit == "days" else 0)
    far = moved(unit, found.today, direction * count)
    return [(min(far, found.today), max(far, found.today))] if count else []


def _period(found: Expression) -> list[Days]:
    unit = found.value("time_unit")
    if found.count or unit.endswith("s"):
        return _several(found, found.direction or (1 if found.future else -1))
    return [whole(unit, found.today, found.direction or 0)] if unit in _CALENDAR else []


def _part(found: Expression) -> list[Days]:
    """Read a calendar unit of which a part is named: "Ende des Jahres", "zum Wochenbeginn"."""
    unit = found.value("time_unit").rstrip("s")
    return [whole(unit, found.today, n) for n in (-1, 0, 1)] if unit in _CALENDAR else []


def _edge(found: Expression) -> list[Days]:
    """Read the first or last day of a unit: "zum Jahresende", "at year-end"."""
    third = found.number("time_third") if found.has("time_third") else 3
    if third == 2:
        return [third_of(days, third) for days in _part(found)]
    return [(days[0],) * 2 if third == 1 else (days[1],) * 2 for days in _part(found)]


def _rest(found: Expression) -> list[Days]:
    ahead = (found.number("time_rest") or (1 if found.future else -1)) > 0
    return [(found.today, end) if ahead else (start, found.today) for start, end in _part(found)[1:2]]


def _month(found: Expression) -> list[Days]:
    """Read a month, or several: "September and October"."""
    last = found.number("month2" if found.has("month2") else "month")
    length = (last - found.number("month")) % 12 + 1
    return [months_from(year * 12 + last - length, length) for year in found.years]


def _season(found: Expression) -> list[Days]:
    return [months_from(year * 12 + found.number("time_season") - 1, 3) for year in found.years]


def _fraction(found: Expression) -> list[Days]:
    length = 12 // found.number("time_fraction")
    return [
        months_from(year * 12 + (found.number("time_ordinal") - 1) * length, length) for year in found.years
    ]


def _year(found: Expression) -> list[Days]:
    first, last = found.number("year"), found.number("year2" if found.has("year2") else "year")
    return [months_from(first * 12, (last - first + 1) * 12)] if first <= last else []


def _decade(found: Expression) -> list[Days]:
    return [months_from(found.number("decade") * 12, 120)]


MEANINGS: Final[Mapping[str, Callable[[Expression], list[Days]]]] = {
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
"""Meanings by the names of rows, in no order: the rows have one."""
