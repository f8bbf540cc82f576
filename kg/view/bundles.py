"""Claims as a network on two levels: nodes, and edges that bundle claims of a relation and modality. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.model import Claim, Entity, Kind, Modality, Role
from kg.ontology import relation_types
from kg.view.palette import Family, family_of

Level = Literal["actor", "state"]
Ends = tuple[str, str]  # ids of the two nodes of a claim

LEVELS: Final[tuple[Level, ...]] = ("actor", "state")
LANGUAGES: Final = ("de", "en")
BEND: Final = 0.16  # curvature between parallel edges; 300 pixels long, their middles are 22 apart
WIDEST: Final = 0.55  # curvature of the outermost; beyond it vis-network's arcs turn into loops


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, or on the state level whom the actors count for. ``weight`` is its number of claims."""

    id: str
    level: Level
    labels: dict[str, str]
    kind: str
    code: str
    weight: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """The claims of one relation and modality between two nodes, drawn as one edge.

    ``bend`` is a signed curvature, distinct among the edges of a pair (of a loop: its place among the loops);
    ``claims`` are places in the sequence of claims.
    """

    id: str
    level: Level
    source: str
    target: str
    relation: str
    family: Family
    symmetric: bool
    modality: Modality
    claims: tuple[int, ...]
    bend: float


def code_of(role: Role) -> str:
    """Return the code that a role counts for, or ""."""
    return role.state or role.entity.iso3 or role.entity.code


def labels_of(entity: Entity) -> dict[str, str]:
    """Return the labels of an entity in the languages of the page."""
    return {language: entity.label(language) for language in LANGUAGES}


def is_symmetric(relation: str) -> bool:
    """Tell whether a relation has no direction; an unknown one has."""
    known = relation_types().get(relation)
    return known is not None and known.symmetric


def actor_nodes(claims: Sequence[Claim]) -> tuple[list[Node], list[Ends]]:
    """Return a node for each actor, with the code it counts for most often, and the ends of each claim."""
    roles = [role for claim in claims for role in (claim.actor, claim.recipient)]
    known = {role.entity.id: role.entity for role in roles}
    ids = {id: f"a{number}" for number, id in enumerate(sorted(known))}
    weights = Counter(role.entity.id for role in roles)
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    for role in roles:
        codes[role.entity.id][code_of(role)] += 1
    nodes = []
    for id in sorted(known):
        code = min(codes[id].items(), key=lambda item: (-item[1], item[0]))[0]
        nodes.append(Node(ids[id], "actor", labels_of(known[id]), known[id].kind.value, code, weights[id]))
    return nodes, [(ids[claim.actor.entity.id], ids[claim.recipient.entity.id]) for claim in claims]


def state_nodes(claims: Sequence[Claim], entities: Iterable[Entity]) -> tuple[list[Node], list[Ends]]:
    """Return a node for each code that actors count for, and the ends of each claim.

    An actor that counts for nobody stays itself. Who takes part names a code, else the first of ``entities``.
    """
    roles = [role for claim in claims for role in (claim.actor, claim.recipient)]
    named: dict[str, Entity] = {}
    for known in (*(role.entity for role in roles), *entities):  # Germany before West Germany, also DEU
        for code in () if known.acts_for else (known.iso3, known.code):
            named.setdefault(code, known)
    lone = {role.entity.id: role.entity for role in roles if not code_of(role)}
    codes = {code_of(role) for role in roles} - {""}
    ids = {key: f"s{number}" for number, key in enumerate([*sorted(codes), *sorted(lone)])}
    weights = Counter(ids[code_of(role) or role.entity.id] for role in roles)
    nodes = []
    for key, id in ids.items():
        entity = named.get(key) if key in codes else lone[key]
        labels = labels_of(entity) if entity else dict.fromkeys(LANGUAGES, key)
        kind = entity.kind if entity else Kind.STATE
        nodes.append(Node(id, "state", labels, kind.value, key if key in codes else "", weights[id]))

    def end(role: Role) -> str:
        return ids[code_of(role) or role.entity.id]

    return nodes, [(end(claim.actor), end(claim.recipient)) for claim in claims]


def bundles_of(claims: Sequence[Claim], ends: Sequence[Ends], level: Level) -> list[Bundle]:
    """Bundle claims between the same nodes by relation and modality, and fan the bundles of a pair out."""
    groups: dict[tuple[str, str, str, Modality], list[int]] = defaultdict(list)
    for number, (claim, (actor, recipient)) in enumerate(zip(claims, ends, strict=True)):
        turn = is_symmetric(claim.relation) and recipient < actor
        source, target = (recipient, actor) if turn else (actor, recipient)
        groups[source, target, claim.relation, claim.modality].append(number)
    fans: dict[Ends, list[tuple[str, str, str, Modality]]] = defaultdict(list)
    for key in sorted(groups):
        fans[min(key[:2]), max(key[:2])].append(key)
    bundles: list[Bundle] = []
    for fan in fans.values():
        for place, key in enumerate(fan):
            source, target, relation, modality = key
            bundles.append(
                Bundle(
                    id=f"{level[0]}e{len(bundles)}",
                    level=level,
                    source=source,
                    target=target,
                    relation=relation,
                    family=family_of(relation, claims[groups[key][0]].type),
                    symmetric=is_symmetric(relation),
                    modality=modality,
                    claims=tuple(groups[key]),
                    bend=_bend(place, len(fan), source, target),
                )
            )
    return bundles


def _bend(place: int, size: int, source: str, target: str) -> float:
    """Return the curvature of an edge in a fan, as seen from its source."""
    if source == target:
        return float(place)
    step = min(BEND, 2 * WIDEST / max(size - 1, 1))
    return round((place - (size - 1) / 2) * step * (1 if source < target else -1), 3)
