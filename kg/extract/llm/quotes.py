"""Finds words in a text verbatim, but for white space, quotation marks and characters without width."""

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Span

_MARKS: Final = frozenset("\"'`´‘’‚‛“”„‟«»‹›′″")
_WIDTHLESS: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_ENDING: Final = r"\w{0,2}"
"""Letters that an inflected name may have more than the form that a model gives: "Irans", "Präsidenten"."""


class Searchable:
    """A text with the offsets of its characters, so that what is found in its plain form has a place in it."""

    def __init__(self, text: str) -> None:
        self.plain, self._offsets = _plain(text)

    def find(self, words: str, within: Span | None = None) -> list[Span]:
        r"""Return where a quote stands, whole words only, in text order.

        >>> Searchable("Er sagte:\n„Nein“ zu Rom").find('sagte: "Nein"')
        [Span(start=3, end=15)]
        """
        return list(self._found(rf"(?<!\w){_escaped(words)}(?!\w)", within)) if _trimmed(words) else []

    def find_name(self, words: str, within: Span | None = None) -> list[Span]:
        """Return where a name stands: as it is, else in other case, else with an ending of inflection.

        >>> Searchable("Die Truppen Irans").find_name("Iran")
        [Span(start=12, end=17)]
        """
        if not re.search(r"\w", words):
            return []
        name = _escaped(words)
        for pattern in (name, f"(?i:{name})", f"(?i:{name}){_ENDING}"):
            if found := list(self._found(rf"(?<!\w){pattern}(?!\w)", within)):
                return found
        return []

    def _found(self, pattern: str, within: Span | None) -> Iterator[Span]:
        for match in re.finditer(pattern, self.plain):
            span = Span(self._offsets[match.start()], self._offsets[match.end() - 1] + 1)
            if within is None or within.covers(span):
                yield span


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text with one kind of quotation mark and single spaces, and where its characters stood."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if character in _WIDTHLESS:
            continue
        plain = " " if character.isspace() else "'" if character in _MARKS else character
        if plain in " '" and characters and characters[-1] == plain:
            continue
        characters.append(plain)
        offsets.append(offset)
    return "".join(characters), offsets


def _trimmed(words: str) -> str:
    return _plain(words)[0].strip(" '")


def _escaped(words: str) -> str:
    return re.escape(_trimmed(words))
