"""The folder that ``kg build -o`` makes: its files, and how they are read and replaced.

``articles.jsonl`` is what everything else is made of: one line an article, with its claims. A build adds a
line as soon as an article is read, so that an interrupted one goes on where it stopped.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import StoreError
from kg.files import replace_file
from kg.knowledge.judgements import Judgements, read_judgements
from kg.records import Entry, dumps, entry_of, entry_record
from kg.store import create_store

ENTRIES: Final = "articles.jsonl"
NQUADS: Final = "graph.nq"
TRIG: Final = "graph.trig"
TABLE: Final = "claims.csv"
PAGE: Final = "view.html"
OWN: Final = "entities.tsv"
"""The user's own entities that the build knew."""
JUDGEMENTS: Final = "judgements.tsv"


def read_entries(folder: Path) -> dict[str, Entry]:
    """Return what a folder holds, by article; nothing if it holds no build.

    Of two lines on one article the later counts. A last line without end was cut off by an interruption and
    is left out. Raises StoreError, naming the line, if the file is damaged.
    """
    path = folder / ENTRIES
    if not path.is_file():
        return {}
    content = path.read_bytes()
    entries: dict[str, Entry] = {}
    for number, line in enumerate(content.split(b"\n")[:-1], start=1):
        try:
            entry = entry_of(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problem = f"{path}, line {number}: damaged ({error})"
            raise StoreError(f"{problem}; remove the line, and build its article again") from None
        entries[entry.article.id] = entry
    return entries


def kept_judgements(folder: Path) -> Judgements:
    """Return the judgements that a folder keeps, none where it has no such file. Raises TableError."""
    path = folder / JUDGEMENTS
    return read_judgements(path) if path.is_file() else Judgements()


def keep_judgements(folder: Path, table: Path) -> None:
    """Keep a table of judgements in place of the last one. Raises TableError if a row is wrong, or OSError."""
    read_judgements(table)
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / JUDGEMENTS, table.read_bytes())


def add_entry(folder: Path, entry: Entry) -> None:
    """Add a line, in the place of a last one that was cut off. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ENTRIES).open("ab+") as file:
        _cut_torn_line(file)
        file.write(_line(entry))


def write_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Write all entries, in the order of their articles' ids. Raises OSError."""
    ordered = sorted(entries, key=lambda entry: entry.article.id)
    replace_file(folder / ENTRIES, b"".join(map(_line, ordered)))


def renew_store(folder: Path, nquads: bytes) -> None:
    """Make the store of a folder hold these N-Quads: equal graphs stay, each other is replaced whole.

    Raises StoreError if the store is damaged, of another version, or being written by another process.
    """
    wanted = _by_graph(nquads)
    with create_store(folder) as store:
        present = _by_graph(store.dump())
        if not present:
            store.add_quads(nquads)
            return
        for iri in sorted(present.keys() | wanted.keys()):
            if present.get(iri) != wanted.get(iri):
                store.replace_graph(iri, b"".join(wanted.get(iri, ())))


def _by_graph(nquads: bytes) -> dict[str, list[bytes]]:
    """Return sorted N-Quads by the IRI of their graph, the last term of a line."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for line in nquads.splitlines(keepends=True):
        found[line.rsplit(b" ", 2)[1].decode("utf-8")[1:-1]].append(line)
    return found


def _line(entry: Entry) -> bytes:
    return f"{dumps(entry_record(entry))}\n".encode()


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
