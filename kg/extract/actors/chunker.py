"""Puts words together to chunks, from left to right: a core, further offices, their owners, names, appositions."""

from collections.abc import Iterator

from kg.extract.actors.cores import CoreReader
from kg.extract.actors.drafts import Draft
from kg.extract.actors.labels import Label
from kg.extract.syntax.doc import Doc, Sentence
from kg.knowledge.entities import knowledge_base
from kg.knowledge.words import word_set
from kg.model import Kind

_LINKS = {"nsubj": 0, "obj": 1, "iobj": 1, "obl": 2, "nmod": 3, "conj": 4, "root": 5, "appos": 6}
_BESIDE = frozenset(
    {"appos", "flat", "nmod", "conj", "list"}
)  # how a name after a comma belongs to its office
_COORDINATING = frozenset({"und", "and", ",", "sowie"})
_FAR_LINKS = frozenset({"in", "im", "from", "to", "at", "for", "für", "aus", "dem", "den"})
"""Words after which a name belongs to an office only if the parser says so: "der Besuch des Präsidenten in Ungarn"."""
_LONGEST_LINK = 3  # words between an office and its owner: "Minister | für die auswärtigen | ..."


class Chunker:
    """Builds the chunks of one sentence from left to right."""

    def __init__(self, doc: Doc, sentence: Sentence, labels: dict[int, Label]) -> None:
        self.doc, self.sentence, self.labels = doc, sentence, labels
        self.language = doc.article.language
        self.cores = CoreReader(doc, sentence, labels)

    def run(self) -> Iterator[Draft]:
        """Yield the drafts of the sentence in text order."""
        i = self.sentence.start
        while i < self.sentence.end:
            draft = self._draft(i)
            if draft is None:
                i += 1
                continue
            if draft.head < 0:
                draft.head = self._link(draft.start, draft.end)
            yield draft
            i = max(draft.end, i + 1)

    def _draft(self, i: int) -> Draft | None:
        core = self.cores.core(i)
        if core is None:
            return self.cores.pronoun(i)
        draft, at = core
        if draft.what in {"office", "collective"}:
            self._extend_noun(draft)
            self._take_name(draft)
        if draft.what == "person":
            self._take_apposition(draft)
        if draft.what not in {"name", "prefix", "adjective"}:
            draft.start = min(draft.start, at)
        return draft

    def _extend_noun(self, draft: Draft) -> None:
        """Take further offices, a genitive or an "of" phrase into an office or collective noun."""
        while (
            (label := self.labels.get(draft.end))
            and label.what in {"office", "collective"}
            and label.start == draft.end
        ):
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
        while (
            j < self.sentence.end
            and steps < _LONGEST_LINK
            and j not in self.labels
            and (self.doc[j].form.lower() in links or self.doc[j].upos == "ADJ")
        ):
            j, steps = j + 1, steps + 1
        owner = self.labels.get(j)
        if owner and (steps or self.language == "de") and self._owns(draft, owner, j):
            draft.of = (*draft.of, *owner.ids)
            draft.end = owner.end
            self._take_more_owners(draft)
            noun = self.labels.get(owner.end)
            if owner.what == "adjective" and noun and noun.what in {"collective", "office"}:
                draft.end = noun.end
                draft.of = (*draft.of, *noun.of)

    def _several_states(self, draft: Draft) -> bool:
        form, lemma = self.doc[draft.noun].form.lower(), self.doc[draft.noun].lemma.lower()
        return draft.value == "state" and form != lemma and form.endswith(("en", "er", "ern"))

    def _take_more_owners(self, draft: Draft) -> None:
        """Take "und Suderias" after "die Außenminister Norlands"."""
        while draft.end + 1 < self.sentence.end and self.doc[draft.end].form.lower() in _COORDINATING:
            j = draft.end + 1
            while j < self.sentence.end and self.doc[j].upos == "DET":
                j += 1
            other = self.labels.get(j)
            linked = other is not None and self.doc[self._link(other.start, other.end)].rel == "conj"
            if other is None or other.what != "name" or not linked:
                return
            draft.of = (*draft.of, *other.ids)
            draft.end, draft.several = other.end, True

    def _owns(self, draft: Draft, owner: Label, j: int) -> bool:
        if owner.what not in {"name", "adjective"}:
            return False
        head = self.doc[self.doc[self._link(owner.start, owner.end)].head].i
        if (
            owner.what == "name"
            and not draft.start <= head < draft.end
            and self.doc[j - 1].form.lower() in _FAR_LINKS
        ):
            return False
        if j == draft.end and (
            draft.value == "capital" or self._several_states(draft) or self._is_base_form(owner)
        ):
            return False  # "der Sender CNN", "die Hauptstadt Kinshasa", "die Staaten Frankreich und Belgien"
        if self.doc[draft.noun].lemma.lower() in word_set("country_noun", self.language):
            return False  # "das Land", whose own is no other
        if j == draft.end:  # no link word: only a German genitive or a title before a country's name
            return (
                owner.what == "name"
                and self.doc[j].rel in {"nmod", "appos"}
                and owner.kind is not Kind.PERSON
            )
        if owner.what == "adjective":
            noun = self.labels.get(owner.end)
            return noun is not None and noun.what in {"collective", "office"}
        return True

    def _take_name(self, draft: Draft) -> None:
        """Take a person's or medium's name that follows an office or collective noun."""
        j = draft.end
        comma = j < self.sentence.end and self.doc[j].form in {",", "("}
        if comma:
            j += 1
        label = self.labels.get(j)
        if (
            comma
            and label
            and label.what == "office"
            and draft.what == "office"
            and self.doc[j].rel in _BESIDE
        ):
            named = self.labels.get(label.end)
            if named and named.what == "person":
                draft.offices = (*draft.offices, *label.ids)
                draft.of = (*draft.of, *label.of)
                label = named
        if label is None and not comma and j < self.sentence.end and self.doc[j].form in {"„", "»", "“", '"'}:
            label = self.labels.get(j + 1)
        if label is None or (comma and self.doc[label.start].rel not in _BESIDE):
            return
        if label.what == "person" and (draft.what == "office" or draft.value in {"group", "counterpart"}):
            draft.what, draft.kind = "person", Kind.PERSON
            draft.ids, draft.name, draft.end = label.ids, (label.start, label.end), label.end
        elif label.what == "name" and not comma and self._names_body(draft, label):
            draft.what, draft.kind, draft.value = "name", label.kind, ""
            draft.ids, draft.end, draft.head = label.ids, label.end, draft.end - 1
            draft.name = (label.start, label.end)

    @staticmethod
    def _names_body(draft: Draft, label: Label) -> bool:
        """Tell whether a name belongs to the noun before it: "die Nachrichtenagentur Fars", "die Miliz Hisbollah"."""
        if draft.value == "capital":
            return label.kind is Kind.PLACE
        if draft.value == "media":
            return label.kind in {Kind.ORGANISATION, Kind.PLACE}
        return bool(draft.value) and label.kind is Kind.ORGANISATION

    def _is_base_form(self, owner: Label) -> bool:
        """Tell whether an organisation is named as it is, not in the genitive: "die Gruppe Hamas"."""
        if owner.kind is not Kind.ORGANISATION:
            return False
        words = " ".join(token.form for token in self.doc.tokens[owner.start : owner.end])
        records = [knowledge_base().records.get(id) for id in owner.ids]
        names = {name for record in records if record for name in record.names.get(self.language, ())}
        return words in names or not words.endswith("s")

    def _take_apposition(self, draft: Draft) -> None:
        """Take ", the foreign minister of Iran," after a name."""
        j = draft.end
        if j + 1 >= self.sentence.end or self.doc[j].form not in {",", "("}:
            return
        j += 1
        while j < self.sentence.end and self.doc[j].upos == "DET":
            j += 1
        core = self.cores.core(j)
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

    def _link(self, start: int, end: int) -> int:
        inside = range(start, end)
        outer = [i for i in inside if self.doc[i].head not in inside or self.doc[i].head == i] or [end - 1]
        return min(outer, key=lambda i: (_LINKS.get(self.doc[i].rel, 9), i))
