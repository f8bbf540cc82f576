"""Direct speech: who says what stands between quotation marks."""

from collections.abc import Iterator
from typing import Final

from kg.extract.actors.chunks import Chunk
from kg.extract.relations.clauses import Clauses
from kg.extract.syntax.doc import Sentence, Token
from kg.model import Span
from kg.quotation import has_quotation, quotation_at

_SHORTEST: Final = 4  # words: fewer are a term, and the sentence around it says the rest
_LOOK_BACK: Final = 2  # sentences before that may name who goes on speaking


def quoted_speaker(token: Token, clauses: Clauses) -> list[Chunk]:
    """Return who says the quotation that a predicate stands in: in the sentence, or before whole quoted ones.

    Empty where the predicate is not quoted, or nobody is said to speak.
    """
    doc = clauses.doc
    quotation = quotation_at(doc.article.text, token.span)
    if quotation is None or len(doc.text(quotation).split()) < _SHORTEST:
        return []
    around = [n for n, sentence in enumerate(doc.sentences) if sentence.span.overlaps(quotation)]
    first = around[0]
    own = [verb for n in around for verb in _speech(doc.sentences[n], clauses)]
    for verb in sorted(own, key=lambda verb: _distance(quotation, verb.span)):
        if found := clauses.speaking(verb):
            return found
    if doc.sentences[first].span.start == quotation.start:
        return _goes_on(first, clauses)
    return _before_colon(quotation, doc.sentences[first], clauses)


def _before_colon(quotation: Span, sentence: Sentence, clauses: Clauses) -> list[Chunk]:
    """Return the actor of a headline such as "Kanzlerin: „Wir liefern keine Waffen“"."""
    before = [t for t in clauses.doc.tokens_of(sentence) if t.span.end <= quotation.start]
    if len(before) < 2 or before[-1].form != ":":
        return []
    chunk = clauses.chunks.at(before[-2].i)
    return [chunk] if chunk else []


def _goes_on(number: int, clauses: Clauses) -> list[Chunk]:
    """Return who spoke last in the sentences before, if these hold a quotation too."""
    doc = clauses.doc
    for earlier in range(number - 1, max(number - 1 - _LOOK_BACK, -1), -1):
        sentence = doc.sentences[earlier]
        if not has_quotation(doc.text(sentence.span)):
            continue
        for verb in reversed(list(_speech(sentence, clauses))):
            if found := clauses.speaking(verb):
                return found
    return []


def _speech(sentence: Sentence, clauses: Clauses) -> Iterator[Token]:
    """Yield the verbs of speech of a sentence that are not quoted themselves."""
    for token in clauses.doc.tokens_of(sentence):
        speaks = token.upos == "VERB" and clauses.is_speech(token)
        if speaks and quotation_at(clauses.doc.article.text, token.span) is None:
            yield token


def _distance(quotation: Span, verb: Span) -> int:
    return verb.start - quotation.end if verb.start >= quotation.end else quotation.start - verb.end
