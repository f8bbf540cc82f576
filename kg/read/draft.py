"""What the readers of the formats hand over, and how it becomes an ``Article``."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from kg.errors import ReadError
from kg.model import Article
from kg.read.language import known_language, language_of

HASH_DIGITS: Final = 12
"""Hexadecimal digits in a derived id: 48 bits. A clash in a million texts of one stem: odds of 1 in 560."""

STEM_LETTERS: Final = 40
TITLE_LETTERS: Final = 80
ID_LETTERS: Final = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its file gives it, unchecked. ``source`` names file and place, ``stem`` is the file's."""

    text: str
    source: str
    stem: str
    id: str = ""
    title: str = ""
    published: str = ""
    language: str = ""
    publisher: str = ""
    url: str = ""
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out on purpose, with the reason."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What counts where an article does not say its own."""

    published: date | None = None
    language: str = ""
    publisher: str = ""

    @classmethod
    def of(cls, *, published: date | None, language: str, publisher: str) -> "Defaults":
        """Return checked defaults. Raises ReadError for a language that cannot be read."""
        return cls(
            published=published,
            language=known_language(language, "--language") if language else "",
            publisher=publisher,
        )


def finish(draft: Draft, defaults: Defaults) -> Article:
    """Return the draft as an article, with ``defaults`` where it is silent.

    Raises ReadError for an empty text, characters that no text should hold, a bad date, another language.
    """
    _check_characters(draft)
    if not draft.text.strip():
        raise ReadError(draft.source, "holds no text")
    language = draft.language or defaults.language
    return Article(
        id=draft.id or derived_id(draft),
        title=draft.title or first_words(draft.text),
        text=draft.text,
        language=known_language(language, draft.source)
        if language
        else language_of(draft.text, draft.source),
        published=parse_date(draft.published, draft.source) if draft.published else defaults.published,
        publisher=draft.publisher or defaults.publisher,
        url=draft.url,
        fictional=draft.fictional,
        source=draft.source,
    )


def derived_id(draft: Draft) -> str:
    """Return an id made of the file's stem and a hash of what the file says: text, publisher and address.

    >>> derived_id(Draft(text="Iran warnt.", source="a/Neue Meldung.txt", stem="Neue Meldung"))
    'neue-meldung-e3397a1c430c'
    """
    content = "\0".join((draft.text, draft.publisher, draft.url))
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()[:HASH_DIGITS]
    stem = re.sub(r"\W+", "-", unicodedata.normalize("NFKC", draft.stem).lower()).strip("-")
    return f"{stem[:STEM_LETTERS].rstrip('-') or 'article'}-{digest}"


def first_words(text: str) -> str:
    """Return the beginning of a text, to stand for a title that it has not.

    >>> first_words("Iran hat die USA gewarnt. " * 9)
    'Iran hat die USA gewarnt. Iran hat die USA gewarnt. Iran hat die USA gewarnt. …'
    """
    words = " ".join(text[: TITLE_LETTERS * 4].split())
    return (
        words
        if len(words) <= TITLE_LETTERS
        else f"{words[:TITLE_LETTERS].rpartition(' ')[0] or words[:TITLE_LETTERS]} …"
    )


def parse_date(value: str, source: Path | str) -> date:
    """Return the day of an ISO date, or of an ISO date and time as its own time zone counts it.

    Raises ReadError for anything else.

    >>> parse_date("2026-02-03T23:30:00+01:00", "a.jsonl")
    datetime.date(2026, 2, 3)
    """
    try:
        if not re.match(r"\d{4}-\d\d-\d\d", value):
            raise ValueError
        return datetime.fromisoformat(value).date()
    except ValueError:
        raise ReadError(
            source, f"published is {value[:40]!r}; write year, month and day as 2026-02-03"
        ) from None


def _check_characters(draft: Draft) -> None:
    """Refuse NUL, which no text holds, and halves of surrogate pairs, which cannot be stored as UTF-8."""
    fields = {
        "text": draft.text,
        "id": draft.id,
        "title": draft.title,
        "publisher": draft.publisher,
        "url": draft.url,
    }
    for name, value in fields.items():
        wrong = re.search("[\0\ud800-\udfff]", value)
        if wrong:
            kind = "a NUL character" if wrong[0] == "\0" else "half a surrogate pair"
            raise ReadError(draft.source, f"{name} holds {kind} at character {wrong.start()}; remove it")
    if len(draft.id) > ID_LETTERS or re.search(r"[\x01-\x1f\x7f]", draft.id):
        raise ReadError(
            draft.source, f"id {draft.id[:40]!r} is no id; use up to {ID_LETTERS} visible characters"
        )
