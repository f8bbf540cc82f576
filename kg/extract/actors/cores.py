"""What a chunk begins with: modifiers and a core, a nationality adjective alone, or a pronoun."""

from kg.extract.actors.drafts import Draft
from kg.extract.actors.labels import Label
from kg.extract.syntax.doc import Doc, Sentence, Token
from kg.knowledge.words import word_set, word_table

_MODIFIERS = frozenset({"ADJ", "NUM"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


class CoreReader:
    """Reads the cores of one sentence."""

    def __init__(self, doc: Doc, sentence: Sentence, labels: dict[int, Label]) -> None:
        self.doc, self.sentence, self.labels = doc, sentence, labels
        self.language = doc.article.language

    def core(self, i: int) -> tuple[Draft, int] | None:
        """Read modifiers from ``i`` on up to a core; None where no core follows directly."""
        of: list[str] = []
        j = i
        while j < self.sentence.end:
            label = self.labels.get(j)
            token = self.doc[j]
            if label is None:
                joins = token.form in {*_POSSESSIVE, "-"} and j > i and of
                if not (token.upos in _MODIFIERS or joins):
                    return self._adjective(i)
                j += 1
            elif self._is_modifier(label, token):
                of.extend(label.ids)
                j = label.end
            else:
                return self._draft_of(label, of), i
        return self._adjective(i)

    def _is_modifier(self, label: Label, token: Token) -> bool:
        if label.what == "name":
            return self._modifies(label)
        if label.what == "person" and self.language == "en":
            following = self.labels.get(label.end)
            return following is not None and following.what == "collective" and following.ids[0] == "state"
        return label.what == "adjective" or (label.what == "prefix" and token.upos == "ADJ")

    def _adjective(self, i: int) -> tuple[Draft, int] | None:
        """Return a nationality adjective that belongs to no actor ("russische Annexion") as a mention of its own."""
        label = self.labels.get(i)
        if label is None or label.what != "adjective":
            return None
        return Draft(label.start, label.end, "adjective", label.ids), label.start

    def _modifies(self, label: Label) -> bool:
        """Tell whether a name only modifies the noun after it: "US President", "Iran's foreign minister"."""
        if self.language != "en":
            return False
        j = label.end
        possessive = j < self.sentence.end and self.doc[j].form in _POSSESSIVE
        if possessive or (j < self.sentence.end and self.doc[j].form == "-"):
            j += 1
        while j < self.sentence.end and j not in self.labels and self.doc[j].upos in _MODIFIERS:
            j += 1
        following = self.labels.get(j)
        if following is None:
            return False
        if following.what in {"office", "collective"}:
            return True
        return (
            following.what in {"adjective", "person"}
            and self.doc[label.end - 1].rel in {"compound", "nmod"}
            and not possessive
        )

    def _draft_of(self, label: Label, of: list[str]) -> Draft:
        draft = Draft(label.start, label.end, label.what, label.ids, of=(*of, *label.of), kind=label.kind)
        draft.noun = label.end - 1
        if label.what == "office":
            draft.offices, draft.ids = label.ids, ()
        elif label.what == "collective":
            draft.value, draft.ids = label.ids[0], ()
        elif label.what == "person":
            draft.name = (label.start, label.end)
        return draft

    def pronoun(self, i: int) -> Draft | None:
        """Return the draft of a pronoun, or of "both sides", that stands at ``i``."""
        token = self.doc[i]
        language = self.language
        if token.form.lower() in word_set("both", language):
            noun = self.doc[token.head]
            if noun.lemma.lower() in word_set("party_noun", language) and 0 < noun.i - i <= 3:
                return Draft(i, noun.i + 1, "both", head=noun.i, value=noun.lemma.lower())
            if token.upos == "PRON" and token.rel in {"nsubj", "obj"}:
                return Draft(i, i + 1, "both")
        if token.form.lower() == "it" and token.rel != "nsubj":
            return None  # mostly a thing
        if token.upos == "PRON" and token.form.lower() in word_table("pronoun", language):
            return Draft(i, i + 1, "pronoun", value=word_table("pronoun", language)[token.form.lower()])
        return None
