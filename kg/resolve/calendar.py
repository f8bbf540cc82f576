"""Days, weeks, months and years as first and last day. A week runs Monday to Sunday."""

from datetime import date, timedelta
from typing import Final

Days = tuple[date, date]
DAY: Final = timedelta(days=1)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return a day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_from(first: int, length: int = 1) -> Days:
    """Return the days of ``length`` months; months are counted from January of the year 0."""
    start, after = (date(month // 12, month % 12 + 1, 1) for month in (first, first + length))
    return start, after - DAY


def whole(unit: str, today: date, shift: int) -> Days:
    """Return the day, calendar week, month or year so many units away."""
    day = moved(unit, today, shift)
    if unit.startswith("week"):
        return day - day.weekday() * DAY, day + (6 - day.weekday()) * DAY
    if unit.startswith("month"):
        return months_from(day.year * 12 + day.month - 1)
    return months_from(day.year * 12, 12) if unit.startswith("year") else (day, day)


def moved(unit: str, today: date, shift: int) -> date:
    """Return the day so many units away; a month without that day gives its last."""
    if unit.startswith("hour"):
        return today + round(shift / 24) * DAY
    days = {"day": 1, "week": 7}.get(unit.rstrip("s"))
    if days:
        return today + shift * days * DAY
    months = today.year * 12 + today.month - 1 + shift * (12 if unit.startswith("year") else 1)
    start, end = months_from(months)
    return min(start + (today.day - 1) * DAY, end)


def third_of(days: Days, third: int) -> Days:
    """Return a third: of a year or season in whole months, of a month from day 1, 11 or 21, of a week in two days."""
    start, end = days
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months >= 3:
        return months_from(start.year * 12 + start.month - 1 + (third - 1) * (months // 3), months // 3)
    step = 10 if end - start > 7 * DAY else 2
    first = start + (third - 1) * step * DAY
    return first, (end if third == 3 else first + (step - 1) * DAY)
