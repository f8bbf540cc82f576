"""A made-up stream of news with the truth beside it: claims, their articles, and which event each one reports.

Written from how news behaves, before the clustering was tuned: a few pairs of states make most of the news; an
event is announced, reported in two days, and remembered weeks later; a paper names the minister or the
state, another verb of the same root, the day or none, now and then the day before; some plans are called off or
denied; and much is reported once. The shares below are estimates, none was fitted to a result.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from kg.model import Article, Claim, Entity, Interval, Kind, Modality, Role
from tests.factories import make_article, make_claim, make_entity

FIRST: Final = date(2024, 1, 1)
STATES: Final = 16
PERSONS: Final = ("president", "premier", "minister", "spokesman")
OUTLETS: Final = 25
CITIES: Final = 12

KINDS: Final = (  # share, relation, others of the root that papers use for it, has a place, is planned ahead
    (30, "meets", ("meets", "consults", "negotiates", "visits", "hosts"), True, True),
    (8, "telephones", ("telephones", "consults"), False, False),
    (14, "accuses", ("accuses", "criticises", "condemns"), False, False),
    (10, "threatens", ("threatens", "warns"), False, False),
    (8, "demands", ("demands", "urges", "requests"), False, False),
    (6, "supports", ("supports", "praises", "endorses"), False, False),
    (6, "rejects", ("rejects", "refuses"), False, False),
    (8, "attacks", ("attacks", "assaults", "kills"), True, False),
    (5, "sanctions", ("sanctions", "suspends"), False, True),
    (5, "agrees", ("agrees", "accepts"), True, True),
)
MAIN_RELATION: Final = 0.6
NAMED_BY_STATE: Final = 0.35
OTHER_PERSON: Final = 0.04  # of a delegation, another member is named
WITH_TIME: Final = 0.6
OFF_BY_A_DAY: Final = 0.07  # of the claims with a day
WIDE_TIME: Final = 0.1  # "last week", "in June"
WITH_PLACE: Final = 0.5
WRONG_PLACE: Final = 0.04
LATE: Final = 0.1  # reported weeks later
TWO_DAYS: Final = 0.1  # talks that go on for another day
ANNOUNCED: Final = 0.7  # of what is planned ahead
CANCELLED: Final = 0.1  # of what is planned ahead
DENIED: Final = 0.1  # a third of the reports of such an event deny it


@dataclass(frozen=True)
class Stream:
    """Claims with their articles; ``truth`` names the event of each claim."""

    claims: list[Claim] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=dict)
    truth: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Happening:
    """What truly happened, or was only planned."""

    id: str
    relation: str
    relations: tuple[str, ...]
    sides: tuple[tuple[int, int], tuple[int, int]]  # number of the state and of its person, for each
    day: date
    last: date
    place: Entity | None
    planned: bool


def make_stream(
    seed: int, *, events: int = 300, claims: int = 2000, noise: float = 0.1, days: int = 365
) -> Stream:
    """Make a stream; ``noise`` is the share of claims that report what nobody else does."""
    chance = random.Random(seed)
    stream = Stream()
    single = round(claims * noise)
    sizes = _sizes(chance, events, claims - single)
    for number, size in enumerate(sizes):
        happening = _happening(chance, f"e{number}", days)
        for claim, published in _reports(chance, happening, size):
            _add(stream, chance, happening.id, claim, published)
    for number in range(single):
        happening = replace(_happening(chance, f"n{number}", days, hot=False), planned=False)
        published = happening.day + timedelta(days=chance.randrange(3))
        _add(
            stream,
            chance,
            happening.id,
            _report(chance, happening, Modality.ACTUAL, happening.day),
            published,
        )
    return stream


def bcubed(found: dict[str, str], truth: dict[str, str]) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 (Bagga and Baldwin 1998) of two clusterings of the same items."""
    together: dict[tuple[str, str], int] = {}
    left: dict[str, int] = {}
    right: dict[str, int] = {}
    for item, cluster in found.items():
        pair = (cluster, truth[item])
        together[pair] = together.get(pair, 0) + 1
        left[pair[0]] = left.get(pair[0], 0) + 1
        right[pair[1]] = right.get(pair[1], 0) + 1
    precision = sum(n * n / left[cluster] for (cluster, _), n in together.items()) / len(found)
    recall = sum(n * n / right[event] for (_, event), n in together.items()) / len(found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _sizes(chance: random.Random, events: int, claims: int) -> list[int]:
    """Return how many claims report each event: many have few, a few have many; all have one."""
    weights = [chance.paretovariate(1.3) for _ in range(events)]
    weights = [min(weight, 12.0) for weight in weights]
    sizes = [1] * events
    for number in chance.choices(range(events), weights, k=claims - events):
        sizes[number] += 1
    return sizes


def _happening(chance: random.Random, id: str, days: int, *, hot: bool = True) -> Happening:
    """Return something that happens between two states; of the ``hot`` most between a few of them."""
    _, relation, relations, placed, planned = chance.choices(KINDS, [kind[0] for kind in KINDS])[0]
    weights = [1 / (rank + 1) if hot else 1 for rank in range(STATES)]
    first, second = chance.choices(range(STATES), weights, k=2)
    while first == second:
        second = chance.randrange(STATES)
    day = FIRST + timedelta(days=chance.randrange(days))
    ranks = chance.choices(range(len(PERSONS)), (3, 2, 4, 2), k=2)
    return Happening(
        id,
        relation,
        relations,
        ((first, ranks[0]), (second, ranks[1])),
        day,
        day + timedelta(days=planned and chance.random() < TWO_DAYS),
        make_entity(f"city-{chance.randrange(CITIES)}", Kind.PLACE) if placed else None,
        planned,
    )


def _reports(chance: random.Random, event: Happening, size: int) -> Iterator[tuple[Claim, date]]:
    """Yield ``size`` claims about an event with the day on which each was published."""
    called_off = event.planned and chance.random() < CANCELLED
    denied = chance.random() < DENIED
    for number in range(size):
        if called_off or (event.planned and chance.random() < ANNOUNCED * 0.4):
            ahead = event.day - timedelta(days=1 + round(chance.expovariate(1 / 4)))
            off = called_off and number % 2 == 1
            yield _report(chance, event, Modality.NEGATED if off else Modality.PLANNED, event.day), ahead
            continue
        late = chance.random() < LATE
        delay = round(5 + chance.expovariate(1 / 10) if late else chance.expovariate(1 / 0.8))
        about = chance.choice((event.day, event.last))
        modality = Modality.NEGATED if denied and number % 3 == 1 else Modality.ACTUAL
        yield _report(chance, event, modality, about), event.day + timedelta(days=delay)


def _report(chance: random.Random, event: Happening, modality: Modality, about: date) -> Claim:
    relation = event.relation if chance.random() < MAIN_RELATION else chance.choice(event.relations)
    roles = [_role(chance, state, person) for state, person in event.sides]
    either = relation in {"meets", "consults", "negotiates", "agrees"} and chance.random() < 0.5
    if relation == "hosts" or either:
        roles.reverse()  # who receives is named first; of who meets whom either may be
    place = event.place if chance.random() < WITH_PLACE else None
    if place and chance.random() < WRONG_PLACE:
        place = make_entity(f"city-{chance.randrange(CITIES)}", Kind.PLACE)
    return make_claim(
        relation=relation,
        actor=roles[0],
        recipient=roles[1],
        modality=modality,
        time=_time(chance, about),
        place=place,
    )


def _role(chance: random.Random, number: int, person: int) -> Role:
    state = make_entity(f"state-{number}", iso3=f"S{chr(65 + number // 26)}{chr(65 + number % 26)}")
    if chance.random() < NAMED_BY_STATE:
        return Role(state, None, state.iso3)
    if chance.random() < OTHER_PERSON:
        person = (person + 1) % len(PERSONS)
    name = f"{PERSONS[person]}-{number}"
    return Role(make_entity(name, Kind.PERSON, acts_for=state.id), None, state.iso3)


def _time(chance: random.Random, day: date) -> Interval | None:
    if chance.random() >= WITH_TIME:
        return None
    kind = chance.random()
    if kind < OFF_BY_A_DAY:
        day += timedelta(days=chance.choice((-1, 1)))
    elif kind < OFF_BY_A_DAY + WIDE_TIME:
        if chance.random() < 0.5:
            monday = day - timedelta(days=day.weekday())
            return Interval(monday, monday + timedelta(days=6))
        first = day.replace(day=1)
        return Interval(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    return Interval(day, day)


def _add(stream: Stream, chance: random.Random, event: str, claim: Claim, published: date) -> None:
    number = len(stream.claims)
    article = f"a{number:06}"
    outlet = f"Outlet {chance.randrange(OUTLETS)}"
    stream.articles[article] = make_article(article, published=published, publisher=outlet)
    made = replace(claim, id=f"c{chance.getrandbits(64):016x}", article=article)
    stream.claims.append(made)
    stream.truth[made.id] = event
