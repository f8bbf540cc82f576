"""Readings -> claims between entities, and events over claims."""

from kg.resolve.claims import claims_of
from kg.resolve.entities import harmonised
from kg.resolve.events import events_of

__all__ = ["claims_of", "events_of", "harmonised"]
