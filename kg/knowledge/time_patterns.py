"""The grammar of time expressions: ``words/time_pattern.tsv`` with its slots filled in.

A row in braces is a slot of other rows; any other slot is the word table of that name. The extractor finds expressions
by these rows, the resolver understands them by the same.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kg.knowledge.words import word_table

_SLOT: Final = re.compile(r"\{([a-z_]+)\}")

Group = Callable[[str], Callable[[Sequence[str]], str]]
"""Called with a slot's name where it begins; what it returns makes a group of the slot's alternatives."""


def time_patterns(language: str, new_row: Callable[[], Group]) -> Iterator[tuple[str, str]]:
    """Yield the meaning and pattern of every row, in order; ``new_row`` gives what makes the groups of a row."""
    parts = word_table("time_pattern", language)
    for name, row in parts.items():
        if not name.startswith("{"):
            yield name, _filled(row, language, parts, new_row())


def _filled(row: str, language: str, parts: dict[str, str], group: Group) -> str:
    def fill(slot: re.Match[str]) -> str:
        close = group(slot.group(1))
        if slot.group() in parts:
            return close([_filled(parts[slot.group()], language, parts, group)])
        words = sorted(word_table(slot.group(1), language), key=len, reverse=True)
        return close([re.escape(word) for word in words])

    return _SLOT.sub(fill, row)
