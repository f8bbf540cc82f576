"""Finds known names that are spelled like one of a text."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kg.knowledge.spelling.compare import Likeness, compare_names, words
from kg.knowledge.spelling.sounds import skeletons, sounds
from kg.knowledge.spelling.systems import in_syllables, systems_of
from kg.knowledge.spelling.tables import given_names


class NameIndex:
    """The names of known persons by coarse keys of their words, so that few are compared with a name of a text."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Index pairs of id and name."""
        self._by_key: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for id, name in names:
            for key in _keys(name):
                self._by_key[key].add((id, name))

    def like(self, name: str) -> dict[str, Likeness]:
        """Return ids with the likeness of their most alike name, those only that are spellings of it."""
        found: dict[str, Likeness] = {}
        near = {pair for key in _keys(name) for pair in self._by_key.get(key, ())}
        for id, known in sorted(near):
            likeness = compare_names(name, known)
            if likeness.same and (id not in found or likeness.score > found[id].score):
                found[id] = likeness
        return found


def _keys(name: str) -> set[tuple[str, str]]:
    """Return coarse keys: the last word with each of the others, whatever their order; syllables by their system."""
    *others, last = words(name) or ("",)
    ends = _coarse(last)
    if not others:
        return {("", end) for end in ends}
    pairs = {(min(one, end), max(one, end)) for word in others for one in _coarse(word) for end in ends}
    return pairs | {(system, in_syllables(name, system)) for system in systems_of(name)}


@lru_cache(maxsize=65536)
def _coarse(word: str) -> frozenset[str]:
    known = given_names().get(word)
    return skeletons(sounds(word)) | (skeletons(sounds(known.lower())) if known else frozenset())
