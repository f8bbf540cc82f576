"""Names of states, organisations and places."""

from dataclasses import replace

from kg.knowledge.words import word_set
from kg.model import Entity, Kind, Mention
from kg.resolve.linking.descriptions import describe
from kg.resolve.linking.discourse import Discourse
from kg.resolve.linking.scores import Reason, Scored


def link_name(mention: Mention, discourse: Discourse) -> Entity:
    """Return the entity of a name: the known one that speaks most for itself, else one of that name."""
    if _anyones_body(mention, discourse):
        noun = replace(mention, kind=Kind.ORGANISATION, candidates=(), name="", head=mention.name.lower())
        return describe(noun, discourse) or discourse.name_unknown(mention)
    found = discourse.considered[mention] = name_candidates(mention, discourse)
    return discourse.kb.entity(found[0].id) if found else discourse.name_unknown(mention)


def _anyones_body(mention: Mention, discourse: Discourse) -> bool:
    """Tell whether "Congress" is that of a state which the article does not name: then it is that of another."""
    if mention.name.lower() not in word_set("collective", discourse.language) or not mention.candidates:
        return False
    states = {
        discourse.kb.records[id].entity.acts_for for id in mention.candidates if id in discourse.kb.records
    }
    return bool(states) and not states & (discourse.states | {""})


def name_candidates(mention: Mention, discourse: Discourse) -> tuple[Scored, ...]:
    """Return the known entities that carry a name, best first; none where the first is of no table."""
    records = discourse.kb.records
    if not mention.candidates or mention.candidates[0] not in records:
        return ()
    ranked = [_scored(id, mention, discourse) for id in mention.candidates if id in records]
    return tuple(sorted(ranked, key=lambda one: (-one.score, one.id)))


def _scored(id: str, mention: Mention, discourse: Discourse) -> Scored:
    record = discourse.kb.records[id]
    owners = {record.entity.acts_for, discourse.kb.by_iso3.get(record.country, "")} - {""}
    reasons = [Reason("name", 1.0, mention.name or record.entity.label())]
    if record.entity.kind is not Kind.PLACE:
        reasons.append(Reason("acts, and is no mere place", 4.0, record.entity.kind.value))
    if other := _other_name(id, mention, discourse):
        reasons.append(Reason("named otherwise in the article", 2.0, other))
    if shared := owners & set(mention.of):
        reasons.append(Reason("of the state named with it", 2.0, ", ".join(sorted(shared))))
    elif shared := owners & discourse.states:
        reasons.append(Reason("state named in the article", 1.0, ", ".join(sorted(shared))))
    return Scored(id, tuple(reasons))


def _other_name(id: str, mention: Mention, discourse: Discourse) -> str:
    """Return another name by which the article calls an entity, and it alone, "" for none."""
    return next(
        (m.name for m in discourse.mentions if m.candidates == (id,) and m.name not in {"", mention.name}), ""
    )
