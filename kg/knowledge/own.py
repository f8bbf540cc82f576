"""The user's own entities: one table for all kinds, added to the shipped ones. ``docs/entities.md`` describes it.

Here also what is known beforehand is put together of all that a user gives: entities, judgements, predicates.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.config import Settings
from kg.knowledge.entities import shipped
from kg.knowledge.judgements import read_judgements
from kg.knowledge.own_predicates import own_frames, read_own_predicates
from kg.knowledge.own_rows import ADDITION, COLUMNS, KINDS, Known, checked, needs, offices_of, record_of
from kg.knowledge.rows import office
from kg.knowledge.tables import Row, merged_tables, read_own
from kg.knowledge.values import KnowledgeBase, Names, Office, Record, Tenure

_NEEDED: Final = ("id", "kind")
_OFFICE: Final = "office"
_ORDER: Final = {kind: number for number, kind in enumerate((_OFFICE, *KINDS, ADDITION))}
"""States before organisations before places before persons: each may name what stands before it."""


def with_own(
    kb: KnowledgeBase,
    entities: Sequence[Path] = (),
    judgements: Path | None = None,
    predicates: Sequence[Path] = (),
) -> KnowledgeBase:
    """Return a knowledge base with the user's tables and reviewers' judgements; the given one if there are none.

    Its ``stamp`` changes with the content of the files. Raises TableError, naming file, row and cure, for a wrong row,
    and OSError for a file that is not there.
    """
    if not entities and judgements is None and not predicates:
        return kb
    rows = [row for path in entities for row in _read(path)]
    judged = read_judgements(judgements).entities if judgements else ()
    added = _added(kb, sorted(rows, key=lambda row: _ORDER[row["kind"]])) if rows else kb
    words = list(read_own_predicates(predicates))
    content = [repr(sorted((name, cell) for name, cell in row.cells.items() if cell)) for row in rows + words]
    content += [repr((one.left, one.right, one.same)) for one in judged]
    stamp = hashlib.sha256("\n".join(content).encode()).hexdigest()[:8] if content else ""
    return replace(added, judgements=judged, predicates=own_frames(words), stamp=stamp)


def knowledge_of(settings: Settings) -> KnowledgeBase:
    """Return what is known beforehand with the tables that settings name. Raises as ``with_own``."""
    return with_own(shipped(), settings.entities, settings.judgements, settings.predicates)


def merged(paths: Iterable[Path]) -> bytes:
    """Return the rows of several tables of entities as one, with every column. Raises as ``with_own``."""
    return merged_tables([row for path in paths for row in _read(path)], COLUMNS)


def _read(path: Path) -> list[Row]:
    rows = read_own(path, _NEEDED, COLUMNS)
    for row in rows:
        if row["kind"] not in _ORDER:
            raise row.error(f"kind {row['kind']!r} must be one of {', '.join(_ORDER)}")
    return rows


def _added(kb: KnowledgeBase, rows: Iterable[Row]) -> KnowledgeBase:
    """Return a knowledge base with the rows; records stay where they are, own ones come last."""
    records, offices, by_iso3 = dict(kb.records), dict(kb.offices), dict(kb.by_iso3)
    tenures: list[Tenure] = []
    places: dict[str, Row] = {}
    known = Known(records, offices, by_iso3, _taken(records.values()))
    later: list[tuple[Row, str, str]] = []
    for row in rows:
        checked(row, places, known)
        places.setdefault(row["id"], row)
        if row["kind"] == _OFFICE:
            offices[row["id"]] = _office(row)
            continue
        if row["kind"] == ADDITION:
            records[row["id"]] = _more(records[row["id"]], record_of(row, known))
        else:
            record = record_of(row, known)
            records[row["id"]] = record
            known.taken.update(_taken([record]))
            if record.entity.iso3:
                by_iso3[record.entity.iso3] = row["id"]
        later += [(row, column, id) for column, id in needs(row)]
        tenures += offices_of(row, known)
    for row, column, id in later:
        if id not in records:
            raise row.error(f"unknown {column} {id!r}; add a row for it, or use an id that is there")
    return replace(kb, records=records, offices=offices, tenures=(*kb.tenures, *tenures), by_iso3=by_iso3)


def _taken(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """Return ids of entities by what no two may share: Wikidata id, ISO and COW code."""
    found: dict[tuple[str, str], str] = {}
    for record in records:
        entity = record.entity
        for column in ("wikidata", "iso3", "cow"):
            value: str = getattr(entity, column)
            if value:
                found.setdefault((column, value), entity.id)
    return found


def _office(row: Row) -> Office:
    """Return an office; its forms stand where other kinds have their aliases."""
    cells: Mapping[str, str] = {column: row.cells.get(column, "") for column in COLUMNS}
    label = cells["label_de"] or cells["label_en"]
    every = cells["aliases"]
    filled = {
        **cells,
        "label_de": label,
        "label_en": cells["label_en"] or label,
        "forms_de": " | ".join(filter(None, (cells["aliases_de"], every))),
        "forms_en": " | ".join(filter(None, (cells["aliases_en"], every))),
        "branch": "other",
        "acts_for_state": "yes",
    }
    return office(Row(row.path, row.number, filled))


def _more(record: Record, addition: Record) -> Record:
    """Return a known entity with what a row adds to its names."""
    entity = record.entity
    return replace(
        record,
        entity=replace(entity, wikidata=entity.wikidata or addition.entity.wikidata),
        names=_joined(record.names, addition.names),
        adjectives=_joined(record.adjectives, addition.adjectives),
        demonyms=_joined(record.demonyms, addition.demonyms),
        family_names=tuple(dict.fromkeys((*record.family_names, *addition.family_names))),
    )


def _joined(known: Names, more: Names) -> Names:
    return {
        language: tuple(dict.fromkeys((*known.get(language, ()), *more.get(language, ()))))
        for language in dict.fromkeys((*known, *more))
    }
