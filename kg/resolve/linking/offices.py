"""Offices without a name: who held one on the day, and counterparts."""

from dataclasses import replace

from kg.model import Entity, Kind, Mention
from kg.resolve.linking.descriptions import describe
from kg.resolve.linking.discourse import Discourse
from kg.resolve.linking.scores import Reason, Scored
from kg.resolve.linking.widened import widened


def link_office(mention: Mention, discourse: Discourse) -> Entity | None:
    """Return who holds an office: the holder on the day, a person named before with it, else its description."""
    if mention.counterpart or (mention.head and not mention.offices):
        mention = _as_counterpart(mention, discourse)
    found = () if mention.plural else office_candidates(mention, discourse)
    discourse.considered[mention] = found
    if len(found) == 1:
        return discourse.kb.entity(found[0].id)
    if not mention.of and not mention.plural:
        for earlier in discourse.before(mention):
            entity = discourse.entities.get(earlier)
            if entity and entity.kind is Kind.PERSON and set(earlier.offices) & set(mention.offices):
                return entity
    return describe(mention, discourse)


def office_candidates(mention: Mention, discourse: Discourse) -> tuple[Scored, ...]:
    """Return who held an office on the day: the office itself first, then what papers also call it."""
    for asked in (mention.offices, widened(mention.offices)):
        for owner in mention.of:
            ever = [t for office in asked for t in discourse.kb.holders.get((office, owner), ())]
            found = {t.person: t for t in ever if t in discourse.held(t.person)}
            if found:
                reasons = {
                    id: Reason("held the office on the day", 3.0, f"{t.office} of {t.of} since {t.start}")
                    for id, t in sorted(found.items())
                }
                return tuple(Scored(id, (reason,)) for id, reason in reasons.items())
    return ()


def _as_counterpart(mention: Mention, discourse: Discourse) -> Mention:
    """Give "sein US-Amtskollege" the office of the last person named before."""
    for earlier in discourse.before(mention):
        if earlier.offices and not earlier.counterpart:
            return replace(mention, offices=earlier.offices)
    return mention
