"""The reading model at run time: an int8 ONNX encoder with heads, run by onnxruntime on one core.

``data/models/reader`` holds ``reader.onnx``, ``tokenizer.json`` and ``inventory.json``; ``kg.training`` makes them.
Scores stand in its model card.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.extract.syntax.doc import Doc, Sentence, Token
from kg.extract.syntax.lemmas import lemma_of
from kg.extract.syntax.pieces import BOS, EOS, PAD, Pieces
from kg.extract.syntax.tree import best_heads
from kg.extract.syntax.words import Word, split_sentences, split_words
from kg.model import Article
from kg.resources import resource

_MOST_PIECES = 2400  # padded pieces of one run: more costs memory and wins no time (measured on two cores)
_LONGEST_SENTENCE = (
    500  # pieces; the encoder has 512 places. Longer sentences are cut in the middle of a list or table
)


@dataclass(frozen=True, slots=True)
class _Parsed:
    upos: list[str]
    names: list[str]
    heads: NDArray[np.int64]
    deprels: list[str]


class SyntaxReader:
    """Parses articles. One instance is enough for a process; it keeps no state between articles."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        inventory = json.loads((folder / "inventory.json").read_text("utf-8"))
        self._tags: list[str] = inventory["tags"]
        self._labels: list[str] = inventory["labels"]
        self._names: list[str] = inventory["names"]
        self._pieces = Pieces(Tokenizer.from_file(str(folder / "tokenizer.json")))
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = ort.InferenceSession(
            str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, article: Article) -> Doc:
        """Parse an article; the same text gives the same Doc."""
        spans = split_sentences(article.text, article.language)
        sentences: list[list[Word]] = []
        for span in spans:
            words = split_words(article.text, span, article.language)
            sentences.extend(self._cut(words) if words else [])
        return self._doc(article, sentences, self.parse(sentences))

    def parse(self, sentences: Sequence[Sequence[Word]]) -> list[_Parsed]:
        """Parse sentences of words, in their order."""
        pieces = [[self._pieces_of(word) for word in words] for words in sentences]
        parsed: list[_Parsed | None] = [None] * len(sentences)
        for batch in _batches([sum(map(len, row)) + 2 for row in pieces]):
            for i, result in zip(batch, self._run([pieces[i] for i in batch]), strict=True):
                parsed[i] = result
        return [result for result in parsed if result is not None]

    def _cut(self, words: list[Word]) -> Iterator[list[Word]]:
        current: list[Word] = []
        size = 0
        for word in words:
            own = len(self._pieces_of(word))
            if current and size + own > _LONGEST_SENTENCE:
                yield current
                current, size = [], 0
            current.append(word)
            size += own
        yield current

    def _pieces_of(self, word: Word) -> tuple[int, ...]:
        """Return the pieces of a word; of one that is longer than a sentence may be, a web address say, the first."""
        return self._pieces(word.form, word.space_before)[:_LONGEST_SENTENCE]

    def _run(self, rows: list[list[tuple[int, ...]]]) -> Iterator[_Parsed]:
        longest = max(map(len, rows))
        ids = np.full((len(rows), max(sum(map(len, row)) for row in rows) + 2), PAD, np.int64)
        first = np.zeros((len(rows), longest), np.int64)
        last = np.zeros((len(rows), longest), np.int64)
        for i, row in enumerate(rows):
            flat = [BOS, *(piece for own in row for piece in own), EOS]
            ids[i, : len(flat)] = flat
            ends = np.cumsum([len(own) for own in row])
            last[i, : len(row)] = ends
            first[i, : len(row)] = ends - [len(own) for own in row] + 1
        tags, names, arcs, children, heads = self._session.run(
            None, {"ids": ids, "first": first, "last": last}
        )
        for i, row in enumerate(rows):
            count = len(row)
            chosen = best_heads(arcs[i, :count, : count + 1])
            scores = np.einsum("crj,cj->cr", children[i, :count], heads[i, chosen])
            yield _Parsed(
                upos=[self._tags[t] for t in tags[i, :count].argmax(-1)],
                names=[self._names[n] for n in names[i, :count].argmax(-1)],
                heads=chosen,
                deprels=[self._labels[label] for label in scores.argmax(-1)],
            )

    def _doc(self, article: Article, sentences: list[list[Word]], parsed: list[_Parsed]) -> Doc:
        tokens: list[Token] = []
        bounds: list[Sentence] = []
        for words, result in zip(sentences, parsed, strict=True):
            offset = len(tokens)
            for j, word in enumerate(words):
                head = int(result.heads[j])
                lemma = lemma_of(word.form, result.upos[j], article.language)
                tokens.append(
                    Token(
                        i=offset + j,
                        form=word.form,
                        lemma=lemma,
                        upos=result.upos[j],
                        deprel=result.deprels[j] if head else "root",
                        head=offset + head - 1 if head else offset + j,
                        span=word.span,
                        name=result.names[j],
                    )
                )
            covered = type(words[0].span)(words[0].span.start, words[-1].span.end)
            bounds.append(Sentence(offset, len(tokens), covered))
        return Doc(article, tuple(tokens), tuple(bounds))


def _batches(sizes: list[int]) -> Iterator[list[int]]:
    """Group sentence numbers of like size, shortest first, under the limit of padded pieces."""
    batch: list[int] = []
    for i in sorted(range(len(sizes)), key=lambda i: (sizes[i], i)):
        if batch and sizes[i] * (len(batch) + 1) > _MOST_PIECES:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


@lru_cache(maxsize=1)
def syntax_reader() -> SyntaxReader:
    """Return the reader of the shipped model, loaded once."""
    return SyntaxReader(resource("data/models/reader"))
