"""Cuts an article into passages of whole sentences that overlap, so that a pronoun keeps its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.syntax.words import split_sentences
from kg.model import Article, Span

_OVERLAP: Final = 2  # sentences that a passage shares with the one before it
_LARGEST_OVERLAP: Final = 4  # a passage is at least so many times as long as its overlap


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences of an article."""

    sentences: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """The characters from the first sentence to the last."""
        return Span(self.sentences[0].start, self.sentences[-1].end)

    def halves(self) -> "tuple[Passage, Passage] | None":
        """Return the passage in two, or None if it has one sentence only."""
        middle = len(self.sentences) // 2
        return (Passage(self.sentences[:middle]), Passage(self.sentences[middle:])) if middle else None


def passages(article: Article, size: int) -> Iterator[Passage]:
    """Yield the passages of an article in text order, each of at most ``size`` characters. Raises nothing."""
    current: list[Span] = []
    for sentence in sentences_of(article, size):
        if current and sentence.end - current[0].start > size:
            yield Passage(tuple(current))
            current = _overlap(current, sentence, size)
        current.append(sentence)
    if current:
        yield Passage(tuple(current))


def sentences_of(article: Article, size: int) -> Iterator[Span]:
    """Yield the sentences of an article; longer ones than ``size`` characters are cut at white space."""
    for sentence in split_sentences(article.text, article.language):
        start = sentence.start
        while sentence.end - start > size:
            space = article.text.rfind(" ", start + 1, start + size)
            end = space if space > 0 else start + size
            yield Span(start, end)
            start = end
        yield Span(start, sentence.end)


def _overlap(before: list[Span], sentence: Span, size: int) -> list[Span]:
    """Return the last sentences of the passage before, where they are short and leave room for the next one."""
    kept = before[-_OVERLAP:]
    while kept and (
        kept[-1].end - kept[0].start > size // _LARGEST_OVERLAP or sentence.end - kept[0].start > size
    ):
        kept = kept[1:]
    return kept
