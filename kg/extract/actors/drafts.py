"""Drafts of mentions while a chunk is put together, and what becomes of them."""

from dataclasses import dataclass

from kg.extract.syntax.doc import Doc, Token
from kg.knowledge.entities import knowledge_base
from kg.knowledge.words import word_set
from kg.model import Kind, Mention, Span

_NAMED = frozenset({"name", "person", "adjective", "prefix"})
_COLLECTIVES = {
    "capital": Kind.PLACE, "state": Kind.STATE, "organ": Kind.ORGANISATION, "media": Kind.ORGANISATION,
    "counterpart": Kind.OFFICE,
}  # fmt: skip
_KINDS = {
    "both": Kind.PRONOUN, "pronoun": Kind.PRONOUN, "person": Kind.PERSON, "office": Kind.OFFICE,
    "adjective": Kind.STATE, "prefix": Kind.STATE,
}  # fmt: skip


@dataclass
class Draft:
    """A chunk in the making.

    Attributes:
        start, end: half-open token numbers.
        what: name, person, office, collective, demonym, adjective, prefix, both or pronoun.
        ids: entity ids that it may name; offices: office ids; of: ids of those whom it belongs to.
        name: token numbers of the proper name in it.
        value: what the table says of a collective noun or pronoun.
        head: token that links it to the sentence; noun: token that describes it.
        several: whether it has several owners ("die Außenminister Norlands und Suderias").
    """

    start: int
    end: int
    what: str
    ids: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    kind: Kind | None = None
    name: tuple[int, int] | None = None
    value: str = ""
    head: int = -1
    noun: int = -1
    several: bool = False


def mention_of(draft: Draft, doc: Doc) -> Mention:
    """Return the mention that a finished draft makes."""
    noun = doc[draft.noun if draft.noun >= 0 else draft.end - 1]
    span = Span(doc[draft.start].span.start, max(t.span.end for t in doc.tokens[draft.start : draft.end]))
    of = draft.of + (draft.ids if draft.what == "demonym" else ())
    candidates = draft.ids if draft.what in _NAMED else ()
    if draft.value == "capital":
        candidates = tuple(filter(None, (_capital(id) for id in draft.of)))
    several = draft.several or draft.what == "both" or (draft.value == "state" and _plural_form(noun))
    return Mention(
        span=span,
        kind=_kind(draft),
        name=_name(draft, doc, span),
        offices=tuple(dict.fromkeys(draft.offices)),
        of=tuple(dict.fromkeys(of)),
        candidates=candidates,
        plural=several or (draft.what != "person" and _plural(doc, noun)),
        head=_head(draft, doc, noun),
        counterpart=draft.value == "counterpart",
    )


def _name(draft: Draft, doc: Doc, span: Span) -> str:
    if draft.name:
        return doc.text(Span(doc[draft.name[0]].span.start, doc[draft.name[1] - 1].span.end))
    if draft.what == "both":
        return draft.value
    return doc.text(span) if draft.what == "name" else ""


def _head(draft: Draft, doc: Doc, noun: Token) -> str:
    if draft.what == "pronoun":
        return draft.value
    return draft.what if draft.what in {"both", "adjective", "prefix", "demonym"} else doc.text(noun.span)


def _kind(draft: Draft) -> Kind:
    if draft.what == "name":
        return draft.kind or Kind.ORGANISATION
    if draft.what == "collective":
        return _COLLECTIVES.get(draft.value, Kind.GROUP)
    return _KINDS.get(draft.what, Kind.GROUP)


def _capital(id: str) -> str:
    record = knowledge_base().records.get(id)
    return record.capital if record else ""


def _plural_form(noun: Token) -> bool:
    """Tell whether a noun for states or governments is plural by its form: "Staaten", "Länder"."""
    form = noun.form.lower()
    return form != noun.lemma.lower() and form.endswith(("en", "er", "ern"))


def _plural(doc: Doc, noun: Token) -> bool:
    """Tell whether a noun speaks of several, by its determiner or its form."""
    language, form = doc.article.language, noun.form.lower()
    determiners = {t.form.lower() for t in doc.children(noun.i, "det", "nummod", "amod")}
    if determiners & word_set("singular_determiner", language):
        return False
    inflected = form != noun.lemma.lower()
    if language == "en":
        return inflected and form.endswith("s") and not form.endswith("ss")
    return inflected and bool(determiners & word_set("plural_determiner", language))
