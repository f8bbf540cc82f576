"""Lines of the record -> tables: what an article brings or takes away, and what the store must show anew."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from kg.folder import ENTRIES, Place, Record, read_lines
from kg.index.entities import Entities
from kg.index.rows import article_row, claim_row, digest_of, entity_row, ids_in
from kg.index.tables import Index, Known, checksum
from kg.model import Claim
from kg.records import Entry, Withdrawal
from kg.resolve import bucket_of, entities_in

LINES: Final = 500
"""Lines of the record that are taken up at a time; so many entries are held in memory."""

Line = tuple[Place, Entry | Withdrawal]


def catch_up(index: Index, record: Record) -> None:
    """Take up the lines of the record that the index does not know. Raises StoreError for a damaged one."""
    path, known = index.folder / ENTRIES, index.known
    lines = read_lines(index.folder, known.size, known.lines + 1)
    while chunk := list(islice(lines, LINES)):
        _take_up(index, record, chunk)
        size, count = chunk[-1][0].end, known.lines + len(chunk)
        status = path.stat()
        written = status.st_mtime_ns if status.st_size == size else 0
        known = Known(size, count, checksum(path, size, known.size, known.checksum), written)
        index.known = known
        index.commit()


def _take_up(index: Index, record: Record, lines: Iterable[Line]) -> None:
    """Change the tables by some lines: what entities are said to be first, since buckets depend on it."""
    last = {
        line.article if isinstance(line, Withdrawal) else line.article.id: (at, line) for at, line in lines
    }
    entities = Entities(index)
    added: list[tuple[int, Entry]] = []
    for id, (place, line) in last.items():
        _remove(index, record, id, entities)
        if isinstance(line, Entry):
            added.append((_add(index, place, line, entities), line))
        index.wait("article", id)
        index.wait("runs")
    changed = entities.settle()
    _sort_again(index, entities, changed, without={number for number, _ in added})
    for number, entry in added:
        for claim in entry.claims:
            _put(index, number, claim_row(claim), entities.described(claim), claim.id)


def _add(index: Index, place: Place, entry: Entry, entities: Entities) -> int:
    """Add an article without its claims, and return its number."""
    article = entry.article
    number = index.tables.execute(
        "INSERT INTO article (id, start, length, digest, version, extractor, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (article.id, place.start, place.length, digest_of(article, entry.extractor), entry.version,
         entry.extractor, article_row(article)),
    ).lastrowid  # fmt: skip
    assert number is not None, "an insertion has a number"
    for id, row in _descriptions(entry):
        entities.describe(id, row, 1)
    index.tables.executemany(
        "INSERT INTO mention VALUES (?, ?)", [(id, number) for id in sorted(_entity_ids(entry))]
    )
    _count(index, entry, 1)
    return number


def _remove(index: Index, record: Record, id: str, entities: Entities) -> None:
    """Remove what is known of an article."""
    row = index.tables.execute("SELECT number, start, length FROM article WHERE id = ?", (id,)).fetchone()
    if row is None:
        return
    number, entry = row[0], record.entry(Place(row[1], row[2]))
    for entity, description in _descriptions(entry):
        entities.describe(entity, description, -1)
    index.tables.executemany(
        "DELETE FROM mention WHERE entity = ? AND article = ?",
        [(entity, number) for entity in _entity_ids(entry)],
    )
    for (bucket,) in index.tables.execute("SELECT DISTINCT bucket FROM claim WHERE article = ?", (number,)):
        index.wait("bucket", bucket)
    index.tables.execute("DELETE FROM claim WHERE article = ?", (number,))
    index.tables.execute("DELETE FROM article WHERE number = ?", (number,))
    _count(index, entry, -1)


def _sort_again(index: Index, entities: Entities, changed: set[str], *, without: set[int]) -> None:
    """Put the claims on entities whose description has changed into the buckets where they now belong."""
    numbers: set[int] = set()
    for id in changed:
        numbers.update(
            n for (n,) in index.tables.execute("SELECT article FROM mention WHERE entity = ?", (id,))
        )
    for number in sorted(numbers - without):
        found = index.tables.execute("SELECT bucket, id, data FROM claim WHERE article = ?", (number,))
        for bucket, id, row in found.fetchall():
            if ids_in(row) & changed:
                index.wait("bucket", bucket)
                index.tables.execute(
                    "DELETE FROM claim WHERE bucket = ? AND id = ? AND article = ?", (bucket, id, number)
                )
                _put(index, number, row, entities.claim_in(row), id)


def _put(index: Index, number: int, row: str, claim: Claim, id: str) -> None:
    bucket = bucket_of(claim)
    index.tables.execute(  # no REPLACE: it takes the old row away without telling the trigger that counts
        "INSERT INTO claim VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data",
        (bucket, id, number, row),
    )
    index.wait("bucket", bucket)


def _descriptions(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield id and row of every description of an entity in an article, each once."""
    found = {entity for claim in entry.claims for entity in entities_in(claim)}
    yield from sorted((entity.id, entity_row(entity)) for entity in found)


def _entity_ids(entry: Entry) -> set[str]:
    return {entity.id for claim in entry.claims for entity in entities_in(claim)}


def _count(index: Index, entry: Entry, sign: int) -> None:
    modalities = Counter(f"modality {claim.modality.value}" for claim in entry.claims)
    turned_away = {"rejected": entry.rejected, "unlinked": entry.unlinked}
    for name, count in {**modalities, **turned_away}.items():
        if count:
            index.count(name, sign * count)
