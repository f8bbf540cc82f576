"""What reviewers decided: these two are the same, those two are different. The next build obeys.

The table has the columns kind, left, right and judgement, and for the record reviewer and note. ``kind`` says
what left and right are: ids of entities (``entity``), or ids of claims that report one event or two (``event``).
Ids may be written as in a query's answer, with their prefix or as a whole IRI.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from kg.knowledge.tables import Row, read_table
from kg.ontology import CLAIM, ENT

COLUMNS: Final = ("kind", "left", "right", "judgement")
"""What every row must say; ``reviewer`` and ``note`` may be left out."""

_SAME, _DIFFERENT = "same", "different"


class Judged(StrEnum):
    """What a judgement is about."""

    ENTITY = "entity"
    EVENT = "event"


_PREFIXES: Final = {Judged.ENTITY: (str(ENT), "ent:"), Judged.EVENT: (str(CLAIM), "claim:")}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of a reviewer; ``left`` < ``right``. ``where`` names file and row, for messages only."""

    kind: Judged
    left: str
    right: str
    same: bool
    reviewer: str = ""
    note: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Judgements:
    """All decisions of a file, in the order of its rows."""

    entities: tuple[Judgement, ...] = ()
    events: tuple[Judgement, ...] = ()


def read_judgements(path: Path) -> Judgements:
    """Return the judgements of a file; they contradict each other nowhere, also not through third ones.

    Raises TableError, naming file, row and cure, for a wrong row, and OSError for a file that is not there.
    """
    judged = [(row, _judgement(row)) for row in read_table(path, COLUMNS)]
    for kind in Judged:
        _check([(row, one) for row, one in judged if one.kind is kind])
    found = [one for _, one in judged]
    return Judgements(
        entities=tuple(one for one in found if one.kind is Judged.ENTITY),
        events=tuple(one for one in found if one.kind is Judged.EVENT),
    )


def same_groups(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return for every id judged the same as another the least id of all that are the same.

    >>> one, two = Judgement(Judged.EVENT, "a", "b", True), Judgement(Judged.EVENT, "b", "c", True)
    >>> same_groups([two, one])
    {'a': 'a', 'b': 'a', 'c': 'a'}
    """
    parent: dict[str, str] = {}
    for judgement in judgements:
        if judgement.same:
            first, second = _root(judgement.left, parent), _root(judgement.right, parent)
            parent[max(first, second)] = min(first, second)
    return {id: _root(id, parent) for id in sorted(parent)}


def _root(id: str, parent: dict[str, str]) -> str:
    parent.setdefault(id, id)
    while parent[id] != id:
        parent[id] = parent[parent[id]]
        id = parent[id]
    return id


def _judgement(row: Row) -> Judgement:
    kinds = [kind.value for kind in Judged]
    if row["kind"] not in kinds:
        raise row.error(f"kind {row['kind']!r} must be one of {', '.join(kinds)}")
    kind = Judged(row["kind"])
    left, right = (_id(row, side, kind) for side in ("left", "right"))
    if left == right:
        raise row.error(f"left and right are both {left!r}; name two, or remove the row")
    if row["judgement"] not in (_SAME, _DIFFERENT):
        raise row.error(f"judgement {row['judgement']!r} must be {_SAME} or {_DIFFERENT}")
    return Judgement(
        kind,
        min(left, right),
        max(left, right),
        row["judgement"] == _SAME,
        row.cells.get("reviewer", ""),
        row.cells.get("note", ""),
        where=f"{row.path}, row {row.number}",
    )


def _id(row: Row, side: str, kind: Judged) -> str:
    """Return the id in a cell without prefix."""
    value = row[side].strip("<>")
    for prefix in _PREFIXES[kind]:
        value = value.removeprefix(prefix)
    what = "an entity" if kind is Judged.ENTITY else "a claim"
    if not value:
        raise row.error(f"{side} is empty; give the id of {what}")
    if any(character.isspace() or character in ":/#" for character in value):
        example = "angela-merkel" if kind is Judged.ENTITY else "0f3a9c51d2e84b7710aa"
        raise row.error(f"{side} {row[side]!r} is no id of {what}; write one such as {example}")
    return value


def _check(judged: Sequence[tuple[Row, Judgement]]) -> None:
    """Refuse the first row of a kind that says "different" of what others say, or imply, is the same."""
    groups = same_groups(one for _, one in judged)
    for row, one in judged:
        if one.same or groups.get(one.left, one.left) != groups.get(one.right, one.right):
            continue
        numbers = (
            other.number for other, it in judged if it.same and (it.left, it.right) == (one.left, one.right)
        )
        against = next((f"row {number} says" for number in numbers), "other rows imply")
        raise row.error(
            f"{one.left!r} and {one.right!r} are different here, but {against} that they are the same; "
            f"change the {one.kind.value} rows that are wrong"
        )
