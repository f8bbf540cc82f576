"""Chooses claims: by relation, modality, period and actor, for exports, pictures and analyses."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final, Protocol

from kg.errors import SelectionError
from kg.graph import disputed_claims
from kg.model import Article, Claim, Entity, Event, Modality, Role
from kg.ontology import relation_types


class Claims(Protocol):
    """What claims are chosen from; a ``kg.Graph`` is one."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles of the claims."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims to choose from."""

    @property
    def events(self) -> tuple[Event, ...]:
        """What the claims report."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Who takes part, and whom they act for."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims are meant. What is left empty does not restrict.

    Attributes:
        relations: ids of relations ("meets") or PLOVER roots ("CONSULT").
        modalities: such as "actual" and "planned".
        first: first day of a period. A claim falls on the days of its own time, else on that of its article.
        last: last day of a period.
        actors: who must act or be acted upon, one of these, see ``find_actors``: "Russia", "RUS".
        disputed: whether claims count that others deny, and those of events that do not count as held.
    """

    relations: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    actors: tuple[str, ...] = ()
    disputed: bool = True


EVERYTHING: Final = Selection()
ACTUAL: Final = Selection(modalities=(Modality.ACTUAL.value,), disputed=False)
"""What is reported as having happened, and is denied by nobody."""


def select(source: Claims, selection: Selection = EVERYTHING) -> tuple[Claim, ...]:
    """Return the claims that are meant, in their order.

    Raises SelectionError for a relation, a modality or an actor that there is not, naming the nearest one.
    """
    relations = _relations(selection.relations)
    modalities = _known(selection.modalities, {modality.value for modality in Modality}, "modality")
    actors = _actors(selection.actors, source.claims)
    disputed = frozenset() if selection.disputed else disputed_claims(source.claims, source.events)
    published = {article.id: article.published for article in source.articles}
    return tuple(
        claim
        for claim in source.claims
        if (not relations or claim.relation in relations)
        and (not modalities or claim.modality.value in modalities)
        and (not actors or not actors.isdisjoint((claim.actor.entity.id, claim.recipient.entity.id)))
        and _in_period(days_of(claim, published.get(claim.article)), selection)
        and claim.id not in disputed
    )


def days_of(claim: Claim, published: date | None) -> tuple[date, date] | None:
    """Return first and last day of a claim: of its own time, else the day of its article, if it has one."""
    if claim.time:
        return claim.time.start, claim.time.end
    return (published, published) if published else None


def code_of(role: Role) -> str:
    """Return the code that a role counts for: ISO alpha-3, the code of an organisation, or ""."""
    return role.state or role.entity.iso3 or role.entity.code


def find_actors(wanted: str, claims: Iterable[Claim]) -> frozenset[str]:
    """Return the ids of the actors that ``wanted`` names, by id, by name in any language, or by code.

    A state or organisation stands for all who count for it: "Russia" means its minister too. Raises
    SelectionError, with the nearest name, if nobody is called so.
    """
    called: dict[str, set[str]] = {}
    counting: dict[str, set[str]] = {}
    for claim in claims:
        for role in (claim.actor, claim.recipient):
            entity, code = role.entity, code_of(role)
            counting.setdefault(code, set()).add(entity.id)
            stands_for = "" if entity.acts_for else entity.iso3 or entity.code
            for name in (entity.id, *(label for _, label in entity.labels)):
                called.setdefault(name.casefold(), set()).add(
                    f"code {stands_for}" if stands_for else entity.id
                )
            called.setdefault(code.casefold(), set()).add(f"code {code}")
    called.pop("", None)
    key = wanted.strip().casefold()
    if key not in called:
        raise SelectionError(f"no claim has an actor {wanted!r}{_nearest(key, called)}")
    return frozenset().union(*(counting.get(name.removeprefix("code "), {name}) for name in called[key]))


def _actors(wanted: Iterable[str], claims: tuple[Claim, ...]) -> frozenset[str]:
    return frozenset().union(*(find_actors(name, claims) for name in wanted))


def _relations(wanted: Iterable[str]) -> frozenset[str]:
    """Return the relations that are meant, those of a PLOVER root for its name."""
    types = relation_types()
    roots = {known.root for known in types.values()}
    chosen = _known(wanted, {*types, *roots}, "relation")
    return frozenset(known.id for known in types.values() if not chosen.isdisjoint((known.id, known.root)))


def _known(wanted: Iterable[str], known: Collection[str], what: str) -> frozenset[str]:
    chosen = frozenset(wanted)
    for name in sorted(chosen - set(known)):
        raise SelectionError(f"no {what} {name!r}{_nearest(name, known) or '; there is ' + _listed(known)}")
    return chosen


def _in_period(days: tuple[date, date] | None, selection: Selection) -> bool:
    if selection.first is None and selection.last is None:
        return True
    if days is None:
        return False
    return days[0] <= (selection.last or date.max) and days[1] >= (selection.first or date.min)


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    return f"; the nearest is {near[0]!r}" if near else ""


def _listed(known: Iterable[str]) -> str:
    return ", ".join(sorted(known)[:60])
