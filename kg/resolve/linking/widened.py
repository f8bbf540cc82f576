"""Offices that papers use for one another."""

from functools import lru_cache

_GROUPS = (
    frozenset({"president", "head-of-state", "monarch", "king", "emir"}),
    frozenset({"prime-minister", "chancellor", "head-of-government", "premier"}),
    frozenset({"foreign-minister", "secretary-of-state"}),
    frozenset({"special-envoy", "chief-negotiator", "envoy"}),
    frozenset({"military-chief", "chief-of-staff", "general", "commander"}),
    frozenset({"party-leader", "leader", "supreme-leader"}),
)


@lru_cache(maxsize=1024)
def widened(offices: tuple[str, ...]) -> tuple[str, ...]:
    """Return offices with those that papers also call so, in order: "Präsident" is a head of state.

    >>> widened(("foreign-minister",))
    ('foreign-minister', 'secretary-of-state')
    """
    found = set(offices)
    for group in _GROUPS:
        if group & found:
            found |= group
    return tuple(sorted(found))
