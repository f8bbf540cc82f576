"""Claims of all articles -> events: which claims report one happening, and how it stands by them.

Events are local: those of a bucket (``bucket_of``) depend on the claims of that bucket alone, with the days of
publication of their articles. Who adds articles needs to find anew only the events of the buckets that the
new claims are in, and those of the claims that went: ``events_of_bucket`` gives the same events whether a bucket is
filled at once or bit by bit, in whatever order. Only a reviewer's "same" can tie buckets together
(``joined_buckets``); such are given to ``events_of_bucket`` together.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from kg.knowledge.judgements import Judgement
from kg.model import Article, Claim, Event, Interval, Kind
from kg.resolve.clusters import happenings_of
from kg.resolve.judged import joined_buckets, obeyed
from kg.resolve.sightings import EXACT, bucket_of
from kg.resolve.status import status_of

_Value = TypeVar("_Value", bound=Hashable)


def events_of(
    claims: Iterable[Claim], articles: Mapping[str, Article], judgements: Sequence[Judgement] = ()
) -> tuple[Event, ...]:
    """Return the events in the order of their ids; the order of the claims does not matter.

    ``articles`` maps article ids to articles; a claim of an article that is not there counts as undated.
    ``judgements`` on events come from reviewers. This is the union of ``events_of_bucket`` over the buckets. Raises
    nothing.
    """
    every = tuple(claims)
    judged = {id for one in judgements for id in (one.left, one.right)}
    buckets = {claim.id: bucket_of(claim) for claim in every if claim.id in judged}
    heads = joined_buckets(judgements, buckets)
    filled: dict[str, list[Claim]] = defaultdict(list)
    for claim in every:
        bucket = bucket_of(claim)
        filled[heads.get(bucket, bucket)].append(claim)
    published = {id: article.published for id, article in articles.items()}
    events = (
        event for bucket in filled.values() for event in events_of_bucket(bucket, published, judgements)
    )
    return tuple(sorted(events, key=lambda event: event.id))


def events_of_bucket(
    claims: Iterable[Claim], published: Mapping[str, date | None], judgements: Sequence[Judgement] = ()
) -> tuple[Event, ...]:
    """Return the events of one bucket, or of several that a judgement joins, in the order of their ids.

    ``claims`` are all claims of the bucket (``bucket_of``), in any order. ``published`` maps article ids to days;
    of articles that it lacks no day is known. ``judgements`` may be of any claims. Time and memory grow with
    n log n. Raises nothing.
    """
    filled: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        filled[bucket_of(claim)].append(claim)
    groups = [group for bucket in sorted(filled) for group in happenings_of(filled[bucket], published)]
    events = (_event(group, published) for group in obeyed(groups, judgements, published))
    return tuple(sorted(events, key=lambda event: event.id))


def _event(claims: list[Claim], published: Mapping[str, date | None]) -> Event:
    ids = tuple(sorted(claim.id for claim in claims))
    places = [claim.place for claim in claims if claim.place]
    return Event(
        id=hashlib.sha256("\x1f".join(ids).encode()).hexdigest()[:20],
        relation=_most([claim.relation for claim in claims], str) or "",
        actors=tuple(sorted({r.entity.id for c in claims for r in (c.actor, c.recipient)})),
        claims=ids,
        status=status_of(claims, published),
        time=_time(claims),
        place=_most([p.id for p in places if p.kind is not Kind.STATE] or [p.id for p in places], str) or "",
    )


def _time(claims: list[Claim]) -> Interval | None:
    """Return the day that most claims name; where none names a day, the narrowest time."""
    times = [claim.time for claim in claims if claim.time]
    days = [time for time in times if (time.end - time.start).days < EXACT]
    if days:
        first, last = _most([(day.start, day.end) for day in days], lambda day: day) or (date.min, date.min)
        return min((day for day in days if (day.start, day.end) == (first, last)), key=lambda day: day.text)
    return min(times, key=lambda t: (t.end - t.start, t.start, t.text)) if times else None


def _most(values: Sequence[_Value], order: Callable[[_Value], object]) -> _Value | None:
    """Return the value that is there most often, the first in order of equals; None of none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], order(value)), default=None)
