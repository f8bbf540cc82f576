"""Reads JSON Lines, one article a line, and JSON, one article or a list of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import ReadError
from kg.read.draft import Draft
from kg.read.text import LARGEST, MEGABYTE, decode, read_bytes

STRINGS: Final = ("id", "title", "published", "language", "publisher", "url")
OTHER_NAMES: Final = ("body", "content", "articleBody", "article", "maintext", "fulltext", "Text", "TEXT")
"""Fields that often hold the text elsewhere, for the message."""


def read_jsonl(path: Path) -> Iterator[Draft | ReadError]:
    """Yield an article, or what is wrong with it, for each line that is not blank.

    Raises ReadError if the file has no line, OSError if it cannot be opened.
    """
    empty = True
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file), start=1):
            if not line.strip():
                continue
            empty = False
            try:
                yield _draft_of_line(line, path, f"{path}, line {number}")
            except ReadError as error:
                yield error
    if empty:
        raise ReadError(path, "the file is empty")


def read_json(path: Path) -> Iterator[Draft | ReadError]:
    """Yield the one article, or each of the list.

    Raises ReadError if the file is no JSON, OSError if it cannot be opened.
    """
    content = parse(decode(read_bytes(path), path), str(path))
    if not isinstance(content, list):
        yield draft_of(content, source=str(path), stem=path.stem)
        return
    if not content:
        raise ReadError(path, "the list is empty")
    for number, record in enumerate(content, start=1):
        try:
            yield draft_of(record, source=f"{path}, article {number}", stem=path.stem)
        except ReadError as error:
            yield error


def parse(text: str, source: str) -> object:
    """Return what JSON says. Raises ReadError with the place where it is malformed."""
    try:
        content: object = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        hint = (
            "; for one article a line, name the file .jsonl"
            if error.msg == "Extra data" and error.lineno > 1
            else ""
        )
        raise ReadError(source, f"malformed JSON at {place}: {error.msg}{hint}") from None
    except RecursionError:
        raise ReadError(source, "malformed JSON: nested too deeply") from None
    except ValueError as error:  # a number of more digits than Python converts
        raise ReadError(source, f"malformed JSON: {str(error).partition(';')[0]}") from None
    return content


def draft_of(record: object, *, source: str, stem: str) -> Draft:
    """Return a record as a draft; fields that diplokg does not know are left out.

    Raises ReadError for a record that is no object, has no text, or has a field of the wrong type.
    """
    if not isinstance(record, dict):
        raise ReadError(source, f'expected an article such as {{"text": "…"}}, got {_kind(record)}')
    fictional = record.get("fictional")
    if not isinstance(fictional, bool | None):
        raise ReadError(source, f"fictional is {_kind(fictional)}; write true or false")
    strings = {name: _string(record, name, source) for name in STRINGS}
    return Draft(text=_text(record, source), source=source, stem=stem, fictional=bool(fictional), **strings)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield lines; of one that is too long only the part that shows it."""
    while line := file.readline(LARGEST + 1):
        yield line
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = file.readline(LARGEST + 1)


def _draft_of_line(line: bytes, path: Path, source: str) -> Draft:
    if len(line) > LARGEST:
        raise ReadError(source, f"the line has more than {LARGEST // MEGABYTE} MB; split the article")
    return draft_of(parse(decode(line.rstrip(), source), source), source=source, stem=path.stem)


def _text(record: dict[str, object], source: str) -> str:
    text = record.get("text")
    if text is None:
        other = next((f"; rename {name!r} to 'text'" for name in OTHER_NAMES if name in record), "")
        raise ReadError(source, f"has no field 'text'{other}")
    if not isinstance(text, str):
        raise ReadError(source, f"text is {_kind(text)}; write it as one string")
    return text


def _string(record: dict[str, object], name: str, source: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ReadError(source, f"{name} is {_kind(value)}; write it as a string")
    return value.strip()


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), f"the number {value!s:.20}")
