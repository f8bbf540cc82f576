"""Claims as a networkx multigraph, one edge per claim, for measures and pictures.

All attributes are strings and numbers, so that GraphML and GEXF can hold them.
"""

from collections.abc import Iterable, Mapping

import networkx as nx

from kg.graph.entities import entities_of
from kg.model import Claim, Entity, Role


def to_networkx(
    claims: Iterable[Claim], entities: Iterable[Entity] = (), *, language: str = "en"
) -> "nx.MultiDiGraph[str]":
    """Return actors and recipients as nodes (by entity id) and claims as edges (by claim id), both sorted.

    Nodes have ``label`` (in ``language``), ``kind`` and ``state``. Edges have ``claim``, ``relation``,
    ``type``, ``modality``, ``date`` (first day, ISO 8601, or ""), ``article``, ``quote``, ``speakers``
    (outermost first, as "Reuters ← two officials"; "" is the narrator) and ``confidence``. Claims of every
    modality are there: filter them. Descriptions in ``entities`` count before those of the claims. Raises
    nothing.
    """
    every = sorted(claims, key=lambda claim: claim.id)
    known = entities_of(every) | {entity.id: entity for entity in entities}
    roles = {role.entity.id: role for claim in reversed(every) for role in (claim.recipient, claim.actor)}
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for id in sorted(roles):
        entity = known[id]
        state = state_of(entity, known) or roles[id].state
        network.add_node(id, label=entity.label(language), kind=entity.kind.value, state=state)
    for claim in every:
        network.add_edge(
            claim.actor.entity.id,
            claim.recipient.entity.id,
            key=claim.id,
            claim=claim.id,
            relation=claim.relation,
            type=claim.type,
            modality=claim.modality.value,
            date=claim.time.start.isoformat() if claim.time else "",
            article=claim.article,
            quote=claim.quote,
            speakers=_chain(claim.speakers, known, language),
            confidence=claim.confidence,
        )
    return network


def state_of(entity: Entity, known: Mapping[str, Entity]) -> str:
    """Return the code an entity counts for: its own, or that of whom it acts for; "" where it has none."""
    seen: set[str] = set()
    while entity.acts_for in known and entity.id not in seen:
        seen.add(entity.id)
        entity = known[entity.acts_for]
    return entity.iso3 or entity.code


def _chain(speakers: tuple[Role, ...], known: Mapping[str, Entity], language: str) -> str:
    return " ← ".join(known[speaker.entity.id].label(language) for speaker in reversed(speakers))
