"""Statements -> claims: entities in the roles, days for the times, and the evidence gate."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.model import (
    LEARNED,
    OBLIGATION,
    STANDINGS,
    Claim,
    Entity,
    Interval,
    Kind,
    Mention,
    Modality,
    Reading,
    Role,
    Statement,
)
from kg.ontology import GENERAL, relation_types
from kg.resolve.linking import ArticleLinker
from kg.resolve.linking.mentions import TO_PLACES
from kg.resolve.times import interval_of

_AHEAD = frozenset({Modality.PLANNED, Modality.POSSIBLE, Modality.CONDITIONAL})
_PARTIES = frozenset({Kind.STATE, Kind.PERSON, Kind.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of an article, and how many statements the evidence gate and the linker turned away."""

    claims: tuple[Claim, ...]
    rejected: int = 0
    unlinked: int = 0


def claims_of(reading: Reading) -> Claims:
    """Return the claims of a reading in text order, each act once: the best told of equal ones is kept."""
    linker = ArticleLinker(reading)
    best: dict[tuple[str, ...], Claim] = {}
    rejected, unlinked = reading.rejected, 0
    last: tuple[Entity, Entity] | None = None
    for statement in reading.statements:
        if not _verbatim(statement, reading):
            rejected += 1
            continue
        found = list(_claims(statement, reading, linker, last))
        last = _pair(found) or last
        unlinked += not found
        for claim in found:
            key = _same_act(claim)
            if key not in best or claim.confidence > best[key].confidence:
                best[key] = claim
    ordered = sorted(_new_acts(best.values()), key=lambda claim: (claim.span, claim.trigger, claim.id))
    return Claims(tuple(ordered), rejected, unlinked)


def _new_acts(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims without those that tell an act of a sentence again.

    The layer may do so by another word or modality; rules by a word that says less: "talks" beside "met".
    """
    told: set[tuple[object, ...]] = set()
    for claim in sorted(
        claims, key=lambda claim: (LEARNED in claim.cues, _says_least(claim), -claim.confidence, claim.id)
    ):
        act = (claim.span, _parties_of(claim), claim.type)
        alike = (*act, claim.modality)
        again = act in told if LEARNED in claim.cues else alike in told and _says_least(claim)
        if not again:
            yield claim
        told |= {act, alike}


def _says_least(claim: Claim) -> bool:
    return claim.relation == GENERAL[claim.type]


def _verbatim(statement: Statement, reading: Reading) -> bool:
    """The evidence gate: quote, trigger and actors must stand in the article at their offsets."""
    text = reading.article.text
    spans = (statement.quote, statement.trigger, statement.actor.span, statement.recipient.span)
    return all(span.end <= len(text) and span.of(text).strip() for span in spans) and statement.quote.covers(
        statement.trigger
    )


def _same_act(claim: Claim) -> tuple[str, ...]:
    standings = sorted(STANDINGS.intersection(claim.cues))
    return (*_parties_of(claim), claim.relation, claim.modality, *standings)


def _parties_of(claim: Claim) -> tuple[str, str]:
    pair = (claim.actor.entity.id, claim.recipient.entity.id)
    symmetric = relation_types()[claim.relation].symmetric
    return (min(pair), max(pair)) if symmetric else pair


def _pair(claims: list[Claim]) -> tuple[Entity, Entity] | None:
    """Return the parties that "beide Seiten" will mean after these claims: two that act for different states."""
    for claim in claims:
        sides = [
            role.state or role.entity.acts_for or role.entity.id for role in (claim.actor, claim.recipient)
        ]
        if sides[0] != sides[1] and {claim.actor.entity.kind, claim.recipient.entity.kind} <= _PARTIES:
            return claim.actor.entity, claim.recipient.entity
    return None


def _claims(
    statement: Statement, reading: Reading, linker: ArticleLinker, last: tuple[Entity, Entity] | None
) -> Iterator[Claim]:
    for actor, recipient in _parties(statement, linker, last):
        if actor.entity.id == recipient.entity.id or _asks_itself(statement, actor, recipient):
            continue
        if LEARNED in statement.cues and _is_of_one_side(actor, recipient):
            continue
        yield _claim(statement, reading, linker, actor, recipient)


def _asks_itself(statement: Statement, actor: Role, recipient: Role) -> bool:
    """Tell whether somebody says what his own state must do: a resolve, no demand."""
    return OBLIGATION in statement.cues and actor.state == recipient.state != ""


def _is_of_one_side(actor: Role, recipient: Role) -> bool:
    """Tell whether a state and somebody who acts for it would face each other, which takes more than a score."""
    kinds = {actor.entity.kind, recipient.entity.kind}
    return actor.state == recipient.state != "" and Kind.STATE in kinds


def _parties(
    statement: Statement, linker: ArticleLinker, last: tuple[Entity, Entity] | None
) -> Iterator[tuple[Role, Role]]:
    if statement.actor == statement.recipient:
        pair = linker.both(statement.actor, last)
        if pair:
            yield _role(pair[0], statement.actor, linker), _role(pair[1], statement.recipient, linker)
        return
    actors = _entities(statement.actor, linker, statement.relation, goal=False)
    recipients = _entities(statement.recipient, linker, statement.relation, goal=True)
    for actor in actors:
        for recipient in recipients:
            yield _role(actor, statement.actor, linker), _role(recipient, statement.recipient, linker)


def _entities(mention: Mention, linker: ArticleLinker, relation: str, *, goal: bool) -> tuple[Entity, ...]:
    if mention.head == "both":
        return linker.both(mention) or ()
    entity = linker.actor(mention)
    if entity is None and goal and relation in TO_PLACES:
        place = linker.entity(mention)
        entity = linker.country(place) if place else None
    return (entity,) if entity else ()


def _role(entity: Entity, mention: Mention, linker: ArticleLinker) -> Role:
    return Role(entity, mention.span, linker.code(entity))


def _claim(
    statement: Statement, reading: Reading, linker: ArticleLinker, actor: Role, recipient: Role
) -> Claim:
    article = reading.article
    time: Interval | None = None
    if statement.when:
        future = statement.modality in _AHEAD and not statement.over
        time = interval_of(
            statement.when.of(article.text), article.published, article.language, future=future
        )
    if time:  # a minister of then counts for the state of then
        actor, recipient = (
            replace(role, state=linker.code(role.entity, time.start)) for role in (actor, recipient)
        )
    relation = relation_types()[statement.relation]
    return Claim(
        id=_id(statement, reading, actor, recipient),
        article=article.id,
        type=relation.root,
        relation=relation.id,
        actor=actor,
        recipient=recipient,
        modality=statement.modality,
        quote=statement.quote.of(article.text),
        span=statement.quote,
        trigger=statement.trigger,
        speakers=tuple(_speakers(statement, linker)),
        time=time,
        place=_place(statement, linker),
        confidence=statement.confidence,
        extractor=reading.extractor,
        cues=statement.cues,
    )


def _speakers(statement: Statement, linker: ArticleLinker) -> Iterator[Role]:
    seen: set[str] = set()
    joined = False  # whether somebody of the link is there already
    for mention in statement.speakers:
        joined = joined and mention.joint
        entity = linker.actor(mention) or linker.entity(mention)
        if entity and entity.id not in seen:
            seen.add(entity.id)
            yield replace(_role(entity, mention, linker), joint=joined)
            joined = True


def _place(statement: Statement, linker: ArticleLinker) -> Entity | None:
    place = linker.entity(statement.place) if statement.place else None
    return place if place and place.kind in {Kind.PLACE, Kind.STATE} else None


def _id(statement: Statement, reading: Reading, actor: Role, recipient: Role) -> str:
    """Return a hash of the content: the same statement in the same article has the same id."""
    parts = (
        reading.article.id, reading.article.sha256, statement.relation, actor.entity.id, recipient.entity.id,
        statement.modality, f"{statement.trigger.start}-{statement.trigger.end}",
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:20]
