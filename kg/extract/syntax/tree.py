"""Finds the best dependency tree of arc scores (Chu and Liu 1965; Edmonds 1967), with exactly one root."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating]
Heads = NDArray[np.int64]
_NEVER, _DEAR = -1e9, 1e5


def best_heads(scores: Scores) -> Heads:
    """Return the head of each word, 0 for the root.

    ``scores`` is [words, words + 1]; column 0 is the root, column j the j-th word (from 1).
    """
    count = len(scores)
    full = np.full((count + 1, count + 1), _NEVER)
    full[1:] = scores
    full[1:, 0] -= _DEAR  # a second root costs more than any other arc can gain
    np.fill_diagonal(full, _NEVER)
    heads: Heads = _arborescence(full)[1:]
    return heads


def _arborescence(scores: Scores) -> Heads:
    """Return the head of every node of the best tree under node 0 (its own head is 0)."""
    heads: Heads = np.argmax(scores, axis=1)
    heads[0] = 0
    found = _cycle(heads)
    if not found:
        return heads
    cycle = np.array(found, np.int64)
    inside = np.zeros(len(heads), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    held = scores[cycle, heads[cycle]]
    # contract the cycle to one node, the last of a smaller graph
    smaller = np.full((len(outside) + 1, len(outside) + 1), _NEVER)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    into = scores[np.ix_(cycle, outside)] - held[:, None]
    smaller[-1, :-1] = into.max(axis=0) + held.sum()
    out_of = scores[np.ix_(outside, cycle)]
    smaller[:-1, -1] = out_of.max(axis=1)
    solved = _arborescence(smaller)
    result: Heads = heads.copy()
    for row, node in enumerate(outside):
        if node:
            chosen = solved[row]
            result[node] = cycle[int(out_of[row].argmax())] if chosen == len(outside) else outside[chosen]
    entering = solved[-1]
    broken = int(into[:, entering].argmax())
    result[cycle[broken]] = outside[entering]
    return result


def _cycle(heads: Heads) -> list[int]:
    done: set[int] = {0}
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while node not in done and node not in path:
            path.append(node)
            node = int(heads[node])
        if node in path:
            return path[path.index(node) :]
        done.update(path)
    return []
