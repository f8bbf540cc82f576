"""The reading model at run time: an int8 ONNX encoder with heads, run by onnxruntime on one core.

``data/models/reader`` holds ``reader.onnx``, ``embeddings.npz``, ``tokenizer.json`` and ``inventory.json``;
``kg.training`` makes them. Scores stand in its model card.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.extract.syntax.doc import Doc, Sentence, Token
from kg.extract.syntax.embeddings import Embeddings
from kg.extract.syntax.lemmas import lemma_of
from kg.extract.syntax.names import NameTags
from kg.extract.syntax.pieces import PAD, Pieced, Pieces, Written, batches_of, padded_ids
from kg.extract.syntax.tree import best_heads
from kg.extract.syntax.words import Word, split_sentences, split_words
from kg.model import Article
from kg.resources import resource

LONGEST_SENTENCE: Final = 500
"""Pieces; the encoder has 512 places. Longer sentences are cut in the middle of a list or table."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Tags, names, heads (from 1, 0 is the root) and relations of the words of a sentence."""

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
        self._names = NameTags(inventory["names"])
        self._pieces = Pieces(Tokenizer.from_file(str(folder / "tokenizer.json")))
        self.embeddings = Embeddings.load(folder)
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = ort.InferenceSession(
            str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, article: Article) -> Doc:
        """Parse an article; the same text gives the same Doc."""
        return self.read(article)[0]

    def read(self, article: Article) -> tuple[Doc, tuple[Pieced, ...]]:
        """Parse an article, and return the pieces of each sentence of the Doc too."""
        spans = split_sentences(article.text, article.language)
        sentences: list[list[Word]] = []
        for span in spans:
            words = split_words(article.text, span, article.language)
            sentences.extend(self._cut(words) if words else [])
        pieced = self.pieced(sentences)
        return self._doc(article, sentences, self.parse(pieced)), pieced

    def pieced(self, sentences: Sequence[Sequence[Written]]) -> tuple[Pieced, ...]:
        """Return sentences of words in the pieces that the models read."""
        return tuple(map(self._pieces.sentence, sentences))

    def parse(self, sentences: Sequence[Pieced]) -> list[Parsed]:
        """Parse sentences in pieces, in their order."""
        parsed: list[Parsed | None] = [None] * len(sentences)
        for batch in batches_of([len(sentence) for sentence in sentences]):
            for i, result in zip(batch, self._run([sentences[i] for i in batch]), strict=True):
                parsed[i] = result
        return [result for result in parsed if result is not None]

    def _cut(self, words: list[Word]) -> Iterator[list[Word]]:
        current: list[Word] = []
        size = 0
        for word in words:
            own = len(self._pieces(word.form, word.space_before))
            if current and size + own > LONGEST_SENTENCE:
                yield current
                current, size = [], 0
            current.append(word)
            size += own
        yield current

    def _run(self, sentences: list[Pieced]) -> Iterator[Parsed]:
        ids = padded_ids(sentences)
        longest = max(len(sentence.first) for sentence in sentences)
        first, last = (np.zeros((len(sentences), longest), np.int64) for _ in range(2))
        for i, sentence in enumerate(sentences):
            first[i, : len(sentence.first)], last[i, : len(sentence.last)] = sentence.first, sentence.last
        tags, names, arcs, children, heads = self._session.run(
            None,
            {
                "words": self.embeddings(ids),
                "there": (ids != PAD).astype(np.int64),
                "first": first,
                "last": last,
            },
        )
        for i, sentence in enumerate(sentences):
            count = len(sentence.first)
            chosen = best_heads(arcs[i, :count, : count + 1])
            scores = np.einsum("crj,cj->cr", children[i, :count], heads[i, chosen])
            yield Parsed(
                upos=[self._tags[t] for t in tags[i, :count].argmax(-1)],
                names=self._names.best(names[i, :count]),
                heads=chosen,
                deprels=[self._labels[label] for label in scores.argmax(-1)],
            )

    def _doc(self, article: Article, sentences: list[list[Word]], parsed: list[Parsed]) -> Doc:
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


@lru_cache(maxsize=1)
def syntax_reader() -> SyntaxReader:
    """Return the reader of the shipped model, loaded once."""
    return SyntaxReader(resource("data/models/reader"))
