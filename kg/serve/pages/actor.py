"""The page of an actor: its relations over time, with whom, and the evidence."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.model import Modality
from kg.serve.jobs import Problem
from kg.serve.pages.asking import Row, ask, ask_one
from kg.serve.pages.claims import cards_of, day, family_name
from kg.serve.pages.names import Name, iri_of, local, names_of
from kg.serve.pages.render import page
from kg.serve.pages.timeline import Timeline, timeline
from kg.serve.pages.words import Language
from kg.view.palette import FAMILIES

CARDS: Final = 25
COUNTERPARTS: Final = 12
MOST: Final = 20_000
"""Claims that are looked at, as the query limits them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address of the page selects; empty means all."""

    id: str = ""
    scope: str = ""
    family: str = ""
    modality: str = ""
    other: str = ""
    first: str = ""
    last: str = ""
    order: str = ""
    page: int = 1

    @classmethod
    def of(cls, request: Request) -> "Choice":
        """Return the choice of a request; values that nothing can have count as empty."""
        given = {field.name: request.query_params.get(field.name, "") for field in fields(cls)}
        number = given.pop("page")
        for bound in ("first", "last"):
            given[bound] = given[bound] if day(given[bound]) else ""
        return cls(**given, page=max(1, int(number)) if number.isdecimal() and len(number) < 7 else 1)

    def fits(self, row: Row, own: frozenset[str]) -> bool:
        """Tell whether a claim is selected; ``own`` are the actor and all who act for it."""
        when = row["date"][:10]
        return (
            (not self.family or family_name(row["relation"], row["type"]).id == self.family)
            and (not self.modality or local(row["modality"]) == self.modality)
            and (not self.other or iri_of("actor", self.other) in others_of(row, own))
            and (not self.first or (when != "" and when >= self.first))
            and (not self.last or (when != "" and when <= self.last))
        )


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody with whom the actor has relations: claims by family, in parts of a hundred of the strongest."""

    name: Name
    count: int
    parts: tuple[tuple[str, int, float], ...]


def others_of(row: Row, own: frozenset[str]) -> set[str]:
    """Return the ends of a claim that are not the actor's own; both, where all are."""
    ends = {row["actor"], row["recipient"]}
    return (ends - own) or ends


async def actor_page(request: Request, language: Language) -> Response:
    """Return the page of an actor. Raises Problem."""
    choice = Choice.of(request)
    iri = iri_of("actor", choice.id)
    facts = await ask_one(request, "actor", parameters=[("entity", iri)])
    if facts is None:
        raise Problem("absent", iri)
    members = [row["member"] for row in await ask(request, "members", parameters=[("entity", iri)])]
    own = frozenset([iri] if choice.scope == "alone" else [iri, *members])
    rows = await ask(request, "actor-claims", iris=own)
    chosen = [row for row in rows if choice.fits(row, own)]
    ordered = (
        chosen if choice.order == "oldest" else sorted(chosen, key=lambda row: row["date"], reverse=True)
    )
    begin = (choice.page - 1) * CARDS
    shown = [row["claim"] for row in ordered[begin : begin + CARDS]]
    names = await names_of(request, {iri, facts["actsFor"], *members}, language)
    return page(
        request, "actor.html", language,
        name=names[iri], facts=facts, acts_for=names.get(facts["actsFor"]),
        members=sorted((names[member] for member in members), key=lambda name: name.label),
        choice=choice, all=len(rows), count=len(chosen), many=len(rows) >= MOST,
        undated=sum(day(row["date"]) is None for row in chosen),
        timeline=_timeline([row for row in rows if choice.fits(row, own)]),
        counterparts=await _counterparts(request, rows, own, language),
        cards=await cards_of(request, shown, language),
        modalities=[modality.value for modality in Modality],
        pages=max(1, -(-len(chosen) // CARDS)),
    )  # fmt: skip


def _timeline(rows: Sequence[Row]) -> Timeline:
    days = ((day(row["date"]), family_name(row["relation"], row["type"]).id) for row in rows)
    return timeline((when, family) for when, family in days if when is not None)


async def _counterparts(
    request: Request, rows: Sequence[Row], own: frozenset[str], language: Language
) -> list[Counterpart]:
    """Return those with most claims, the strongest first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for other in others_of(row, own):
            found[other][family_name(row["relation"], row["type"]).id] += 1
    strongest = sorted(found, key=lambda other: (-found[other].total(), other))[:COUNTERPARTS]
    names = await names_of(request, strongest, language)
    most = max((found[other].total() for other in strongest), default=1)
    return [
        Counterpart(names[other], found[other].total(), _parts(found[other], most)) for other in strongest
    ]


def _parts(counted: Counter[str], most: int) -> tuple[tuple[str, int, float], ...]:
    return tuple(
        (family.id, counted[family.id], round(100 * counted[family.id] / most, 1))
        for family in FAMILIES
        if counted[family.id]
    )
