"""Finds the files to read: those named, and all below the folders named."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

from kg.errors import ReadError
from kg.read.draft import Draft, Skipped
from kg.read.html import read_html
from kg.read.jsonl import read_json, read_jsonl
from kg.read.text import read_text

Reader: TypeAlias = Callable[[Path], Iterator[Draft | ReadError]]

READERS: Final[dict[str, Reader]] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
}
"""Readers by suffix, in small letters."""

STORE_MARK: Final = "diplokg.json"
"""The file by which a folder that ``kg build -o`` made is known: its pages are results, not articles."""


def files_in(paths: Iterable[Path]) -> Iterator[Path | ReadError | Skipped]:
    """Yield the files to read, and a value for everything else.

    What is named directly is read whatever its name, if its suffix is known, and is an error if not. In
    folders these are skipped with a note: hidden files and folders, README files, links to folders, folders
    made by ``kg build``, unknown suffixes. Raises nothing.
    """
    for path in paths:
        try:
            yield from _named(path)
        except OSError as error:
            yield ReadError(path, f"cannot be opened: {error.strerror or error}")


def _named(path: Path) -> Iterator[Path | ReadError | Skipped]:
    if path.is_dir():
        yield from _below(path, top=path)
    elif path.suffix.lower() in READERS and path.is_file():
        yield path
    else:
        yield ReadError(path, _refusal(path))


def _below(folder: Path, top: Path) -> Iterator[Path | ReadError | Skipped]:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    if folder == top and not entries:
        yield ReadError(folder, f"the folder is empty; put {known_suffixes()} files there")
    for entry in entries:
        reason = _reason_to_skip(entry)
        if reason:
            yield Skipped(str(entry), reason)
        elif entry.is_dir():
            try:
                yield from _below(entry, top)
            except OSError as error:
                yield ReadError(entry, f"the folder cannot be opened: {error.strerror or error}")
        else:
            yield entry


def _reason_to_skip(entry: Path) -> str:
    """Return why something in a folder is no article, or "" if it may be one."""
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_dir():
        if entry.is_symlink():
            return "a link to a folder; name the folder itself to read it"
        return "made by kg build" if (entry / STORE_MARK).is_file() else ""
    if entry.stem.lower() == "readme":
        return "describes the folder"
    if entry.suffix.lower() not in READERS:
        return f"not one of {known_suffixes()}"
    return "" if entry.is_file() else "no regular file"


def _refusal(path: Path) -> str:
    if not path.exists():
        return "no such file or folder"
    if not path.is_file():
        return "is neither a file nor a folder"
    return f"cannot be read by its suffix {path.suffix!r}; use one of {known_suffixes()}"


def known_suffixes() -> str:
    """Return the suffixes that can be read, for messages.

    >>> known_suffixes()
    '.txt, .md, .html, .htm, .jsonl, .ndjson, .json'
    """
    return ", ".join(READERS)
