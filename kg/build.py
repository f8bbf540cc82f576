"""The whole path: read -> extract -> resolve -> graph -> store -> view. Here the stages meet, and only here.

``kg.build(paths, folder)`` runs it too: the module can be called, so that it does not hide the function of
its name.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType

from kg.config import Settings
from kg.engines import claims_in, read_all
from kg.errors import ReadError, StoreError
from kg.extract import Extractor, make_extractor, spent_by
from kg.folder import ENTRIES, with_kept
from kg.knowledge.entities import using
from kg.knowledge.own import knowledge_of
from kg.model import Article
from kg.read import Outcome, read_articles
from kg.records import Entry, Withdrawal
from kg.results import Graph, Summary
from kg.store import check_format
from kg.writer import Writer

Paths = str | Path | Iterable[str | Path]
Progress = Callable[[Article], None]


def build(
    paths: Paths,
    out: str | Path,
    settings: Settings | None = None,
    *,
    server: str = "",
    progress: Progress | None = None,
) -> Graph:
    """Read articles, and write store, graph, table and page to a folder; what it holds already stays.

    The bytes depend on the articles and settings alone, not on order, time or how often it runs. Only
    articles that are new, have changed, or were read by another version of the extractor are read anew, and
    only what they touch is written. What cannot be read is reported in ``Graph.summary`` and stops nothing.
    An interrupted build goes on where it stopped when it is run again.

    ``server`` is the URL of a SPARQL server that keeps the graph in the folder's place; the folder remembers it.

    Raises StoreError for a damaged or locked folder, or one of another format, ExtractorError, TableError,
    OSError.
    """
    folder = Path(out)
    settings = with_kept(settings or Settings(), folder).with_answers_in(folder)
    check_format(folder)
    with using(knowledge_of(settings)):
        return _build(paths, folder, settings, server, progress)


def _build(paths: Paths, folder: Path, settings: Settings, server: str, progress: Progress | None) -> Graph:
    summary = Summary()
    articles = _articles(paths, settings, summary)
    first = next(articles, None)
    if first is None and not (folder / ENTRIES).is_file():
        return Graph(folder, summary)
    extractor = make_extractor(settings) if first else None
    with Writer(folder, settings, server=server) as writer:
        if first and extractor:
            for article, entry in _read_anew(chain([first], articles), extractor, settings, writer):
                if isinstance(entry, ReadError):
                    summary.errors.append(entry)
                    continue
                if entry:
                    writer.add(entry)
                    summary.new += 1
                summary.read += 1
                if progress:
                    progress(article)
        summary.spent = spent_by(extractor)
        return writer.finish(summary, page_language=settings.page_language, files=settings.files)


def withdraw(articles: Iterable[str], out: str | Path, settings: Settings | None = None) -> Graph:
    """Remove articles, by their ids, from a folder, with all that only they said.

    Raises StoreError if the folder holds no build or not every article, and then removes none; else as
    ``build``.
    """
    folder = Path(out)
    settings = with_kept(settings or Settings(), folder)
    if not (folder / ENTRIES).is_file():
        raise StoreError(f"no build in {folder}; name the folder that kg build -o made")
    ids = sorted(set(articles))
    with using(knowledge_of(settings)), Writer(folder, settings) as writer:
        for id in ids:
            if not writer.holds(id):
                raise StoreError(f"{folder} holds no article {id!r}; none was removed")
        for id in ids:
            writer.add(Withdrawal(id))
        return writer.finish(Summary(), page_language=settings.page_language, files=settings.files)


def extract(paths: Paths, settings: Settings | None = None) -> Iterator[Entry | ReadError]:
    """Yield each article with its claims, or what could not be read, in input order; nothing is written.

    Raises ExtractorError, TableError.
    """
    settings = (settings or Settings()).with_answers_in(Path())
    kb = knowledge_of(settings)
    extractor: Extractor | None = None
    for outcome in _read(paths, settings):
        if isinstance(outcome, Article):
            with using(kb):  # not around the yield: whoever reads the entries has a knowledge base of his own
                extractor = extractor or make_extractor(settings)
                entry = claims_in(outcome, extractor)
            yield entry
        elif isinstance(outcome, ReadError):
            yield outcome


def _read(paths: Paths, settings: Settings) -> Iterator[Outcome]:
    return read_articles(
        paths, published=settings.published, language=settings.language, publisher=settings.publisher
    )


def _articles(paths: Paths, settings: Settings, summary: Summary) -> Iterator[Article]:
    """Yield the articles; what is none goes to the summary."""
    for outcome in _read(paths, settings):
        if isinstance(outcome, Article):
            yield outcome
        elif isinstance(outcome, ReadError):
            summary.errors.append(outcome)
        else:
            summary.skipped.append(outcome)


def _read_anew(
    articles: Iterable[Article], extractor: Extractor, settings: Settings, writer: Writer
) -> Iterator[tuple[Article, Entry | ReadError | None]]:
    """Yield each article with its claims, or None where the folder holds what the extractor would read."""
    current: deque[Article] = deque()

    def outdated() -> Iterator[Article]:
        for article in articles:
            if writer.is_current(article, extractor.name):
                current.append(article)
            else:
                yield article

    for article, entry in read_all(outdated(), extractor, settings):
        yield article, entry
        while current:
            yield current.popleft(), None
    while current:
        yield current.popleft(), None


class _Build(ModuleType):
    """This module, made callable: importing ``kg.build`` sets ``kg.build`` to it, in the function's place."""

    __call__ = staticmethod(build)


sys.modules[__name__].__class__ = _Build
