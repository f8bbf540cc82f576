"""Words to the pieces of the encoder: the same in training and in reading."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, pre_tokenizers

BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3  # ids of the special pieces
MOST = 400  # padded pieces of one run: more wins no time, and blurs the eight bits, whose range a run shares
FULL = 0.9  # least share of them that is no padding
LONGEST_WORD = 500  # pieces; the encoder has 512 places. A web address may have more: its beginning is read


class Written(Protocol):
    """A word as it is written; ``space_before`` is False where it touches the one before."""

    @property
    def form(self) -> str:
        """The letters of the word."""

    @property
    def space_before(self) -> bool:
        """Whether a space stands before it."""


@dataclass(frozen=True, slots=True)
class Pieced:
    """A sentence in pieces.

    Attributes:
        ids: of the pieces, with both end marks.
        first, last: first and last piece of each word.
    """

    ids: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


class Pieces:
    """Word -> piece ids, remembered; a word that touches the one before it gets no ``▁``."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._spaced = tokenizer
        self._touching = Tokenizer(tokenizer.model)  # shared: a copy would take 0.2 s of each start
        self._touching.normalizer = tokenizer.normalizer
        self._touching.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="never")
        self._known = lru_cache(maxsize=65536)(self._encode)

    def __call__(self, form: str, space_before: bool) -> tuple[int, ...]:
        """Return the piece ids of a word; the unknown piece where it has none."""
        return self._known(form, space_before)

    def sentence(self, words: Iterable[Written]) -> Pieced:
        """Return the words of a sentence, one or more, in pieces."""
        rows = [self(word.form, word.space_before) for word in words]
        sizes = np.array([len(row) for row in rows], np.int64)
        last = sizes.cumsum()
        ids = np.array([BOS, *(piece for row in rows for piece in row), EOS], np.int64)
        return Pieced(ids, last - sizes + 1, last)

    def _encode(self, form: str, space_before: bool) -> tuple[int, ...]:
        tokenizer = self._spaced if space_before else self._touching
        ids = tokenizer.encode(form, add_special_tokens=False).ids
        return tuple(ids[:LONGEST_WORD]) or (UNKNOWN,)


def padded_ids(sentences: Sequence[Pieced]) -> NDArray[np.int64]:
    """Return the ids of sentences as one array [sentences, pieces], PAD behind the shorter ones."""
    ids = np.full((len(sentences), max(map(len, sentences))), PAD, np.int64)
    for i, sentence in enumerate(sentences):
        ids[i, : len(sentence)] = sentence.ids
    return ids


def batches_of(
    sizes: Sequence[int], most: int = MOST, full: float = FULL, order: Iterable[int] | None = None
) -> Iterator[list[int]]:
    """Group sentence numbers, shortest first if in no other order.

    The padded pieces of a group stay under a limit, and as large a share of them as said is no padding.

    >>> list(batches_of([3, 1, 2], 4, full=0))
    [[1, 2], [0]]
    >>> list(batches_of([10, 1, 2, 9]))
    [[1], [2], [3, 0]]
    """
    batch: list[int] = []
    longest = filled = 0
    for i in sorted(range(len(sizes)), key=sizes.__getitem__) if order is None else order:
        padded = max(longest, sizes[i]) * (len(batch) + 1)
        if batch and (padded > most or filled + sizes[i] < full * padded):
            yield batch
            batch, longest, filled = [], 0, 0
        batch.append(i)
        longest, filled = max(longest, sizes[i]), filled + sizes[i]
    if batch:
        yield batch
