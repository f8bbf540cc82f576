"""The tables of the index, in one SQLite file, and whether they still fit the record."""

import sqlite3
import zlib
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final, Self

from kg.errors import StoreError
from kg.folder import ENTRIES

INDEX: Final = "index.sqlite"

LAYOUT: Final = "3"
"""Version of the tables; an index of another one is made anew from the record."""

COUNTED: Final = ("article", "claim", "event", "entity")
"""Tables whose rows are counted as they come and go: to count a million of them takes half a second."""

TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, start INTEGER NOT NULL, length INTEGER NOT NULL,
    digest TEXT NOT NULL, version TEXT NOT NULL, extractor TEXT NOT NULL, data TEXT NOT NULL
);
CREATE INDEX article_run ON article (version, extractor);
CREATE TABLE claim (
    bucket TEXT NOT NULL, id TEXT NOT NULL, article INTEGER NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (bucket, id, article)
) WITHOUT ROWID;
CREATE INDEX claim_article ON claim (article);
CREATE INDEX claim_id ON claim (id);
CREATE TABLE mention (entity TEXT, article INTEGER, PRIMARY KEY (entity, article)) WITHOUT ROWID;
CREATE TABLE description (
    entity TEXT, data TEXT, articles INTEGER NOT NULL, PRIMARY KEY (entity, data)
) WITHOUT ROWID;
CREATE TABLE entity (id TEXT PRIMARY KEY, data TEXT NOT NULL, acts_for TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX entity_acts_for ON entity (acts_for);
CREATE TABLE event (
    bucket TEXT, id TEXT, digest TEXT NOT NULL, subjects TEXT NOT NULL, edges TEXT NOT NULL,
    PRIMARY KEY (bucket, id)
) WITHOUT ROWID;
CREATE TABLE edge (quad TEXT, event TEXT, PRIMARY KEY (quad, event)) WITHOUT ROWID;
CREATE TABLE total (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE waiting (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""
"""``waiting`` names what the store does not show yet, by kind: article, bucket, entity, ontology, runs, store."""

TRIGGERS: Final = """
CREATE TRIGGER {table}_came AFTER INSERT ON {table} BEGIN
    UPDATE total SET count = count + 1 WHERE name = '{table}';
END;
CREATE TRIGGER {table}_went AFTER DELETE ON {table} BEGIN
    UPDATE total SET count = count - 1 WHERE name = '{table}';
END;
INSERT INTO total VALUES ('{table}', 0);
"""

OPENING: Final = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA cache_size = -200000",  # kB
    "BEGIN IMMEDIATE",
)

CHUNK: Final = 1 << 22
"""Bytes of the record that are read at a time to be checked."""


@dataclass(frozen=True, slots=True)
class Known:
    """The part of the record that the index knows: its bytes, lines, checksum, and when it was written."""

    size: int = 0
    lines: int = 0
    checksum: int = 0
    written: int = 0


class Index:
    """The index of a folder, open for one process; others are told to wait."""

    def __init__(self, folder: Path, tables: sqlite3.Connection) -> None:
        self.folder, self.tables = folder, tables

    @classmethod
    def open(cls, folder: Path, basis: str) -> Self:
        """Return the index of a folder, an empty one where it is missing or does not fit the record.

        ``basis`` stands for all but the articles that the tables depend on; an index of another basis does
        not fit. Raises StoreError if another process writes to the folder.
        """
        path = folder / INDEX
        for attempt in range(2):
            tables = sqlite3.connect(path, timeout=1, isolation_level=None)
            try:
                for statement in OPENING:
                    tables.execute(statement)
                index = cls(folder, tables)
                if not index._fits(basis):
                    index._make(basis)
                return index
            except sqlite3.OperationalError as error:
                tables.close()
                if "locked" in str(error) or attempt:
                    raise StoreError(_problem(folder, error)) from None
                path.unlink()
            except sqlite3.DatabaseError as error:  # no database: the record remakes it
                tables.close()
                if attempt:
                    raise StoreError(_problem(folder, error)) from None
                path.unlink()
        raise AssertionError("the second attempt returns or raises")

    def get(self, key: str, default: str = "") -> str:
        """Return a value that ``set`` stored."""
        row = self.tables.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def set(self, key: str, value: str) -> None:
        """Store a value."""
        self.tables.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def known(self) -> Known:
        """The part of the record that the index knows."""
        return Known(*map(int, self.get("known", "0 0 0 0").split()))

    @known.setter
    def known(self, known: Known) -> None:
        self.set("known", " ".join(map(str, astuple(known))))

    def wait(self, kind: str, key: str = "") -> None:
        """Note that the store must be brought up to date in something."""
        self.tables.execute("INSERT OR IGNORE INTO waiting VALUES (?, ?)", (kind, key))

    def count(self, name: str, by: int) -> None:
        """Add to a total."""
        self.tables.execute(
            "INSERT INTO total VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET count = count + ?2",
            (name, by),
        )

    def totals(self) -> dict[str, int]:
        """Return how much there is of everything; what there is none of is left out, but for tables."""
        found = dict.fromkeys(COUNTED, 0)
        return found | dict(self.tables.execute("SELECT name, count FROM total WHERE count ORDER BY name"))

    def commit(self) -> None:
        """Keep what was done so far, whatever happens next."""
        self.tables.execute("COMMIT")
        self.tables.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Forget what was not committed, and let the file go."""
        self.tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _fits(self, basis: str) -> bool:
        made = self.tables.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]
        if not made or self.get("layout") != LAYOUT or self.get("basis") != basis:
            return False
        path, known = self.folder / ENTRIES, self.known
        if not path.is_file():
            return not known.size
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == (known.size, known.written):
            return True
        return status.st_size >= known.size and checksum(path, known.size) == known.checksum

    def _make(self, basis: str) -> None:
        """Begin anew; the store must be emptied, since nobody knows what it holds."""
        names = self.tables.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            self.tables.execute(f'DROP TABLE "{name}"')
        self.tables.executescript(TABLES + "".join(TRIGGERS.format(table=table) for table in COUNTED))
        self.tables.execute("BEGIN IMMEDIATE")
        self.set("layout", LAYOUT)
        self.set("basis", basis)
        for kind in ("store", "ontology"):
            self.wait(kind)
        self.commit()


def checksum(path: Path, size: int, start: int = 0, value: int = 0) -> int:
    """Return the CRC-32 of a file's bytes from ``start`` to ``size``, going on from that of those before."""
    with closing(path.open("rb")) as file:
        file.seek(start)
        left = size - start
        while left > 0:
            piece = file.read(min(left, CHUNK))
            if not piece:
                break
            value = zlib.crc32(piece, value)
            left -= len(piece)
    return value


def _problem(folder: Path, error: Exception) -> str:
    if "locked" in str(error):
        return f"{folder} is being written by another process; wait for it, or choose another folder"
    return f"{folder / INDEX} cannot be opened ({error}); remove it, and the next build makes it anew"
