"""All that the page shows: two networks, and the evidence of their edges. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.model import Article, Claim, Entity, Event, Span
from kg.ontology import relation_types
from kg.view.bundles import (
    LANGUAGES,
    Bundle,
    Node,
    actor_nodes,
    bundles_of,
    code_of,
    is_symmetric,
    labels_of,
    state_nodes,
)
from kg.view.palette import DASHES, FAMILIES, family_of

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class PageData:
    """Nodes and edges of both levels, and ``evidence`` as plain JSON."""

    nodes: tuple[Node, ...]
    bundles: tuple[Bundle, ...]
    evidence: Json


def page_data(
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    articles: Iterable[Article],
    events: Iterable[Event] = (),
) -> PageData:
    """Arrange claims for the page, in the order of their days. The order of the input does not matter.

    ``entities`` name the states that actors count for; a claim whose article is missing shows that article's
    id. Raises nothing.
    """
    by_id = {article.id: article for article in articles}
    ordered = sorted(claims, key=lambda claim: _place_in_time(claim, by_id.get(claim.article)))
    people, actor_ends = actor_nodes(ordered)
    states, state_ends = state_nodes(ordered, sorted(entities, key=lambda entity: entity.id))
    bundles = (*bundles_of(ordered, actor_ends, "actor"), *bundles_of(ordered, state_ends, "state"))
    cited = sorted({claim.article for claim in ordered})
    speakers = {role.entity.id: role.entity for claim in ordered for role in claim.speakers}
    reported, event_of = _events(ordered, events)
    evidence: Json = {
        "families": [{"id": f.id, "colour": f.colour, "mark": f.mark, **f.labels} for f in FAMILIES],
        "modalities": [{"id": modality.value, "dash": dash} for modality, dash in DASHES.items()],
        "relations": {claim.relation: _relation(claim) for claim in ordered},
        "speakers": [labels_of(speakers[id]) for id in sorted(speakers)],
        "articles": [_article(id, by_id.get(id)) for id in cited],
        "events": reported,
        "claims": [
            {
                **_claim(claim, by_id.get(claim.article)),
                "ends": {"actor": actor_ends[number], "state": state_ends[number]},
                "speakers": [sorted(speakers).index(role.entity.id) for role in claim.speakers],
                "joint": [nth for nth, role in enumerate(claim.speakers) if role.joint],
                "article": cited.index(claim.article),
                "event": event_of.get(claim.id, -1),
            }
            for number, claim in enumerate(ordered)
        ],
    }
    return PageData((*people, *states), bundles, evidence)


def safe_url(url: str) -> str:
    """Return ``url`` where it is http(s) and names a host, else "".

    >>> safe_url("javascript:alert(1)"), safe_url("https://example.org/a")
    ('', 'https://example.org/a')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def split_quote(quote: str, span: Span, trigger: Span) -> list[str]:
    """Split a quote before and after its trigger, so that the page need not count characters.

    >>> split_quote("Iran warnt die USA", Span(10, 28), Span(15, 20))
    ['Iran ', 'warnt', ' die USA']
    """
    if not span.covers(trigger):
        return [quote, "", ""]
    start, end = trigger.start - span.start, trigger.end - span.start
    return [quote[:start], quote[start:end], quote[end:]]


def _days(claim: Claim, article: Article | None) -> tuple[str, str]:
    """Return the first and last day of a claim: of its own time, else of the article, else empty."""
    if claim.time is not None:
        return claim.time.start.isoformat(), claim.time.end.isoformat()
    day = article.published.isoformat() if article and article.published else ""
    return day, day


def _place_in_time(claim: Claim, article: Article | None) -> tuple[bool, tuple[str, str], str]:
    """Return what claims are sorted by: those without a day stand last."""
    days = _days(claim, article)
    return days == ("", ""), days, claim.id


def relation_label(relation: str, language: str) -> str:
    """Return the label of a relation, or its id where it has none."""
    known = relation_types().get(relation)
    return (known.labels.get(language) if known else "") or relation


def _relation(claim: Claim) -> Json:
    labels = {language: relation_label(claim.relation, language) for language in LANGUAGES}
    family = family_of(claim.relation, claim.type).id
    return {"family": family, "symmetric": is_symmetric(claim.relation), **labels}


def _article(id: str, article: Article | None) -> Json:
    if article is None:
        return {"title": id, "publisher": "", "published": "", "url": "", "language": "", "fictional": False}
    return {
        "title": article.title or article.id,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else "",
        "url": safe_url(article.url),
        "language": article.language,
        "fictional": article.fictional,
    }


def _claim(claim: Claim, article: Article | None) -> Json:
    first, last = _days(claim, article)
    return {
        "id": claim.id,
        "relation": claim.relation,
        "type": claim.type,
        "modality": claim.modality.value,
        "from": first,
        "to": last,
        "dated": claim.time is not None,
        "when": claim.time.text if claim.time else "",
        "place": labels_of(claim.place) if claim.place else None,
        "quote": split_quote(claim.quote, claim.span, claim.trigger),
        "codes": [code_of(claim.actor), code_of(claim.recipient)],
        "confidence": round(claim.confidence, 2),
        "extractor": claim.extractor,
    }


def _events(claims: Sequence[Claim], events: Iterable[Event]) -> tuple[list[Json], Mapping[str, int]]:
    """Return the events that have claims here, and the place of its event by id of claim."""
    places = {claim.id: place for place, claim in enumerate(claims)}
    found: list[Json] = []
    event_of: dict[str, int] = {}
    for event in sorted(events, key=lambda event: event.id):
        members = sorted(id for id in event.claims if id in places)
        if members:
            event_of.update(dict.fromkeys(members, len(found)))
            found.append({"status": event.status.value, "claims": sorted(places[id] for id in members)})
    return found, event_of
