"""Folds text, so that "Aussenminister", "AUẞENMINISTER" and "Außenminister" are one word."""

import re
import unicodedata
from typing import Final

PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t", "ħ": "h"}
)
"""Letters that Unicode does not take apart."""

UMLAUTS: Final = {"ä": "ae", "ö": "oe", "ü": "ue"}
WORD: Final = re.compile(r"\w+")


def folded(text: str) -> str:
    """Return text in lower case without accents, ß as ss.

    >>> folded("Außenminister Erdoğan, PRÄSIDENT")
    'aussenminister erdogan, prasident'
    """
    return "".join(map(_letter, unicodedata.normalize("NFC", text)))


def searchable(text: str) -> str:
    """Return folded text, and after it the words with umlauts once more in the other spelling.

    >>> searchable("Präsident Trump")
    'prasident trump praesident'
    """
    words = WORD.findall(unicodedata.normalize("NFC", text).casefold())
    spelled = (
        "".join(_letter(UMLAUTS.get(letter, letter)) for letter in word)
        for word in words
        if not UMLAUTS.keys().isdisjoint(word)
    )
    return " ".join((folded(text), *spelled))


def excerpt(text: str, words: list[str], width: int) -> str:
    """Return the part of a text around the first of the folded words that stands in it; "…" where it is cut.

    >>> excerpt("Am Montag warnte der Präsident davor.", ["prasident"], 14)
    '…der Präsident…'
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if len(text) <= width:
        return text
    letters = [_letter(letter) for letter in text]
    starts = [number for number, letter in enumerate(letters) for _ in letter]
    joined = "".join(letters)
    found = [at for at in (joined.find(word) for word in words) if at >= 0]
    middle = starts[min(found)] if found else 0
    first = max(0, min(middle - width // 3, len(text) - width))
    if first:
        first = text.rfind(" ", 0, first) + 1 or first
    last = min(len(text), first + width)
    if last < len(text):
        last = text.rfind(" ", first, last + 1) if " " in text[first : last + 1] else last
    return f"{'…' if first else ''}{text[first:last].strip()}{'…' if last < len(text) else ''}"


def _letter(letter: str) -> str:
    """Return a letter folded: none for an accent alone, two for ß."""
    for _ in range(2):  # a letter such as "𝓐" has a lower case only when it has been taken apart
        letter = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(part for part in letter.translate(PLAIN) if not unicodedata.combining(part))
