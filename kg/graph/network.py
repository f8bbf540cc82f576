"""Claims as a networkx multigraph, one edge per claim, for measures, pictures and exports.

All attributes are strings, numbers and truth values, so that GraphML and GEXF can hold them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

import networkx as nx

from kg.graph.entities import entities_of
from kg.model import Article, Claim, Entity, Event
from kg.ontology import relation_types

Attributes: TypeAlias = dict[str, str | int | float | bool]

NODE_ATTRIBUTES: Final[dict[str, type]] = {
    "label": str, "kind": str, "state": str, "iso3": str, "cow": str, "wikidata": str, "claims": int,
}  # fmt: skip
EDGE_ATTRIBUTES: Final[dict[str, type]] = {
    "claim": str, "label": str, "relation": str, "root": str, "quad": str, "symmetric": bool,
    "modality": str, "status": str, "event": str, "date": str, "last_day": str, "place": str, "speakers": str,
    "confidence": float, "article": str, "publisher": str, "published": str, "url": str, "quote": str,
}  # fmt: skip
"""Names and types of what nodes and edges have, in this order."""


def to_networkx(
    claims: Iterable[Claim],
    entities: Iterable[Entity] = (),
    articles: Iterable[Article] = (),
    events: Iterable[Event] = (),
    *,
    language: str = "en",
) -> "nx.MultiDiGraph[str]":
    """Return actors and recipients as nodes (by entity id) and claims as edges (by claim id), both sorted.

    Nodes have ``label`` (in ``language``), ``kind``, ``state``, ``iso3``, ``cow``, ``wikidata`` and ``claims``, in
    how many they take part. Edges have ``claim``, ``label`` (of the relation, in ``language``), ``relation``,
    ``root`` (PLOVER), ``quad`` (class), ``symmetric``, ``modality``, ``event`` and its ``status``, ``date`` and
    ``last_day`` (ISO 8601), ``place``, ``speakers`` (outermost first, as "Reuters ← two
    officials"; "" is the narrator), ``confidence``, ``article``, ``publisher``, ``published``, ``url``, ``quote``. What
    is not known is "". Claims of every modality are there: filter them. Descriptions in ``entities`` count
    before those of the claims. Raises nothing.
    """
    every = sorted(claims, key=lambda claim: claim.id)
    known = entities_of(every) | {entity.id: entity for entity in entities}
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for id, attributes in node_attributes(every, known, language=language):
        network.add_node(id, **attributes)
    for claim, attributes in edge_attributes(every, known, articles, events, language=language):
        network.add_edge(claim.actor.entity.id, claim.recipient.entity.id, claim.id)
        network.edges[claim.actor.entity.id, claim.recipient.entity.id, claim.id].update(attributes)
    return network


def node_attributes(
    claims: Iterable[Claim], known: Mapping[str, Entity], *, language: str
) -> Iterator[tuple[str, Attributes]]:
    """Yield id and attributes of each actor, sorted. ``known`` describes all of them. Raises KeyError if not."""
    every = list(claims)
    roles = {role.entity.id: role for claim in reversed(every) for role in (claim.recipient, claim.actor)}
    counts = Counter(id for claim in every for id in {claim.actor.entity.id, claim.recipient.entity.id})
    for id in sorted(roles):
        entity = known[id]
        yield (
            id,
            {
                "label": entity.label(language),
                "kind": entity.kind.value,
                "state": state_of(entity, known) or roles[id].state,
                "iso3": entity.iso3,
                "cow": entity.cow,
                "wikidata": entity.wikidata,
                "claims": counts[id],
            },
        )


def edge_attributes(
    claims: Iterable[Claim],
    known: Mapping[str, Entity],
    articles: Iterable[Article],
    events: Iterable[Event],
    *,
    language: str,
) -> Iterator[tuple[Claim, Attributes]]:
    """Yield each claim with its attributes as an edge. Raises KeyError if ``known`` lacks who takes part."""
    article_of = {article.id: article for article in articles}
    event_of = {id: event for event in events for id in event.claims}
    for claim in claims:
        article, event = article_of.get(claim.article), event_of.get(claim.id)
        relation = relation_types().get(claim.relation)
        labels = relation.labels if relation else {}
        yield (
            claim,
            {
                "claim": claim.id,
                "label": labels.get(language) or claim.relation,
                "relation": claim.relation,
                "root": claim.type,
                "quad": relation.quad if relation else "",
                "symmetric": relation is not None and relation.symmetric,
                "modality": claim.modality.value,
                "status": event.status.value if event else "",
                "event": event.id if event else "",
                "date": claim.time.start.isoformat() if claim.time else "",
                "last_day": claim.time.end.isoformat() if claim.time else "",
                "place": known.get(claim.place.id, claim.place).label(language) if claim.place else "",
                "speakers": claim.said_by(lambda e: known[e.id].label(language), " ← ", outermost_first=True),
                "confidence": claim.confidence,
                "article": claim.article,
                "publisher": article.publisher if article else "",
                "published": article.published.isoformat() if article and article.published else "",
                "url": article.url if article else "",
                "quote": claim.quote,
            },
        )


def state_of(entity: Entity, known: Mapping[str, Entity]) -> str:
    """Return the code an entity counts for: its own, or that of whom it acts for; "" where it has none."""
    seen: set[str] = set()
    while entity.acts_for in known and entity.id not in seen:
        seen.add(entity.id)
        entity = known[entity.acts_for]
    return entity.iso3 or entity.code
