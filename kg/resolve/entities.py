"""One description for one entity: what an article leaves out of a person, another one may say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.model import Claim, Entity, Kind, Role


def harmonised(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims with the fullest description of every entity in all of them, whatever their order."""
    known: dict[str, set[Entity]] = defaultdict(set)
    every = tuple(claims)
    for claim in every:
        for entity in entities_in(claim):
            known[entity.id].add(entity)
    best = {id: fullest(descriptions) for id, descriptions in known.items()}
    return tuple(described(claim, best) for claim in every)


def fullest(descriptions: Iterable[Entity]) -> Entity:
    """Return the fullest description of one entity. Raises ValueError if there is none."""
    return max(descriptions, key=_fullness)


def entities_in(claim: Claim) -> list[Entity]:
    """Return the entities of a claim as it describes them: actor, recipient, speakers, place."""
    roles = (claim.actor, claim.recipient, *claim.speakers)
    return [role.entity for role in roles] + ([claim.place] if claim.place else [])


def _fullness(entity: Entity) -> tuple[bool, bool, bool, str]:
    """Order descriptions of one entity: with a state first, a state before a mere name, then by wording."""
    return (bool(entity.acts_for), entity.kind is Kind.STATE, bool(entity.description), repr(entity))


def described(claim: Claim, known: Mapping[str, Entity]) -> Claim:
    """Return a claim with the descriptions of ``known``. Raises KeyError for an entity that is not there."""

    def role(own: Role) -> Role:
        return replace(own, entity=known[own.entity.id])

    return replace(
        claim,
        actor=role(claim.actor),
        recipient=role(claim.recipient),
        speakers=tuple(map(role, claim.speakers)),
        place=known[claim.place.id] if claim.place else None,
    )
