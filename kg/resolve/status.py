"""How a happening stands by its claims: what each says of it, and which was published later.

No rumour becomes a plan and no plan a fact: a claim that calls something actual which lay ahead when it was published
announces it. A later report that it was held settles what was announced, put off or called off before;
reports that do not follow upon each other in time leave it contested.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.model import CANCELLED, CONFIRMED, POSTPONED, Claim, Modality, Status
from kg.resolve.sightings import side_of

RETHOUGHT: Final = timedelta(days=3)
"""What is announced or held so long after the last denial overtakes it; sooner, word stands against word."""
_NEWS = timedelta(days=1)  # a report without date is of today or yesterday

_CHANGES = frozenset({Status.CANCELLED, Status.POSTPONED})
_PLANS = frozenset({Status.ANNOUNCED, Status.CONFIRMED})


@dataclass(frozen=True, slots=True)
class _Report:
    """What a claim says of its happening, and when that was published; unknown is taken for the latest."""

    says: Status
    day: date
    claim: Claim


def status_of(claims: Iterable[Claim], published: Mapping[str, date | None]) -> Status:
    """Return how the happening of some claims stands; ``published`` maps articles to days. Raises nothing."""
    reports = [_report(claim, published.get(claim.article)) for claim in claims]
    if any(report.says is Status.HELD for report in reports):
        return _after_it_was_held(reports)
    changes = [report for report in reports if report.says in _CHANGES]
    if changes:
        last = max(changes, key=lambda report: (report.day, report.says is Status.CANCELLED))
        since = [report for report in reports if report.day > last.day]
        return _of_a_plan(since) if any(report.says in _PLANS for report in since) else last.says
    return _of_a_plan(reports)


def _report(claim: Claim, day: date | None) -> _Report:
    return _Report(_says(claim, day), day or date.max, claim)


def _says(claim: Claim, day: date | None) -> Status:
    match claim.modality:
        case Modality.ACTUAL:
            ahead = claim.time is not None and day is not None and claim.time.start > day
            return Status.ANNOUNCED if ahead else Status.HELD
        case Modality.PLANNED if POSTPONED in claim.cues:
            return Status.POSTPONED
        case Modality.PLANNED:
            return Status.CONFIRMED if CONFIRMED in claim.cues else Status.ANNOUNCED
        case Modality.NEGATED if CANCELLED in claim.cues:
            return Status.CANCELLED
        case Modality.NEGATED if POSTPONED in claim.cues:
            return Status.POSTPONED
        case Modality.NEGATED:
            return Status.DENIED
    return Status.PROPOSED


def _after_it_was_held(reports: list[_Report]) -> Status:
    """Return held, or contested: denied shortly before or later, or called off when it should have been or later."""
    held = [report for report in reports if report.says is Status.HELD]
    days = [report.claim.time.start for report in held if report.claim.time]
    known = [report.day for report in held if report.day != date.max]
    begun = min(days, default=min(known) - _NEWS if known else date.min)
    doubted = max(begun, date.min + RETHOUGHT) - RETHOUGHT
    denied = any(report.says is Status.DENIED and report.day >= doubted for report in reports)
    changed = any(
        report.says in _CHANGES and report.claim.modality is Modality.NEGATED and report.day >= begun
        for report in reports
    )
    return Status.CONTESTED if denied or changed else Status.HELD


def _of_a_plan(reports: list[_Report]) -> Status:
    """Return how something stands that nobody says was held, and that was not called off."""
    plans = [report for report in reports if report.says in _PLANS]
    denials = [report.day for report in reports if report.says is Status.DENIED]
    if denials:
        if not plans:
            return Status.DENIED
        overtaken = max(denials) < date.max and all(plan.day > max(denials) + RETHOUGHT for plan in plans)
        if not overtaken:
            return Status.CONTESTED
    if not plans:
        return Status.PROPOSED
    confirmed = any(plan.says is Status.CONFIRMED for plan in plans) or _said_by_both(plans)
    return Status.CONFIRMED if confirmed else Status.ANNOUNCED


def _said_by_both(plans: list[_Report]) -> bool:
    """Tell whether somebody of each side has announced it."""
    claim = plans[0].claim
    sides = {side_of(claim.actor), side_of(claim.recipient)}
    heard = {side_of(speaker) for plan in plans for speaker in plan.claim.speakers}
    return len(sides) == 2 and sides <= heard
