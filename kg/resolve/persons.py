"""Who a person's name or office means, in an article of a certain day."""

from dataclasses import dataclass
from datetime import date

from kg.knowledge.entities import KnowledgeBase, Tenure
from kg.knowledge.names import bare, family_name, slug
from kg.model import Entity, Kind, Mention

_MEMBERSHIP = 3  # points: an office or state that the text names is the person's on that day
_IN_OFFICE = 1  # holds any office on that day
_NEARBY = 2  # the person's state is named in the article
_CLASH = -6  # the text names another state than the person's
_ENOUGH = {"full": 0, "family": 2}  # a family name alone needs a reason beside it


@dataclass(frozen=True)
class PersonContext:
    """What an article says around its persons: its day and the entities of states that it names."""

    kb: KnowledgeBase
    day: date | None
    states: frozenset[str]
    language: str


def best_person(mention: Mention, context: PersonContext) -> str:
    """Return the id of the known person that a named mention most likely means, or "".

    Every score has its reason: office and state named with it, in office that day, state named in the article.
    """
    scored = [(score_person(id, mention, context), id) for id in mention.candidates]
    if not scored:
        return ""
    score, id = max(scored, key=lambda pair: (pair[0], pair[1]))
    full = len(mention.name.split()) > 1
    tied = sum(other == score for other, _ in scored) > 1
    if tied and not full:
        return ""
    return id if score >= _ENOUGH["full" if full else "family"] else ""


def score_person(id: str, mention: Mention, context: PersonContext) -> int:
    """Return how much speaks for a known person."""
    record = context.kb.records[id]
    own_states = {record.entity.acts_for} | {t.of for t in context.kb.tenures_of.get(id, ())}
    score = 0
    current = [t for t in context.kb.tenures_of.get(id, ()) if _holds(t, context.day)]
    if current:
        score += _IN_OFFICE
    if mention.offices:
        held = {t.office for t in current}
        score += _MEMBERSHIP if held & set(_widened(mention.offices)) else 0
    if mention.of:
        score += _MEMBERSHIP if own_states & set(mention.of) else _CLASH
    if own_states & context.states:
        score += _NEARBY
    return score


def holder(offices: tuple[str, ...], of: tuple[str, ...], context: PersonContext) -> str:
    """Return the id of the person who held an office that day, or "" where nobody or more than one is known."""
    if context.day is None:
        return ""
    for asked in (offices, _widened(offices)):  # the office itself first, then what papers also call it
        for owner in of:
            held = [t for office in asked for t in context.kb.holders.get((office, owner), ())]
            found = {t.person for t in held if _holds(t, context.day)}
            if len(found) == 1:
                return found.pop()
            if found:
                return ""
    return ""


def _widened(offices: tuple[str, ...]) -> tuple[str, ...]:
    """Return offices that papers use for one another: "Präsident" is a head of state."""
    groups = (
        {"president", "head-of-state", "monarch", "king", "emir"},
        {"prime-minister", "chancellor", "head-of-government", "premier"},
        {"foreign-minister", "secretary-of-state"},
        {"special-envoy", "chief-negotiator", "envoy"},
        {"military-chief", "chief-of-staff", "general", "commander"},
        {"party-leader", "leader", "supreme-leader"},
    )
    widened = set(offices)
    for group in groups:
        if group & set(offices):
            widened |= group
    return tuple(sorted(widened))


def _holds(tenure: Tenure, day: date | None) -> bool:
    return day is not None and tenure.start <= day <= tenure.end


def unknown_person(mention: Mention, context: PersonContext, state: str) -> Entity:
    """Make an entity for a person whom the tables do not know, the same for the same name in every article."""
    name = bare(mention.name, context.language)
    kb = context.kb
    office = next((kb.offices[o].labels["en"] for o in mention.offices if o in kb.offices), "")
    owner = kb.records[state].entity.label("en") if state in kb.records else ""
    description = f"{office} ({owner})" if office and owner else office or owner
    return Entity(
        slug(name), Kind.PERSON, (("de", name), ("en", name)), acts_for=state, description=description
    )


def same_family(name: str, full: str) -> bool:
    """Tell whether a short name is the family name (or last words) of a full one."""
    return family_name(full) == slug(name) or slug(full).endswith("-" + slug(name))
