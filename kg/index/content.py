"""What the index holds, asked by those who bring a store up to date, and by those who count."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from kg.folder import Place
from kg.index.entities import Entities
from kg.index.rows import article_in, digest_of, entity_in
from kg.index.tables import Index
from kg.knowledge.judgements import Judgement
from kg.model import Article, Claim, Entity, Event
from kg.resolve import events_of_bucket, joined_buckets


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with the claims that report it. ``digest`` differs where anything about them does."""

    event: Event
    claims: tuple[Claim, ...]
    digest: str


def is_current(index: Index, article: Article, extractor: str) -> bool:
    """Tell whether an article is known as it is, read by this extractor."""
    row = index.tables.execute("SELECT digest FROM article WHERE id = ?", (article.id,)).fetchone()
    return row is not None and row[0] == digest_of(article, extractor)


def place_of(index: Index, article: str) -> Place | None:
    """Return where an article stands in the record, None if the folder does not hold it."""
    row = index.tables.execute("SELECT start, length FROM article WHERE id = ?", (article,)).fetchone()
    return Place(*row) if row else None


def extractors(index: Index) -> list[tuple[str, str]]:
    """Return version of diplokg and extractor of all that was read, in order."""
    found = index.tables.execute(
        "SELECT DISTINCT version, extractor FROM article ORDER BY version, extractor"
    )
    return found.fetchall()


def waiting(index: Index, kind: str, limit: int = -1) -> list[str]:
    """Return keys of one kind that the store does not show yet, in order."""
    rows = index.tables.execute("SELECT key FROM waiting WHERE kind = ? ORDER BY key LIMIT ?", (kind, limit))
    return [key for (key,) in rows]


def has_waiting(index: Index) -> bool:
    """Tell whether there is anything that the store does not show yet."""
    return index.tables.execute("SELECT 1 FROM waiting LIMIT 1").fetchone() is not None


def done(index: Index, kind: str, keys: Iterable[str]) -> None:
    """Note that the store shows these."""
    rows = [(kind, key) for key in keys]
    index.tables.executemany("DELETE FROM waiting WHERE kind = ? AND key = ?", rows)


def entity(index: Index, id: str) -> Entity | None:
    """Return an entity, None if it is not there."""
    row = index.tables.execute("SELECT data FROM entity WHERE id = ?", (id,)).fetchone()
    return entity_in(row[0]) if row else None


def judged_claims(index: Index, judgements: Iterable[Judgement]) -> dict[str, tuple[str, str]]:
    """Return bucket and row of the judged claims that are there, by id."""
    found = {}
    for id in sorted({id for one in judgements for id in (one.left, one.right)}):
        row = index.tables.execute("SELECT bucket, data FROM claim WHERE id = ?", (id,)).fetchone()
        if row:
            found[id] = (row[0], row[1])
    return found


def judged_buckets(index: Index, judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return the buckets of the judged claims that are there."""
    return {id: bucket for id, (bucket, _) in judged_claims(index, judgements).items()}


CLAIMS_OF_BUCKET: Final = """
SELECT claim.id, claim.data, article.number, article.data FROM claim JOIN article ON article.number = claim.article
WHERE bucket = ? ORDER BY claim.id, article.number
"""


class Happenings:
    """Finds the events of buckets, as reviewers judge them."""

    def __init__(self, index: Index, judgements: Sequence[Judgement] = ()) -> None:
        self._tables, self._entities = index.tables, Entities(index)
        self._articles: dict[int, Article] = {}
        self._judgements = judgements
        self._heads = joined_buckets(judgements, judged_buckets(index, judgements))

    def of(self, bucket: str) -> Iterator[Happening]:
        """Yield the events of all claims in a bucket; those of joined ones belong to the first of them."""
        if self._heads.get(bucket, bucket) != bucket:
            return
        rows = []
        for member in {bucket, *(other for other, head in self._heads.items() if head == bucket)}:
            rows += self._tables.execute(CLAIMS_OF_BUCKET, (member,)).fetchall()
        claims = {id: self._entities.claim_in(row) for id, row, _, _ in rows}
        contents = {id: row for id, row, _, _ in rows}
        articles = (self._article(number, row) for _, _, number, row in rows)
        published = {article.id: article.published for article in articles}
        for event in events_of_bucket(claims.values(), published, self._judgements):
            content = "\n".join([repr(event), *(contents[id] for id in event.claims)])
            digest = sha256(content.encode()).hexdigest()[:16]
            yield Happening(event, tuple(claims[id] for id in event.claims), digest)

    def _article(self, number: int, row: str) -> Article:
        if number not in self._articles:
            self._articles[number] = article_in(row)
        return self._articles[number]
