"""What speaks for a known person: a table of weights. Every score is the sum of its reasons.

The shape is that of nomenklatura's matchers: a feature has a name, a weight, and a function that says how far it holds,
0 to 1, and why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.knowledge.names import family_name
from kg.knowledge.spelling import Likeness
from kg.model import Mention
from kg.resolve.linking.discourse import Discourse
from kg.resolve.linking.scores import Reason, Scored
from kg.resolve.linking.widened import widened

THRESHOLD: Final = 3.0
"""Points from which on a candidate is the one. A full name has them, a family name needs 2 more from elsewhere."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be meant, with the likeness of the mention's name to the person's own.

    ``by_family`` says that only the family names were compared, ``spelled`` that the tables do not have this spelling.
    """

    id: str
    mention: Mention
    likeness: Likeness
    by_family: bool = False
    spelled: bool = False


Holds = tuple[float, str]
"""How far a feature holds, 0 to 1, and why."""

NO: Final[Holds] = (0.0, "")


def _full_name(candidate: Candidate, _: Discourse) -> Holds:
    known = not candidate.by_family and not candidate.spelled
    return (1.0, candidate.mention.name) if known else NO


def _spelling(candidate: Candidate, _: Discourse) -> Holds:
    known = not candidate.by_family and candidate.spelled and candidate.likeness.same
    return (candidate.likeness.score, candidate.likeness.reason) if known else NO


def _family_name(candidate: Candidate, _: Discourse) -> Holds:
    known = candidate.by_family and not candidate.spelled
    return (1.0, candidate.mention.name) if known else NO


def _family_spelling(candidate: Candidate, _: Discourse) -> Holds:
    known = candidate.by_family and candidate.spelled
    return (candidate.likeness.score, candidate.likeness.reason) if known else NO


def _other_given_name(candidate: Candidate, _: Discourse) -> Holds:
    known = not candidate.by_family and not candidate.likeness.same
    return (1.0, candidate.likeness.reason) if known else NO


def _named_so_before(candidate: Candidate, discourse: Discourse) -> Holds:
    same = discourse.persons.get(discourse.person_key(candidate.mention.name))
    return (1.0, candidate.mention.name) if same and same.id == candidate.id and candidate.by_family else NO


def _named_in_full(candidate: Candidate, discourse: Discourse) -> Holds:
    if not candidate.by_family or candidate.id not in discourse.in_full:
        return NO
    return 1.0, discourse.in_full[candidate.id]


def _named_first(candidate: Candidate, discourse: Discourse) -> Holds:
    called = family_name(discourse.bare(candidate.mention.name))
    of_that_name = (id for id, full in discourse.in_full.items() if family_name(full) == called)
    first = candidate.by_family and candidate.id == next(of_that_name, "")
    return (1.0, discourse.in_full[candidate.id]) if first else NO


def _office(candidate: Candidate, discourse: Discourse) -> Holds:
    named = set(widened(candidate.mention.offices))
    for tenure in discourse.held(candidate.id):
        if tenure.office in named:
            return 1.0, f"{tenure.office} of {tenure.of} since {tenure.start}"
    shared = sorted(named & discourse.offices_of(candidate.id))
    return (1.0, f"{shared[0]} in the article") if shared else NO


def _owner(candidate: Candidate, discourse: Discourse) -> Holds:
    shared = sorted(discourse.states_of(candidate.id) & discourse.behind_of(candidate.mention))
    return (1.0, ", ".join(shared)) if shared else NO


def _other_owner(candidate: Candidate, discourse: Discourse) -> Holds:
    of, own = discourse.behind_of(candidate.mention), discourse.states_of(candidate.id)
    clash = of and own and not own & of
    return (1.0, f"{', '.join(sorted(of))}, not {', '.join(sorted(own))}") if clash else NO


def _judged_different(candidate: Candidate, discourse: Discourse) -> Holds:
    name = discourse.person_key(candidate.mention.name)
    for own in (name, *(f"{name}-{of}" for of in candidate.mention.of)):
        if (own, candidate.id) in discourse.kb.different:
            return 1.0, f"{own} and {candidate.id} are different"
    return NO


def _in_office(candidate: Candidate, discourse: Discourse) -> Holds:
    held = discourse.held(candidate.id)
    return (1.0, f"{held[0].office} of {held[0].of} on {discourse.day}") if held else NO


def _nearby(candidate: Candidate, discourse: Discourse) -> Holds:
    shared = sorted(discourse.states_of(candidate.id) & discourse.states)
    return (1.0, ", ".join(shared)) if shared else NO


def _colleague(candidate: Candidate, discourse: Discourse) -> Holds:
    own = {tenure.of for tenure in discourse.held(candidate.id)}
    for other in sorted(discourse.colleagues - {candidate.id}):
        if own & {tenure.of for tenure in discourse.held(other)}:
            return 1.0, other
    return NO


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: its points where it holds wholly, and what says how far it does."""

    name: str
    weight: float
    holds: Callable[[Candidate, Discourse], Holds]


FEATURES: Final = (
    Feature("full name", 3.0, _full_name),
    Feature("other spelling of the full name", 2.0, _spelling),
    Feature("family name alone", 1.0, _family_name),
    Feature("other spelling of the family name", 0.5, _family_spelling),
    Feature("another given name", -6.0, _other_given_name),
    Feature("named so before in the article", 6.0, _named_so_before),
    Feature("named in full in the article", 4.0, _named_in_full),
    Feature("first of that family named in full", 0.5, _named_first),
    Feature("holds the office named with it", 4.0, _office),
    Feature("of the state named with it", 3.0, _owner),
    Feature("another state is named with it", -6.0, _other_owner),
    Feature("a reviewer says that it is another", -20.0, _judged_different),
    Feature("in office on the day", 1.0, _in_office),
    Feature("state named in the article", 2.0, _nearby),
    Feature("colleague named in the article", 1.0, _colleague),
)
"""The weights were set by hand so that each row of ``tests/test_linking.py`` comes out right; they are not fitted."""


def scored(candidate: Candidate, discourse: Discourse) -> Scored:
    """Return the points of a candidate with their reasons. Raises nothing."""
    reasons = []
    for feature in FEATURES:
        share, detail = feature.holds(candidate, discourse)
        if share:
            reasons.append(Reason(feature.name, round(feature.weight * share, 2), detail))
    return Scored(candidate.id, tuple(reasons))
