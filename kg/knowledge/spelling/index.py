"""Finds known names that are spelled like one of a text."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kg.knowledge.spelling.compare import Likeness, compare_names, words
from kg.knowledge.spelling.sounds import skeletons, sounds
from kg.knowledge.spelling.systems import in_syllables, systems_of
from kg.knowledge.spelling.tables import given_names

Key = tuple[str, str]
Named = tuple[str, str]
"""Id and name of a person."""


class NameIndex:
    """The names of known persons by coarse keys of their words, so that few are compared with a name of a text.

    They are indexed by their last word alone, since that is done at each start; the other words are read when a name is
    looked up.
    """

    def __init__(self, names: Iterable[Named]) -> None:
        """Index pairs of id and name."""
        self._by_end: dict[str, list[Named]] = defaultdict(list)
        self._by_syllables: dict[Key, list[Named]] = defaultdict(list)
        for named in names:
            for end in _coarse(_split(named[1])[1]):
                self._by_end[end].append(named)
            for key in _in_syllables(named[1]):
                self._by_syllables[key].append(named)

    def like(self, name: str) -> dict[str, Likeness]:
        """Return ids with the likeness of their most alike name, those only that are spellings of it."""
        found: dict[str, Likeness] = {}
        for id, known in sorted(self._near(name)):
            likeness = compare_names(name, known)
            if likeness.same and (id not in found or likeness.score > found[id].score):
                found[id] = likeness
        return found

    def _near(self, name: str) -> set[Named]:
        """Return the names that have a key in common with this one."""
        own = _keys(name)
        ends = {end for key in own for end in key}
        near = {known for end in ends for known in self._by_end.get(end, ()) if own & _keys(known[1])}
        return near.union(*(self._by_syllables.get(key, ()) for key in _in_syllables(name)))


def _split(name: str) -> tuple[tuple[str, ...], str]:
    """Return the words of a name before the last, and the last."""
    *others, last = words(name) or ("",)
    return tuple(others), last


@lru_cache(maxsize=65536)
def _keys(name: str) -> frozenset[Key]:
    """Return coarse keys: the last word with each of the others, whatever their order."""
    others, last = _split(name)
    ends = _coarse(last)
    if not others:
        return frozenset(("", end) for end in ends)
    return frozenset(
        (min(one, end), max(one, end)) for word in others for one in _coarse(word) for end in ends
    )


def _in_syllables(name: str) -> set[Key]:
    """Return a name in the syllables of each system that it fits."""
    return {(system, in_syllables(name, system)) for system in systems_of(name)}


@lru_cache(maxsize=65536)
def _coarse(word: str) -> frozenset[str]:
    known = given_names().get(word)
    return skeletons(sounds(word)) | (skeletons(sounds(known.lower())) if known else frozenset())
