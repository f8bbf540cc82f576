"""What reviewers say of claims, over what the clustering found: joined where they are one event, parted where not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from kg.knowledge.judgements import Judged, Judgement, same_groups
from kg.model import Claim
from kg.resolve.sightings import Sighting, sighting_of

Groups = list[list[Claim]]


def obeyed(groups: Groups, judgements: Sequence[Judgement], published: Mapping[str, date | None]) -> Groups:
    """Return the groups of claims as reviewers judge them; judgements on claims that are not there do nothing.

    "Same" joins the two events of two claims whole. "Different" parts an event: each of its other claims stays with
    that judged one that it is nearest to, by persons, then day, then publication. Raises nothing.
    """
    if not judgements:
        return groups
    return [part for group in _joined(groups, judgements) for part in _parted(group, judgements, published)]


def without_claim(judgements: Iterable[Judgement], claims: Iterable[Claim]) -> Iterator[str]:
    """Yield a line for each judgement that has no effect, because one of its claims is not there."""
    ids = {claim.id for claim in claims}
    for one in judgements:
        missing = [id for id in (one.left, one.right) if id not in ids]
        if missing:
            yield f"{one.where}: no claim {', '.join(missing)} in this graph; the row waits until there is"


def joined_buckets(judgements: Iterable[Judgement], buckets: Mapping[str, str]) -> dict[str, str]:
    """Return for buckets that a judgement joins the least of those that belong together.

    ``buckets`` gives the bucket of every judged claim that is there. Buckets that are not named here stand alone.
    """
    pairs = (
        (buckets[one.left], buckets[one.right])
        for one in judgements
        if one.same and one.left in buckets and one.right in buckets
    )
    return same_groups(Judgement(Judged.EVENT, min(pair), max(pair), True) for pair in pairs)


def _joined(groups: Groups, judgements: Sequence[Judgement]) -> Groups:
    place = {claim.id: str(number) for number, group in enumerate(groups) for claim in group}
    heads = joined_buckets(judgements, place)
    found: dict[str, list[Claim]] = defaultdict(list)
    for number, group in enumerate(groups):
        found[heads.get(str(number), str(number))].extend(group)
    return list(found.values())


def _parted(
    group: list[Claim], judgements: Sequence[Judgement], published: Mapping[str, date | None]
) -> Groups:
    ids = {claim.id for claim in group}
    apart = [one for one in judgements if not one.same and one.left in ids and one.right in ids]
    if not apart:
        return [group]
    heads = same_groups(judgements)
    cells = _cells(apart, heads)
    sightings = {claim.id: sighting_of(claim, published) for claim in group}
    judged = {id: cells[heads.get(id, id)] for id in ids if heads.get(id, id) in cells}
    parts: dict[int, list[Claim]] = defaultdict(list)
    for claim in group:
        own = claim.id if claim.id in judged else _nearest(claim.id, judged, sightings)
        parts[judged[own]].append(claim)
    return list(parts.values())


def _nearest(id: str, judged: Iterable[str], sightings: Mapping[str, Sighting]) -> str:
    return min(judged, key=lambda other: (_distance(sightings[id], sightings[other]), other))


def _cells(apart: Sequence[Judgement], heads: Mapping[str, str]) -> dict[str, int]:
    """Return a number for each judged claim (or the head of its equals), never one for two that are different."""
    against: dict[str, set[str]] = defaultdict(set)
    for one in apart:
        left, right = heads.get(one.left, one.left), heads.get(one.right, one.right)
        against[left].add(right)
        against[right].add(left)
    cells: dict[str, int] = {}
    for id in sorted(against):
        taken = {cells[other] for other in against[id] if other in cells}
        cells[id] = next(number for number in range(len(against)) if number not in taken)
    return cells


def _distance(first: Sighting, second: Sighting) -> tuple[int, int, int]:
    """Return how far two sightings are apart: persons that differ, days between them, between publications."""
    named = zip(first.names, second.names, strict=True)
    clashes = sum(2 if own and other and own != other else own != other for own, other in named)
    return clashes, _days(_day(first), _day(second)), _days(first.published, second.published)


def _day(sighting: Sighting) -> date | None:
    return sighting.claim.time.start if sighting.claim.time else sighting.published


def _days(first: date | None, second: date | None) -> int:
    return abs((first - second).days) if first and second else date.max.toordinal()
