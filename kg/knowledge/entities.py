"""The knowledge base, loaded from the tables under ``data/lexicon``; the values are in ``values``.

states -> organisations -> places -> persons -> offices -> tenures: each may name what stands before it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

from kg.knowledge import rows
from kg.knowledge.tables import Row, read_table
from kg.knowledge.values import Body, KnowledgeBase, Names, Office, Record, Tenure
from kg.resources import resource

__all__ = [
    "Body",
    "KnowledgeBase",
    "Names",
    "Office",
    "Record",
    "Tenure",
    "knowledge_base",
    "load",
    "shipped",
    "using",
]

COLUMNS: Final = {
    "states": (
        "id", "iso3", "cow", "wikidata", "label_de", "label_en", "aliases_de", "aliases_en",
        "adjectives_de", "adjectives_en", "demonyms_de", "demonyms_en", "capital", "status",
    ),
    "organisations": (
        "id", "code", "wikidata", "label_de", "label_en", "aliases_de", "aliases_en", "kind", "state",
        "adjectives_de", "adjectives_en",
    ),
    "places": (
        "id", "wikidata", "label_de", "label_en", "aliases_de", "aliases_en", "country", "kind", "metonym",
    ),
    "persons": (
        "id", "wikidata", "label_de", "label_en", "family_name_de", "family_name_en", "aliases", "state",
    ),
    "offices": ("id", "label_de", "label_en", "forms_de", "forms_en", "branch", "acts_for_state"),
    "bodies": ("id", "kind", "label_de", "label_en", "forms_de", "forms_en"),
    "tenures": ("person", "office", "of", "start", "end"),
}  # fmt: skip
"""The columns that each table must have."""

Titled = TypeVar("Titled", Office, Body)


_CURRENT: Final[ContextVar[KnowledgeBase | None]] = ContextVar("knowledge base", default=None)


def knowledge_base() -> KnowledgeBase:
    """Return the knowledge base in use: the shipped tables, unless ``using`` says another. Raises as ``load``."""
    return _CURRENT.get() or shipped()


@lru_cache(maxsize=1)
def shipped() -> KnowledgeBase:
    """Load the shipped tables once. Raises TableError as ``load``."""
    return load(resource("data/lexicon"))


@contextmanager
def using(kb: KnowledgeBase) -> Iterator[None]:
    """Make ``knowledge_base`` return ``kb`` for a while: extractors of others take no arguments, but may ask it."""
    token = _CURRENT.set(kb)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def load(folder: Path) -> KnowledgeBase:
    """Return the tables of a folder. Raises TableError, naming file, row and cure, FileNotFoundError."""
    records: dict[str, Record] = {}
    state_rows = _rows(folder, "states")
    for row in state_rows:
        _add(records, row, rows.state(row))
    states = _by_iso3(records.values())
    for row in _rows(folder, "organisations"):
        _add(records, row, rows.organisation(row, states))
    for row in _rows(folder, "places"):
        _add(records, row, rows.place(row, states, records))
    for row in _rows(folder, "persons"):
        _add(records, row, rows.person(row, states))
    _check_capitals(state_rows, records)
    offices: dict[str, Office] = {}
    for row in _rows(folder, "offices"):
        _add_distinct(offices, row, rows.office(row))
    bodies: dict[str, Body] = {}
    for row in _rows(folder, "bodies"):
        _add_distinct(bodies, row, rows.body(row))
    tenures = tuple(rows.tenure(row, states, records, offices) for row in _rows(folder, "tenures"))
    return KnowledgeBase(records, offices, tenures, states, tuple(bodies.values()))


def _rows(folder: Path, table: str) -> list[Row]:
    return list(read_table(folder / f"{table}.tsv", COLUMNS[table]))


def _add(records: dict[str, Record], row: Row, record: Record) -> None:
    id = record.entity.id
    if id in records:
        raise row.error(f"id {id!r} is there already as {records[id].entity.kind}; give it another id")
    records[id] = record


def _add_distinct(found: dict[str, Titled], row: Row, value: Titled) -> None:
    if value.id in found:
        raise row.error(f"id {value.id!r} is there already; give it another id, or join the two rows")
    found[value.id] = value


def _by_iso3(states: Iterable[Record]) -> dict[str, str]:
    """Return entity ids by code; where a former state has the code too, the present one: DEU is Germany."""
    found: dict[str, str] = {}
    for record in sorted(states, key=lambda record: record.subkind == "former"):
        found.setdefault(record.entity.iso3, record.entity.id)
    found.pop("", None)
    return found


def _check_capitals(state_rows: Iterable[Row], records: dict[str, Record]) -> None:
    for row in state_rows:
        if row["capital"] and row["capital"] not in records:
            raise row.error(f"unknown capital {row['capital']!r}; add the city to places.tsv")
