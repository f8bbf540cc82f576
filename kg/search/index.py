"""The index: one SQLite file beside the store, made anew when the store has changed.

Two tables of FTS5 (https://www.sqlite.org/fts5.html): one of words, by which a search begins, and one of
trigrams, which finds "minister" in "Außenminister".
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.search.documents import Document, documents
from kg.search.fold import searchable
from kg.store import QUADS, Store

INDEX: Final = "search.sqlite"

LAYOUT: Final = "1"
"""Version of the tables and of folding; an index of another one is made anew."""

TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    number INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
    day TEXT NOT NULL, outlet TEXT NOT NULL
);
CREATE VIRTUAL TABLE word USING fts5 (text, content='', prefix='2 3 4', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE piece USING fts5 (text, content='', detail=full, tokenize="trigram case_sensitive 1");
"""


def index_of(store: Store, folder: Path | None = None) -> sqlite3.Connection:
    """Return the index of a store, open for reading; the caller closes it.

    ``folder`` is the one that ``kg build -o`` made: there the index is kept, and made anew when the store has
    changed. Without a folder, or where it cannot be written to, the index is made in memory. Raises StoreError.
    """
    state = store_state(folder) if folder else ""
    if folder and state:
        path = folder / INDEX
        if _state(path) != state:
            try:
                _write(path, store, state)
            except (OSError, sqlite3.OperationalError):
                return _in_memory(store)
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    return _in_memory(store)


def store_state(folder: Path) -> str:
    """Return what changes whenever the store of a folder does, "" if it has none: names and sizes of its files.

    A store that was opened for writing without a change may differ too; then the index is made once too often.
    """
    paths = sorted((folder / QUADS).glob("*"))
    files = [
        f"{path.name} {path.stat().st_size}" for path in paths if not path.name.startswith(("LOG", "LOCK"))
    ]
    return hashlib.sha256("\n".join((LAYOUT, *files)).encode()).hexdigest() if files else ""


def _state(path: Path) -> str:
    """Return the state of the store that an index was made of, "" if there is no whole index."""
    if not path.is_file():
        return ""
    try:
        with closing(sqlite3.connect(path)) as tables:
            row = tables.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
    except sqlite3.DatabaseError:
        return ""
    return str(row[0]) if row else ""


def _write(path: Path, store: Store, state: str) -> None:
    """Write an index whole or not at all. Raises OSError, sqlite3.OperationalError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")  # two searches may make it at one time
    try:
        with closing(sqlite3.connect(draft)) as tables:
            _fill(tables, documents(store))
            tables.execute("INSERT INTO meta VALUES ('state', ?)", (state,))
            tables.commit()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _in_memory(store: Store) -> sqlite3.Connection:
    tables = sqlite3.connect(":memory:")
    _fill(tables, documents(store))
    return tables


def _fill(tables: sqlite3.Connection, found: Iterable[Document]) -> None:
    tables.execute("PRAGMA synchronous = OFF")
    try:
        tables.executescript(TABLES)
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"this Python's SQLite cannot search ({error}); use one with FTS5, from 3.34 on"
        ) from None
    for number, document in enumerate(found, start=1):
        text = searchable(document.text)
        row = (document.iri, document.kind, document.name, document.text, document.day, document.outlet)
        tables.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", (number, *row))
        tables.execute("INSERT INTO word (rowid, text) VALUES (?, ?)", (number, text))
        tables.execute("INSERT INTO piece (rowid, text) VALUES (?, ?)", (number, text))
    tables.commit()
