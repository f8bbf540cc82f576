"""Names of languages that are written by syllables: Chinese in pinyin or Wade-Giles, Korean in several romanisations.

A vowel more or less makes another name there (Li Peng, Li Ping), so syllables are compared and not sounds.
"""

import re
import unicodedata
from functools import lru_cache

from kg.knowledge.spelling.tables import rules, surnames

_FINAL = (
    "iong|iang|uang|ing|ang|eng|ong|iao|ian|ien|uai|uan|ieh|ueh|uei|ung|eh|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui"
    "|un|ue|ih|a|o|e|i|u"
)
_SYLLABLE = {
    "chinese": rf"(?:tsch|zh|ch|sh|sch|hs|ts|tz|sz|[bpmfdtnlgkhjqxrzcsyw])?'?(?:{_FINAL})",
    "korean": r"(?:ch|sh|th|ph|kh|[bpmfdtnlgkhjrsyw])?'?y?(?:eo|ae|oe|oo|ou|eu|ui|ee|ye|wa|wo|we|[aeiou])"
    r"(?:ng|[nmklbptgr]k?)?",
}
_BREAK = re.compile(r"[\s\-‐]+")


def systems_of(name: str) -> frozenset[str]:
    """Return the systems that a name fits: "chinese", "korean", or none."""
    parts = _parts(name)
    if not 2 <= len(parts) <= 4:
        return frozenset()
    return frozenset(
        system
        for system in _SYLLABLE
        if parts[0] in surnames(system) and all(_syllables(part, system) for part in parts[1:])
    )


def romanised(left: str, right: str, system: str) -> tuple[str, str]:
    """Return both names in syllables that can be compared.

    Chinese names that are both in pinyin stay as they are; beside Wade-Giles, sounds that it does not tell apart fall
    together.
    """
    if system == "chinese" and not any("-" in name or "'" in name for name in (left, right)):
        return "".join(_parts(left)), "".join(_parts(right))
    return in_syllables(left, system), in_syllables(right, system)


def in_syllables(name: str, system: str) -> str:
    """Return a name of a system in syllables, the surname first, spelled alike in all its romanisations.

    >>> in_syllables("Roh Moo-hyun", "korean")
    'no mu hyon'
    """
    surname, *rest = _parts(name)
    syllables = (surname, *(syllable for part in rest for syllable in _syllables(part, system)))
    return " ".join(_normal(syllable, system) for syllable in syllables)


def _parts(name: str) -> tuple[str, ...]:
    plain = name.lower().replace("’", "'")
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isascii())
    return tuple(part for part in _BREAK.split(plain) if part)


@lru_cache(maxsize=4096)
def _syllables(part: str, system: str) -> tuple[str, ...]:
    """Return the one or two syllables of a part of a name, () if it has others."""
    for pattern in (rf"({_SYLLABLE[system]})", rf"({_SYLLABLE[system]})({_SYLLABLE[system]})"):
        found = re.fullmatch(pattern, part)
        if found:
            return found.groups()
    return ()


@lru_cache(maxsize=4096)
def _normal(syllable: str, system: str) -> str:
    for rule in rules(system):
        syllable = rule(syllable)
    return syllable
