"""Values as JSON: the lines of ``kg extract`` and of the file that a build keeps beside its store.

A record holds everything of a value, so that reading it back gives an equal one. In the record of a claim the
keys of the contract stand first.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kg import __version__
from kg.model import Article, Claim, Entity, Interval, Kind, Modality, Role, Span
from kg.ontology import ENT

Record = dict[str, Any]

_LINE_ENDS: Final = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Line ends to ``str.splitlines`` that JSON leaves as they are; articles from web pages hold them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with what an extractor drew from it.

    Attributes:
        article: the article.
        extractor: name and version of the extractor.
        claims: its claims, in text order.
        rejected: statements without verbatim quote, which the evidence gate turned away.
        unlinked: statements whose actors are not known.
        version: version of diplokg that read the article.
    """

    article: Article
    extractor: str
    claims: tuple[Claim, ...]
    rejected: int = 0
    unlinked: int = 0
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Says that an article, by its id, is no longer part of a folder."""

    article: str


def dumps(record: Record) -> str:
    r"""Return a record as JSON on one line, whatever a reader takes for the end of a line. Raises nothing.

    >>> dumps({"text": "Genf\u2028Wien"})
    '{"text": "Genf\\u2028Wien"}'
    """
    return json.dumps(record, ensure_ascii=False).translate(_LINE_ENDS)


def entry_record(entry: Entry) -> Record:
    """Return an entry as a record: the article in the input format, and the claims with it."""
    return {
        **article_record(entry.article),
        "extractor": entry.extractor,
        "version": entry.version,
        "rejected": entry.rejected,
        "unlinked": entry.unlinked,
        "claims": [claim_record(claim) for claim in entry.claims],
    }


def entry_of(record: Record) -> Entry:
    """Return the entry of a record made by ``entry_record``. Raises as ``article_of`` and ``claim_of``."""
    return Entry(
        article=article_of(record),
        extractor=record["extractor"],
        claims=tuple(map(claim_of, record["claims"])),
        rejected=record["rejected"],
        unlinked=record["unlinked"],
        version=record["version"],
    )


def withdrawal_record(withdrawal: Withdrawal) -> Record:
    """Return a withdrawal as a record."""
    return {"id": withdrawal.article, "withdrawn": True}


def line_of(record: Record) -> Entry | Withdrawal:
    """Return what a line of a folder's record says. Raises as ``entry_of``."""
    return Withdrawal(record["id"]) if record.get("withdrawn") is True else entry_of(record)


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
    """Return the article of a record made by ``article_record``; further keys are left out.

    Raises KeyError for a missing key, ValueError or TypeError for a malformed value.
    """
    return Article(
        id=record["id"],
        title=record["title"],
        text=record["text"],
        language=record["language"],
        published=date.fromisoformat(record["published"]) if record["published"] else None,
        publisher=record["publisher"],
        url=record["url"],
        fictional=record["fictional"],
    )


def claim_record(claim: Claim) -> Record:
    """Return a claim as a record: the contract's keys first, then what else a Claim holds."""
    return {
        "article": claim.article,
        "type": claim.type,
        "relation": claim.relation,
        "actor": _role(claim.actor),
        "recipient": _role(claim.recipient),
        "modality": claim.modality.value,
        "time": _interval(claim.time),
        "place": entity_record(claim.place) if claim.place else None,
        "speakers": [_role(speaker) for speaker in claim.speakers],
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
    """Return the claim of a record made by ``claim_record``; further keys are left out.

    Raises KeyError for a missing key, ValueError or TypeError for a malformed value.
    """
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
        time=_interval_of(record["time"]) if record["time"] else None,
        place=entity_of(record["place"]) if record["place"] else None,
        confidence=record["confidence"],
        extractor=record["extractor"],
        cues=tuple(record["cues"]),
    )


def _role(role: Role) -> Record:
    found: Record = {**entity_record(role.entity), "state": role.state}
    if role.mention:
        found["start"], found["end"] = role.mention.start, role.mention.end
    if role.joint:
        found["joint"] = True
    return found


def _role_of(record: Record) -> Role:
    mention = Span(record["start"], record["end"]) if "start" in record else None
    return Role(entity_of(record), mention, record["state"], record.get("joint", False))


def entity_record(entity: Entity) -> Record:
    """Return an entity as a record."""
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


def entity_of(record: Record) -> Entity:
    """Return the entity of a record made by ``entity_record``; further keys are left out."""
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


def _interval(time: Interval | None) -> Record | None:
    if time is None:
        return None
    return {"start": time.start.isoformat(), "end": time.end.isoformat(), "text": time.text}


def _interval_of(record: Record) -> Interval:
    return Interval(date.fromisoformat(record["start"]), date.fromisoformat(record["end"]), record["text"])
