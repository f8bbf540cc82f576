"""One description for one entity: what an article leaves out of a person, another one may say."""

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Claim, Entity, Kind, Role


def harmonised(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims with the fullest description of every entity in all of them, whatever their order."""
    known: dict[str, Entity] = {}
    every = tuple(claims)
    for claim in every:
        for entity in _entities(claim):
            if entity.id not in known or _fullness(entity) > _fullness(known[entity.id]):
                known[entity.id] = entity
    return tuple(_with(claim, known) for claim in every)


def _entities(claim: Claim) -> list[Entity]:
    roles = (claim.actor, claim.recipient, *claim.speakers)
    return [role.entity for role in roles] + ([claim.place] if claim.place else [])


def _fullness(entity: Entity) -> tuple[bool, bool, bool, str]:
    """Order descriptions of one entity: with a state first, a state before a mere name, then by wording."""
    return (bool(entity.acts_for), entity.kind is Kind.STATE, bool(entity.description), repr(entity))


def _with(claim: Claim, known: dict[str, Entity]) -> Claim:
    def role(own: Role) -> Role:
        return replace(own, entity=known[own.entity.id])

    return replace(
        claim,
        actor=role(claim.actor),
        recipient=role(claim.recipient),
        speakers=tuple(map(role, claim.speakers)),
        place=known[claim.place.id] if claim.place else None,
    )
