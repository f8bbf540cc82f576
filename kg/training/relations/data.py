"""Turns examples into tensors: pieces, marks of the actors, and targets for each pair."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.extract.actors import find_chunks
from kg.extract.learned.marks import marks_of
from kg.extract.learned.scheme import MODALITIES, MUTUAL, ROOTS
from kg.extract.relations.clauses import Clauses
from kg.extract.syntax import SyntaxReader
from kg.extract.syntax.pieces import Pieced, Pieces, padded_ids
from kg.model import Article
from kg.training.relations.sentences import Example

IGNORE = -1
_CHUNK = 400  # examples sorted by length together, so that batches hold little padding


@dataclass(frozen=True, slots=True)
class Item:
    """An example in pieces; ``predicate`` is the piece of the word that bears its relation, where it is known."""

    example: Example
    pieced: Pieced
    predicate: int = IGNORE


@dataclass(frozen=True, slots=True)
class RelationBatch:
    """Input and targets of a batch: see ``RelationNetwork.forward``; the targets are [b, a, a], IGNORE if unknown."""

    ids: Tensor
    there: Tensor
    marks: Tensor
    actors: Tensor
    roots: Tensor
    modalities: Tensor
    predicates: Tensor


def item_of(example: Example, pieces: Pieces, reader: SyntaxReader | None = None) -> Item:
    """Return an example in pieces; with a reader, look for the predicate that the lexicon names."""
    pieced = pieces.sentence(example.words)
    word = _predicate(example, reader) if reader and example.predicate else None
    return Item(example, pieced, IGNORE if word is None else int(pieced.first[word]))


def _predicate(example: Example, reader: SyntaxReader) -> int | None:
    """Return the number of the word that bears the relation, if one alone can be it."""
    doc = reader(Article("example", "", example.text, example.language))
    if len(doc) != len(example.words):
        return None
    clauses = Clauses(doc, find_chunks(doc))
    head = example.predicate.lower()
    found = [token.i for token in doc.tokens if head in {clauses.lemma(token), token.lemma.lower()}]
    return found[0] if len(found) == 1 else None


def batches(items: Sequence[Item], size: int, *, rng: random.Random | None = None) -> list[list[Item]]:
    """Return items in batches of like length; with ``rng``, shuffled."""
    order = list(range(len(items)))
    if rng:
        rng.shuffle(order)
    chunks = [order[i : i + _CHUNK] for i in range(0, len(order), _CHUNK)] if rng else [order]
    found = []
    for chunk in chunks:
        chunk.sort(key=lambda i: len(items[i].pieced))
        found += [[items[i] for i in chunk[j : j + size]] for j in range(0, len(chunk), size)]
    if rng:
        rng.shuffle(found)
    return found


def batch_of(items: Sequence[Item]) -> RelationBatch:
    """Return input and targets of a batch."""
    found = marks_of([(item.pieced, item.example.actors) for item in items])
    ids = padded_ids([item.pieced for item in items])
    arrays = (ids, found.there, found.marks, found.actors, *_targets(items, found.actors.shape[1]))
    return RelationBatch(*map(torch.from_numpy, arrays))


def _targets(items: Sequence[Item], most: int) -> tuple[NDArray[np.int64], ...]:
    shape = (len(items), most, most)
    roots, modalities, predicates = (np.full(shape, IGNORE) for _ in range(3))
    for i, item in enumerate(items):
        example, count = item.example, len(item.example.actors)
        if example.complete:
            roots[i, :count, :count] = 0
            roots[i, range(count), range(count)] = IGNORE
        for relation in example.relations:
            there, back = (relation.actor, relation.recipient), (relation.recipient, relation.actor)
            if not example.complete and roots[i][back] == IGNORE:
                roots[i][back] = 0
            if relation.root in MUTUAL and roots[i][back] == 0:
                roots[i][back] = IGNORE
            roots[i][there] = 1 + ROOTS.index(relation.root)
            if relation.modality is not None:
                modalities[i][there] = MODALITIES.index(relation.modality)
            predicates[i][there] = item.predicate
    return roots, modalities, predicates
