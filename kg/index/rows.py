"""Claims, articles and entities as they stand in the index: without what is found elsewhere."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from kg.model import Article, Claim, Entity
from kg.ontology import ENT
from kg.records import Record, article_of, article_record, claim_of, claim_record, entity_of, entity_record


def dumped(value: Any) -> str:
    """Return a value as JSON, equal for equal values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def article_row(article: Article) -> str:
    """Return an article without its text."""
    return dumped({**article_record(article), "text": ""})


def article_in(row: str) -> Article:
    """Return the article of a row; its text is empty."""
    return article_of(json.loads(row))


def digest_of(article: Article, extractor: str) -> str:
    """Return a hash of all that an article is, and of the extractor that reads it."""
    content = dumped([article_record(article), extractor])
    return hashlib.sha256(content.encode()).hexdigest()


def claim_row(claim: Claim) -> str:
    """Return a claim whose entities are named, but not described."""
    record = claim_record(claim)
    for part in _parts(record):
        for key in entity_record(claim.actor.entity):
            if key != "id":
                del part[key]
        part["id"] = part["id"].removeprefix(str(ENT))
    return dumped(record)


def claim_in(row: str, entities: Mapping[str, Record]) -> Claim:
    """Return the claim of a row; ``entities`` describes entities by id. Raises KeyError if one is missing."""
    record = json.loads(row)
    for part in _parts(record):
        part.update(entities[part["id"]])
    return claim_of(record)


def ids_in(row: str) -> set[str]:
    """Return the ids of the entities that the claim of a row names."""
    return {part["id"] for part in _parts(json.loads(row))}


def entity_row(entity: Entity) -> str:
    """Return an entity."""
    return dumped(entity_record(entity))


def entity_in(row: str) -> Entity:
    """Return the entity of a row."""
    return entity_of(json.loads(row))


def _parts(record: Record) -> list[Record]:
    """Return the parts of a claim's record that are entities."""
    place = [record["place"]] if record["place"] else []
    return [record["actor"], record["recipient"], *record["speakers"], *place]
