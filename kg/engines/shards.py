"""What workers do: read a few articles with an extractor that is made once."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import Final, TypeAlias

from kg.config import Settings
from kg.errors import KgError, ReadError
from kg.extract import Extractor, make_extractor
from kg.knowledge.entities import KnowledgeBase, using
from kg.knowledge.own import knowledge_of
from kg.model import Article
from kg.records import Entry
from kg.resolve import claims_of

Outcome: TypeAlias = Entry | ReadError
Shard: TypeAlias = tuple[Article, ...]

SIZE: Final = 4
"""Articles of a shard: about a second of reading, against milliseconds of handing over."""

AHEAD: Final = 2
"""Shards that each worker has before it, so that none waits."""

_lock: Final = Lock()


def claims_in(article: Article, extractor: Extractor) -> Outcome:
    """Return an article with its claims; where the extractor fails on it, a ReadError that says so.

    Raises TableError where a table is broken, which no other article would survive.
    """
    try:
        found = claims_of(extractor.read(article))
    except ReadError as error:
        return error
    except KgError:
        raise
    except Exception as error:  # whatever one article breaks must not cost the others
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        problem = f"{extractor.name} failed ({reason}); report this, the other articles are read"
        return ReadError(article.source or article.id, problem)
    return Entry(article, extractor.name, found.claims, found.rejected, found.unlinked)


def read_shard(settings: Settings, shard: Shard) -> list[Outcome]:
    """Return the outcomes of a shard, in the worker's process. Raises as ``claims_in``."""
    with _lock:  # a worker of Dask may have several threads, and an extractor need not bear them
        extractor, kb = worker_extractor(settings)
        with using(kb):
            return [claims_in(article, extractor) for article in shard]


@lru_cache(maxsize=1)
def worker_extractor(settings: Settings) -> tuple[Extractor, KnowledgeBase]:
    """Return the extractor of this process and what it knows, made once.

    Raises as ``make_extractor`` and ``knowledge_of``.
    """
    kb = knowledge_of(settings)
    with using(kb):
        return make_extractor(settings), kb


def shards_of(articles: Iterable[Article]) -> Iterator[Shard]:
    """Yield the articles in shards."""
    rest = iter(articles)
    while shard := tuple(islice(rest, SIZE)):
        yield shard


def died(article: Article) -> ReadError:
    """Return what is said of an article that nobody survives reading."""
    problem = "whoever reads it dies, twice now; report this, the other articles are read"
    return ReadError(article.source or article.id, problem)
