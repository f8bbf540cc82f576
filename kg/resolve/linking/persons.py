"""Named persons: the known one that speaks most for itself, else a person of that name."""

import hashlib

from kg.knowledge.names import family_name, slug
from kg.knowledge.spelling import Likeness, compare_names
from kg.knowledge.spelling.compare import words
from kg.model import Entity, Kind, Mention
from kg.resolve.linking.discourse import Discourse
from kg.resolve.linking.features import THRESHOLD, Candidate, scored
from kg.resolve.linking.scores import Scored


def link_person(mention: Mention, discourse: Discourse) -> Entity:
    """Return the person whom a name means: one of the tables, one of this article, else a new one of that name."""
    candidates = discourse.considered[mention] = person_candidates(mention, discourse)
    chosen = best(candidates)
    entity = discourse.known(chosen.id) if chosen else _unknown_person(mention, discourse)
    discourse.add_person(mention, entity)
    return entity


def person_candidates(mention: Mention, discourse: Discourse) -> tuple[Scored, ...]:
    """Return the persons whom a name may mean, best first.

    Those of the tables who carry the very name come alone. Only where nobody does, other spellings are looked for, of
    a family name where an office or a state stands beside it. A family name may also be that of a person of the
    article whom no table knows.
    """
    full = len(words(mention.name)) > 1
    found = _full_names(mention, discourse) if full else _family_names(mention, discourse)
    ranked = [scored(candidate, discourse) for candidate in found]
    return tuple(sorted(ranked, key=lambda one: (-one.score, one.id)))


def _full_names(mention: Mention, discourse: Discourse) -> list[Candidate]:
    kb = discourse.kb
    found = [_carrier(id, mention, discourse) for id in mention.candidates if id in kb.records]
    if not any(candidate.likeness.same for candidate in found):
        alike = kb.full_names.like(discourse.bare(mention.name))
        others = {id: likeness for id, likeness in alike.items() if id not in mention.candidates}
        found += [Candidate(id, mention, likeness, spelled=True) for id, likeness in others.items()]
    return found


def _carrier(id: str, mention: Mention, discourse: Discourse) -> Candidate:
    """Return a person of the tables who has a name, or the family name in it, with how alike the whole name is."""
    record = discourse.kb.records[id]
    names = dict.fromkeys(name for names in record.names.values() for name in names)
    forms = (mention.name, discourse.bare(mention.name))
    if any(slug(form) == slug(name) for form in forms for name in names):
        return Candidate(id, mention, Likeness(1.0, mention.name, whole=True))
    alike = (compare_names(form, name) for form in forms for name in names)
    return Candidate(id, mention, max(alike, key=lambda likeness: likeness.score), spelled=True)


def _family_names(mention: Mention, discourse: Discourse) -> list[Candidate]:
    very = Likeness(1.0, mention.name, whole=True)
    found = {id: very for id in mention.candidates if id in discourse.kb.records}
    found |= {id: very for id in discourse.in_full if _is_called(mention.name, id, discourse)}
    found |= dict.fromkeys(_given_name(mention.name, discourse), very)
    if before := discourse.persons.get(discourse.person_key(mention.name)):
        found[before.id] = very
    if not found:
        name = discourse.bare(mention.name)
        found = {id: like for id in discourse.in_full if (like := _called_like(name, id, discourse)).same}
        if mention.offices or mention.of:
            found |= discourse.kb.family_names.like(name)
    return [
        Candidate(id, mention, likeness, by_family=True, spelled=likeness is not very)
        for id, likeness in found.items()
    ]


def _given_name(short: str, discourse: Discourse) -> tuple[str, ...]:
    """Return the one person of the article whose name in full begins with a short name: "John" of John Bolton."""
    first = {id for id, full in discourse.in_full.items() if words(full)[:1] == words(discourse.bare(short))}
    return tuple(first) if len(first) == 1 else ()


def best(candidates: tuple[Scored, ...]) -> Scored | None:
    """Return the candidate with the most points, None if it has too few or another one has as many."""
    if not candidates or candidates[0].score < THRESHOLD:
        return None
    tied = len(candidates) > 1 and candidates[1].score == candidates[0].score
    return None if tied else candidates[0]


def _is_called(short: str, id: str, discourse: Discourse) -> bool:
    """Tell whether a short name is that of a person: the last word, or what the tables say ("Kim", "Xi")."""
    record = discourse.kb.records.get(id)
    family = {slug(name) for name in record.family_names} if record else set()
    forms = (short, discourse.bare(short))
    return any(slug(form) in family or same_family(form, discourse.in_full[id]) for form in forms)


def _called_like(short: str, id: str, discourse: Discourse) -> Likeness:
    """Return how alike a short name is to a person's family name: "Lawrow" of Sergey Lavrov."""
    record = discourse.kb.records.get(id)
    names = (*(record.family_names if record else ()), *words(discourse.in_full[id])[-1:])
    return max((compare_names(short, name) for name in names), key=lambda likeness: likeness.score)


def same_family(name: str, full: str) -> bool:
    """Tell whether a short name is the family name (or last words) of a full one."""
    return family_name(full) == slug(name) or slug(full).endswith("-" + slug(name))


def _unknown_person(mention: Mention, discourse: Discourse) -> Entity:
    """Make an entity for a person whom the tables do not know, the same for the same full name in every article."""
    kb, owner, name = discourse.kb, discourse.owner(mention), discourse.bare(mention.name)
    office = next((kb.offices[o].labels["en"] for o in mention.offices if o in kb.offices), "")
    state = kb.records[owner].entity.label("en") if owner in kb.records else ""
    description = f"{office} ({state})" if office and state else office or state
    labels = (("de", name), ("en", name))
    return Entity(
        _id(mention, owner, discourse), Kind.PERSON, labels, acts_for=owner, description=description
    )


def _id(mention: Mention, owner: str, discourse: Discourse) -> str:
    """Return the id of an unknown person: the name, which is the same in every article.

    A family name alone is no person: it counts for one state, and where many have it, for one article. So does the
    name of a known person who is not meant.
    """
    id = slug(discourse.bare(mention.name))
    namesake = id in discourse.kb.records
    if not namesake and (len(mention.name.split()) > 1 or not (owner or mention.candidates)):
        return id
    return f"{id}-{owner or hashlib.sha256(discourse.article.id.encode()).hexdigest()[:6]}"
