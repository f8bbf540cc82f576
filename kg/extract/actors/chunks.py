"""Joins labelled words into chunks: "der iranische Außenminister Abbas Araghtschi" is one mention of one person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.actors.gazetteer import gazetteer
from kg.extract.actors.labels import Label, label_sentence
from kg.extract.syntax.doc import Doc, Sentence, Token
from kg.knowledge.entities import knowledge_base
from kg.knowledge.words import word_set, word_table
from kg.model import Kind, Mention, Span

_LINKS = {"nsubj": 0, "obj": 1, "iobj": 1, "obl": 2, "nmod": 3, "conj": 4, "root": 5, "appos": 6}
_NAMED = frozenset({"name", "person", "adjective", "prefix"})
_MODIFIERS = frozenset({"ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A mention with its half-open token numbers; ``head`` is the token that links it to the rest of the sentence."""

    start: int
    end: int
    head: int
    mention: Mention


class Chunks:
    """The chunks of an article, by token."""

    def __init__(self, chunks: list[Chunk]) -> None:
        self.all = tuple(chunks)
        self._at = {i: chunk for chunk in chunks for i in range(chunk.start, chunk.end)}

    def at(self, i: int) -> Chunk | None:
        """Return the chunk that covers a token."""
        return self._at.get(i)


def find_chunks(doc: Doc) -> Chunks:
    """Return all actors and places of an article in text order."""
    known = gazetteer(doc.article.language)
    chunks = []
    for sentence in doc.sentences:
        labels = label_sentence(doc, sentence, known)
        chunks.extend(_Chunker(doc, sentence, labels).run())
    return Chunks(chunks)


@dataclass
class _Draft:
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


class _Chunker:
    """Builds the chunks of one sentence from left to right."""

    def __init__(self, doc: Doc, sentence: Sentence, labels: dict[int, Label]) -> None:
        self.doc, self.sentence, self.labels = doc, sentence, labels
        self.language = doc.article.language

    def run(self) -> Iterator[Chunk]:
        i = self.sentence.start
        while i < self.sentence.end:
            draft = self._draft(i)
            if draft is None:
                i += 1
                continue
            yield self._finish(draft)
            i = max(draft.end, i + 1)

    def _draft(self, i: int) -> _Draft | None:
        core = self._core(i)
        if core is None:
            return self._pronoun(i)
        draft, at = core
        if draft.what in {"office", "collective"}:
            self._extend_noun(draft)
            self._take_name(draft)
        if draft.what == "person":
            self._take_apposition(draft)
        if draft.what not in {"name", "prefix", "adjective"}:
            draft.start = min(draft.start, at)
        return draft

    def _core(self, i: int) -> tuple[_Draft, int] | None:
        """Read modifiers from ``i`` on up to a core; None where no core follows directly."""
        of: list[str] = []
        j = i
        while j < self.sentence.end:
            label = self.labels.get(j)
            token = self.doc[j]
            if label is None:
                joins = token.form in {"'s", "’s", "-", "'", "’"} and j > i and of
                if not (token.upos in _MODIFIERS or joins):
                    return self._adjective(i)
                j += 1
            elif label.what == "adjective" or (label.what == "prefix" and token.upos == "ADJ"):
                of.extend(label.ids)
                j = label.end
            elif label.what == "name" and self._modifies(label):
                of.extend(label.ids)
                j = label.end
            else:
                return self._draft_of(label, of), i
        return self._adjective(i)

    def _adjective(self, i: int) -> tuple[_Draft, int] | None:
        """Return a nationality adjective that belongs to no actor ("russische Annexion") as a mention of its own."""
        label = self.labels.get(i)
        if label is None or label.what != "adjective":
            return None
        return _Draft(label.start, label.end, "adjective", label.ids), label.start

    def _modifies(self, label: Label) -> bool:
        """Tell whether a name only modifies the noun after it: "US President", "Iran's foreign minister"."""
        if self.language != "en":
            return False
        j = label.end
        possessive = j < self.sentence.end and self.doc[j].form in {"'s", "’s", "'", "’"}
        if possessive or (j < self.sentence.end and self.doc[j].form in {"-"}):
            j += 1
        while j < self.sentence.end and j not in self.labels and self.doc[j].upos in _MODIFIERS:
            j += 1
        following = self.labels.get(j)
        if following is None:
            return False
        if following.what in {"office", "collective"}:
            return True
        return following.what in {"adjective", "person"} and self.doc[label.end - 1].rel in {"compound", "nmod"} and not possessive

    def _draft_of(self, label: Label, of: list[str]) -> _Draft:
        draft = _Draft(label.start, label.end, label.what, label.ids, of=(*of, *label.of), kind=label.kind)
        draft.noun = label.end - 1
        if label.what == "office":
            draft.offices, draft.ids = label.ids, ()
        elif label.what == "collective":
            draft.value, draft.ids = label.ids[0], ()
        elif label.what == "person":
            draft.name = (label.start, label.end)
        return draft

    def _extend_noun(self, draft: _Draft) -> None:
        """Take further offices, a genitive or an "of" phrase into an office or collective noun."""
        while (label := self.labels.get(draft.end)) and label.what in {"office", "collective"} and label.start == draft.end:
            if label.what == "office":
                draft.offices = (*draft.offices, *label.ids)
                draft.what = "office"
            draft.of = (*draft.of, *label.of)
            draft.end = label.end
        j = draft.end
        links = word_set("genitive", self.language)
        if draft.what == "collective" and draft.value in {"state", "organ"}:
            links |= word_set("genitive_place", self.language)
        steps = 0
        while j < self.sentence.end and steps < 3 and j not in self.labels and (
            self.doc[j].form.lower() in links or self.doc[j].upos == "ADJ"
        ):
            j, steps = j + 1, steps + 1
        owner = self.labels.get(j)
        if owner and (steps or self.language == "de") and self._owns(draft, owner, j):
            draft.of = (*draft.of, *owner.ids)
            draft.end = owner.end
            noun = self.labels.get(owner.end)
            if owner.what == "adjective" and noun and noun.what in {"collective", "office"}:
                draft.end = noun.end
                draft.of = (*draft.of, *noun.of)

    def _owns(self, draft: _Draft, owner: Label, j: int) -> bool:
        if owner.what not in {"name", "adjective"}:
            return False
        head = self.doc[self.doc[self._link(owner.start, owner.end)].head].i
        if owner.what == "name" and not draft.start <= head < draft.end and self.doc[j - 1].form.lower() in {
            "in", "im", "from", "to", "at", "for", "für", "aus", "dem", "den",
        }:  # fmt: skip
            return False
        if j == draft.end:  # no link word: only a German genitive or a title before a country's name
            return owner.what == "name" and self.doc[j].rel in {"nmod", "appos"} and owner.kind is not Kind.PERSON
        if owner.what == "adjective":
            noun = self.labels.get(owner.end)
            return noun is not None and noun.what in {"collective", "office"}
        return True

    def _take_name(self, draft: _Draft) -> None:
        """Take a person's or medium's name that follows an office or collective noun."""
        j = draft.end
        comma = j < self.sentence.end and self.doc[j].form in {",", "("}
        if comma:
            j += 1
        label = self.labels.get(j)
        if comma and label and label.what == "office" and draft.what == "office" and self.doc[j].rel in {"appos", "flat", "conj", "nmod", "list"}:
            named = self.labels.get(label.end)
            if named and named.what == "person":
                draft.offices = (*draft.offices, *label.ids)
                draft.of = (*draft.of, *label.of)
                label = named
        if label is None and not comma and j < self.sentence.end and self.doc[j].form in {"„", "»", "“", '"'}:
            label = self.labels.get(j + 1)
        if label is None or (comma and self.doc[label.start].rel not in {"appos", "flat", "nmod", "conj", "list"}):
            return
        if label.what == "person" and (draft.what == "office" or draft.value == "group"):
            draft.what, draft.kind = "person", Kind.PERSON
            draft.ids, draft.name, draft.end = label.ids, (label.start, label.end), label.end
        elif label.what == "name" and not comma and label.kind in {Kind.ORGANISATION, Kind.PLACE} and draft.value:
            if draft.value == "media" or label.kind is Kind.ORGANISATION:
                draft.what, draft.kind = "name", label.kind
                draft.ids, draft.end, draft.head = label.ids, label.end, draft.end - 1

    def _take_apposition(self, draft: _Draft) -> None:
        """Take ", the foreign minister of Iran," after a name."""
        j = draft.end
        if j + 1 >= self.sentence.end or self.doc[j].form not in {",", "("}:
            return
        j += 1
        while j < self.sentence.end and self.doc[j].upos == "DET":
            j += 1
        core = self._core(j)
        if core is None or core[0].what != "office":
            return
        office = core[0]
        head = self.doc[office.end - 1]
        attached = any(draft.start <= t.i < draft.end for t in (head, *self.doc.ancestors(head.i)))
        if not attached:
            return
        self._extend_noun(office)
        draft.offices = (*draft.offices, *office.offices)
        draft.of = (*draft.of, *office.of)
        if draft.head < 0:
            draft.head = self._link(draft.start, draft.end)
        draft.end = office.end

    def _pronoun(self, i: int) -> _Draft | None:
        token = self.doc[i]
        language = self.language
        if token.form.lower() in word_set("both", language):
            noun = self.doc[token.head]
            if noun.lemma.lower() in word_set("party_noun", language) and 0 < noun.i - i <= 3:
                return _Draft(i, noun.i + 1, "both", head=noun.i, value=noun.lemma.lower())
            if token.upos == "PRON" and token.rel in {"nsubj", "obj"}:
                return _Draft(i, i + 1, "both")
        if token.form.lower() == "it" and token.rel != "nsubj":
            return None  # mostly a thing
        if token.upos == "PRON" and token.form.lower() in word_table("pronoun", language):
            return _Draft(i, i + 1, "pronoun", value=word_table("pronoun", language)[token.form.lower()])
        if token.upos in {"NOUN", "PROPN"} and token.name in {"B-ORG", "B-LOC"} and not self._is_time(token):
            end = i + 1
            while end < self.sentence.end and self.doc[end].name == f"I-{token.name[2:]}" and end not in self.labels:
                end += 1
            return _Draft(i, end, "name", kind=Kind.ORGANISATION if token.name == "B-ORG" else Kind.PLACE)
        return None

    def _is_time(self, token: Token) -> bool:
        form = token.form.lower()
        return form in word_table("day_offset", self.language) or form in word_table("weekday", self.language)

    def _link(self, start: int, end: int) -> int:
        inside = range(start, end)
        outer = [i for i in inside if self.doc[i].head not in inside or self.doc[i].head == i] or [end - 1]
        return min(outer, key=lambda i: (_LINKS.get(self.doc[i].rel, 9), i))

    def _finish(self, draft: _Draft) -> Chunk:
        doc = self.doc
        head = draft.head if draft.head >= 0 else self._link(draft.start, draft.end)
        noun = doc[draft.noun if draft.noun >= 0 else draft.end - 1]
        span = Span(doc[draft.start].span.start, max(t.span.end for t in doc.tokens[draft.start : draft.end]))
        name = ""
        if draft.name:
            name = doc.text(Span(doc[draft.name[0]].span.start, doc[draft.name[1] - 1].span.end))
        elif draft.what == "name":
            name = doc.text(span)
        if draft.value == "capital":
            draft.ids = tuple(filter(None, (_capital(id) for id in draft.of)))
        if draft.what == "both":
            name = draft.value
        mention = Mention(
            span=span,
            kind=_kind(draft),
            name=name,
            offices=tuple(dict.fromkeys(draft.offices)),
            of=tuple(dict.fromkeys(draft.of)),
            candidates=draft.ids if draft.what in _NAMED or draft.value == "capital" else (),
            plural=draft.what == "both" or (draft.what != "person" and _plural(doc, noun, self.language)),
            head=draft.what if draft.what in {"both", "pronoun", "adjective", "prefix"} else doc.text(noun.span),
            counterpart=draft.value == "counterpart",
        )
        if draft.what == "pronoun":
            mention = replace(mention, head=draft.value)
        if draft.what == "demonym":
            mention = replace(mention, of=(*mention.of, *draft.ids), head="demonym")
        return Chunk(draft.start, draft.end, head, mention)


def _kind(draft: _Draft) -> Kind:
    if draft.what in {"both", "pronoun"}:
        return Kind.PRONOUN
    if draft.what == "person":
        return Kind.PERSON
    if draft.what == "office":
        return Kind.OFFICE
    if draft.what == "name":
        return draft.kind or Kind.ORGANISATION
    if draft.what in {"adjective", "prefix"}:
        return Kind.STATE
    if draft.what == "collective":
        return {"capital": Kind.PLACE, "state": Kind.STATE, "organ": Kind.ORGANISATION, "media": Kind.ORGANISATION, "counterpart": Kind.OFFICE}.get(
            draft.value, Kind.GROUP
        )
    return Kind.GROUP


def _capital(id: str) -> str:
    record = knowledge_base().records.get(id)
    return record.capital if record else ""


def _plural(doc: Doc, noun: Token, language: str) -> bool:
    """Tell whether a noun speaks of several, by its determiner or its form."""
    determiners = [t.form.lower() for t in doc.children(noun.i, "det", "nummod", "amod")]
    if any(form in word_set("singular_determiner", language) for form in determiners):
        return False
    if language == "en":
        return noun.form.endswith("s") and not noun.form.endswith("ss") and noun.lemma.lower() != noun.form.lower()
    return any(form in {"die", "zwei", "drei", "beide", "mehrere", "einige", "viele"} for form in determiners) and (
        noun.form.lower() != noun.lemma.lower()
    )
