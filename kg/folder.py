"""The folder that ``kg build -o`` makes: its files, and the record, from which everything else is made.

The record, ``articles.jsonl``, has one line an article, with its claims. Lines are only ever added: as soon as
an article is read, so that an interrupted build goes on where it stopped, or when one is withdrawn. Of two
lines on one article the later counts.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final, Self

from kg.config import Settings
from kg.errors import StoreError
from kg.files import replace_file
from kg.knowledge.judgements import Judgements, read_judgements
from kg.knowledge.own import merged
from kg.knowledge.own_predicates import merged_predicates
from kg.records import Entry, Withdrawal, dumps, entry_record, line_of, withdrawal_record

ENTRIES: Final = "articles.jsonl"
NQUADS: Final = "graph.nq"
TRIG: Final = "graph.trig"
TABLE: Final = "claims.csv"
PAGE: Final = "view.html"
OWN: Final = "entities.tsv"
"""The user's own entities that the build knew."""
PREDICATES: Final = "predicates.tsv"
"""The user's own predicates that the build knew."""
JUDGEMENTS: Final = "judgements.tsv"

CURE: Final = "remove the line, and build its article again"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of the record stands: first byte, and bytes with its end."""

    start: int
    length: int

    @property
    def end(self) -> int:
        """The first byte after the line."""
        return self.start + self.length


def read_entries(folder: Path) -> dict[str, Entry]:
    """Return what a folder holds, by article; nothing if it holds no build.

    A last line without end was cut off by an interruption and is left out. Raises StoreError, naming the
    line, if the file is damaged.
    """
    entries: dict[str, Entry] = {}
    for _, line in read_lines(folder):
        if isinstance(line, Entry):
            entries[line.article.id] = line
        else:
            entries.pop(line.article, None)
    return entries


def read_lines(folder: Path, start: int = 0, number: int = 1) -> Iterator[tuple[Place, Entry | Withdrawal]]:
    """Yield the whole lines of the record from a byte on, which begins line ``number``. Raises StoreError."""
    path = folder / ENTRIES
    if not path.is_file():
        return
    with path.open("rb") as file:
        file.seek(start)
        for count, line in enumerate(file, start=number):
            if not line.endswith(b"\n"):
                return
            yield Place(start, len(line)), _parsed(line, path, f"line {count}")
            start += len(line)


def kept_judgements(folder: Path) -> Judgements:
    """Return the judgements that a folder keeps, none where it has no such file. Raises TableError."""
    path = folder / JUDGEMENTS
    return read_judgements(path) if path.is_file() else Judgements()


def with_kept(settings: Settings, folder: Path) -> Settings:
    """Return settings with the user's tables that a folder keeps, where they name none."""
    own, judged, words = folder / OWN, folder / JUDGEMENTS, folder / PREDICATES
    return replace(
        settings,
        entities=settings.entities or ((own,) if own.is_file() else ()),
        judgements=settings.judgements or (judged if judged.is_file() else None),
        predicates=settings.predicates or ((words,) if words.is_file() else ()),
    )


def keep_entities(folder: Path, tables: Sequence[Path]) -> None:
    """Keep the user's own entities in place of the last ones. Raises TableError if a row is wrong, or OSError."""
    content = merged(tables)
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / OWN, content)


def keep_predicates(folder: Path, tables: Sequence[Path]) -> None:
    """Keep the user's own predicates in place of the last ones. Raises TableError if a row is wrong, or OSError."""
    content = merged_predicates(tables)
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / PREDICATES, content)


def keep_judgements(folder: Path, table: Path) -> None:
    """Keep a table of judgements in place of the last one. Raises TableError if a row is wrong, or OSError."""
    read_judgements(table)
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / JUDGEMENTS, table.read_bytes())


class Record:
    """The record of a folder, open for adding lines; the folder is made where it is missing."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / ENTRIES
        self._file = self._path.open("ab+")
        _cut_torn_line(self._file)

    def add(self, line: Entry | Withdrawal) -> None:
        """Add a line; it outlives the end of this process, and with ``sync`` that of the machine."""
        self._file.write(line_bytes(line))
        self._file.flush()

    def entry(self, place: Place) -> Entry:
        """Return the entry that stands at a place. Raises StoreError if none does."""
        line = os.pread(self._file.fileno(), place.length, place.start)
        found = _parsed(line, self._path, f"byte {place.start}")
        if isinstance(found, Withdrawal):
            raise StoreError(
                f"{self._path}, byte {place.start}: no article stands there; remove index.sqlite"
            )
        return found

    def sync(self) -> None:
        """Wait until all lines are on the disk."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def write_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the record anew: one line an article, in the order of their ids. Raises OSError."""
    ordered = sorted(entries, key=lambda entry: entry.article.id)
    replace_file(folder / ENTRIES, b"".join(map(line_bytes, ordered)))


def line_bytes(line: Entry | Withdrawal) -> bytes:
    """Return a line of the record."""
    record = entry_record(line) if isinstance(line, Entry) else withdrawal_record(line)
    return f"{dumps(record)}\n".encode()


def _parsed(line: bytes, path: Path, where: str) -> Entry | Withdrawal:
    try:
        return line_of(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{path}, {where}: damaged ({error}); {CURE}") from None


def _cut_torn_line(file: BinaryIO) -> None:
    """Cut off what follows the last line end of an open file."""
    size = end = file.seek(0, os.SEEK_END)
    while end:
        file.seek(end - 1)
        if file.read(1) == b"\n":
            break
        end -= 1
    if end < size:
        file.truncate(end)
