"""Turns sentences into padded tensors, and sentences of like length into batches."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from kg.extract.syntax.pieces import BOS, EOS, PAD, Pieces
from kg.training.treebank import NAME_TAGS, Sentence

_IGNORE = -1


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one batch; ``words`` says which of the padded words are there; -1 marks unknown targets."""

    ids: Tensor
    first: Tensor
    last: Tensor
    words: Tensor
    tags: Tensor
    heads: Tensor
    labels: Tensor
    names: Tensor


@dataclass(frozen=True, slots=True)
class Coder:
    """What turns sentences into tensors: the pieces, and the numbers of tags and labels."""

    pieces: Pieces
    tags: dict[str, int]
    labels: dict[str, int]

    def batch(self, sentences: Sequence[Sentence]) -> Batch:
        """Return sentences as one batch; see ``collate``."""
        return collate(sentences, self.pieces, self.tags, self.labels)

    def size(self, sentence: Sentence) -> int:
        """Return the number of pieces of a sentence with its two end marks."""
        return sum(len(self.pieces(word.form, word.space_before)) for word in sentence) + 2


def collate(
    sentences: Sequence[Sentence], pieces: Pieces, tags: dict[str, int], labels: dict[str, int]
) -> Batch:
    """Pad sentences to one batch. Raises KeyError for a tag or relation without number."""
    rows = [[pieces(word.form, word.space_before) for word in sentence] for sentence in sentences]
    count, longest = len(sentences), max(map(len, sentences))
    ids = torch.full((count, max(sum(map(len, row)) for row in rows) + 2), PAD)
    first, last = torch.zeros(count, longest, dtype=torch.long), torch.zeros(count, longest, dtype=torch.long)
    targets = [torch.full((count, longest), _IGNORE) for _ in range(4)]
    words = torch.zeros(count, longest, dtype=torch.bool)
    for i, (sentence, row) in enumerate(zip(sentences, rows, strict=True)):
        flat = [BOS, *(piece for word in row for piece in word), EOS]
        ids[i, : len(flat)] = torch.tensor(flat)
        place = 1
        for j, (word, own) in enumerate(zip(sentence, row, strict=True)):
            first[i, j], last[i, j], words[i, j] = place, place + len(own) - 1, True
            place += len(own)
            if word.upos is not None and word.deprel is not None and word.head is not None:
                targets[0][i, j] = tags[word.upos]
                targets[1][i, j] = word.head
                targets[2][i, j] = labels.get(word.deprel, labels[word.deprel.split(":")[0]])
            if word.name is not None:
                targets[3][i, j] = NAME_TAGS.index(word.name)
    return Batch(ids, first, last, words, *targets)


def batches_of(lengths: Sequence[int], most_pieces: int, *, rng: random.Random | None) -> list[list[int]]:
    """Group sentence numbers so that the padded size stays under ``most_pieces``; with ``rng``, shuffled."""
    order = list(range(len(lengths)))
    if rng:
        rng.shuffle(order)
        chunks = [order[i : i + 400] for i in range(0, len(order), 400)]
        order = [i for chunk in chunks for i in sorted(chunk, key=lengths.__getitem__)]
    else:
        order.sort(key=lengths.__getitem__)
    batches: list[list[int]] = []
    current: list[int] = []
    longest = 0
    for i in order:
        if current and max(longest, lengths[i]) * (len(current) + 1) > most_pieces:
            batches.append(current)
            current, longest = [], 0
        current.append(i)
        longest = max(longest, lengths[i])
    if current:
        batches.append(current)
    if rng:
        rng.shuffle(batches)
    return batches
