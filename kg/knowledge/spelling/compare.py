"""Compares two names of persons, word by word."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Final

from kg.knowledge.spelling.sounds import distance, sounds
from kg.knowledge.spelling.systems import romanised, systems_of
from kg.knowledge.spelling.tables import given_names, rules

ENOUGH: Final = 0.85
"""Likeness of a word from which on it is taken for another spelling, see ``tests/data/spelling_pairs.tsv``."""

_SHORT_ENOUGH: Final = 0.9  # words of up to three sounds
_INITIAL: Final = 0.88  # "M." for Mohammed
_PARTICLES: Final = frozenset(re.findall(r"\w+", """
    al el as ash ad an ar at az ul ur us bin ibn ben bint von van de der den da di du la le y
"""))  # fmt: skip
_MOST_WORDS: Final = 5  # of a name; longer ones are compared by their first and last words


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, 0 to 1, and why. ``whole`` says that no word of either is left over."""

    score: float
    reason: str
    whole: bool = False

    @property
    def same(self) -> bool:
        """Tell whether the two are taken for spellings of one name."""
        return self.score >= ENOUGH


def is_spelling(left: str, right: str) -> bool:
    """Tell whether two names are spellings of one.

    >>> is_spelling("Abbas Araghtschi", "Abbas Araqchi"), is_spelling("Ali Larijani", "Sadeq Larijani")
    (True, False)
    """
    return compare_names(left, right).same


@lru_cache(maxsize=65536)
def compare_names(left: str, right: str) -> Likeness:
    """Return how alike two names are. The score is that of their least alike words, 0 where one has no partner.

    The shorter name may leave words out ("Tayyip Erdoğan"), but not the last one, and not all but one.
    """
    for system in systems_of(left) & systems_of(right):
        one, other = romanised(left, right, system)
        same = one == other
        return Likeness(float(same), f"{one} {'=' if same else '≠'} {other} ({system})", whole=same)
    short, long = sorted((words(left), words(right)), key=len)
    if not short or (len(short) == 1 < len(long)):
        return Likeness(0.0, "one word cannot be compared with a full name")
    if (first := _initials(short)) and (second := _initials(long)) and first != second:
        return Likeness(0.0, f"other initials: {' '.join(first)} and {' '.join(second)}")
    return max(
        (_aligned(short, order) for order in _orders(short, long)), key=lambda likeness: likeness.score
    )


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without particles.

    >>> words("Abd al-Fattah as-Sissi"), words("Mohammed bin Salman")
    (('abdfattah', 'sissi'), ('mohammed', 'salman'))
    """
    plain = name.lower()
    for rule in rules("general")[:2]:  # breaths, and names that begin with "Abd al-"
        plain = rule(plain)
    found = [word for word in re.split(r"[\s\-‐–.]+", plain) if word]
    kept = [word for word in found if word not in _PARTICLES]
    kept = kept if len(kept) > 1 or len(found) == 1 else found
    return tuple(kept if len(kept) <= _MOST_WORDS else (*kept[: _MOST_WORDS - 1], kept[-1]))


def word_likeness(left: str, right: str) -> float:
    """Return how alike two words of names are, 0 to 1: one less the distance of their sounds by their length."""
    if left == right:
        return 1.0
    if min(len(left), len(right)) == 1:
        return _INITIAL if left[0] == right[0] else 0.0
    known = given_names()
    if left in known and known[left] == known.get(right):
        return 0.95
    first, second = sounds(left), sounds(right)
    longest = max(len(first), len(second), 1)
    score = max(0.0, 1 - distance(first, second) / longest)
    return score if longest > 3 or score >= _SHORT_ENOUGH else min(score, ENOUGH - 0.01)


def _orders(short: tuple[str, ...], long: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the ways to lay the longer name along the shorter; names of one length may be turned."""
    if len(short) == len(long):
        return [long, (*long[1:], long[0]), (long[-1], *long[:-1])]
    return [order for order in permutations(long, len(short)) if order[-1] == long[-1]]


def _initials(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if len(word) == 1)


def _aligned(short: tuple[str, ...], long: tuple[str, ...]) -> Likeness:
    likes = [word_likeness(a, b) for a, b in zip(short, long, strict=False)]
    if len(short) > 1 and sum(min(len(a), len(b)) > 1 for a, b in zip(short, long, strict=False)) < 2:
        return Likeness(0.0, "one word and an initial are no full name")
    pairs = ", ".join(f"{a} ~ {b} {like:.2f}" for a, b, like in zip(short, long, likes, strict=False))
    return Likeness(min(likes), pairs, whole=len(short) == len(long))
