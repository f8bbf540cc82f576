"""The user's own predicates: one table for both languages, read before the shipped ones. See ``docs/extending.md``."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kg.knowledge import predicates
from kg.knowledge.tables import Row, merged_tables, read_own
from kg.knowledge.values import OWN, Frame

COLUMNS: Final = ("language", *predicates.COLUMNS, "note")
_NEEDED: Final = ("language", "predicate", "pos", "relation", "actor", "recipient")
_MARKS: Final = ("<s>", "</s>", "<t>", "</t>")


def own_frames(rows: Iterable[Row]) -> dict[str, tuple[Frame, ...]]:
    """Return the frames of rows by language, in their order. Raises TableError naming file, row and cure."""
    found: dict[str, list[Frame]] = defaultdict(list)
    places: dict[tuple[str, ...], Row] = {}
    for row in rows:
        language, same = row["language"], tuple(row.cells.get(c, "") for c in _NEEDED)
        if language not in predicates.LANGUAGES:
            raise row.error(f"language {language!r} must be one of {', '.join(predicates.LANGUAGES)}")
        first = places.setdefault(same, row)
        if first is not row:
            there = f"{first.path}, row {first.number}"
            raise row.error(f"{row['predicate']!r} is there already in {there}; remove one of the two rows")
        full = Row(row.path, row.number, {column: row.cells.get(column, "") for column in COLUMNS})
        found[language].append(predicates.frame_of(full, language, _source(row)))
        example = full["example"]
        if example and [example.count(mark) for mark in _MARKS] != [1] * len(_MARKS):
            raise row.error("example must mark one <s>actor</s> and one <t>recipient</t>, or be empty")
    return {language: tuple(frames) for language, frames in found.items()}


def read_own_predicates(paths: Iterable[Path]) -> Iterator[Row]:
    """Yield the rows of tables. Raises TableError for a table of another form, OSError for one that is not there."""
    for path in paths:
        yield from read_own(path, _NEEDED, COLUMNS)


def merged_predicates(paths: Iterable[Path]) -> bytes:
    """Return the rows of several tables as one, with every column. Raises as ``own_frames``."""
    rows = list(read_own_predicates(paths))
    own_frames(rows)
    return merged_tables(rows, COLUMNS)


def _source(row: Row) -> str:
    """Return what claims name: not the file, whose name changes while the claims stay."""
    return f"{OWN}{row['language']}:{row['predicate']}"
