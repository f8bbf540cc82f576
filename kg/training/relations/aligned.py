"""Marks actors as the reader finds them: what the layer meets at run time is not quite what a writer marked."""

from dataclasses import replace

from kg.extract.actors import find_chunks
from kg.extract.relations.clauses import Clauses
from kg.extract.syntax import SyntaxReader
from kg.model import Article
from kg.training.relations.sentences import Actor, Marked, Passage


def aligned(passage: Passage, reader: SyntaxReader) -> Passage:
    """Return a passage with the reader's mentions for the writer's, and those that only the reader finds.

    These get names of their own, so that they stand in no relation. A sentence that the reader cuts into words in
    another way keeps the writer's marks.
    """
    found = tuple(
        _aligned(sentence, number, passage.language, reader)
        for number, sentence in enumerate(passage.sentences)
    )
    return replace(passage, sentences=found)


def _aligned(sentence: Marked, number: int, language: str, reader: SyntaxReader) -> Marked:
    doc = reader(Article("sentence", "", sentence.text, language))
    if len(doc) != len(sentence.words):
        return sentence
    actors = []
    taken: set[Actor] = set()
    for i, chunk in enumerate(find_chunks(doc).all):
        same = next((a for a in sentence.actors if a.start <= chunk.head < a.end and a not in taken), None)
        same = same or next(
            (a for a in sentence.actors if chunk.start <= a.start < chunk.end and a not in taken), None
        )
        if same:
            taken.add(same)
        elif any(a.start < chunk.end and chunk.start < a.end for a in sentence.actors):
            continue  # another part of a mention
        actors.append(Actor(same.name if same else f"other {number} {i}", chunk.start, chunk.end))
    actors += [
        a
        for a in sentence.actors
        if a not in taken and not any(b.start < a.end and a.start < b.end for b in actors)
    ]
    names = {a.name for a in actors}
    lost = [a for a in sentence.actors if a.name not in names]
    return replace(sentence, actors=tuple(sorted([*actors, *lost], key=lambda a: (a.start, a.end))))


def with_word(passage: Passage, reader: SyntaxReader) -> Passage:
    """Return an example of the lexicon with the word that bears its relation, if one alone can be it."""
    (sentence,) = passage.sentences
    doc = reader(Article("example", "", sentence.text, passage.language))
    if len(doc) != len(sentence.words):
        return passage
    clauses = Clauses(doc, find_chunks(doc))
    head = passage.predicate.lower()
    found = [token.i for token in doc.tokens if head in {clauses.lemma(token), token.lemma.lower()}]
    if len(found) != 1:
        return passage
    relations = tuple(replace(relation, word=found[0]) for relation in sentence.relations)
    return replace(passage, sentences=(replace(sentence, relations=relations),))
