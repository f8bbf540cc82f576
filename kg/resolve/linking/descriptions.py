"""Descriptions: a government, a body of a state, a group, an office that nobody is known to hold."""

from kg.knowledge.entities import Body
from kg.knowledge.names import slug
from kg.knowledge.words import word_table
from kg.model import Entity, Kind, Mention
from kg.resolve.linking.discourse import Discourse

_CITIZENS = {"de": "bürger", "en": "citizens"}
_MEDIA = frozenset({"news-agency", "newspaper", "broadcaster", "news-site"})

Described = tuple[str, dict[str, str], Kind]
"""Id, labels by language and kind of what a description says, without its owner."""


def describe(mention: Mention, discourse: Discourse) -> Entity | None:
    """Return the entity of a description; with an owner it is the owner's ("germany-foreign-ministry")."""
    owner = discourse.owner(mention)
    if mention.kind is Kind.STATE:
        return discourse.known(owner) if owner else discourse.last_state(mention)
    if word_table("collective", discourse.language).get(mention.head) == "media" and (
        medium := _last_medium(mention, discourse)
    ):
        return medium
    base, labels, kind = _described(mention, discourse)
    if not owner and kind is Kind.ORGANISATION:
        last = discourse.last_state(mention)
        owner = last.id if last else ""
    if not owner:
        return Entity(base, kind, (("de", labels["de"]), ("en", labels["en"])))
    state = discourse.known(owner)
    named = tuple((lang, f"{labels[lang]} ({state.label(lang)})") for lang in ("de", "en"))
    return Entity(f"{owner}-{base}", kind, named, acts_for=owner)


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
        if entity and record and record.subkind in _MEDIA:
            return entity
    return None
