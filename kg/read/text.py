"""Reads plain text, and turns bytes into text for all formats: UTF-8 or a clear no, never a guess."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from kg.errors import ReadError
from kg.knowledge.words import word_table
from kg.read.draft import Draft

MEGABYTE: Final = 1_000_000
LARGEST: Final = 20 * MEGABYTE
"""Bytes of the largest file, or line of JSON Lines, that is read: a thousand times a long article."""

TITLE_LENGTH: Final = 200
"""Characters of the longest first line that can be a title. The longest of 73 Wikinews headlines has 103."""

DATELINE: Final = re.compile(
    r"(?m)^[A-ZÄÖÜ][A-ZÄÖÜ./ -]{2,40}, (?P<date>[\w. ,]{8,25}\d{4}) ?(?:\([^)\n]{2,20}\) ?)?[–—-] "
)
DATELINE_WITHIN: Final = 400
"""Characters in which the dateline must begin: behind the title, before the text."""

UTF8_MARK: Final = b"\xef\xbb\xbf"
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

SIGNATURES: Final = {
    b"%PDF": "is a PDF; extract its text first, for instance with: pdftotext FILE",
    b"PK\x03\x04": "is a zip archive or an office document; save its text as .txt",
    b"\xd0\xcf\x11\xe0": "is an old office document; save its text as .txt",
    b"\x1f\x8b": "is compressed; unpack it first, for instance with: gunzip FILE",
}


def read_text(path: Path) -> Iterator[Draft]:
    """Yield the one article of a text file, its whole text as it is: only a byte-order mark is dropped.

    Line ends stay as they are, so offsets count the characters of the file. Where the first line is the
    title, it stays in the text too. The day of publication is that of a dateline with a full date.

    Raises ReadError for a file that is empty, too large, or no UTF-8 text; OSError if it cannot be opened.
    """
    text = decode(read_bytes(path), path)
    yield Draft(
        text=text, source=str(path), stem=path.stem, title=title_of(text), published=dateline_day(text)
    )


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises ReadError if it is empty or too large, OSError if it cannot be opened.
    """
    size = path.stat().st_size
    if size > LARGEST:
        most = f"{size / MEGABYTE:.1f} MB, more than {LARGEST // MEGABYTE}"
        raise ReadError(path, f"has {most}; split it, or write one article a line as .jsonl")
    data = path.read_bytes()
    if not data.removeprefix(UTF8_MARK).strip():
        raise ReadError(path, "the file is empty")
    return data


def decode(data: bytes, source: Path | str, encoding: str = "utf-8") -> str:
    """Return bytes as text, without a byte-order mark.

    Raises ReadError, saying which byte is wrong and what would work.
    """
    _refuse_binary(data, source)
    data = data.removeprefix(UTF8_MARK)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"byte 0x{data[error.start]:02x} at position {error.start} (line {line})"
        raise ReadError(source, f"{place} is not {encoding.upper()}; {_way_out(encoding)}") from None


def title_of(text: str) -> str:
    r"""Return the first line if it reads like a title: short, no sentence, not part of a broken line.

    >>> title_of("Iran warnt USA\n\nTeheran – Der Iran hat die USA gewarnt.")
    'Iran warnt USA'
    >>> title_of("Iran hat die USA gewarnt.\n\nMehr dazu morgen.")
    ''
    """
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip().removeprefix("#").lstrip("#").strip()
    is_sentence = first.endswith((".", ",", ";", ":", "-")) or re.search(r"[a-zäöüß]{3}\. ", first)
    goes_on = re.match(r"[a-zäöüß]", rest)
    if not rest.strip() or len(first) > TITLE_LENGTH or is_sentence or goes_on:
        return ""
    return first


def dateline_day(text: str) -> str:
    r"""Return the day of a dateline near the beginning in ISO form, or "" where it has none with a year.

    >>> dateline_day("Titel\n\nODESSA/ISTANBUL, 1. August 2022 – Zum ersten Mal ...")
    '2022-08-01'
    """
    found = DATELINE.search(text[:DATELINE_WITHIN])
    if found is None:
        return ""
    words = found["date"].lower().replace(",", " ").replace(".", " ").split()
    numbers = [int(word) for word in words if word.isdecimal()]
    names = {
        name: int(number)
        for language in ("de", "en")
        for name, number in word_table("month", language).items()
    }
    month = next((names[word] for word in words if word in names), 0)
    try:
        return date(max(numbers), month, min(numbers)).isoformat() if month and len(numbers) == 2 else ""
    except ValueError:
        return ""


def _refuse_binary(data: bytes, source: Path | str) -> None:
    for signature, problem in SIGNATURES.items():
        if data.startswith(signature):
            raise ReadError(source, problem)
    if data.startswith(UTF16_MARKS):
        raise ReadError(source, f"is UTF-16 or UTF-32; {_way_out('utf-16')}")
    position = data.find(b"\0")
    if position >= 0:
        raise ReadError(
            source,
            f"holds a NUL byte at position {position}, so it is no text in UTF-8; save it as UTF-8 text",
        )


def _way_out(encoding: str) -> str:
    likely = {"utf-8": "WINDOWS-1252", "utf-16": "UTF-16"}.get(encoding)
    if likely is None:
        return "declare the encoding that the page is in, or save it as UTF-8"
    return f"save it as UTF-8, for instance, if it is {likely}: iconv -f {likely} -t UTF-8 FILE > NEW"
