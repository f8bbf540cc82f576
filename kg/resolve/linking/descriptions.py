"""Descriptions: a government, a body of a state, a group, an office that nobody is known to hold."""

from kg.knowledge.entities import Body
from kg.knowledge.names import slug
from kg.knowledge.values import MEDIA
from kg.knowledge.words import word_set, word_table
from kg.model import Entity, Kind, Mention
from kg.resolve.linking.discourse import Discourse
from kg.resolve.linking.home import home_of
from kg.resolve.linking.surroundings import indefinite

_CITIZENS = {"de": "bürger", "en": "citizens"}

Described = tuple[str, dict[str, str], Kind]
"""Id, labels by language and kind of what a description says, without its owner."""


def describe(mention: Mention, discourse: Discourse) -> Entity | None:
    """Return the entity of a description; with an owner it is the owner's ("germany-foreign-ministry")."""
    owner = discourse.owner(mention)
    if mention.kind is Kind.STATE:
        return _state(mention, owner, discourse)
    if _names_medium(mention, discourse) and (medium := _last_medium(mention, discourse)):
        return medium
    base, labels, kind = _described(mention, discourse)
    if not owner and kind is Kind.ORGANISATION and not indefinite(mention, discourse):
        home = home_of(mention, discourse)
        owner = home.id if home else ""
    known = discourse.kb.bodies_of.get((owner, base))
    if known and not _troops(mention, discourse):
        return discourse.known(known)
    if not owner:
        return Entity(base, kind, (("de", labels["de"]), ("en", labels["en"])))
    state = discourse.known(owner)
    named = tuple((lang, f"{labels[lang]} ({state.label(lang)})") for lang in ("de", "en"))
    return Entity(f"{owner}-{base}", kind, named, acts_for=_state_of(state, discourse))


def _state_of(owner: Entity, discourse: Discourse) -> str:
    """Return the id of whom a body of an owner acts for: not a place, but its country, where it is known."""
    if owner.kind is not Kind.PLACE:
        return owner.id
    record = discourse.kb.records.get(owner.id)
    return discourse.kb.by_iso3.get(record.country, "") if record else ""


def _state(mention: Mention, owner: str, discourse: Discourse) -> Entity | None:
    """Return the state of "die Regierung", "das Land"; none of "a state", "mehrere Länder"."""
    if mention.head.lower() in word_set("country_noun", discourse.language):
        owner = ""  # "the Latin American country"
    if owner and discourse.known(owner).kind is Kind.STATE:
        return discourse.known(owner)
    if mention.plural or indefinite(mention, discourse):
        return None
    return discourse.known(owner) if owner else home_of(mention, discourse)


def _troops(mention: Mention, discourse: Discourse) -> bool:
    """Tell whether a noun means some of the armed forces, not the forces as a body: "Truppen", "warships"."""
    return mention.head.lower().endswith(tuple(sorted(word_set("troops", discourse.language))))


def _names_medium(mention: Mention, discourse: Discourse) -> bool:
    """Tell whether a noun means one agency or paper, named before: "die Agentur", not "die Presse"."""
    language, noun = discourse.language, mention.head
    return word_table("collective", language).get(noun) == "media" and noun not in word_set(
        "mass_media", language
    )


def _described(mention: Mention, discourse: Discourse) -> Described:
    language, kb = discourse.language, discourse.kb
    if mention.kind is Kind.OFFICE and mention.offices:
        office = kb.offices[mention.offices[0]]
        return office.id, office.labels, Kind.GROUP if mention.plural else Kind.PERSON
    head = _CITIZENS[language] if mention.head == "demonym" else mention.head.casefold()
    body = kb.body_forms.get((language, head)) or _compound_body(head, discourse)
    if body:
        return body.id, body.labels, body.kind
    text = discourse.bare(mention.head)
    kind = Kind.PERSON if mention.kind is Kind.OFFICE else mention.kind
    return slug(text), {"de": text, "en": text}, kind


def _compound_body(noun: str, discourse: Discourse) -> Body | None:
    """Return the body that a German compound ends in: "Regierungsvertreter"."""
    word, forms = noun.rpartition("-")[2], discourse.kb.body_forms
    endings = ((discourse.language, word[cut:]) for cut in range(len(word) - 4))
    return next((forms[ending] for ending in endings if ending in forms), None)


def _last_medium(mention: Mention, discourse: Discourse) -> Entity | None:
    """Return the agency or paper named last before "die Agentur", "the newspaper"."""
    for earlier in discourse.before(mention):
        entity = discourse.entities.get(earlier)
        record = discourse.record(entity)
        if entity and record and record.subkind in MEDIA:
            return entity
    return None
