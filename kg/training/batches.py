"""Turns sentences into padded tensors, and sentences of like length into batches."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from kg.extract.syntax.pieces import Pieces, batches_of, padded_ids
from kg.training.treebank import NAME_TAGS, Sentence

_IGNORE = -1
_CHUNK = 400  # sentences sorted by length together, so that batches hold little padding


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
    pieced = [pieces.sentence(sentence) for sentence in sentences]
    count, longest = len(sentences), max(map(len, sentences))
    first, last = torch.zeros(count, longest, dtype=torch.long), torch.zeros(count, longest, dtype=torch.long)
    targets = [torch.full((count, longest), _IGNORE) for _ in range(4)]
    words = torch.zeros(count, longest, dtype=torch.bool)
    for i, (sentence, own) in enumerate(zip(sentences, pieced, strict=True)):
        first[i, : len(sentence)] = torch.from_numpy(own.first)
        last[i, : len(sentence)] = torch.from_numpy(own.last)
        words[i, : len(sentence)] = True
        for j, word in enumerate(sentence):
            if word.upos is not None and word.deprel is not None and word.head is not None:
                targets[0][i, j] = tags[word.upos]
                targets[1][i, j] = word.head
                targets[2][i, j] = labels.get(word.deprel, labels[word.deprel.split(":")[0]])
            if word.name is not None:
                targets[3][i, j] = NAME_TAGS.index(word.name)
    return Batch(torch.from_numpy(padded_ids(pieced)), first, last, words, *targets)


def shuffled_batches(lengths: Sequence[int], most_pieces: int, rng: random.Random) -> list[list[int]]:
    """Group sentence numbers of like length so that the padded size stays under ``most_pieces``, in any order."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    chunks = [order[i : i + _CHUNK] for i in range(0, len(order), _CHUNK)]
    near = [i for chunk in chunks for i in sorted(chunk, key=lengths.__getitem__)]
    batches = list(batches_of(lengths, most_pieces, full=0, order=near))
    rng.shuffle(batches)
    return batches
