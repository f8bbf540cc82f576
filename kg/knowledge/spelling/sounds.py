"""A word of a name -> its sounds, and how far two rows of sounds are apart.

Spellings of many languages are read by one row of rules, into letters of which each stands for a sound or, in upper
case, for a choice that the spelling leaves open: ``H`` is "ch", as in Bach or in much.
"""

import unicodedata
from functools import lru_cache

from kg.knowledge.spelling.tables import costs, rules

_VOWELS = frozenset("aeiou")
_LEFT_OUT = {"h": 0.3, "i": 0.3, "Y": 0.2, "j": 0.2}  # costs of a sound that one spelling lacks
_VOWEL_LEFT_OUT = 0.4  # inside a word: Afwerki, Afewerki
_LAST_VOWEL = 0.8  # at its end it mostly makes another name: Sacharow, Sacharowa
_FIRST = 0.4  # more for what differs at the beginning of a word


@lru_cache(maxsize=65536)
def sounds(word: str, system: str = "general") -> str:
    """Return the sounds of one word in lower case.

    >>> sounds("lawrow"), sounds("lavrov")
    ('lavrov', 'lavrov')
    """
    for rule in rules(system):
        if rule.letters in word:  # all known names are read so at each start
            word = rule(word)
    return "".join(sound for sound in unicodedata.normalize("NFKD", word) if sound.isascii())


@lru_cache(maxsize=65536)
def distance(left: str, right: str) -> float:
    """Return the least cost of changes from one row of sounds to the other (a weighted Levenshtein distance)."""
    above = [0.0]
    for j, sound in enumerate(right):
        above.append(above[-1] + _lacking(sound, j, right))
    for i, own in enumerate(left):
        row = [above[0] + _lacking(own, i, left)]
        for j, other in enumerate(right):
            row.append(
                min(
                    above[j] + _exchange(own, other, first=i == j == 0),
                    above[j + 1] + _lacking(own, i, left),
                    row[j] + _lacking(other, j, right),
                )
            )
        above = row
    return above[-1]


def _exchange(own: str, other: str, *, first: bool) -> float:
    if own == other:
        return 0.0
    known = costs().get((own, other))
    if known is not None:
        return known
    both_vowels = own in _VOWELS and other in _VOWELS
    return (0.6 if both_vowels else 1.0) + (_FIRST if first else 0.0)


def _lacking(sound: str, at: int, word: str) -> float:
    if sound in _VOWELS and at == len(word) - 1:
        return _LAST_VOWEL
    cost = _LEFT_OUT.get(sound, _VOWEL_LEFT_OUT if sound in _VOWELS else 1.0)
    return cost + (_FIRST if at == 0 else 0.0)


@lru_cache(maxsize=65536)
def skeletons(word: str) -> frozenset[str]:
    """Return coarse keys of a row of sounds: words without one in common are not compared at all.

    Vowels and breaths are left out, sounds that spellings exchange fall together.
    """
    keys = {""}
    for sound in word:
        options = _COARSE.get(sound, sound if sound not in _VOWELS else "")
        keys = {_joined(key, option) for key in keys for option in options.split("|")}
    return frozenset(key for key in keys if key) or frozenset({word[:2]})


_COARSE = {
    "H": "k|s", "X": "k|", "k": "k", "g": "k|s", "q": "k", "c": "k|s", "h": "|k", "C": "s", "S": "s", "Z": "s",
    "J": "s", "j": "|s", "Y": "", "T": "s|t", "z": "s|t", "s": "s", "t": "t", "d": "t", "f": "v", "b": "b|v", "v": "v|",
    "p": "b",
}  # fmt: skip


def _joined(key: str, option: str) -> str:
    return key if key.endswith(option) else key + option
