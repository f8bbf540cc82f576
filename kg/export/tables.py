"""Tables for spreadsheets and statistics: nodes and edges, and events as event data sets have them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.export.source import Export
from kg.graph.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, edge_attributes, node_attributes
from kg.knowledge.entities import knowledge_base
from kg.model import Article, Claim, Entity, Event, Role
from kg.ontology import relation_types
from kg.selection import code_of, days_of
from kg.spreadsheet import Cell, claims_csv, csv_lines

QUAD_CLASSES: Final = {
    "verbalCooperation": 1, "materialCooperation": 2, "verbalConflict": 3, "materialConflict": 4,
}  # fmt: skip
"""Numbers of the quad classes, as GDELT and ICEWS users know them."""

END: Final = ("name", "id", "kind", "country", "cow")
EVENT_COLUMNS: Final = (
    "event_date", "end_date", "date_from", "event_id", "claim_id",
    *(f"source_{name}" for name in END), *(f"target_{name}" for name in END),
    "root", "relation", "quad_class", "quad_name", "modality", "status", "place_name", "place_country",
    "speakers", "publisher", "published", "article_id", "url", "confidence", "quote",
)  # fmt: skip


def nodes_csv(export: Export) -> Iterator[bytes]:
    """Yield the table of actors: ``Id`` and ``Label``, as Gephi wants them, then what else a node has."""
    others = [name for name in NODE_ATTRIBUTES if name != "label"]
    given = node_attributes(export.claims, export.known, language=export.language)
    rows = ((id, node["label"], *(node[name] for name in others)) for id, node in given)
    return csv_lines(("Id", "Label", *others), rows)


def edges_csv(export: Export) -> Iterator[bytes]:
    """Yield the table of claims as edges: ``Source Target Type Id Label`` for Gephi, then what else they have."""
    others = [name for name in EDGE_ATTRIBUTES if name not in {"label", "claim"}]
    claims = sorted(export.claims, key=lambda claim: claim.id)
    given = edge_attributes(claims, export.known, export.articles, export.events, language=export.language)
    rows = (
        (
            claim.actor.entity.id,
            claim.recipient.entity.id,
            "Directed",
            claim.id,
            edge["label"],
            *(edge[name] for name in others),
        )
        for claim, edge in given
    )
    return csv_lines(("Source", "Target", "Type", "Id", "Label", *others), rows)


def claims_table(export: Export) -> Iterator[bytes]:
    """Yield the table ``claims.csv`` of a build."""
    yield claims_csv(export.claims, export.articles, export.events)


def events_csv(export: Export) -> Iterator[bytes]:
    """Yield a row a claim in the order of the days, in the manner of PLOVER, ICEWS and GDELT.

    ``event_id`` is the same for all claims of one happening: count it, not the rows. ``date_from`` says whether
    the day stands in the "text" or is that of the "article". ``source`` is who acts, not who says so; countries
    are ISO alpha-3 or codes of organisations, ``cow`` the Correlates of War number of the country.
    ``quad_class``: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict. There is no intensity:
    Goldstein's weights belong to WEIS and CAMEO codes, which PLOVER's do not map to one to one. Raises nothing.
    """
    lookup = _Lookup.of(export)
    rows = [_event_row(claim, lookup) for claim in export.claims]
    rows.sort(key=lambda row: (row[0] == "", row[:2], row[3:5]))
    return csv_lines(EVENT_COLUMNS, rows)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """What a row is filled from: articles by id, events by claim, entities by id, COW numbers by country."""

    articles: dict[str, Article]
    events: dict[str, Event]
    entities: dict[str, Entity]
    cow: dict[str, str]
    language: str

    @classmethod
    def of(cls, export: Export) -> "_Lookup":
        return cls(
            articles={article.id: article for article in export.articles},
            events={id: event for event in export.events for id in event.claims},
            entities=export.known,
            cow={entity.iso3: entity.cow for entity in reversed(export.entities) if entity.cow},
            language=export.language,
        )

    def name(self, id: str) -> str:
        return self.entities[id].label(self.language)

    def end(self, role: Role) -> tuple[Cell, ...]:
        entity, code = self.entities[role.entity.id], code_of(role)
        return self.name(entity.id), entity.id, entity.kind.value, code, entity.cow or self.cow.get(code, "")


def _event_row(claim: Claim, lookup: _Lookup) -> tuple[Cell, ...]:
    article, event = lookup.articles.get(claim.article), lookup.events.get(claim.id)
    published = article.published if article else None
    days = days_of(claim, published)
    relation = relation_types().get(claim.relation)
    place = knowledge_base().records.get(claim.place.id) if claim.place else None
    return (
        days[0].isoformat() if days else "",
        days[1].isoformat() if days else "",
        ("text" if claim.time else "article") if days else "",
        event.id if event else "",
        claim.id,
        *lookup.end(claim.actor),
        *lookup.end(claim.recipient),
        claim.type,
        claim.relation,
        QUAD_CLASSES[relation.quad] if relation else "",
        relation.quad if relation else "",
        claim.modality.value,
        event.status.value if event else "",
        lookup.name(claim.place.id) if claim.place else "",
        place.country if place else "",
        claim.said_by(lambda entity: lookup.name(entity.id)),
        article.publisher if article else "",
        published.isoformat() if published else "",
        claim.article,
        article.url if article else "",
        claim.confidence,
        claim.quote,
    )
