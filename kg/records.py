"""Values as JSON: the lines of ``kg extract`` and the files that a build keeps beside its store.

A record holds everything of a claim, so that reading it back gives an equal Claim; the keys of the contract in
``docs/`` stand first.
"""

import json
from datetime import date
from typing import Any

from kg.model import Article, Claim, Entity, Interval, Kind, Modality, Role, Span
from kg.ontology import ENT

Record = dict[str, Any]


def dumps(record: Record) -> str:
    """Return a record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False)


def article_record(article: Article) -> Record:
    """Return an article as a record of the input format."""
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "published": article.published.isoformat() if article.published else "",
        "language": article.language,
        "publisher": article.publisher,
        "url": article.url,
        "fictional": article.fictional,
    }


def article_of(record: Record) -> Article:
    """Return the article of a record made by ``article_record``."""
    published = date.fromisoformat(record["published"]) if record["published"] else None
    return Article(**{**record, "published": published})


def claim_record(claim: Claim) -> Record:
    """Return a claim as a record: the contract's keys first, then what else a Claim holds."""
    return {
        "article": claim.article,
        "type": claim.type,
        "relation": claim.relation,
        "actor": _role(claim.actor, claim),
        "recipient": _role(claim.recipient, claim),
        "modality": claim.modality.value,
        "time": _time(claim.time),
        "place": _place(claim.place),
        "speakers": [_role(speaker, claim) for speaker in claim.speakers],
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "confidence": claim.confidence,
        "extractor": claim.extractor,
        "id": claim.id,
        "trigger": [claim.trigger.start, claim.trigger.end],
        "cues": list(claim.cues),
    }


def claim_of(record: Record) -> Claim:
    """Return the claim of a record made by ``claim_record``."""
    time = record["time"]
    return Claim(
        id=record["id"],
        article=record["article"],
        type=record["type"],
        relation=record["relation"],
        actor=_role_of(record["actor"]),
        recipient=_role_of(record["recipient"]),
        modality=Modality(record["modality"]),
        quote=record["quote"],
        span=Span(record["start"], record["end"]),
        trigger=Span(*record["trigger"]),
        speakers=tuple(map(_role_of, record["speakers"])),
        time=Interval(date.fromisoformat(time["start"]), date.fromisoformat(time["end"]), time["text"]) if time else None,
        place=_entity_of(record["place"]) if record["place"] else None,
        confidence=record["confidence"],
        extractor=record["extractor"],
        cues=tuple(record["cues"]),
    )


def _role(role: Role, claim: Claim) -> Record:
    found: Record = {**_entity(role.entity), "state": role.state}
    if role.mention:
        found["start"], found["end"] = role.mention.start, role.mention.end
    return found


def _role_of(record: Record) -> Role:
    mention = Span(record["start"], record["end"]) if "start" in record else None
    return Role(_entity_of(record), mention, record["state"])


def _entity(entity: Entity) -> Record:
    return {
        "id": f"{ENT}{entity.id}",
        "label": entity.label("en"),
        "kind": entity.kind.value,
        "labels": dict(entity.labels),
        "iso3": entity.iso3,
        "cow": entity.cow,
        "wikidata": entity.wikidata,
        "code": entity.code,
        "acts_for": entity.acts_for,
        "description": entity.description,
    }


def _entity_of(record: Record) -> Entity:
    return Entity(
        id=record["id"].removeprefix(str(ENT)),
        kind=Kind(record["kind"]),
        labels=tuple(record["labels"].items()),
        iso3=record["iso3"],
        cow=record["cow"],
        wikidata=record["wikidata"],
        code=record["code"],
        acts_for=record["acts_for"],
        description=record["description"],
    )


def _place(place: Entity | None) -> Record | None:
    return None if place is None else _entity(place)


def _time(time: Interval | None) -> Record | None:
    if time is None:
        return None
    return {"start": time.start.isoformat(), "end": time.end.isoformat(), "text": time.text}


def contract_line(claim: Claim, article: Article, country: str = "") -> str:
    """Return the line of ``kg extract --format jsonl`` for a claim.

    ``mention`` is the text of a role; ``country`` the ISO code of the place's state.
    """
    record = claim_record(claim)
    for role in (record["actor"], record["recipient"], *record["speakers"]):
        if "start" in role:
            role["mention"] = article.text[role["start"] : role["end"]]
    if record["place"]:
        record["place"]["country"] = country
    return dumps(record)
