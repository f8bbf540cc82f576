"""Positions of the nodes, computed before the page opens: the same graph gives the same picture.

Each connected part is drawn by itself (Kamada-Kawai where it is small, else Fruchterman-Reingold on a grid),
stretched until neighbours have room for their labels, turned to fill the pane, and packed beside the others.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import igraph
import numpy as np
from numpy.typing import NDArray

Point = tuple[int, int]
Points = NDArray[np.float64]  # shape (nodes, 2), in pixels at scale 1

SEED: Final = 7
ROOM: Final = 150.0  # pixels between the centres of neighbours: a label of about 20 letters
PARALLEL: Final = 0.3  # how much longer each further edge between the same nodes makes their distance
LONGEST: Final = 2.5
SMALL: Final = 250  # nodes up to which Kamada-Kawai stays below 0.3 s
CLOSE: Final = 1500  # nodes up to which pairs that are too close are pushed apart (a square matrix in memory)
ROUNDS: Final = 60
ASPECT: Final = 1.05  # width to height of the pane without its rim: 1.0 at 1440 x 860, 1.2 at 1920 x 1080
TURNS: Final = 24  # angles tried


def positions(nodes: Sequence[str], links: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Return a position for each node. ``links`` name each edge, so that parallel edges get more room.

    >>> sorted(positions(["a", "b"], [("a", "b")]).values())
    [(0, 0), (150, 0)]
    """
    index = {node: number for number, node in enumerate(nodes)}
    counts = Counter(_pair(index[a], index[b]) for a, b in links if a != b)
    graph = igraph.Graph(n=len(nodes), edges=sorted(counts))
    graph.es["length"] = [min(1 + PARALLEL * (counts[pair] - 1), LONGEST) for pair in sorted(counts)]
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
    drawn = [_draw(graph.induced_subgraph(part)) for part in parts]
    placed: dict[str, Point] = {}
    for part, corner, points in zip(parts, _pack(drawn), drawn, strict=True):
        for node, (x, y) in zip(part, points + corner, strict=True):
            placed[nodes[node]] = (round(x), round(y))
    return placed


def _draw(part: igraph.Graph) -> Points:
    """Return positions of a connected part, its upper left corner at the origin."""
    if part.vcount() == 1:
        return np.zeros((1, 2))
    lengths = np.array(part.es["length"], dtype=np.float64)
    if part.vcount() == 2:
        return np.array([[0.0, 0.0], [ROOM * lengths[0], 0.0]])
    points = np.array(_layout(part).coords, dtype=np.float64)
    ends = np.array(part.get_edgelist())
    drawn = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    scale = ROOM / max(float(np.median(drawn / lengths)), 1e-9)
    return _turned(_apart(points * scale))


def _layout(part: igraph.Graph) -> igraph.Layout:
    """Let igraph lay a part out with random numbers of our own, and give it back Python's afterwards."""
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 - a picture, not a secret
    try:
        if part.vcount() <= SMALL:
            return part.layout_kamada_kawai(weights="length")
        return part.layout_fruchterman_reingold(niter=300, grid="grid")
    finally:
        igraph.set_random_number_generator(random)


def _apart(points: Points) -> Points:
    """Push nodes apart that are nearer than ``ROOM``, a little in each round."""
    if len(points) > CLOSE:
        return points
    for _ in range(ROUNDS):
        difference = points[:, None, :] - points[None, :, :]
        distance = np.linalg.norm(difference, axis=2)
        np.fill_diagonal(distance, np.inf)
        push = np.clip(ROOM - distance, 0.0, None)
        if not push.any():
            break
        direction = difference / np.maximum(distance, 1e-6)[:, :, None]
        points = points + 0.25 * (direction * push[:, :, None]).sum(axis=1)
    return points


def _turned(points: Points) -> Points:
    """Turn a part so that it is largest in the pane, and move its upper left corner to the origin."""
    turned = [points @ _rotation(math.pi * turn / TURNS) for turn in range(TURNS)]
    best = min(turned, key=lambda candidate: round(_size_in_pane(candidate)))
    return np.asarray(best - best.min(axis=0), dtype=np.float64)


def _rotation(angle: float) -> Points:
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def _size_in_pane(points: Points) -> float:
    width, height = np.ptp(points, axis=0)
    return max(float(width) / ASPECT, float(height))


def _pack(parts: Sequence[Points]) -> list[Points]:
    """Return the upper left corner of each part, the largest first, each where the whole best fits the pane.

    Spots tried are those to the right of a part that stands already, and below it.
    """
    corners, ends = np.zeros((len(parts), 2)), np.zeros((len(parts), 2))
    spots = np.zeros((1, 2))
    for number, points in enumerate(parts):
        size = points.max(axis=0) + ROOM
        placed = corners[:number], ends[:number]
        reach = np.maximum(spots + size, placed[1].max(axis=0, initial=0.0)) / np.array([ASPECT, 1.0])
        nearest = np.lexsort((spots.sum(axis=1), reach.max(axis=1).round()))
        corner = next(spots[at] for at in nearest if not _covered(spots[at], spots[at] + size, *placed))
        corners[number], ends[number] = corner, corner + size
        new = np.array([corner + size * (1, 0), corner + size * (0, 1)])
        new = new[[not _covered(spot, spot + 1, *placed) for spot in new]]
        left = spots[[not _covered(spot, spot + 1, corner[None], ends[number, None]) for spot in spots]]
        spots = np.vstack([left, new])
    return list(corners)


def _covered(corner: Points, end: Points, corners: Points, ends: Points) -> bool:
    """Tell whether the box from ``corner`` to ``end`` covers a part of any of the boxes."""
    return bool(((corner < ends) & (corners < end)).all(axis=1).any())


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
