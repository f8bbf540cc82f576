"""Sightings of one bucket -> happenings, in one pass over them from the surest to the vaguest.

What names day and persons comes first, and of these what most reports agree on; each next sighting joins the
happening that it agrees with best, or begins one. A happening stays in the slot where it began: all that joins
must agree with that, so that a year of meetings is never chained into one, whatever lies between.
Looking up a slot costs the same however many claims there are, so that all grows as sorting does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kg.model import Claim
from kg.resolve.sightings import Sighting, Slot, sighting_of, slots_of

ENOUGH: Final = 2.0
"""The sum of weights from which two agree: the same day is enough, unless something else parts them."""
SAME_PERSON: Final = 1.0  # for each side
SAME_RELATION: Final = 0.5
OTHER_ACT: Final = -1.5  # no word for the same act: one day is not enough, one day and one person are
SAME_PLACE: Final = 1.0
OTHER_PLACE: Final = -2.5  # one day is not enough; one day and two persons are, for papers err in places too
CROWDED: Final = -1.5
"""For a neighbouring slot, where the sighting's own has two reports at least, and more than half as many."""
CANDIDATES: Final = 16
"""Happenings that are compared in a slot, the best attested; more on one day between two sides are rare."""

_ANY = "*"
_NEVER = -99.0
_Key = tuple[str, str, Slot]


@dataclass(slots=True, eq=False)
class Happening:
    """What the sightings so far agree on."""

    home: Slot
    names: tuple[str, str]
    doer: int
    acts: frozenset[str]
    relations: set[str] = field(default_factory=set)
    places: set[tuple[str, str]] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)

    def add(self, sighting: Sighting) -> None:
        """Take in a sighting that agrees."""
        self.names = (self.names[0] or sighting.names[0], self.names[1] or sighting.names[1])
        self.doer = max(self.doer, sighting.doer)
        self.relations.add(sighting.claim.relation)
        self.acts = self.acts & sighting.acts or self.acts
        if sighting.place[1]:
            self.places.add(sighting.place)
        self.claims.append(sighting.claim)


def happenings_of(claims: Iterable[Claim], published: Mapping[str, date | None]) -> list[list[Claim]]:
    """Return the claims of one bucket, those that report one happening together; each claim is in one list.

    ``published`` maps ids of articles to days. The order of the claims does not matter. Raises nothing.
    """
    sightings = [sighting_of(claim, published) for claim in claims]
    reports = Counter(key for sighting in sightings for key in _views(sighting.names, sighting.home))
    known: dict[_Key, list[Happening]] = defaultdict(list)
    found: list[Happening] = []
    for sighting in sorted(sightings, key=lambda sighting: _surest_first(sighting, reports)):
        happening = _best(sighting, known, reports)
        if happening is None:
            happening = Happening(sighting.home, sighting.names, sighting.doer, sighting.acts)
            found.append(happening)
        before = happening.names if happening.claims else None
        happening.add(sighting)
        if happening.names != before:
            _register(happening, known)
    return [happening.claims for happening in found]


def _surest_first(sighting: Sighting, reports: Mapping[_Key, int]) -> tuple[object, ...]:
    """Return what sightings are sorted by: a named day before an interval; both persons; how many say the same."""
    named = sum(map(bool, sighting.names))
    day = sighting.published.toordinal() if sighting.published else 0
    return sighting.vagueness, -named, -_support(sighting, reports), sighting.home, day, sighting.claim.id


def _best(
    sighting: Sighting, known: Mapping[_Key, list[Happening]], reports: Mapping[_Key, int]
) -> Happening | None:
    """Return the happening that a sighting agrees with best, the first of equals; None if with none enough."""
    best, most = None, ENOUGH
    bonus = (
        SAME_RELATION + SAME_PERSON * sum(map(bool, sighting.names)) + SAME_PLACE * bool(sighting.place[1])
    )
    for slot, weight in sorted(slots_of(sighting), key=lambda found: -found[1]):
        if weight + bonus < most or (best is not None and weight + bonus == most):
            break  # no later slot can do better
        crowded = _is_crowded(sighting, slot, reports)
        for key in _questions(sighting.names, slot):
            for happening in known.get(key, ()):
                score = weight + crowded * CROWDED + _agreement(sighting, happening)
                if score > most or (best is None and score == most):
                    best, most = happening, score
    return best


def _agreement(sighting: Sighting, happening: Happening) -> float:
    """Return how well all but the time agrees; below any threshold where it cannot be one happening."""
    score = 0.0
    for own, other in zip(sighting.names, happening.names, strict=True):
        if own and other:
            if own != other:
                return _NEVER
            score += SAME_PERSON
    if sighting.doer != happening.doer and min(sighting.doer, happening.doer) >= 0:
        return _NEVER
    if sighting.claim.relation in happening.relations:
        score += SAME_RELATION
    elif not sighting.acts & happening.acts:
        score += OTHER_ACT
    if sighting.place[1] and happening.places:
        if sighting.place in happening.places:
            score += SAME_PLACE
        elif any(kind == sighting.place[0] for kind, _ in happening.places):
            score += OTHER_PLACE
    return score


def _is_crowded(sighting: Sighting, slot: Slot, reports: Mapping[_Key, int]) -> bool:
    """Tell whether a sighting has so much company in its own slot that it need not be a straggler of another."""
    if slot == sighting.home or type(slot) is not type(sighting.home):
        return False
    own = _support(sighting, reports)
    left, right = sighting.names
    return own > 1 and 2 * own > reports.get((left or _ANY, right or _ANY, slot), 0)


def _support(sighting: Sighting, reports: Mapping[_Key, int]) -> int:
    """Return how many sightings of the same slot name at least the same persons."""
    left, right = sighting.names
    return reports[left or _ANY, right or _ANY, sighting.home]


def _views(names: tuple[str, str], slot: Slot) -> Iterator[_Key]:
    """Yield the keys under which something with these names is looked for: each name, and any."""
    for left in (names[0], _ANY):
        for right in (names[1], _ANY):
            yield left, right, slot


def _questions(names: tuple[str, str], slot: Slot) -> Iterator[_Key]:
    """Yield the keys under which a happening stands that these names do not contradict."""
    for left in (names[0] or _ANY, ""):
        for right in (names[1] or _ANY, ""):
            yield left, right, slot


def _register(happening: Happening, known: dict[_Key, list[Happening]]) -> None:
    for key in _views(happening.names, happening.home):
        if len(known[key]) < CANDIDATES and happening not in known[key]:
            known[key].append(happening)
