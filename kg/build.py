"""The whole path: read -> extract -> resolve -> graph -> store -> view. Here the stages meet, and only here.

``kg.build(paths, folder)`` runs it too: the module can be called, so that it does not hide the function of
its name.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType

from kg import __version__, graph
from kg.config import Settings
from kg.errors import KgError, ReadError
from kg.extract import Extractor, make_extractor
from kg.files import replace_file
from kg.folder import (
    JUDGEMENTS,
    NQUADS,
    OWN,
    PAGE,
    TABLE,
    TRIG,
    add_entry,
    keep_judgements,
    read_entries,
    renew_store,
    write_entries,
)
from kg.knowledge.entities import KnowledgeBase, shipped, using
from kg.knowledge.own import merged, with_own
from kg.model import Article
from kg.read import Outcome, read_articles
from kg.records import Entry
from kg.resolve import claims_of
from kg.results import Graph, Summary
from kg.spreadsheet import claims_csv

Paths = str | Path | Iterable[str | Path]
Progress = Callable[[Article], None]


def build(
    paths: Paths, out: str | Path, settings: Settings | None = None, *, progress: Progress | None = None
) -> Graph:
    """Read articles, and write store, graph, table and page to a folder; what it holds already stays.

    The bytes depend on the articles and settings alone, not on order, time or how often it runs. Only
    articles that are new, have changed, or were read by another version of the extractor are read anew. What
    cannot be read is reported in ``Graph.summary`` and stops nothing. An interrupted build goes on where it
    stopped when it is run again.

    Raises StoreError for a damaged or locked folder, ExtractorError, TableError, OSError.
    """
    settings, folder = settings or Settings(), Path(out)
    if settings.judgements:
        keep_judgements(folder, settings.judgements)
    with using(knowledge_of(settings, folder)):
        return _build(paths, folder, settings, progress)


def _build(paths: Paths, folder: Path, settings: Settings, progress: Progress | None) -> Graph:
    entries, summary = read_entries(folder), Summary()
    extractor: Extractor | None = None
    for article in _articles(paths, settings, summary):
        extractor = extractor or make_extractor(settings.extractor)
        if not _is_current(entries.get(article.id), article, extractor):
            entry = claims_in(article, extractor)
            if isinstance(entry, ReadError):
                summary.errors.append(entry)
                continue
            add_entry(folder, entry)
            entries[article.id] = entry
            summary.new += 1
        summary.read += 1
        if progress:
            progress(article)
    built = Graph.of(folder, entries.values(), summary)
    if entries:
        _write(built, entries.values(), settings)
    return built


def extract(paths: Paths, settings: Settings | None = None) -> Iterator[Entry | ReadError]:
    """Yield each article with its claims, or what could not be read, in input order; nothing is written.

    Raises ExtractorError, TableError.
    """
    settings = settings or Settings()
    kb = knowledge_of(settings)
    extractor: Extractor | None = None
    for outcome in _read(paths, settings):
        if isinstance(outcome, Article):
            with using(kb):  # not around the yield: whoever reads the entries has a knowledge base of his own
                extractor = extractor or make_extractor(settings.extractor)
                entry = claims_in(outcome, extractor)
            yield entry
        elif isinstance(outcome, ReadError):
            yield outcome


def knowledge_of(settings: Settings, folder: Path | None = None) -> KnowledgeBase:
    """Return what is known beforehand: the shipped tables, the user's own, and reviewers' judgements.

    Where the settings name none, those that the folder keeps. Raises TableError, OSError.
    """
    kept = {name: folder / name for name in (OWN, JUDGEMENTS) if folder and (folder / name).is_file()}
    entities = settings.entities or tuple(kept[name] for name in (OWN,) if name in kept)
    return with_own(shipped(), entities, settings.judgements or kept.get(JUDGEMENTS))


def claims_in(article: Article, extractor: Extractor) -> Entry | ReadError:
    """Return an article with its claims; where the extractor fails on it, a ReadError that says so.

    Raises TableError where a table is broken, which no other article would survive.
    """
    try:
        found = claims_of(extractor.read(article))
    except KgError:
        raise
    except Exception as error:  # whatever one article breaks must not cost the others
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        problem = f"{extractor.name} failed ({reason}); report this, the other articles are read"
        return ReadError(article.source or article.id, problem)
    return Entry(article, extractor.name, found.claims, found.rejected, found.unlinked)


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


def _is_current(entry: Entry | None, article: Article, extractor: Extractor) -> bool:
    return entry is not None and entry.article == article and entry.extractor == extractor.name


def _write(built: Graph, entries: Iterable[Entry], settings: Settings) -> None:
    """Write every file; each is replaced whole, what the others are made of first."""
    write_entries(built.folder, entries)
    if settings.entities:
        replace_file(built.folder / OWN, merged(settings.entities))
    run = graph.Run(__version__, ", ".join(built.extractors))
    quads = [
        *graph.quads(built.articles, built.claims, built.entities, built.events, run),
        *graph.ontology_quads(),
    ]
    nquads = graph.nquads(quads)
    renew_store(built.folder, nquads)
    replace_file(built.folder / NQUADS, nquads)
    replace_file(built.folder / TRIG, graph.trig(quads))
    replace_file(built.folder / TABLE, claims_csv(built.claims, built.articles, built.events))
    built.view(built.folder / PAGE, language=settings.page_language)


class _Build(ModuleType):
    """This module, made callable: importing ``kg.build`` sets ``kg.build`` to it, in the function's place."""

    __call__ = staticmethod(build)


sys.modules[__name__].__class__ = _Build
