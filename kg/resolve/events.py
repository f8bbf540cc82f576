"""Claims of all articles -> events: which claims report one happening, and how it stands by them.

Two claims report one happening when their relation is of one root, their parties agree (the same entities, or on a
side the state and somebody who acts for it) and their times do not part them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from kg.model import Article, Claim, Entity, Event, Interval, Kind, Modality, Role, Status
from kg.ontology import relation_types

_APART = timedelta(
    days=14
)  # articles further apart than this do not report one happening unless their times say so
_AHEAD = timedelta(days=45)  # how far ahead an undated plan, doubt or cancellation may look
_SLACK = timedelta(days=1)  # papers differ by a day about when a meeting was


def events_of(claims: Iterable[Claim], articles: Mapping[str, Article]) -> tuple[Event, ...]:
    """Return the events in the order of their ids; the order of the claims does not matter.

    ``articles`` maps article ids to articles; a claim of an article that is not there counts as undated.
    """
    buckets: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        buckets[bucket_of(claim)].append(claim)
    events = [event for bucket in buckets.values() for event in events_of_bucket(bucket, articles)]
    return tuple(sorted(events, key=lambda event: event.id))


def events_of_bucket(claims: Iterable[Claim], articles: Mapping[str, Article]) -> tuple[Event, ...]:
    """Return the events of all claims of one bucket; no claim of another bucket can change them."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    groups = _Groups([claim.id for claim in ordered])
    for i, first in enumerate(ordered):
        for second in ordered[i + 1 :]:
            if _same_happening(first, second, articles):
                groups.join(first.id, second.id)
    by_id = {claim.id: claim for claim in ordered}
    return tuple(_event([by_id[id] for id in members]) for members in groups.all())


def bucket_of(claim: Claim) -> str:
    """Return what claims of one event must share: root and the codes of the two sides."""
    sides = (_side(claim.actor), _side(claim.recipient))
    if relation_types()[claim.relation].symmetric:
        sides = (min(sides), max(sides))
    return "\x1f".join((claim.type, *sides))


def _side(role: Role) -> str:
    return role.state or role.entity.acts_for or role.entity.id


def _same_happening(first: Claim, second: Claim, articles: Mapping[str, Article]) -> bool:
    if not _compatible_relations(first.relation, second.relation) or not _same_parties(first, second):
        return False
    if not (first.time and second.time) and not _same_entities(first, second):
        return False  # a state and its envoy are one party only on a day that both claims name
    if first.time and second.time:
        return first.time.start <= second.time.end + _SLACK and second.time.start <= first.time.end + _SLACK
    if first.time or second.time:
        dated, other = (first, second) if first.time else (second, first)
        return _may_be_on(other, dated.time, articles)
    days = [_published(claim, articles) for claim in (first, second)]
    if days[0] is None or days[1] is None:
        return first.article == second.article
    return abs(days[0] - days[1]) <= _APART


def _same_entities(first: Claim, second: Claim) -> bool:
    return {first.actor.entity.id, first.recipient.entity.id} == {
        second.actor.entity.id,
        second.recipient.entity.id,
    }


def _may_be_on(claim: Claim, time: Interval | None, articles: Mapping[str, Article]) -> bool:
    """Tell whether an undated claim may speak of that time: a report looks back, a plan or denial also ahead."""
    day = _published(claim, articles)
    if day is None or time is None:
        return False
    ahead = _SLACK if claim.modality is Modality.ACTUAL else _AHEAD
    return time.start <= day + ahead and day - _APART <= time.end


def _published(claim: Claim, articles: Mapping[str, Article]) -> date | None:
    article = articles.get(claim.article)
    return article.published if article else None


def _compatible_relations(first: str, second: str) -> bool:
    talks = {"meets", "consults", "negotiates", "visits", "hosts"}
    return first == second or (
        first in talks and second in talks and {first, second} & {"meets", "consults"} != set()
    )


def _same_parties(first: Claim, second: Claim) -> bool:
    straight = _same_side(first.actor, second.actor) and _same_side(first.recipient, second.recipient)
    if straight or not relation_types()[first.relation].symmetric:
        return straight
    return _same_side(first.actor, second.recipient) and _same_side(first.recipient, second.actor)


def _same_side(first: Role, second: Role) -> bool:
    if first.entity.id == second.entity.id:
        return True
    if _side(first) != _side(second):
        return False
    return (
        Kind.PERSON not in {first.entity.kind, second.entity.kind}
        or _is_state(first.entity)
        or _is_state(second.entity)
    )


def _is_state(entity: Entity) -> bool:
    return entity.kind in {Kind.STATE, Kind.ORGANISATION}


class _Groups:
    """Disjoint sets of ids."""

    def __init__(self, ids: list[str]) -> None:
        self._parent = {id: id for id in ids}

    def find(self, id: str) -> str:
        while self._parent[id] != id:
            self._parent[id] = self._parent[self._parent[id]]
            id = self._parent[id]
        return id

    def join(self, first: str, second: str) -> None:
        a, b = self.find(first), self.find(second)
        self._parent[max(a, b)] = min(a, b)

    def all(self) -> list[list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for id in sorted(self._parent):
            found[self.find(id)].append(id)
        return list(found.values())


def _event(claims: list[Claim]) -> Event:
    relation = min((c.relation for c in claims), key=lambda r: (-sum(c.relation == r for c in claims), r))
    ids = tuple(claim.id for claim in claims)
    return Event(
        id=hashlib.sha256("\x1f".join(ids).encode()).hexdigest()[:20],
        relation=relation,
        actors=tuple(sorted({r.entity.id for c in claims for r in (c.actor, c.recipient)})),
        claims=ids,
        status=_status({claim.modality for claim in claims}),
        time=_time(claims),
        place=next((c.place.id for c in claims if c.place), ""),
    )


def _status(modalities: set[Modality]) -> Status:
    if Modality.NEGATED in modalities:
        return Status.CONTESTED if modalities & {Modality.ACTUAL, Modality.PLANNED} else Status.DENIED
    if Modality.ACTUAL in modalities:
        return Status.HELD
    return Status.ANNOUNCED if Modality.PLANNED in modalities else Status.PROPOSED


def _time(claims: list[Claim]) -> Interval | None:
    """Return the narrowest time that a claim gives, the earliest of equals."""
    times = [claim.time for claim in claims if claim.time]
    return min(times, key=lambda t: (t.end - t.start, t.start, t.text)) if times else None
