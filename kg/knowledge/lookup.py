"""Finds known entities by id or name, as a person asks: any case, part of a name, another spelling."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from kg.errors import KgError
from kg.knowledge.names import slug
from kg.knowledge.values import KnowledgeBase, Record

HOWS: Final = ("id", "name", "part of a name", "spelling", "beginning of a word")
"""How an entity was found, the surest first."""


class UnknownIdError(KgError):
    """No entity of this id or code is known, or no article to ask about."""


@dataclass(frozen=True, slots=True)
class Found:
    """A known entity, the name by which it was found, and how."""

    record: Record
    name: str
    how: str


def find(text: str, kb: KnowledgeBase, limit: int = 20) -> tuple[Found, ...]:
    """Return the entities that a text may name, the surest first, then by id."""
    wanted = slug(text)
    found: dict[str, Found] = {}
    for id, record in kb.records.items():
        hits = [
            Found(record, name, how)
            for name in (*_names(record), id)
            if (how := _how(wanted, slug(name), is_id=name == id))
        ]
        if hits:
            found[id] = min(hits, key=_order)
    for id, likeness in {**kb.full_names.like(text), **kb.family_names.like(text)}.items():
        if id not in found or found[id].how == "beginning of a word":
            found[id] = Found(kb.records[id], likeness.reason, "spelling")
    return tuple(sorted(found.values(), key=_order)[:limit])


def record_of_id(id: str, kb: KnowledgeBase) -> Record:
    """Return what is known of an id, with or without prefix. Raises UnknownIdError, which names the nearest ids."""
    plain = id.strip("<>").rpartition("/")[2].removeprefix("ent:")
    if plain in kb.records:
        return kb.records[plain]
    near = get_close_matches(plain, kb.records, n=3) or [one.record.entity.id for one in find(id, kb, 3)]
    hint = f"is it {' or '.join(near)}?" if near else "look for it: kg entity search NAME"
    raise UnknownIdError(f"no entity {id!r}; {hint}")


def _names(record: Record) -> dict[str, None]:
    names = (name for names in record.names.values() for name in names)
    return dict.fromkeys((*(label for _, label in record.entity.labels), *names, *record.family_names))


def _how(wanted: str, name: str, *, is_id: bool) -> str:
    if wanted == name:
        return "id" if is_id else "name"
    if f"-{wanted}-" in f"-{name}-":
        return "part of a name"
    return "beginning of a word" if f"-{wanted}" in f"-{name}" else ""


def _order(found: Found) -> tuple[int, str]:
    return HOWS.index(found.how), found.record.entity.id
