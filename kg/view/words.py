"""The words of the picture, in German and English; names and labels come with the claims."""

from datetime import date
from typing import Final

MONTHS: Final = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
           "November", "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip

WORDS: Final = {
    "de": {
        "claims": "Aussagen", "actor": "Akteure", "state": "Staaten und andere", "edges": "Kanten",
        "undated": "ohne Datum", "sources": "Berichte",
        "more": "und {count} weitere", "actual": "tatsächlich", "planned": "geplant", "possible": "möglich",
        "conditional": "bedingt", "negated": "verneint", "arrow": "Pfeil: von wem an wen",
        "mutual": "ohne Spitze: gegenseitig", "count": "×3: drei Aussagen", "person": "Person",
        "kind state": "Staat", "organisation": "Organisation", "group": "Gruppe", "nothing": "keine Aussagen",
    },
    "en": {
        "claims": "claims", "actor": "actors", "state": "states and others", "edges": "edges",
        "undated": "undated", "sources": "Reports",
        "more": "and {count} more", "actual": "actual", "planned": "planned", "possible": "possible",
        "conditional": "conditional", "negated": "negated", "arrow": "arrow: from whom to whom",
        "mutual": "no head: mutual", "count": "×3: three claims", "person": "person", "kind state": "state",
        "organisation": "organisation", "group": "group", "nothing": "no claims",
    },
}  # fmt: skip


def day_name(day: date, language: str) -> str:
    """Return a day as it is written.

    >>> day_name(date(2025, 3, 4), "de"), day_name(date(2025, 3, 4), "en")
    ('4. März 2025', '4 March 2025')
    """
    return f"{day.day}{'.' if language == 'de' else ''} {MONTHS[language][day.month - 1]} {day.year}"


def period_name(first: date, last: date, language: str) -> str:
    """Return a period as it is written, a single day as that."""
    names = day_name(first, language), day_name(last, language)
    return names[0] if first == last else " – ".join(names)
