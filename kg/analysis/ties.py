"""Claims as ties between actors or states: what all analyses count.

What they count are *happenings*: a meeting that five outlets report is one. Claims of one event are one
happening; a claim that belongs to none is its own.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeVar

import networkx as nx

from kg.model import Claim, Entity, Kind, Role
from kg.ontology import COOPERATION, relation_types
from kg.selection import ACTUAL, Claims, Selection, code_of, days_of, select

Level = Literal["actor", "state"]
Key = TypeVar("Key")

CONFLICT: Final = ("verbalConflict", "materialConflict")
QUADS: Final = (*COOPERATION, *CONFLICT)
"""The quad classes of PLOVER: verbal or material, cooperation or conflict."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who ties are between. ``id`` is that of an entity, or the code that actors count for."""

    id: str
    name: str
    kind: str
    state: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The columns that name it, see ``tables.WHO``."""
        return self.id, self.name, self.kind, self.state


@dataclass(frozen=True, slots=True)
class Tie:
    """A claim between two actors. ``happening`` is the id of its event, ``day`` None where none is known."""

    source: str
    target: str
    relation: str
    quad: str
    happening: str
    day: date | None

    @property
    def pair(self) -> tuple[str, str]:
        """Its two ends, in order."""
        return min(self.source, self.target), max(self.source, self.target)


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties of a selection, and by id, in their order, the actors at their ends."""

    actors: Mapping[str, Actor]
    ties: tuple[Tie, ...]

    def network(self, quads: Iterable[str] = QUADS) -> "nx.Graph[str]":
        """Return actors and, between those with ties of these quad classes, edges with ``events``.

        ``events`` is how many happenings tie the two. Nodes and edges are in the order of their ids.
        """
        wanted = frozenset(quads)
        counts = self.happenings(lambda tie: tie.pair, wanted)
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self.actors)
        graph.add_edges_from((*pair, {"events": counts[pair]}) for pair in sorted(counts))
        return graph

    def happenings(self, key: Callable[[Tie], Key], quads: Iterable[str] = QUADS) -> Counter[Key]:
        """Count the happenings of each key that ties of these quad classes have."""
        wanted = frozenset(quads)
        seen: dict[Key, set[str]] = defaultdict(set)
        for tie in self.ties:
            if tie.quad in wanted:
                seen[key(tie)].add(tie.happening)
        return Counter({one: len(happenings) for one, happenings in seen.items()})


def ties_of(
    source: Claims, selection: Selection = ACTUAL, *, level: Level = "state", language: str = "en"
) -> Ties:
    """Return the ties of the chosen claims; those of an actor to itself are left out.

    On the level "state", actors stand for the state or organisation that they count for, and who counts for
    none stays itself. Nameless groups that count for nobody ("officials") are left out on both levels: those of
    two articles are hardly the same, and would tie together what has nothing to do with each other.

    Raises SelectionError as ``kg.selection.select``, ValueError for another level.
    """
    if level not in ("actor", "state"):
        raise ValueError(f"the level is actor or state, got {level!r}")
    chosen = select(source, selection)
    known = {entity.id: entity for entity in source.entities}
    naming = _by_code(known.values())
    event_of = {claim: event.id for event in source.events for claim in event.claims}
    published = {article.id: article.published for article in source.articles}
    actors: dict[str, Actor] = {}
    ties = []
    for claim in chosen:
        if any(map(_is_nameless, (claim.actor, claim.recipient))):
            continue
        ends = [_actor(role, known, naming, level, language) for role in (claim.actor, claim.recipient)]
        if ends[0].id == ends[1].id:
            continue
        for actor in ends:
            actors.setdefault(actor.id, actor)
        days = days_of(claim, published.get(claim.article))
        happening = event_of.get(claim.id, claim.id)
        ties.append(
            Tie(ends[0].id, ends[1].id, claim.relation, _quad(claim), happening, days[0] if days else None)
        )
    return Ties({id: actors[id] for id in sorted(actors)}, tuple(ties))


def _is_nameless(role: Role) -> bool:
    return role.entity.kind is Kind.GROUP and not role.entity.wikidata and not code_of(role)


def _quad(claim: Claim) -> str:
    known = relation_types().get(claim.relation)
    return known.quad if known else ""


def _by_code(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Return the entity that each code belongs to: the first that acts for nobody else."""
    found: dict[str, Entity] = {}
    for entity in sorted(entities, key=lambda entity: entity.id):
        for code in () if entity.acts_for else (entity.iso3, entity.code):
            found.setdefault(code, entity)
    return found


def _actor(
    role: Role, known: Mapping[str, Entity], naming: Mapping[str, Entity], level: Level, language: str
) -> Actor:
    entity, code = known.get(role.entity.id, role.entity), code_of(role)
    if level == "actor" or not code:
        return Actor(entity.id, entity.label(language), entity.kind.value, code)
    named = naming.get(code)
    if named is None:
        return Actor(code, code, "state", code)
    return Actor(code, named.label(language), named.kind.value, code)
