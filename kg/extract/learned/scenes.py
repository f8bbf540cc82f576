"""What the relation layer looks at: a sentence, its own actors, and the actors of the sentences before it.

Sentences are encoded in blocks, so that each is read with those before it. A block begins with the last sentences of
the block before it, which are there for their company alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.extract.syntax.pieces import Pieced

MOST_EARLIER: Final = 8  # actors taken from the sentences before, the nearest first
MOST_PIECES: Final = (
    140  # of a block; a longer sentence stands alone. With 100, 200 or 320, F1 on the gold is lower
)
SHARED: Final = 1  # sentences that a block repeats: with two, F1 is the same

Actors = Sequence[tuple[int, int]]
"""Half-open word numbers of each actor of a sentence; an empty range is an actor that the sentence does not name."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An actor of a sentence before.

    Attributes:
        back: how many sentences it stands before, 1 or more.
        actor: number of the actor in that sentence.
    """

    back: int
    actor: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its own actors and those before it that may take part in what it says."""

    pieced: Pieced
    actors: Actors
    earlier: Sequence[Earlier] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """The half-open numbers of the sentences that are encoded together; those before ``own`` are company."""

    start: int
    own: int
    end: int


def blocks_of(sizes: Sequence[int]) -> Iterator[Block]:
    """Yield the blocks of sentences with so many pieces.

    >>> list(blocks_of([60, 60, 60, 10]))
    [Block(start=0, own=0, end=2), Block(start=1, own=2, end=4)]
    """
    own = 0
    while own < len(sizes):
        start = own
        while start > max(0, own - SHARED) and sum(sizes[start - 1 : own + 1]) <= MOST_PIECES:
            start -= 1
        end = own + 1
        while end < len(sizes) and sum(sizes[start : end + 1]) <= MOST_PIECES:
            end += 1
        yield Block(start, own, end)
        own = end


def company_of(sizes: Sequence[int]) -> list[int]:
    """Return how many sentences before it each sentence is encoded with."""
    return [i - block.start for block in blocks_of(sizes) for i in range(block.own, block.end)]


def joined(sentences: Sequence[Pieced]) -> Pieced:
    """Return sentences as one, with one pair of end marks."""
    begin, end = sentences[0].ids[:1], sentences[0].ids[-1:]
    shifts = starts_of(sentences)
    return Pieced(
        np.concatenate([begin, *(s.ids[1:-1] for s in sentences), end]),
        np.concatenate([s.first + shift for s, shift in zip(sentences, shifts, strict=True)]),
        np.concatenate([s.last + shift for s, shift in zip(sentences, shifts, strict=True)]),
    )


def starts_of(sentences: Sequence[Pieced]) -> list[int]:
    """Return how many pieces stand before each of joined sentences, the first end mark left out."""
    sizes = [len(sentence) - 2 for sentence in sentences]
    return [sum(sizes[:i]) for i in range(len(sizes))]


def joined_actors(scenes: Sequence[tuple[Pieced, Actors]]) -> list[tuple[int, int]]:
    """Return the actors of joined sentences, by the numbers of their words in the whole."""
    found, words = [], 0
    for pieced, actors in scenes:
        found += [(start + words, end + words) for start, end in actors]
        words += len(pieced.first)
    return found
