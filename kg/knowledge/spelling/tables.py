"""The tables under ``data/lexicon/names``: how names are spelled, and which spellings sound alike."""

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.knowledge.tables import Row, read_table
from kg.resources import resource

_FOLDER = "data/lexicon/names"
SYSTEMS = ("general", "chinese", "korean")
"""Names are compared by the rules of one system: that of their language where both fit it, else the general."""
_FIRST_LETTERS = re.compile(r"\^?([^\W\d_]+)(?![*?+{])")


@dataclass(frozen=True, slots=True)
class Rule:
    """A spelling (a regular expression) and what stands for it in sounds.

    ``letters`` are what a word must have for the rule to change it: those with which the spelling begins, if with any.
    """

    pattern: re.Pattern[str]
    becomes: str
    letters: str = ""

    def __call__(self, word: str) -> str:
        """Return a word with the spelling replaced."""
        return self.pattern.sub(self.becomes, word)


@lru_cache(maxsize=4)
def rules(system: str) -> tuple[Rule, ...]:
    """Return the rules of a system, in the order in which they apply. Raises TableError."""
    found = []
    for row in _rows("spelling", ("system", "pattern", "becomes", "example")):
        if row["system"] not in SYSTEMS:
            raise row.error(f"system {row['system']!r} must be one of {', '.join(SYSTEMS)}")
        try:
            rule = Rule(re.compile(row["pattern"]), row["becomes"], _letters(row["pattern"]))
        except re.error as error:
            problem = f"{row['pattern']!r} is no regular expression ({error}); mend it"
            raise row.error(problem) from None
        if row["system"] == system:
            found.append(rule)
    return tuple(found)


def _letters(pattern: str) -> str:
    """Return the letters with which all that a pattern matches begins.

    >>> [_letters(pattern) for pattern in ("sch", "c(?=[ei])", "ts'?", "ts?", "^ing$", "a|b")]
    ['sch', 'c', 'ts', 't', 'ing', '']
    """
    found = _FIRST_LETTERS.match(pattern) if "|" not in pattern else None
    return found[1] if found else ""


@lru_cache(maxsize=1)
def costs() -> dict[tuple[str, str], float]:
    """Return what it costs to take one sound for another, both ways; 1 where no row says less."""
    found = {}
    for row in _rows("sounds", ("left", "right", "cost")):
        try:
            cost = float(row["cost"])
        except ValueError:
            raise row.error(f"cost {row['cost']!r} is no number; write 0.2, for instance") from None
        found[row["left"], row["right"]] = found[row["right"], row["left"]] = cost
    return found


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Return for every spelling of a given name, in lower case, the one that its row begins with."""
    found: dict[str, str] = {}
    for row in _rows("given_names", ("name", "forms")):
        for form in (row["name"], *row.list("forms")):
            if found.setdefault(form.lower(), row["name"]) != row["name"]:
                raise row.error(f"{form!r} stands in the row of {found[form.lower()]!r} too; keep one")
    return found


@lru_cache(maxsize=4)
def surnames(system: str) -> frozenset[str]:
    """Return the surnames, in lower case, by which names of a system are known."""
    rows = _rows("surnames", ("system", "surnames"))
    return frozenset(name.lower() for row in rows if row["system"] == system for name in row.list("surnames"))


def _rows(name: str, columns: tuple[str, ...]) -> list[Row]:
    return list(read_table(resource(f"{_FOLDER}/{name}.tsv"), columns))
