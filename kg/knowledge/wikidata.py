"""A result of the Wikidata query service -> rows of a user's table of entities; ``docs/entities.md`` has the queries.

The variables are ``item`` and ``kind`` (person, organisation, place), ``label_de``, ``label_en``, ``alias_de``,
``alias_en``, ``iso3`` (of the state), ``gender``, ``code``, and for persons ``position``, ``of``, ``start``, ``end``.
Rows of one item are put together.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.errors import TableError
from kg.knowledge.names import slug
from kg.knowledge.own_rows import ADDITION, COLUMNS
from kg.knowledge.tables import Row
from kg.knowledge.values import KnowledgeBase
from kg.model import Kind

Binding = dict[str, str]
"""One row of a result: values by variable."""

_KINDS: Final = {Kind.PERSON.value, Kind.ORGANISATION.value, Kind.PLACE.value}
_GENDERS: Final = {"Q6581097": "m", "Q6581072": "f", "male": "m", "female": "f", "m": "m", "f": "f"}
_ITEM: Final = re.compile(r"(?:https?://www\.wikidata\.org/entity/)?(Q[1-9]\d*)")
_DAY: Final = re.compile(r"[+]?(\d{4}-\d{2}-\d{2})(?:T[\d:.]+Z?)?")


@dataclass(frozen=True, slots=True)
class Imported:
    """The rows, and the positions that no office of the tables names, with how often they were met."""

    rows: tuple[Binding, ...]
    unknown_positions: dict[str, int]

    def table(self) -> str:
        """Return the rows as a table that ``--entities`` reads."""
        lines = [tuple(COLUMNS), *(tuple(row.get(column, "") for column in COLUMNS) for row in self.rows)]
        return "".join("\t".join(cells) + "\n" for cells in lines)


@dataclass(slots=True)
class _Item:
    """All rows of an item, put together; each list without repetition."""

    wikidata: str
    cells: Binding
    aliases_de: dict[str, None] = field(default_factory=dict)
    aliases_en: dict[str, None] = field(default_factory=dict)
    offices: dict[str, None] = field(default_factory=dict)


def import_wikidata(path: Path, kb: KnowledgeBase) -> Imported:
    """Return what a result says, in its order. What the tables have already becomes an addition to it.

    Raises TableError, naming file and row, for a file that is no result and for a wrong value, and OSError.
    """
    items: dict[str, _Item] = {}
    unknown: dict[str, int] = {}
    for number, binding in enumerate(_bindings(path), start=1):
        _take(Row(path, number, binding), items, unknown, kb)
    if not items:
        raise TableError(path, 1, "holds no item; the query must select ?item, see docs/entities.md")
    ids = set(kb.records)
    rows = [_row(item, kb, ids) for item in items.values()]
    return Imported(tuple(rows), unknown)


def _bindings(path: Path) -> Iterator[Binding]:
    """Yield the rows of a result in JSON or CSV, told apart by how it begins."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(path, 1, f"not UTF-8 at byte {error.start}; download the result again") from None
    if text.lstrip()[:1] not in ("{", "["):
        rows = csv.DictReader(io.StringIO(text))
        if "item" not in (rows.fieldnames or ()):
            raise TableError(path, 1, "neither SPARQL JSON nor CSV with a column item; see docs/entities.md")
        yield from ({name: _clean(value or "") for name, value in row.items() if name} for row in rows)
        return
    try:
        found = json.loads(text)
        bindings: Iterable[Any] = found if isinstance(found, list) else found["results"]["bindings"]
        for row in bindings:
            yield {name: _clean(_value(value)) for name, value in row.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"no SPARQL JSON result ({type(error).__name__}: {error}); download it as JSON or CSV"
        raise TableError(path, 1, " ".join(problem.split())) from None


def _value(value: Any) -> str:
    return str(value["value"] if isinstance(value, dict) else value)


def _clean(value: str) -> str:
    """Return a value on one line, without what parts cells and lists."""
    printable = "".join(sign if sign.isprintable() else " " for sign in value)
    return " ".join(printable.split())


def _take(row: Row, items: dict[str, _Item], unknown: dict[str, int], kb: KnowledgeBase) -> None:
    binding = row.cells
    found = _ITEM.fullmatch(binding.get("item", ""))
    if not found:
        raise row.error(f"item {binding.get('item', '')!r} is no item of Wikidata; select ?item")
    cells = _cells(row, kb)
    item = items.setdefault(found[1], _Item(found[1], cells))
    for column in ("alias_de", "alias_en"):
        parts = (part.strip() for part in binding.get(column, "").split("|"))
        getattr(item, column.replace("alias", "aliases")).update(dict.fromkeys(filter(None, parts)))
    position = binding.get("position", "")
    if not position:
        return
    office, of = _office(position, kb), binding.get("of", "") or cells["state"]
    if office and (of in kb.by_iso3 or of in kb.records):
        start, end = (_day(row, column) for column in ("start", "end"))
        item.offices[f"{office} {of}" + (f" {start}..{end}" if start or end else "")] = None
    else:
        unknown[position] = unknown.get(position, 0) + 1


def _cells(row: Row, kb: KnowledgeBase) -> Binding:
    binding = row.cells
    kind = binding.get("kind", "") or Kind.PERSON.value
    if kind not in _KINDS:
        raise row.error(f"kind {kind!r} must be one of {', '.join(sorted(_KINDS))}")
    state = binding.get("iso3", "")
    if state and state not in kb.by_iso3:
        raise row.error(f"iso3 {state!r} is no state of the tables; let ?iso3 be wdt:P298 of the country")
    labels = {column: binding.get(column, "").replace("|", " ") for column in ("label_de", "label_en")}
    labels = {column: "" if _ITEM.fullmatch(value) else value for column, value in labels.items()}
    if not any(labels.values()):
        raise row.error("no label; select ?label_de or ?label_en")
    gender = _GENDERS.get(binding.get("gender", "").rpartition("/")[2], "") if kind == "person" else ""
    code = binding.get("code", "") if kind == "organisation" else ""
    return {"kind": kind, **labels, "state": state, "gender": gender, "code": code}


def _office(position: str, kb: KnowledgeBase) -> str:
    """Return the office whose longest form begins a position: "Minister of Foreign Affairs of Iran"."""
    name = position.casefold().replace(" the ", " ")
    forms = (
        (len(form), office.id)
        for office in kb.offices.values()
        for form in office.forms["en"]
        if re.match(rf"{re.escape(form.casefold())}(?!\w)", name)
    )
    return max(forms, default=(0, ""))[1]


def _day(row: Row, column: str) -> str:
    value = row.cells.get(column, "")
    found = _DAY.fullmatch(value)
    if value and not found and not value.startswith(("_:", "http")):  # how Wikidata writes "unknown"
        raise row.error(f"{column} {value!r} is no date; let it be xsd:dateTime, as 2024-08-21T00:00:00Z")
    return found[1] if found else ""


def _row(item: _Item, kb: KnowledgeBase, ids: set[str]) -> Binding:
    """Return the row of an item: a new entity, or an addition to the one of the tables that it is."""
    cells = item.cells
    lists = {
        "aliases_de": " | ".join(item.aliases_de),
        "aliases_en": " | ".join(item.aliases_en),
        "offices": " | ".join(sorted(item.offices)),
    }
    known, why = _known(item, kb)
    if known:
        labels = {f"aliases_{lang}": cells[f"label_{lang}"] for lang in ("de", "en")}
        lists |= {c: " | ".join(filter(None, (label, lists[c]))) for c, label in labels.items()}
        own = kb.records[known].entity.wikidata or item.wikidata
        return {"id": known, "kind": ADDITION, "wikidata": own, **lists, "note": why}
    id = slug(cells["label_en"] or cells["label_de"])
    id = f"{id}-{item.wikidata.lower()}" if id in ids else id
    ids.add(id)
    return {"id": id, "wikidata": item.wikidata, **cells, **lists}


def _known(item: _Item, kb: KnowledgeBase) -> tuple[str, str]:
    """Return the id of an entity that the tables have of an item, and how it was found; "" for none."""
    for id, record in kb.records.items():
        if record.entity.wikidata == item.wikidata:
            return id, ""
    state = kb.by_iso3.get(item.cells["state"], "")
    if item.cells["kind"] != Kind.PERSON or not state:
        return "", ""
    alike = kb.full_names.like(item.cells["label_en"] or item.cells["label_de"])
    found = [id for id in alike if kb.entity(id).acts_for == state and not kb.entity(id).wikidata]
    return (found[0], "by name and state; check it") if len(found) == 1 else ("", "")
