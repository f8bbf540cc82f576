"""Sentences with their actors to the padded arrays that the relation layer reads beside the pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.extract.learned.scenes import Actors
from kg.extract.syntax.pieces import Pieced

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

OUTSIDE, BEGIN, INSIDE = range(3)
MARKS: Final = 3


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the actors of b sentences of at most p pieces and a actors stand.

    Attributes:
        there: [b, p], 1 for pieces, 0 for padding.
        marks: [b, p], whether a piece is outside of actors, begins one, or goes on with it.
        actors: [b, a, p], the weight of each piece in the mean of an actor.
    """

    there: Numbers
    marks: Numbers
    actors: Floats


def marks_of(sentences: Sequence[tuple[Pieced, Actors]]) -> Marks:
    """Pad the actors of sentences to one batch; a sentence without actors has empty rows."""
    count = len(sentences)
    longest = max(len(pieced) for pieced, _ in sentences)
    most = max(1, *(len(actors) for _, actors in sentences))
    found = Marks(
        there=np.zeros((count, longest), np.int64),
        marks=np.zeros((count, longest), np.int64),
        actors=np.zeros((count, most, longest), np.float32),
    )
    for i, (pieced, actors) in enumerate(sentences):
        found.there[i, : len(pieced)] = 1
        for j, (start, end) in enumerate(actors):
            if start == end:
                continue
            first, last = int(pieced.first[start]), int(pieced.last[end - 1]) + 1
            found.marks[i, first:last] = INSIDE
            found.marks[i, first] = BEGIN
            found.actors[i, j, first:last] = 1 / (last - first)
    return found
