"""The dataset: a named graph per article, and one each for entities, events, edges, runs, the ontology."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import Dataset, Literal, URIRef

from kg.graph.articles import article_graph
from kg.graph.edges import plain_edges
from kg.graph.entities import entities_of, entity_quads
from kg.graph.events import event_quads
from kg.graph.names import ONTOLOGY, Quad
from kg.graph.runs import Run, run_quads
from kg.model import Article, Claim, Entity, Event
from kg.ontology import scheme, terms


def dataset(
    articles: Iterable[Article],
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    events: Iterable[Event],
    run: Run,
) -> Dataset:
    """Return everything as one rdflib Dataset, the ontology with it.

    Entities that take part in claims need not be among ``entities``; where they are, their description there
    counts.
    Raises ValueError if a claim belongs to none of the articles.
    """
    found = Dataset()
    found.addN(
        (subject, predicate, term, found.graph(graph))
        for subject, predicate, term, graph in (
            *quads(articles, claims, entities, events, run),
            *ontology_quads(),
        )
    )
    return found


def quads(
    articles: Iterable[Article],
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    events: Iterable[Event],
    run: Run,
) -> Iterator[Quad]:
    """Yield everything but the ontology, article by article. Raises as ``dataset``."""
    every, happenings = list(claims), list(events)
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in every:
        by_article[claim.article].append(claim)
    for article in articles:
        yield from article_graph(article, by_article.pop(article.id, ()), run)
    if by_article:
        orphan = min(by_article)
        raise ValueError(f"claim {by_article[orphan][0].id} is of article {orphan!r}; give that article too")
    yield from run_quads(run)
    yield from entity_quads((entities_of(every) | {entity.id: entity for entity in entities}).values())
    yield from event_quads(happenings, every)
    yield from plain_edges(every, happenings)


def ontology_quads() -> Iterator[Quad]:
    """Yield classes, properties and event types, in the graph of the ontology. Raises nothing."""
    for graph in (terms(), scheme()):
        for subject, predicate, term in graph:
            assert isinstance(subject, URIRef) and isinstance(predicate, URIRef)
            assert isinstance(term, URIRef | Literal), "the ontology is written without blank nodes"
            yield subject, predicate, term, ONTOLOGY
