"""A claim as somebody's sight of a happening: who took part, and on which days it may have been.

A *slot* is a place in time under which a happening is kept: a day, an interval too wide to be a day, the day of
publication where the text names none, and the article itself where that has no day either. A sighting lists the
slots where its happening may be kept, each with a weight: how well the times agree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.knowledge.acts import acts
from kg.knowledge.entities import knowledge_base
from kg.model import POSTPONED, Claim, Kind, Modality, Role
from kg.ontology import relation_types

Slot = tuple[str, ...] | int
"""A day as its ordinal; ("interval", first, last); by the day of publication where the text names none
("reported", day) or ("planned", day); ("article", id) where that is unknown too."""

EXACT: Final = 3
"""Days of an interval that still names a day: "at the weekend", "in the night to Monday"."""
NARROW: Final = 31
"""Days of an interval within which one looks for a happening: "in June", not "in 2004"."""

SAME_DAY: Final = 3.0
NEXT_DAY: Final = 1.75  # papers and time zones differ by a day; further apart are two happenings
SAME_INTERVAL: Final = 2.0
IN_WEEK: Final = 1.5  # a day within a named interval of up to ten days ...
IN_MONTH: Final = 1.0  # ... or of up to a month
AFTER: Final = {
    **{-1: 1.5, 0: 2.0, 1: 2.0, 2: 1.75, 3: 1.25, 4: 1.0},
    **dict.fromkeys(range(5, 8), 0.75),
    **dict.fromkeys(range(8, 15), 0.5),
}
"""Days from a happening to a report without date: news is of today or yesterday, recalled for two weeks."""
BEFORE: Final = {
    -1: 1.0,
    **dict.fromkeys(range(4), 2.0),
    **dict.fromkeys(range(4, 15), 1.5),
    **dict.fromkeys(range(15, 46), 0.75),
}
"""Days from a plan without date to the happening: most meetings are announced days ahead, few over six weeks."""
REPORTS_APART: Final = {0: 2.0, 1: 2.0, 2: 1.0, 3: 0.5}
"""Days between two reports without date: an act of every day, such as a warning, is news for two days."""
PLANS_APART: Final = {0: 2.0, 1: 2.0, 2: 1.75, 3: 1.75} | dict.fromkeys(range(4, 15), 1.0)
"""Days between two plans without date, or a plan and its denial: a plan is told again until it comes true."""
DENIED_AHEAD: Final = 3
"""Days from a denial without date to a report without date that it may deny; what comes later is another happening."""
SAME_ARTICLE: Final = 2.0
_LONGEST_WEEK = 10
_VAGUER = ("interval", "reported", "planned", "article")

_FACED_AHEAD = frozenset({Modality.PLANNED, Modality.POSSIBLE, Modality.CONDITIONAL, Modality.NEGATED})
_FACED_BACK = frozenset({Modality.ACTUAL, Modality.NEGATED})


@dataclass(frozen=True, slots=True)
class Sighting:
    """What counts of a claim when happenings are told apart.

    Attributes:
        claim: the claim.
        names: the persons on the two sides, "" where only the state or an organ of it is named.
        doer: which of the two sides acts, 0 or 1; -1 where the relation is mutual.
        acts: the acts that the relation may be.
        place: kind and id of the place, ("", "") for none: a city is compared with cities only.
        home: the slot under which its happening is kept if no other is found.
    """

    claim: Claim
    names: tuple[str, str]
    doer: int
    acts: frozenset[str]
    place: tuple[str, str]
    published: date | None
    home: Slot

    @property
    def is_dated(self) -> bool:
        """Tell whether the text names the day."""
        return isinstance(self.home, int)

    @property
    def vagueness(self) -> int:
        """Return 0 for a day, more for two or three, an interval, a report without day, a plan, no day at all."""
        if isinstance(self.home, int):
            time = self.claim.time
            return int(time is not None and time.start != time.end)
        return 2 + _VAGUER.index(self.home[0])


def bucket_of(claim: Claim) -> str:
    """Return what all claims of one event share: the root of the relation and the two sides.

    A side is the state or organisation that somebody acts for, so that a person and the state meet. The sides of
    a root with a mutual relation are in alphabetical order: who visits and who hosts are one meeting. A
    function of the claim alone, as ``harmonised`` leaves it: "CONSULT IRN USA". Raises nothing.
    """
    sides = (side_of(claim.actor), side_of(claim.recipient))
    if claim.type in _mutual_roots():
        sides = (min(sides), max(sides))
    return " ".join((claim.type, *sides))


def side_of(role: Role) -> str:
    """Return the code of the state or organisation that a role counts for, else the id of its entity.

    The role's own code holds for the day of its article; where it has none, whom the entity is known to act for counts.
    """
    behind = role.entity.acts_for or role.entity.id
    return role.state or knowledge_base().code(behind) or behind


def sighting_of(claim: Claim, published: Mapping[str, date | None]) -> Sighting:
    """Return the sighting of a claim; ``published`` maps articles to days, and may lack some. Raises nothing."""
    roles, doer = _in_order(claim)
    inner = side_of(roles[0]) == side_of(roles[1])
    day = published.get(claim.article)
    return Sighting(
        claim=claim,
        names=(_name(roles[0], inner=inner), _name(roles[1], inner=inner)),
        doer=doer,
        acts=acts()[claim.relation],
        place=(claim.place.kind.value, claim.place.id) if claim.place else ("", ""),
        published=day,
        home=_home(claim, day),
    )


def _in_order(claim: Claim) -> tuple[tuple[Role, Role], int]:
    """Return the two roles in the order of their sides, where these have none, and which of them acts."""
    roles = (claim.actor, claim.recipient)
    if claim.type not in _mutual_roots():
        return roles, 0
    first, second = (side_of(role) for role in roles)
    turned = (second, claim.recipient.entity.id) < (first, claim.actor.entity.id)
    mutual = relation_types()[claim.relation].symmetric
    doer = int(turned != (claim.relation == "hosts"))  # the guest is who acts, as in "visits"
    return (roles[::-1] if turned else roles), -1 if mutual else doer


def slots_of(sighting: Sighting) -> Iterator[tuple[Slot, float]]:
    """Yield the slots where the happening of a sighting may be kept, with the weight of the agreement in time."""
    claim, time, day = sighting.claim, sighting.claim.time, sighting.published
    yield sighting.home, SAME_DAY if sighting.is_dated else SAME_INTERVAL if time else SAME_ARTICLE
    if time and not _moved(claim):
        first, last = time.start.toordinal(), time.end.toordinal()
        if sighting.is_dated:
            yield from ((inner, SAME_DAY) for inner in range(first, last + 1) if inner != sighting.home)
            yield from ((next_day, NEXT_DAY) for next_day in (first - 1, last + 1))
        elif last - first < NARROW:
            weight = IN_WEEK if last - first < _LONGEST_WEEK else IN_MONTH
            yield from ((inner, weight) for inner in range(first, last + 1))
        return
    if day:
        yield from _around(claim, day.toordinal())
    if time:
        yield time.start.toordinal(), SAME_INTERVAL


def _around(claim: Claim, day: int) -> Iterator[tuple[Slot, float]]:
    """Yield the slots of a claim that names no day, by that of its publication.

    What is planned and what is actual on one day of publication are two happenings, or that day would be named.
    """
    if claim.modality in _FACED_BACK:
        yield from ((day - delay, weight) for delay, weight in AFTER.items())
        yield from _within("reported", day, REPORTS_APART)
    if claim.modality in _FACED_AHEAD:
        yield from ((day + lead, weight) for lead, weight in BEFORE.items())
        yield from _within("planned", day, PLANS_APART)
        reach = DENIED_AHEAD if claim.modality is Modality.NEGATED else max(BEFORE)
        leads = ((lead, weight) for lead, weight in BEFORE.items() if 0 < lead <= reach)
        yield from ((("reported", str(day + lead)), weight) for lead, weight in leads)


def _within(kind: str, day: int, weights: Mapping[int, float]) -> Iterator[tuple[Slot, float]]:
    for apart, weight in weights.items():
        yield (kind, str(day - apart)), weight
        if apart:
            yield (kind, str(day + apart)), weight


def _home(claim: Claim, published: date | None) -> Slot:
    time = claim.time
    if time and not _moved(claim):
        length = (time.end - time.start).days + 1
        if length <= EXACT:
            return time.start.toordinal()
        return ("interval", time.start.isoformat(), time.end.isoformat())
    if published is None:
        return ("article", claim.article)
    return ("reported" if claim.modality is Modality.ACTUAL else "planned", str(published.toordinal()))


def _moved(claim: Claim) -> bool:
    """Tell whether the day of a claim may be the one to which something was moved, and not that of the happening."""
    return POSTPONED in claim.cues


def _name(role: Role, *, inner: bool) -> str:
    """Return whom a role names beyond its side; ``inner``: both sides are one state, and all are named."""
    return role.entity.id if inner or role.entity.kind is Kind.PERSON else ""


def _mutual_roots() -> frozenset[str]:
    return frozenset(relation.root for relation in relation_types().values() if relation.symmetric)
