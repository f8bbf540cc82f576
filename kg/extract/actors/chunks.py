"""Joins labelled words into chunks: "der iranische Außenminister Abbas Araghtschi" is one mention of one person."""

from dataclasses import dataclass

from kg.extract.actors.chunker import Chunker
from kg.extract.actors.drafts import mention_of
from kg.extract.actors.families import family_names
from kg.extract.actors.gazetteer import gazetteer
from kg.extract.actors.labels import Label, label_sentence, votes_of, without_money
from kg.extract.actors.unknown import UnknownNames
from kg.extract.syntax.doc import Doc
from kg.model import Mention


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
    labels: dict[int, Label] = {}
    votes = votes_of(doc)
    for sentence in doc.sentences:
        labels.update(label_sentence(doc, sentence, known, votes))
    labels.update(family_names(doc, labels))
    labels.update(UnknownNames(doc, labels, votes).labels(labels))
    labels = without_money(doc, labels)
    drafts = (draft for sentence in doc.sentences for draft in Chunker(doc, sentence, labels).run())
    return Chunks([Chunk(draft.start, draft.end, draft.head, mention_of(draft, doc)) for draft in drafts])
