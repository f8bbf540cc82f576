"""Which relations may be two words for one act: who "visits" somebody also "meets" him, who "warns" may "threaten"."""

from functools import lru_cache
from pathlib import Path

from kg.errors import TableError
from kg.knowledge.tables import read_table
from kg.ontology import relation_types
from kg.resources import resource


@lru_cache(maxsize=1)
def acts() -> dict[str, frozenset[str]]:
    """Return the acts that each relation may be, by the shipped table. Raises TableError."""
    return read_acts(resource("data/lexicon/acts.tsv"))


def read_acts(path: Path) -> dict[str, frozenset[str]]:
    """Return the acts of each relation of the scheme.

    Raises TableError, naming file and row, for a relation that is unknown, stands twice, has no act, or is missing.
    """
    found: dict[str, frozenset[str]] = {}
    number = 1
    for row in read_table(path, ("relation", "acts")):
        relation, number = row["relation"], row.number
        if relation not in relation_types():
            raise row.error(f"unknown relation {relation!r}; use a relation of ontology/plover.ttl")
        if relation in found:
            raise row.error(f"{relation!r} is there already; join the two rows")
        if not row.list("acts"):
            raise row.error(f"{relation!r} has no act; name one, its own if no other relation shares it")
        found[relation] = frozenset(row.list("acts"))
    missing = sorted(relation_types().keys() - found.keys())
    if missing:
        raise TableError(path, number + 1, f"no row for {', '.join(missing)}; add one each")
    return found
