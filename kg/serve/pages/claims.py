"""Claims as the pages show them: a card each, with its sentence, speakers, time, place and source."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request

from kg.model import Span
from kg.serve.pages.asking import Row, ask
from kg.serve.pages.names import Name, labelled, local, names_of, relation_name
from kg.serve.pages.words import Language
from kg.view.bundles import is_symmetric
from kg.view.data import safe_url, split_quote
from kg.view.palette import Family, family_of


@dataclass(frozen=True, slots=True)
class Source:
    """The article that a claim stands in."""

    iri: str
    title: str
    outlet: str
    published: str
    url: str
    language: str
    fictional: bool

    @classmethod
    def of(cls, row: Row) -> "Source":
        """Return the article of a row that has its columns."""
        return cls(
            iri=row["article"],
            title=row["title"] or local(row["article"]),
            outlet=row["outlet"],
            published=row["published"],
            url=safe_url(row["url"]),
            language=row["language"],
            fictional=row["fictional"] == "true",
        )


@dataclass(frozen=True, slots=True)
class Card:
    """A claim with its evidence.

    ``quote`` is split before and after its trigger; ``speakers`` are the links of the chain, outermost first.
    """

    iri: str
    actor: Name
    recipient: Name
    relation: str
    label: str
    symmetric: bool
    family: Family
    modality: str
    quote: list[str]
    span: Span
    trigger: Span
    speakers: tuple[tuple[Name, ...], ...]
    start: str
    end: str
    when: str
    dated: bool
    place: Name | None
    source: Source
    event: str
    status: str
    confidence: float
    extractor: str

    @property
    def id(self) -> str:
        """The last part of the IRI, for anchors."""
        return self.iri.rpartition("/")[2]


async def cards_of(request: Request, claims: Sequence[str], language: Language) -> list[Card]:
    """Return the cards of claims, in their order; one that is not in the store is left out. Raises Problem."""
    if not claims:
        return []
    rows: dict[str, Row] = {}
    for row in await ask(request, "claims", iris=claims):
        rows.setdefault(row["claim"], row)
    speakers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in await ask(request, "speakers", iris=claims):
        speakers[row["claim"]][row["position"]].append(row["by"])
    named = {row[column] for row in rows.values() for column in ("actor", "recipient", "place")}
    named.update(by for chain in speakers.values() for link in chain.values() for by in link)
    names = await names_of(request, named, language)
    return [
        _card(rows[claim], speakers[claim].values(), names, language) for claim in claims if claim in rows
    ]


def family_name(relation: str, type: str) -> Family:
    """Return the family of a relation and type that are IRIs."""
    return family_of(local(relation), local(type))


def day(text: str) -> date | None:
    """Return the day that a text names, None if it names none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _card(row: Row, speakers: Iterable[Iterable[str]], names: dict[str, Name], language: Language) -> Card:
    relation = local(row["relation"])
    span = Span(int(row["from"]), int(row["to"]))
    trigger = Span(int(row["triggerFrom"]), int(row["triggerTo"]))
    source = Source.of(row)
    return Card(
        iri=row["claim"],
        actor=names[row["actor"]],
        recipient=names[row["recipient"]],
        relation=relation,
        label=relation_name(relation, language),
        symmetric=is_symmetric(relation),
        family=family_name(row["relation"], row["type"]),
        modality=local(row["modality"]),
        quote=split_quote(row["quote"], span, trigger),
        span=span,
        trigger=trigger,
        speakers=tuple(tuple(names[by] for by in link) for link in speakers),
        start=row["start"] or source.published,
        end=row["end"] or row["start"] or source.published,
        when=row["when"],
        dated=bool(row["start"]),
        place=labelled(row, "place", names),
        source=source,
        event=row["event"],
        status=local(row["status"]),
        confidence=float(row["confidence"]),
        extractor=row["extractor"],
    )
