"""Rows of a user's table of entities -> values; every cell is checked, and says file, row and cure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.knowledge.names import family_name, slug
from kg.knowledge.rows import LANGUAGES, day
from kg.knowledge.tables import Row
from kg.knowledge.values import Names, Office, Record, Tenure
from kg.model import Entity, Kind

KINDS: Final = ("state", "organisation", "place", "person")
ADDITION: Final = "addition"
"""A row of this kind adds names and offices to an entity that is there already."""

_ANY: Final = frozenset({*KINDS, ADDITION})
_NAMED: Final = frozenset({"state", "organisation", "place", ADDITION})
COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "id": _ANY | {"office"},
    "kind": _ANY | {"office"},
    "label_de": _ANY - {ADDITION} | {"office"},
    "label_en": _ANY - {ADDITION} | {"office"},
    "aliases": _ANY | {"office"},
    "aliases_de": _ANY | {"office"},
    "aliases_en": _ANY | {"office"},
    "state": frozenset({"organisation", "place", "person"}),
    "type": frozenset({"state", "organisation", "place"}),
    "code": frozenset({"organisation"}),
    "iso3": frozenset({"state"}),
    "cow": frozenset({"state"}),
    "wikidata": _ANY,
    "adjectives_de": _NAMED,
    "adjectives_en": _NAMED,
    "demonyms_de": frozenset({"state", ADDITION}),
    "demonyms_en": frozenset({"state", ADDITION}),
    "capital": frozenset({"state"}),
    "metonym": frozenset({"place"}),
    "family_names": frozenset({"person", ADDITION}),
    "gender": frozenset({"person"}),
    "offices": frozenset({"person", ADDITION}),
    "note": _ANY | {"office"},
}
"""Every column that a table may have, with the kinds of rows in which it may be filled."""

_PATTERNS: Final = {
    "wikidata": (re.compile(r"Q[1-9]\d*"), "Q312, for instance"),
    "iso3": (re.compile(r"[A-Z]{3}"), "three capital letters"),
    "cow": (re.compile(r"\d{1,3}"), "a number of the Correlates of War, 1 to 3 digits"),
    "code": (re.compile(r"[A-Z0-9][A-Z0-9-]*"), "capital letters and digits"),
    "gender": (re.compile(r"[mf]"), "m or f"),
}
_TYPES: Final = {
    "state": ("state", "disputed", "territory", "former"),
    "organisation": (
        "alliance", "armed-group", "broadcaster", "company", "court", "government-body", "intergovernmental",
        "military", "ministry", "news-agency", "news-site", "newspaper", "ngo", "parliament", "party",
    ),
    "place": ("city", "region", "building", "sea", "disputed-territory"),
}  # fmt: skip
_UNIQUE: Final = ("wikidata", "iso3", "cow")
_OFFICE: Final = re.compile(r"(?P<office>\S+) (?P<of>\S+)(?: (?P<start>[\d-]*)\.\.(?P<end>[\d-]*))?")
_HOW: Final = "write OFFICE OF START..END, as in: foreign-minister IRN 2024-08..2025"


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may refer to, growing while they are read; ``taken`` gives ids by column and value."""

    records: dict[str, Record]
    offices: dict[str, Office]
    by_iso3: dict[str, str]
    taken: dict[tuple[str, str], str]


def checked(row: Row, seen: Mapping[str, Row], known: Known) -> None:
    """Check what can be said of single cells. Raises TableError."""
    _check_id(row, seen, known)
    for column, value in row.cells.items():
        if value and row["kind"] not in COLUMNS[column]:
            kinds = ", ".join(sorted(COLUMNS[column]))
            raise row.error(f"{column} {value!r} does not fit kind {row['kind']}; it is for {kinds}")
        pattern, form = _PATTERNS.get(column, (None, ""))
        if value and pattern and not pattern.fullmatch(value):
            raise row.error(f"{column} {value!r} is none; write {form}")
    types = _TYPES.get(row["kind"], ())
    if (own := _cell(row, "type")) and own not in types:
        raise row.error(f"type {own!r} must be one of {', '.join(types)}")
    if row["kind"] != ADDITION and not (_cell(row, "label_de") or _cell(row, "label_en")):
        raise row.error("no label; fill label_en, label_de, or both")
    for column in _UNIQUE:
        other = known.taken.get((column, _cell(row, column)))
        if other and other != row["id"]:
            cure = f"if it is the same, give this row the id {other} and the kind {ADDITION}"
            raise row.error(f"{column} {_cell(row, column)!r} is that of {other!r} already; {cure}")


def _check_id(row: Row, seen: Mapping[str, Row], known: Known) -> None:
    id = row["id"]
    if not id or id != slug(id):
        example = slug(id or _cell(row, "label_en") or _cell(row, "label_de") or "five-lakes-union")
        raise row.error(f"id {id!r} is none; write it in small letters, digits and hyphens: {example}")
    if row["kind"] == ADDITION:
        if id not in known.records:
            raise row.error(
                f"unknown id {id!r}; an {ADDITION} needs one that is there: kg entity search NAME"
            )
        return
    if id in seen:
        raise row.error(
            f"id {id!r} is there already in {seen[id].path}, row {seen[id].number}; give it another"
        )
    if id in known.records or id in known.offices:
        cure = f"give it another, or make it a row of kind {ADDITION}"
        raise row.error(f"id {id!r} is there already in the shipped tables; {cure}")


def record_of(row: Row, known: Known) -> Record:
    """Return the entity of a row. Raises TableError for a state that nobody knows."""
    kind = Kind(row["kind"]) if row["kind"] != ADDITION else known.records[row["id"]].entity.kind
    acts_for = _state(row, known)
    iso3 = known.records[acts_for].country if acts_for else ""
    label_de, label_en = _cell(row, "label_de"), _cell(row, "label_en")
    labels = {"de": label_de or label_en, "en": label_en or label_de}
    names = {
        language: _distinct(labels[language], *_list(row, "aliases"), *_list(row, f"aliases_{language}"))
        for language in LANGUAGES
    }
    family = _list(row, "family_names")
    if kind is Kind.PERSON and not family and row["kind"] != ADDITION:
        family = tuple(dict.fromkeys(_last_word(label) for label in labels.values()))
    return Record(
        Entity(
            row["id"],
            kind,
            tuple(labels.items()),
            iso3=_cell(row, "iso3"),
            cow=_cell(row, "cow"),
            wikidata=_cell(row, "wikidata"),
            code=_cell(row, "code"),
            acts_for=acts_for if kind is not Kind.PLACE else "",
        ),
        names,
        _both(row, "adjectives"),
        _both(row, "demonyms"),
        metonym=_cell(row, "metonym"),
        country=_cell(row, "iso3") or iso3,
        subkind=_cell(row, "type"),
        family_names=family,
        capital=_cell(row, "capital"),
        gender=_cell(row, "gender"),
    )


def needs(row: Row) -> Iterator[tuple[str, str]]:
    """Yield columns with the ids that must be there when all rows are read: they may stand further down."""
    for column in ("metonym", "capital"):
        if id := _cell(row, column):
            yield column, id


def offices_of(row: Row, known: Known) -> Iterator[Tenure]:
    """Yield what offices a person held when. Raises TableError."""
    for text in _list(row, "offices"):
        found = _OFFICE.fullmatch(text)
        if found is None:
            raise row.error(f"office {text!r} cannot be read; {_HOW}")
        if found["office"] not in known.offices:
            raise row.error(
                f"unknown office {found['office']!r}; use one of kg entity offices, or add a row of it"
            )
        of = known.by_iso3.get(found["of"], found["of"])
        if of not in known.records:
            raise row.error(f"unknown state or organisation {of!r}; use an ISO code, or an id that is there")
        cell = Row(row.path, row.number, {"start": found["start"] or "", "end": found["end"] or ""})
        start, end = day(cell, "start", first=True), day(cell, "end", first=False)
        if start > end:
            raise row.error(f"office {text!r} starts on {start} after it ends on {end}; exchange the two")
        yield Tenure(row["id"], found["office"], of, start, end)


def _state(row: Row, known: Known) -> str:
    """Return the id of whom a row's entity acts for or lies in, "" for nobody."""
    value = _cell(row, "state")
    id = known.by_iso3.get(value, value)
    if id and id not in known.records:
        raise row.error(f"unknown state {value!r}; use an ISO alpha-3 code, or an id that is there")
    return id


def _last_word(label: str) -> str:
    """Return the words of a name that ``family_name`` calls the family name."""
    words = label.split()
    return " ".join(words[-2:]) if "-" in family_name(label) and "-" not in words[-1] else words[-1]


def _cell(row: Row, column: str) -> str:
    return row.cells.get(column, "")


def _list(row: Row, column: str) -> tuple[str, ...]:
    return row.list(column) if column in row.cells else ()


def _both(row: Row, column: str) -> Names:
    return {language: _list(row, f"{column}_{language}") for language in LANGUAGES}


def _distinct(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))
