"""Asks the index: whole words first, then beginnings of words, then parts of words."""

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from rdflib import Literal, URIRef

from kg.errors import QueryError
from kg.query import Table, shorten
from kg.search.documents import KINDS
from kg.search.fold import WORD, excerpt, folded
from kg.search.index import index_of
from kg.store import Store
from kg.store.base import Term

LIMIT: Final = 20
"""Hits that are returned if nobody asks for more."""

WIDTH: Final = 90
"""Characters of the text around a hit."""

SHORTEST: Final = 3
"""Letters from which parts of words are found: trigrams have three."""

PHRASE: Final = re.compile(r'"([^"]*)"|(\S+)')
FIND: Final = """
SELECT document.iri, document.kind, document.name, document.text, document.day, document.outlet
FROM {table} JOIN document ON document.number = {table}.rowid
WHERE {table} MATCH ? {kind}
ORDER BY CASE document.kind WHEN 'entity' THEN 0 WHEN 'claim' THEN 1 ELSE 2 END,
         round({table}.rank, 9), document.number
LIMIT ?"""
"""Entities before claims before articles; among these by BM25, which SQLite calls rank, smallest first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: its kind and IRI, its name, and the words around the match.

    ``day`` and ``outlet`` are those of the article, "" where it does not say them, and for entities.
    """

    kind: str
    name: str
    text: str
    day: str
    outlet: str
    iri: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, the best first."""

    hits: tuple[Hit, ...]

    def __len__(self) -> int:
        return len(self.hits)

    def table(self) -> Table:
        """Return the hits as a table, for pandas and CSV."""
        rows: list[tuple[Term, ...]] = []
        for hit in self.hits:
            texts = (hit.kind, hit.name, hit.text, hit.day, hit.outlet)
            rows.append((*map(Literal, texts), URIRef(hit.iri)))
        return Table(("kind", "name", "text", "day", "outlet", "iri"), tuple(rows))

    def to_json(self) -> str:
        """Return a JSON list with an object for each hit."""
        return json.dumps([asdict(hit) for hit in self.hits], ensure_ascii=False, indent=1)

    def to_text(self) -> str:
        """Return lines to read: what it is, where it stands, and the words. No control characters."""
        return self.table().to_text(WIDTH + 2)

    def __repr__(self) -> str:
        return (
            f"<Hits {', '.join(shorten(hit.iri) for hit in self.hits[:5])}{', …' if len(self) > 5 else ''}>"
        )


def search(
    store: Store, words: str, *, folder: Path | None = None, kind: str = "", limit: int = LIMIT
) -> Hits:
    """Return what holds all the words: entities by name, claims by quote, articles by title, the best first.

    Words in quotation marks stand together. Case, accents, ß and umlauts make no difference: "Praesident" and
    "prasident" find "Präsident". ``folder`` keeps the index between searches, see ``index_of``. Raises
    QueryError if there is nothing to search for, or no such kind.
    """
    if kind and kind not in KINDS:
        raise QueryError(f"kind is {kind!r}; use one of {', '.join(KINDS)}")
    phrases = [WORD.findall(folded(quoted or word)) for quoted, word in PHRASE.findall(words)]
    phrases = [phrase for phrase in phrases if phrase]
    if not phrases:
        raise QueryError(f"nothing to search for in {words!r}; give a word of at least one letter or digit")
    found: dict[str, Hit] = {}
    with closing(index_of(store, folder)) as tables:
        for table, wanted in _attempts(phrases):
            if len(found) >= limit:
                break
            for row in _rows(tables, table, wanted, kind, limit):
                iri, what, name, text, day, outlet = row
                context = excerpt(text, [" ".join(phrase) for phrase in phrases], WIDTH)
                found.setdefault(iri, Hit(what, name, context, day, outlet, iri))
    return Hits(tuple(found.values())[:limit])


def _attempts(phrases: list[list[str]]) -> list[tuple[str, str]]:
    """Return the tables to ask with what to ask them, the strictest first."""
    whole = [" ".join(phrase) for phrase in phrases]
    attempts = [
        ("word", " AND ".join(f'"{phrase}"' for phrase in whole)),
        ("word", " AND ".join(f'"{phrase}"*' for phrase in whole)),
    ]
    if all(len(phrase) >= SHORTEST for phrase in whole):
        attempts.append(("piece", " AND ".join(f'"{phrase}"' for phrase in whole)))
    return attempts


def _rows(
    tables: sqlite3.Connection, table: str, wanted: str, kind: str, limit: int
) -> list[tuple[str, str, str, str, str, str]]:
    query = FIND.format(table=table, kind="AND document.kind = ?" if kind else "")
    return tables.execute(query, (wanted, *((kind,) if kind else ()), limit)).fetchall()
