"""Offices without a name: who held one on the day, and counterparts."""

from dataclasses import replace

from kg.model import Entity, Kind, Mention
from kg.resolve.linking.descriptions import describe
from kg.resolve.linking.discourse import Discourse
from kg.resolve.linking.home import home_of
from kg.resolve.linking.scores import Reason, Scored
from kg.resolve.linking.surroundings import indefinite, same_sentence
from kg.resolve.linking.widened import widened


def link_office(mention: Mention, discourse: Discourse) -> Entity | None:
    """Return who holds an office: the holder on the day, a person named with it, else its description."""
    named = mention
    if mention.counterpart or (mention.head and not mention.offices):
        mention = _as_counterpart(mention, discourse)
    if mention.plural or indefinite(mention, discourse):
        return describe(mention, discourse)
    found = discourse.considered[named] = office_candidates(mention, discourse)
    if len(found) == 1:
        return discourse.kb.entity(found[0].id)
    return _named_with_it(mention, discourse) or _of_home(mention, discourse) or describe(mention, discourse)


def _named_with_it(mention: Mention, discourse: Discourse) -> Entity | None:
    """Return the person named with an office, before the mention, else after it; of the state where one is said."""
    later = [other for other in discourse.mentions if other.span.start >= mention.span.end]
    for other in (*discourse.before(mention), *later):
        entity = discourse.entities.get(other)
        if entity is None or entity.kind is not Kind.PERSON or other.kind is Kind.PRONOUN:
            continue
        offices = {*other.offices, *(t.office for t in discourse.held(entity.id))}
        if mention.of:
            ours = {*other.of, *discourse.states_of(entity.id)} & set(mention.of)
            offices = set(other.offices) if ours else set()
        if offices & set(mention.offices):
            return entity
    return None


def _of_home(mention: Mention, discourse: Discourse) -> Entity | None:
    """Return who holds an office of the state that the article speaks of: "the Queen", "der Präsident"."""
    home = home_of(mention, discourse) if not mention.of else None
    found = office_candidates(replace(mention, of=(home.id,)), discourse) if home else ()
    return discourse.kb.entity(found[0].id) if len(found) == 1 else None


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
    """Give "sein US-Amtskollege" the office of the last person before, and where no state is said the other one."""
    for earlier in discourse.before(mention):
        entity = discourse.entities.get(earlier)
        own = (
            [tenure for tenure in discourse.held(entity.id) if tenure.of in discourse.kb.records]
            if entity
            else []
        )
        latest = max(own, key=lambda tenure: (tenure.start, tenure.office), default=None)
        offices = earlier.offices or ((latest.office,) if latest else ())
        if offices and not earlier.counterpart:
            of = mention.of or _other_state(mention, discourse.serves(entity.id) if entity else "", discourse)
            return replace(mention, offices=offices, of=of)
    return mention


def _other_state(mention: Mention, own: str, discourse: Discourse) -> tuple[str, ...]:
    """Return the one state of the sentence besides a person's own."""
    states = {
        entity.id
        for other in discourse.mentions
        if (entity := discourse.entities.get(other)) and entity.kind is Kind.STATE
        if same_sentence(other, mention, discourse) and entity.id != own
    }
    return tuple(states) if len(states) == 1 else ()
