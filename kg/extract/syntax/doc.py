"""The parsed article. A ``doc`` is always a Doc; token numbers count through the whole article."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.model import Article, Span


@dataclass(frozen=True, slots=True)
class Token:
    """A syntactic word. ``head`` is the number of the head token, its own number at a root.

    Two words of one written form ("im" = "in" + "dem") share their span.
    """

    i: int
    form: str
    lemma: str
    upos: str
    deprel: str
    head: int
    span: Span
    name: str = "O"

    @property
    def rel(self) -> str:
        """Return the dependency relation without subtype."""
        return self.deprel.split(":")[0]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Half-open token numbers of a sentence and the characters it covers."""

    start: int
    end: int
    span: Span


@dataclass(frozen=True)
class Doc:
    """An article with its tokens and sentences in text order."""

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
        return tuple(map(tuple, children))

    @cached_property
    def _sentence_of(self) -> tuple[int, ...]:
        return tuple(
            n for n, sentence in enumerate(self.sentences) for _ in range(sentence.start, sentence.end)
        )

    def children(self, i: int, *rels: str) -> list[Token]:
        """Return the children of a token in text order; with ``rels``, only those so attached (without subtype)."""
        found = (self.tokens[c] for c in self._children[i])
        return [child for child in found if not rels or child.rel in rels]

    def sentence(self, i: int) -> Sentence:
        """Return the sentence of a token."""
        return self.sentences[self._sentence_of[i]]

    def sentence_number(self, i: int) -> int:
        """Return the number of the sentence of a token."""
        return self._sentence_of[i]

    def ancestors(self, i: int) -> Iterator[Token]:
        """Yield the heads of a token from the nearest to the root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def subtree(self, i: int, *, without: frozenset[str] = frozenset()) -> list[int]:
        """Return the numbers of a token and all below it, sorted; branches attached by ``without`` are cut."""
        found, stack = [], [i]
        while stack:
            current = stack.pop()
            found.append(current)
            stack.extend(c for c in self._children[current] if self.tokens[c].rel not in without)
        return sorted(found)

    def text(self, span: Span) -> str:
        """Return the characters of the article that a span covers."""
        return span.of(self.article.text)

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """Return the tokens of a sentence."""
        return self.tokens[sentence.start : sentence.end]
