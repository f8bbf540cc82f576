"""Names that no table knows: states of fiction, new groups, places. They act and own offices like known ones.

Their adjectives are read by their beginning: where an article names "Norland", "norländische" and "Norlandic" belong to
it.
"""

import re
from collections.abc import Iterator

from kg.extract.actors.labels import Label, Votes
from kg.extract.syntax.doc import Doc, Sentence, Token
from kg.knowledge.names import bare, slug
from kg.knowledge.words import word_set, word_table
from kg.model import Kind

_SHORTEST = 5  # letters of a name that adjectives are looked for
_ENDINGS = {
    "de": ("isch", "ische", "ischen", "ischer", "isches", "ischem"),
    "en": ("ian", "an", "ic", "ish", "ese", "i", "ians"),
}


class UnknownNames:
    """The unknown names of an article, and the labels that they give to its words."""

    def __init__(self, doc: Doc, known: dict[int, Label], votes: Votes) -> None:
        self._doc = doc
        self._votes = votes
        self._language = doc.article.language
        self._spans = [span for sentence in doc.sentences for span in self._find(sentence, known)]
        forms = {self._text(start, end) for start, end, _ in self._spans}
        self._names = {form: self._plain(form, forms) for form in forms}

    def labels(self, known: dict[int, Label]) -> dict[int, Label]:
        """Return labels of unknown names and of adjectives made of them, by token."""
        found: dict[int, Label] = {}
        for start, end, kind in self._spans:
            label = Label(start, end, "name", (self._id(start, end),), kind=kind)
            found.update(dict.fromkeys(range(start, end), label))
        stems = {
            self._stem(name): slug(name)
            for name in self._names.values()
            if " " not in name and len(name) >= _SHORTEST
        }
        for token in self._doc.tokens:
            if token.i not in known and token.i not in found and (owner := self._owner(token, stems)):
                found[token.i] = Label(token.i, token.i + 1, "adjective", (owner,))
        return found

    def _find(self, sentence: Sentence, known: dict[int, Label]) -> Iterator[tuple[int, int, Kind]]:
        i = sentence.start
        while i < sentence.end:
            token = self._doc[i]
            outvoted = token.name == "B-PER" and self._votes.for_place(token)
            begins = token.name in {"B-ORG", "B-LOC"} or outvoted
            if i in known or not begins or not self._nameable(token):
                i += 1
                continue
            end = i + 1
            while end < sentence.end and self._doc[end].name == f"I-{token.name[2:]}" and end not in known:
                end += 1
            yield i, end, Kind.ORGANISATION if token.name == "B-ORG" else Kind.PLACE
            i = end

    def _nameable(self, token: Token) -> bool:
        form = token.form.lower()
        if token.form in word_set("no_name", self._language):
            return False
        time = form in word_table("day_offset", self._language) or form in word_table(
            "weekday", self._language
        )
        following = self._doc[token.i + 1].name if token.i + 1 < len(self._doc) else "O"
        if token.upos == "ADJ" and following == "I-ORG" and self._language == "en":
            return token.form[:1].isupper()  # "the Internal Revenue Service"
        named = token.upos == "PROPN" or (token.upos == "NOUN" and self._language == "en")
        return named and token.form[:1].isupper() and not time

    def _text(self, start: int, end: int) -> str:
        tokens = self._doc.tokens[start:end]
        return self._doc.article.text[tokens[0].span.start : tokens[-1].span.end]

    def _plain(self, form: str, forms: set[str]) -> str:
        """Return a name without the genitive s that its other mentions lack."""
        text = self._doc.article.text
        if form.endswith("s") and (form[:-1] in forms or re.search(rf"\b{re.escape(form[:-1])}\b", text)):
            return form[:-1]
        return bare(form, self._language)

    def _id(self, start: int, end: int) -> str:
        return slug(self._names[self._text(start, end)])

    @staticmethod
    def _stem(name: str) -> str:
        return _folded(name).rstrip("aeio")

    def _owner(self, token: Token, stems: dict[str, str]) -> str:
        if token.upos not in {"ADJ", "PROPN", "NOUN"} or not token.form.lower().endswith(
            _ENDINGS[self._language]
        ):
            return ""
        word = _folded(token.form)
        return next(
            (
                id
                for stem, id in sorted(stems.items())
                if len(stem) >= _SHORTEST - 1 and word.startswith(stem)
            ),
            "",
        )


def _folded(word: str) -> str:
    """Fold what adjectives change: "norländisch" of Norland, "brenowisch" of Brenovia."""
    return word.lower().translate(str.maketrans("äöüv", "aouw"))
