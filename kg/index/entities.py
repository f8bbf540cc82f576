"""What entities are said to be: of all descriptions in the articles the fullest one counts.

An entity is there while an article names it, or while it stands in the knowledge base and one acts for it that
is there.
"""

import json

from kg.index.rows import claim_in, entity_in, entity_row
from kg.index.tables import Index
from kg.knowledge.entities import knowledge_base
from kg.model import Claim, Entity
from kg.records import Record, entity_of
from kg.resolve import described, fullest


class Entities:
    """The entities of an index. What is asked for is kept until ``settle`` may have changed it."""

    def __init__(self, index: Index) -> None:
        self._index, self._tables = index, index.tables
        self._touched: set[str] = set()
        self._records = _Records(index)
        self._values = _Values(self._records)

    def describe(self, id: str, row: str, by: int) -> None:
        """Note that one article more, or less, describes an entity so."""
        self._touched.add(id)
        self._tables.execute(
            "INSERT INTO description VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET articles = articles + ?3",
            (id, row, by),
        )
        if by < 0:
            self._tables.execute(
                "DELETE FROM description WHERE entity = ? AND data = ? AND articles = 0", (id, row)
            )

    def settle(self) -> set[str]:
        """Choose the description of all that was touched; return the ids of those where it has changed."""
        changed: set[str] = set()
        left = sorted(self._touched)
        while left:
            id = left.pop()
            old = self._tables.execute("SELECT data, acts_for FROM entity WHERE id = ?", (id,)).fetchone()
            new = self._best(id)
            if new == (old[0] if old else ""):
                continue
            changed.add(id)
            self._index.wait("entity", id)
            self._tables.execute("DELETE FROM entity WHERE id = ?", (id,))
            acts_for = entity_in(new).acts_for if new else ""
            if new:
                self._tables.execute("INSERT INTO entity VALUES (?, ?, ?)", (id, new, acts_for))
            left += [other for other in (acts_for, old[1] if old else "") if other]
        self._touched.clear()
        self._records.clear()
        self._values.clear()
        return changed

    def described(self, claim: Claim) -> Claim:
        """Return a claim with the fullest descriptions. Raises KeyError for an entity that is not there."""
        return described(claim, self._values)

    def claim_in(self, row: str) -> Claim:
        """Return the claim of a row, with the fullest descriptions. Raises as ``described``."""
        return claim_in(row, self._records)

    def _best(self, id: str) -> str:
        """Return the row that describes an entity, "" if it is not there."""
        rows = [
            row for (row,) in self._tables.execute("SELECT data FROM description WHERE entity = ?", (id,))
        ]
        if len(rows) == 1:
            return str(rows[0])
        if rows:
            return entity_row(fullest(map(entity_in, rows)))
        known = knowledge_base().records.get(id)
        led = self._tables.execute("SELECT 1 FROM entity WHERE acts_for = ? LIMIT 1", (id,)).fetchone()
        return entity_row(known.entity) if known and led else ""


class _Records(dict[str, Record]):
    """Descriptions by id, as records; those that are missing are looked up."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._tables = index.tables

    def __missing__(self, id: str) -> Record:
        row = self._tables.execute("SELECT data FROM entity WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        self[id] = json.loads(row[0])
        return self[id]


class _Values(dict[str, Entity]):
    """Descriptions by id; those that are missing are made of their records."""

    def __init__(self, records: _Records) -> None:
        super().__init__()
        self._records = records

    def __missing__(self, id: str) -> Entity:
        self[id] = entity_of(self._records[id])
        return self[id]
