"""Turns passages into tensors: pieces, marks of the actors, and targets for each pair of parties."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.extract.learned.marks import marks_of
from kg.extract.learned.scenes import Block, blocks_of, joined, joined_actors, starts_of
from kg.extract.learned.scheme import MODALITIES, MUTUAL, ROOTS
from kg.extract.syntax.pieces import Pieced, Pieces, padded_ids
from kg.training.relations.passages import earlier_actors
from kg.training.relations.sentences import Marked, Passage

IGNORE = -1
_CHUNK = 400  # passages sorted by length together, so that batches hold little padding


@dataclass(frozen=True, slots=True)
class Item:
    """A passage in pieces."""

    passage: Passage
    pieced: tuple[Pieced, ...]

    def __len__(self) -> int:
        return len(self.pieced)

    @property
    def size(self) -> int:
        """Pieces in all."""
        return sum(map(len, self.pieced))


@dataclass(frozen=True, slots=True)
class RelationBatch:
    """Input and targets of b blocks of at most p pieces and a actors, in which are s sentences of c parties.

    Attributes:
        ids, there, marks: [b, p].
        actors: [b, a, p], the weight of each piece in the mean of an actor.
        pieces: [s, q], numbers into the b * p pieces: those of each sentence.
        within: [s, q], 1 for pieces, 0 for padding.
        parties: [s, c], numbers into the b * a actors.
        back: [s, c], how many sentences before each party stands.
        roots, modalities, words: [s, c, c] targets, IGNORE where unknown; words are pieces of the sentence.
    """

    ids: Tensor
    there: Tensor
    marks: Tensor
    actors: Tensor
    pieces: Tensor
    within: Tensor
    parties: Tensor
    back: Tensor
    roots: Tensor
    modalities: Tensor
    words: Tensor


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence of a batch: its block, the first piece and the first actor of its own block, and its parties."""

    sentence: Marked
    pieced: Pieced
    complete: bool
    first_piece: int
    parties: list[int]
    back: list[int]
    names: list[str]


def item_of(passage: Passage, pieces: Pieces) -> Item:
    """Return a passage in pieces."""
    return Item(passage, tuple(pieces.sentence(sentence.words) for sentence in passage.sentences))


def alone(item: Item) -> list[Item]:
    """Return the sentences of a passage that have two actors, each by itself, with the relations within it."""
    found = []
    for sentence, pieced in zip(item.passage.sentences, item.pieced, strict=True):
        names = {actor.name for actor in sentence.actors}
        if len(sentence.actors) > 1:
            within = tuple(r for r in sentence.relations if {r.actor, r.recipient} <= names)
            passage = replace(item.passage, sentences=(replace(sentence, relations=within),))
            found.append(Item(passage, (pieced,)))
    return found


def _block_sizes(item: Item) -> list[int]:
    sizes = [len(sentence) for sentence in item.pieced]
    return [sum(sizes[block.start : block.end]) for block in blocks_of(sizes)]


def batches(items: Sequence[Item], size: int, rng: random.Random) -> list[list[Item]]:
    """Return items, shuffled, in batches of like length, of at most ``size`` padded pieces or of one item."""
    order = list(range(len(items)))
    rng.shuffle(order)
    found: list[list[Item]] = []
    for start in range(0, len(order), _CHUNK):
        batch: list[Item] = []
        blocks: list[int] = []
        for item in sorted((items[i] for i in order[start : start + _CHUNK]), key=lambda item: item.size):
            own = _block_sizes(item)
            if batch and len(blocks + own) * max(blocks + own) > size:
                found.append(batch)
                batch, blocks = [], []
            batch.append(item)
            blocks += own
        found.append(batch)
    rng.shuffle(found)
    return found


def batch_of(items: Sequence[Item]) -> RelationBatch:
    """Return input and targets of a batch; a passage that is longer than a block comes as several."""
    parts = [(item, block) for item in items for block in blocks_of([len(p) for p in item.pieced])]
    whole = [joined(item.pieced[block.start : block.end]) for item, block in parts]
    marks = marks_of(
        [(pieced, _actors(item, block)) for pieced, (item, block) in zip(whole, parts, strict=True)]
    )
    most_pieces, most_actors = marks.there.shape[1], marks.actors.shape[1]
    rows = [
        row
        for n, (item, block) in enumerate(parts)
        for row in _rows(item, block, n * most_pieces + 1, n * most_actors)
    ]
    longest, count = max(len(row.pieced) - 2 for row in rows), max(1, *(len(row.names) for row in rows))
    pieces, within = (np.zeros((len(rows), longest), np.int64) for _ in range(2))
    parties, back = (np.zeros((len(rows), count), np.int64) for _ in range(2))
    roots, modalities, words = (np.full((len(rows), count, count), IGNORE) for _ in range(3))
    for i, row in enumerate(rows):
        size = len(row.pieced) - 2
        pieces[i, :size], within[i, :size] = row.first_piece + np.arange(size), 1
        parties[i, : len(row.parties)], back[i, : len(row.back)] = row.parties, row.back
        _fill((roots[i], modalities[i], words[i]), row)
    arrays = (padded_ids(whole), marks.there, marks.marks, marks.actors, pieces, within, parties, back)
    return RelationBatch(*map(torch.from_numpy, (*arrays, roots, modalities, words)))


def _actors(item: Item, block: Block) -> list[tuple[int, int]]:
    sentences = zip(
        item.pieced[block.start : block.end], item.passage.sentences[block.start : block.end], strict=True
    )
    return joined_actors([(pieced, [(a.start, a.end) for a in s.actors]) for pieced, s in sentences])


def _rows(item: Item, block: Block, first_piece: int, first_actor: int) -> Iterator[_Row]:
    """Yield the own sentences of a block whose first piece and actor have these numbers in the batch."""
    sentences = item.passage.sentences
    shifts = starts_of(item.pieced[block.start : block.end])
    firsts = {}  # number of the first actor of each sentence
    for i in range(block.start, block.end):
        firsts[i] = first_actor
        first_actor += len(sentences[i].actors)
    for i in range(block.own, block.end):
        earlier = earlier_actors(sentences, i, i - block.start)
        own = sentences[i].actors
        yield _Row(
            sentence=sentences[i],
            pieced=item.pieced[i],
            complete=item.passage.complete,
            first_piece=first_piece + shifts[i - block.start],
            parties=[
                *range(firsts[i], firsts[i] + len(own)),
                *(firsts[i - e.back] + e.actor for e in earlier),
            ],
            back=[0] * len(own) + [e.back for e in earlier],
            names=[a.name for a in own] + [sentences[i - e.back].actors[e.actor].name for e in earlier],
        )


def _fill(targets: tuple[NDArray[np.int64], ...], row: _Row) -> None:
    """Fill the targets of one sentence."""
    roots, modalities, words = targets
    sentence, names, complete = row.sentence, row.names, row.complete
    own = len(sentence.actors)
    if complete:
        roots[:own, : len(names)] = 0
        roots[: len(names), :own] = 0
        roots[range(own), range(own)] = IGNORE
    for relation in sentence.relations:
        actors = [i for i, name in enumerate(names) if name == relation.actor]
        recipients = [i for i, name in enumerate(names) if name == relation.recipient]
        if not actors or not recipients:
            continue  # named too far back
        for i in actors:  # of several mentions of a party, one bears the relation: the others are not wrong
            for j in recipients:
                if roots[i, j] <= 0:  # what another relation of the two says stays
                    roots[i, j] = IGNORE
                if roots[j, i] <= 0 and relation.root in MUTUAL:
                    roots[j, i] = IGNORE
                elif roots[j, i] <= 0 and not complete:
                    roots[j, i] = 0
        i, j = (_nearest(sentence, ends, relation.word) for ends in (actors, recipients))
        roots[i, j] = 1 + ROOTS.index(relation.root)
        if relation.modality is not None:
            modalities[i, j] = MODALITIES.index(relation.modality)
        if relation.word is not None:
            words[i, j] = int(row.pieced.first[relation.word]) - 1


def _nearest(sentence: Marked, parties: list[int], word: int | None) -> int:
    """Return the mention that stands nearest to a word, the first where no word is known."""
    own = [i for i in parties if i < len(sentence.actors)]
    if not own or word is None:
        return parties[0]
    return min(own, key=lambda i: (abs(sentence.actors[i].start - word), i))
