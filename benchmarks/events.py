"""Seconds to cluster 1,000 to 100,000 claims into events, on one core: spread over states, and in one hot bucket.

python -m benchmarks.events

``hot`` is one pair of states and one root; ``three days`` is that published in three days, with neither
persons nor days in the text: the worst there is. ``growth`` is time by ten times the claims: linear is 10, n log n
12 to 14.
"""

import argparse
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from kg.model import Claim, Role
from kg.resolve import events_of
from tests.factories import make_entity
from tests.stream import FIRST, Stream, bcubed, make_stream


def spread(claims: int) -> Stream:
    """Return the stream of the tests at another size; the longer it is, the more days it takes."""
    return make_stream(1, events=claims * 3 // 20, claims=claims, days=max(claims * 365 // 20000, 30))


def hot(claims: int) -> Stream:
    """Return the same number of claims, all of one bucket, within a year."""
    stream = make_stream(1, events=claims * 3 // 20, claims=claims, days=365)
    return replace(stream, claims=[_one_pair(claim) for claim in stream.claims])


def three_days(claims: int) -> Stream:
    """Return claims of one bucket, published in three days, without day or person in the text."""
    stream = hot(claims)
    same = [
        replace(c, time=None, actor=_state("1"), recipient=_state("2"), place=None) for c in stream.claims
    ]
    chance = random.Random(1)
    day = {id: FIRST + timedelta(days=chance.randrange(3)) for id in stream.articles}
    articles = {id: replace(article, published=day[id]) for id, article in stream.articles.items()}
    return replace(stream, claims=same, articles=articles)


STREAMS: Mapping[str, Callable[[int], Stream]] = {"spread": spread, "hot": hot, "three days": three_days}


def main() -> None:
    """Print a row for each stream and size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="CLAIMS")
    options = parser.parse_args()
    print("stream      claims   events  largest  seconds  growth  B-cubed F1")
    for name, make in STREAMS.items():
        before = 0.0
        for size in options.sizes:
            stream = make(size)
            begun = time.process_time()
            events = events_of(stream.claims, stream.articles)
            spent = time.process_time() - begun
            largest = max(len(event.claims) for event in events)
            growth = f"{spent / before:7.1f}" if before else " " * 7
            found = {id: event.id for event in events for id in event.claims}
            quality = f"{bcubed(found, stream.truth)[2]:.3f}" if name == "spread" else ""
            print(f"{name:10} {size:8} {len(events):7} {largest:8} {spent:8.2f} {growth} {quality}")
            before = spent


def _one_pair(claim: Claim) -> Claim:
    return replace(
        claim,
        type="CONSULT",
        relation="consults",
        actor=_of(claim.actor, "1"),
        recipient=_of(claim.recipient, "2"),
    )


def _of(role: Role, state: str) -> Role:
    person = role.entity.acts_for
    return (
        Role(replace(role.entity, acts_for=f"state-{state}"), None, f"S{state}") if person else _state(state)
    )


def _state(number: str) -> Role:
    return Role(make_entity(f"state-{number}", iso3=f"S{number}"), None, f"S{number}")


if __name__ == "__main__":
    main()
