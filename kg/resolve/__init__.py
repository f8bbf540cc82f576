"""Readings -> claims between entities, and events over claims."""

from kg.resolve.claims import claims_of
from kg.resolve.entities import described, entities_in, fullest, harmonised
from kg.resolve.events import events_of, events_of_bucket
from kg.resolve.judged import joined_buckets, without_claim
from kg.resolve.sightings import bucket_of

__all__ = [
    "bucket_of",
    "claims_of",
    "described",
    "entities_in",
    "events_of",
    "events_of_bucket",
    "fullest",
    "harmonised",
    "joined_buckets",
    "without_claim",
]
