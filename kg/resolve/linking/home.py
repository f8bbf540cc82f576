"""Whose "the government", "das Verteidigungsministerium", "sein Land" is, where the words do not say it.

Every earlier mention speaks for the state behind it, the nearer the more; a person of the same sentence speaks most.
"""

from collections import defaultdict
from typing import Final

from kg.knowledge.values import MEDIA
from kg.model import Entity, Kind, Mention
from kg.resolve.linking.discourse import Discourse
from kg.resolve.linking.surroundings import possessed, same_sentence

_FADING: Final = 4.0  # mentions after which one speaks half as much
_SAME_SENTENCE: Final = 2.0  # points of a person, or of the state, that the sentence names
_PLACE: Final = 0.5  # a place or body speaks less for its state than a name of it
_OF_NO_STATE: Final = MEDIA | {"company"}


def home_of(mention: Mention, discourse: Discourse) -> Entity | None:
    """Return the state that most speaks for itself before a mention, in the whole article where none comes before."""
    if possessed(mention, discourse) and (state := _of_possessor(mention, discourse)):
        return discourse.known(state)
    points: defaultdict[str, float] = defaultdict(float)
    for distance, earlier in enumerate(discourse.before(mention)):
        state, weight = state_behind(earlier, discourse)
        if state:
            points[state] += weight / (1 + distance / _FADING)
            if same_sentence(earlier, mention, discourse) and earlier.kind is Kind.PERSON:
                points[state] += _SAME_SENTENCE
    if not points:
        for other in discourse.mentions:
            state, weight = state_behind(other, discourse)
            if state:
                points[state] += weight
    best = min(points, key=lambda id: (-points[id], id), default="")
    return discourse.known(best) if best else None


def state_behind(mention: Mention, discourse: Discourse) -> tuple[str, float]:
    """Return the id of the state behind a mention and how much it speaks for it, "" for none."""
    entity = discourse.entities.get(mention)
    owner = discourse.owner(mention)
    if entity is None:
        return (owner, 1.0) if _is_state(owner, discourse) else ("", 0.0)
    record = discourse.record(entity)
    if entity.kind is Kind.STATE:
        return entity.id, 1.0
    if entity.kind is Kind.PERSON:
        state = discourse.serves(entity.id) or entity.acts_for
        return (state, 1.0) if _is_state(state, discourse) else ("", 0.0)
    if _is_state(owner, discourse) and entity.kind is Kind.ORGANISATION:
        return owner, 1.0  # "die israelische Nachrichtenseite"
    if record and record.subkind in _OF_NO_STATE:
        return "", 0.0
    country = discourse.kb.by_iso3.get(record.country, "") if record else entity.acts_for
    return (country, _PLACE) if _is_state(country, discourse) else ("", 0.0)


def _of_possessor(mention: Mention, discourse: Discourse) -> str:
    """Return the state of the nearest person before "sein Land", or of the nearest state before "sein Minister"."""
    office = mention.kind is Kind.OFFICE
    for earlier in discourse.before(mention):
        entity = discourse.entities.get(earlier)
        owns = entity and (entity.kind is Kind.PERSON or (office and entity.kind is Kind.STATE))
        if entity and owns and same_sentence(earlier, mention, discourse):
            state, _ = state_behind(earlier, discourse)
            return state
    return ""


def _is_state(id: str, discourse: Discourse) -> bool:
    return discourse.has(id) and discourse.known(id).kind is Kind.STATE
