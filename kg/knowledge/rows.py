"""Rows of the tables -> values; a wrong cell is refused with file, row and cure.

``states`` maps ISO 3166-1 alpha-3 codes to entity ids, ``records`` all entities read so far.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from kg.knowledge.tables import Row
from kg.knowledge.values import Body, Names, Office, Record, Tenure
from kg.model import Entity, Kind

LANGUAGES = ("de", "en")


def state(row: Row) -> Record:
    """Return a state. Raises TableError."""
    return Record(
        Entity(
            row["id"],
            Kind.STATE,
            _labels(row),
            iso3=row["iso3"],
            cow=row["cow"],
            wikidata=row["wikidata"],
        ),
        _names(row),
        _both(row, "adjectives"),
        _both(row, "demonyms"),
        country=row["iso3"],
        subkind=row["status"],
        capital=row["capital"],
    )


def organisation(row: Row, states: Mapping[str, str]) -> Record:
    """Return an organisation. Raises TableError."""
    acts_for = _known_state(row, "state", states)
    return Record(
        Entity(
            row["id"],
            Kind.ORGANISATION,
            _labels(row),
            wikidata=row["wikidata"],
            code=row["code"],
            acts_for=acts_for,
        ),
        _names(row),
        _both(row, "adjectives"),
        country=row["state"],
        subkind=row["kind"],
    )


def place(row: Row, states: Mapping[str, str], records: Mapping[str, Record]) -> Record:
    """Return a place. Raises TableError."""
    _known_state(row, "country", states)
    if row["metonym"] and row["metonym"] not in records:
        problem = f"unknown metonym {row['metonym']!r}; use an id of states.tsv or organisations.tsv"
        raise row.error(problem)
    adjectives: Names = {"de": row.list("adjectives_de") if "adjectives_de" in row.cells else (), "en": ()}
    return Record(
        Entity(row["id"], Kind.PLACE, _labels(row), wikidata=row["wikidata"]),
        _names(row),
        adjectives,
        metonym=row["metonym"],
        country=row["country"],
        subkind=row["kind"],
    )


def person(row: Row, states: Mapping[str, str]) -> Record:
    """Return a person. Raises TableError."""
    acts_for = _known_state(row, "state", states)
    aliases = row.list("aliases")
    family = (row["family_name_de"], row["family_name_en"])
    return Record(
        Entity(row["id"], Kind.PERSON, _labels(row), wikidata=row["wikidata"], acts_for=acts_for),
        {language: _distinct(row[f"label_{language}"], *aliases) for language in LANGUAGES},
        country=row["state"],
        family_names=_distinct(*filter(None, family)),
        gender=row.cells.get("gender", ""),
    )


def office(row: Row) -> Office:
    """Return an office. Raises TableError."""
    labels = dict(_labels(row))
    forms = {language: _distinct(labels[language], *row.list(f"forms_{language}")) for language in LANGUAGES}
    if row["acts_for_state"] not in ("yes", "no"):
        raise row.error(f"acts_for_state {row['acts_for_state']!r} must be yes or no")
    return Office(row["id"], labels, forms, row["branch"], row["acts_for_state"] == "yes")


def body(row: Row) -> Body:
    """Return a body or group. Raises TableError."""
    kinds = {"organ": Kind.ORGANISATION, "group": Kind.GROUP}
    if row["kind"] not in kinds:
        raise row.error(f"kind {row['kind']!r} must be one of {', '.join(kinds)}")
    return Body(row["id"], kinds[row["kind"]], dict(_labels(row)), _both(row, "forms"))


def tenure(
    row: Row, states: Mapping[str, str], records: Mapping[str, Record], offices: Mapping[str, Office]
) -> Tenure:
    """Return who held an office when. Raises TableError."""
    if row["person"] not in records:
        raise row.error(f"unknown person {row['person']!r}; add the person to persons.tsv")
    if row["office"] not in offices:
        raise row.error(f"unknown office {row['office']!r}; add the office to offices.tsv")
    of = states.get(row["of"], row["of"])
    if of and of not in records:
        raise row.error(f"unknown state or organisation {of!r}; use an iso3 or id of its table")
    start, end = day(row, "start", first=True), day(row, "end", first=False)
    if start > end:
        raise row.error(f"starts on {start} after it ends on {end}; exchange the two or mend one")
    return Tenure(row["person"], row["office"], of, start, end)


def day(row: Row, column: str, *, first: bool) -> date:
    """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as the first or last day it can mean; empty is open.

    Raises TableError.
    """
    value = row[column]
    if not value:
        return date.min if first else date.max
    try:
        year, month, day = (*(int(part) for part in value.split("-")), 0, 0)[:3]
        if day:
            return date(year, month, day)
        if first:
            return date(year, month or 1, 1)
        last_month = date(year, month or 12, 1)
        return (last_month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except (ValueError, OverflowError):
        raise row.error(f"{column} {value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD") from None


def _known_state(row: Row, column: str, states: Mapping[str, str]) -> str:
    """Return the entity id of the state in a cell, "" for an empty one."""
    code = row[column]
    if code and code not in states:
        raise row.error(f"unknown {column} {code!r}; use an iso3 of states.tsv")
    return states.get(code, "")


def _labels(row: Row) -> tuple[tuple[str, str], ...]:
    if not row["label_de"] or not row["label_en"]:
        raise row.error("label_de and label_en must both be given")
    return (("de", row["label_de"]), ("en", row["label_en"]))


def _names(row: Row) -> Names:
    return {
        language: _distinct(row[f"label_{language}"], *row.list(f"aliases_{language}"))
        for language in LANGUAGES
    }


def _both(row: Row, column: str) -> Names:
    return {language: row.list(f"{column}_{language}") for language in LANGUAGES}


def _distinct(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
