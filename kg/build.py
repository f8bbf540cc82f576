"""The whole path: read -> extract -> resolve -> graph -> store -> view. Here the stages meet, and only here."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg import __version__, graph
from kg.config import Settings
from kg.errors import ReadError, StoreError
from kg.extract import Extractor, make_extractor
from kg.knowledge.entities import knowledge_base
from kg.model import Article, Claim, Entity, Event
from kg.query.table import FORMULA
from kg.read import Skipped, read_articles
from kg.records import article_of, article_record, claim_of, claim_record, dumps
from kg.resolve import claims_of, events_of
from kg.store import create_store, open_store
from kg.view import write_page

ARTICLES, CLAIMS = "articles.jsonl", "claims.jsonl"
TRIG, NQUADS, TABLE, PAGE = "graph.trig", "graph.nq", "claims.csv", "view.html"
Progress = Callable[[Article], None]


@dataclass
class Summary:
    """What a build did: counts, and what could not be read."""

    articles: int = 0
    new: int = 0
    claims: int = 0
    events: int = 0
    entities: int = 0
    rejected: int = 0
    unlinked: int = 0
    modalities: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    errors: list[ReadError] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True)
class Knowledge:
    """All articles, claims and events of a folder that ``kg build`` made."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities that take part in claims, speak or are places, by id."""
        found = graph.entities_of(self.claims)
        for id in [e.acts_for for e in found.values() if e.acts_for]:
            if id not in found and id in knowledge_base().records:
                found[id] = knowledge_base().entity(id)
        return tuple(found[id] for id in sorted(found))


def build(
    paths: Iterable[str | Path], out: str | Path, settings: Settings | None = None, *, progress: Progress | None = None
) -> Summary:
    """Read articles, and write store, graph, table and page to a folder; what it holds already stays.

    The bytes depend on the articles and settings alone, not on order, time or how often it runs. An article that
    cannot be read is reported in the summary and stops nothing. Raises StoreError, ExtractorError.
    """
    settings = settings or Settings()
    folder = Path(out)
    summary = Summary()
    known = {a.id: a for a in load(folder).articles} if (folder / ARTICLES).exists() else {}
    claims = {c.id: c for c in load(folder).claims} if known else {}
    extractor: Extractor | None = None
    for article in _articles(paths, settings, summary):
        extractor = extractor or make_extractor(settings.extractor)
        if known.get(article.id) != article or not _made_by(claims.values(), article, extractor):
            claims = {id: claim for id, claim in claims.items() if claim.article != article.id}
            claims.update((claim.id, claim) for claim in read_claims(article, extractor, summary))
            known[article.id] = article
            summary.new += 1
        if progress:
            progress(article)
    if not known:
        return summary
    knowledge = _knowledge(known.values(), claims.values())
    _write(folder, knowledge, settings)
    return _counted(summary, knowledge)


def read_claims(article: Article, extractor: Extractor, summary: Summary | None = None) -> tuple[Claim, ...]:
    """Return the claims of one article; counts of what was turned away go to the summary."""
    found = claims_of(extractor.read(article))
    if summary:
        summary.rejected += found.rejected
        summary.unlinked += found.unlinked
    return found.claims


def extract(paths: Iterable[str | Path], settings: Settings | None = None) -> Iterator[tuple[Article, Claim] | ReadError]:
    """Yield the claims of articles with their article, and what could not be read, in input order."""
    settings = settings or Settings()
    summary = Summary()
    extractor: Extractor | None = None
    for article in _articles(paths, settings, summary):
        extractor = extractor or make_extractor(settings.extractor)
        yield from ((article, claim) for claim in read_claims(article, extractor))
    yield from summary.errors


def load(folder: str | Path) -> Knowledge:
    """Return what a build wrote. Raises StoreError if the folder holds no build or a damaged one."""
    path = Path(folder)
    try:
        articles = [article_of(json.loads(line)) for line in _lines(path / ARTICLES)]
        claims = [claim_of(json.loads(line)) for line in _lines(path / CLAIMS)]
    except FileNotFoundError:
        raise StoreError(f"no build in {path}; make one with: kg build FILES -o {path}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: damaged ({error}); remove the folder and build it again") from None
    return _knowledge(articles, claims)


def _knowledge(articles: Iterable[Article], claims: Iterable[Claim]) -> Knowledge:
    by_id = {a.id: a for a in articles}
    ordered = tuple(sorted(claims, key=lambda c: (c.article, c.span, c.trigger, c.id)))
    return Knowledge(tuple(by_id[id] for id in sorted(by_id)), ordered, events_of(ordered, by_id))


def _articles(paths: Iterable[str | Path], settings: Settings, summary: Summary) -> Iterator[Article]:
    found = read_articles(
        paths, published=settings.published, language=settings.language, publisher=settings.publisher
    )
    for outcome in found:
        if isinstance(outcome, Article):
            yield outcome
        elif isinstance(outcome, ReadError):
            summary.errors.append(outcome)
        else:
            summary.skipped.append(outcome)


def _made_by(claims: Iterable[Claim], article: Article, extractor: Extractor) -> bool:
    return all(claim.extractor == extractor.name for claim in claims if claim.article == article.id)


def _write(folder: Path, knowledge: Knowledge, settings: Settings) -> None:
    """Write every file of a build; each is replaced whole, so that a broken run leaves the former one."""
    folder.mkdir(parents=True, exist_ok=True)
    run = graph.Run(__version__, f"{settings.extractor}@{__version__}")
    dataset = graph.dataset(knowledge.articles, knowledge.claims, knowledge.entities, knowledge.events, run)
    quads = graph.nquads(dataset)
    with create_store(folder) as store:
        for iri in store.graphs():
            store.replace_graph(iri, b"")
        store.add_quads(quads)
    replace_file(folder / NQUADS, quads)
    replace_file(folder / TRIG, graph.trig(dataset))
    replace_file(folder / ARTICLES, _jsonl(map(article_record, knowledge.articles)))
    replace_file(folder / CLAIMS, _jsonl(map(claim_record, knowledge.claims)))
    replace_file(folder / TABLE, claims_csv(knowledge).encode("utf-8-sig"))
    write_page(
        folder / PAGE, knowledge.claims, knowledge.entities, knowledge.articles, knowledge.events,
        language=settings.page_language,
    )  # fmt: skip


def claims_csv(knowledge: Knowledge) -> str:
    """Return one row a claim; texts that a spreadsheet would run begin with an apostrophe."""
    articles = {a.id: a for a in knowledge.articles}
    events = {id: event for event in knowledge.events for id in event.claims}
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(
        "date published article publisher type relation actor actor_state recipient recipient_state modality "
        "event_status place speakers confidence quote url".split()
    )
    for claim in knowledge.claims:
        article = articles[claim.article]
        row = (
            claim.time.start.isoformat() if claim.time else "",
            article.published.isoformat() if article.published else "",
            article.id, article.publisher, claim.type, claim.relation,
            claim.actor.entity.label("en"), claim.actor.state,
            claim.recipient.entity.label("en"), claim.recipient.state,
            claim.modality.value, events[claim.id].status.value,
            claim.place.label("en") if claim.place else "",
            " < ".join(speaker.entity.label("en") for speaker in claim.speakers),
            str(claim.confidence), claim.quote, article.url,
        )  # fmt: skip
        writer.writerow(f"'{cell}" if FORMULA.match(cell) else cell for cell in row)
    return file.getvalue()


def _counted(summary: Summary, knowledge: Knowledge) -> Summary:
    summary.articles = len(knowledge.articles)
    summary.claims = len(knowledge.claims)
    summary.events = len(knowledge.events)
    summary.entities = len(knowledge.entities)
    summary.modalities.update(claim.modality.value for claim in knowledge.claims)
    summary.types.update(claim.type for claim in knowledge.claims)
    return summary


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new one, never half of it."""
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(content)
    os.replace(draft, path)


def _jsonl(records: Iterable[dict[str, object]]) -> bytes:
    return "".join(dumps(record) + "\n" for record in records).encode("utf-8")


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


__all__ = ["Knowledge", "Settings", "Summary", "build", "extract", "load", "open_store", "read_claims"]
