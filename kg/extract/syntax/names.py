"""Finds the likeliest names of a sentence: the best row of IOB2 tags in which no name begins with its inside."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_NEVER = np.float32(-1e9)


class NameTags:
    """The tags of a model in its order, and which of them may follow which."""

    def __init__(self, tags: Sequence[str]) -> None:
        self._tags = tags
        follows = [[not b.startswith("I-") or a[1:] == b[1:] for b in tags] for a in tags]
        self._steps = np.where(follows, np.float32(0), _NEVER)
        self._first = np.where([tag.startswith("I-") for tag in tags], _NEVER, np.float32(0))

    def best(self, scores: Scores) -> list[str]:
        """Return the tag of each word; ``scores`` [words, tags] are logits (Viterbi 1967, transitions weigh nothing).

        >>> tags = NameTags(["O", "B-PER", "I-PER"])
        >>> tags.best(np.array([[2, 1.9, 0], [0, 0, 3]], np.float32))  # the likeliest of each word is O, I-PER
        ['B-PER', 'I-PER']
        """
        reached = scores[0] + self._first
        came_from = np.zeros(scores.shape, np.int64)
        for i, row in enumerate(scores[1:], start=1):
            ways = reached[:, None] + self._steps
            came_from[i] = ways.argmax(0)
            reached = ways.max(0) + row
        best = [int(reached.argmax())]
        for back in came_from[:0:-1]:
            best.append(int(back[best[-1]]))
        return [self._tags[tag] for tag in reversed(best)]
