"""Index -> store: brings a store up to date with what a folder holds, and touches nothing else.

What waits is taken in portions, each one transaction, so that a small update is seen whole or not at all. A
portion that was interrupted is made again, with the same result: first the index is asked, then the store is
written, then the index notes it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg import graph
from kg.folder import Record
from kg.graph.names import EDGES, ENTITIES, EVENTS, ONTOLOGY, ROLLUP, RUNS, article_graph_iri, entity_iri
from kg.index import Index
from kg.index.content import (
    Happening,
    Happenings,
    done,
    entity,
    extractors,
    has_waiting,
    judged_buckets,
    place_of,
    waiting,
)
from kg.knowledge.judgements import Judgement
from kg.store import Change, Store

ARTICLES: Final = 400
"""Articles of a portion: about 150,000 quads, from which the bulk loader of an empty store pays."""

OTHERS: Final = 5_000
"""Buckets of events, and entities, of a portion."""

SHARED: Final = {"ontology": ONTOLOGY, "runs": RUNS}
"""Small graphs that are written whole, by the kind that waits for them."""


@dataclass(slots=True)
class Portion:
    """What one transaction writes, by graph. In the graph of events all about ``subjects`` goes before."""

    whole: dict[str, bytes] = field(default_factory=dict)
    entities: dict[str, bytes] = field(default_factory=dict)
    events: list[bytes] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)
    edges: set[str] = field(default_factory=set)

    def changes(self, index: Index) -> Iterator[Change]:
        """Yield the changes, each of one graph; what ``kg.rollup`` derived of the old content goes."""
        yield Change(graph=str(ROLLUP), whole=True, added=b"")
        for name, nquads in self.whole.items():
            yield Change(graph=name, whole=True, added=nquads)
        yield Change(graph=ENTITIES, subjects=tuple(self.entities), added=b"".join(self.entities.values()))
        yield Change(graph=EVENTS, subjects=tuple(sorted(self.subjects)), added=b"".join(self.events))
        kept = {edge for edge in self.edges if _stands(index, edge)}
        yield Change(graph=EDGES, removed=_lines(self.edges - kept), added=_lines(kept))


def update_store(index: Index, record: Record, store: Store, judgements: Sequence[Judgement] = ()) -> None:
    """Write to the store what waits in the index. Raises StoreError if the store takes it not.

    Buckets of events that reviewers judge, or judged before, are looked at each time: they are few.
    """
    buckets = sorted(set(judged_buckets(index, judgements).values()))
    for bucket in {*buckets, *filter(None, index.get("judged").split("\n"))}:
        index.wait("bucket", bucket)
    index.set("judged", "\n".join(buckets))
    if waiting(index, "store"):
        store.clear()
        done(index, "store", [""])
        index.set("empty", "yes")
        index.commit()
    while has_waiting(index):
        portion = Portion()
        for kind, name in SHARED.items():
            if waiting(index, kind):
                portion.whole[name] = _shared(index, kind)
                done(index, kind, [""])
        _articles(index, record, portion)
        _entities(index, portion)
        _events(index, portion, judgements)
        changes = portion.changes(index)
        if index.get("empty"):
            store.add_quads(b"".join(change.added for change in changes))
        else:
            store.change(changes)
        index.commit()
    if index.get("empty"):
        index.set("empty", "")
        index.commit()


def _shared(index: Index, kind: str) -> bytes:
    if kind == "ontology":
        return graph.nquads(graph.ontology_quads())
    runs = [graph.Run(version, extractor) for version, extractor in extractors(index)]
    return graph.nquads(quad for run in runs for quad in graph.run_quads(run))


def _articles(index: Index, record: Record, portion: Portion) -> None:
    ids = waiting(index, "article", ARTICLES)
    for id in ids:
        place = place_of(index, id)
        nquads = b""
        if place:
            entry = record.entry(place)
            run = graph.Run(entry.version, entry.extractor)
            nquads = graph.nquads(graph.article_graph(entry.article, entry.claims, run))
        portion.whole[article_graph_iri(id)] = nquads
    done(index, "article", ids)


def _entities(index: Index, portion: Portion) -> None:
    ids = waiting(index, "entity", OTHERS)
    for id in ids:
        found = entity(index, id)
        portion.entities[entity_iri(id)] = graph.nquads(graph.entity_quads([found] if found else []))
    done(index, "entity", ids)


def _events(index: Index, portion: Portion, judgements: Sequence[Judgement]) -> None:
    """First take away what is no event any more, of all buckets; only then add what is new.

    A claim may move from one bucket to another: were its new event written first, taking away the old one
    would take the claim's part in the new one too.
    """
    happenings = Happenings(index, judgements)
    buckets = waiting(index, "bucket", OTHERS)
    if index.get("empty"):
        for bucket in buckets:
            _add_new(index, bucket, happenings.of(bucket), portion)
        done(index, "bucket", buckets)
        return
    found: dict[str, list[Happening]] = defaultdict(list)
    for bucket in buckets:
        found[bucket] = list(happenings.of(bucket))
        _take_away(index, bucket, found[bucket], portion)
        index.wait("new in bucket", bucket)
    done(index, "bucket", buckets)
    if waiting(index, "bucket", 1):
        return
    for bucket in waiting(index, "new in bucket", OTHERS):
        _add_new(index, bucket, found.get(bucket) or list(happenings.of(bucket)), portion)
        done(index, "new in bucket", [bucket])


def _take_away(index: Index, bucket: str, found: Iterable[Happening], portion: Portion) -> None:
    now = {happening.event.id: happening.digest for happening in found}
    rows = index.tables.execute(
        "SELECT id, digest, subjects, edges FROM event WHERE bucket = ?", (bucket,)
    ).fetchall()
    for id, digest, subjects, edges in rows:
        if now.get(id) == digest:
            continue
        portion.subjects.update(subjects.split("\n"))
        index.tables.execute("DELETE FROM event WHERE bucket = ? AND id = ?", (bucket, id))
        for edge in filter(None, edges.split("\n")):
            portion.edges.add(edge)
            index.tables.execute("DELETE FROM edge WHERE quad = ? AND event = ?", (edge, f"{bucket} {id}"))


def _add_new(index: Index, bucket: str, found: Iterable[Happening], portion: Portion) -> None:
    known = {id for (id,) in index.tables.execute("SELECT id FROM event WHERE bucket = ?", (bucket,))}
    for happening in found:
        event, claims = happening.event, happening.claims
        if event.id in known:
            continue
        quads = list(graph.event_quads([event], claims))
        edges = graph.nquads(graph.plain_edges(claims, [event])).decode().splitlines()
        subjects = sorted({str(subject) for subject, *_ in quads})
        portion.subjects.update(subjects)
        portion.events.append(graph.nquads(quads))
        portion.edges.update(edges)
        index.tables.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?)",
            (bucket, event.id, happening.digest, "\n".join(subjects), "\n".join(edges)),
        )
        rows = [(edge, f"{bucket} {event.id}") for edge in edges]
        index.tables.executemany("INSERT INTO edge VALUES (?, ?)", rows)


def _stands(index: Index, edge: str) -> bool:
    return index.tables.execute("SELECT 1 FROM edge WHERE quad = ? LIMIT 1", (edge,)).fetchone() is not None


def _lines(quads: Iterable[str]) -> bytes:
    return "".join(f"{quad}\n" for quad in sorted(quads)).encode()
