"""Positions of the nodes, computed before the page opens: the same graph gives the same picture.

Each connected part is drawn by itself (Kamada-Kawai where it is small, else Fruchterman-Reingold on a grid), turned so
that it lies wide, stretched until neighbours have room for their labels, and packed beside the others.
"""

import random
from collections.abc import Iterable, Sequence
from typing import Final

import igraph
import numpy as np
from numpy.typing import NDArray

Point = tuple[int, int]
Points = NDArray[np.float64]  # shape (nodes, 2), in pixels at scale 1

SEED: Final = 7
ROOM: Final = 150.0  # pixels between the centres of neighbours: a label of about 20 letters
SMALL: Final = 250  # nodes up to which Kamada-Kawai stays below 0.2 s
CLOSE: Final = 1500  # nodes up to which pairs that are too close are pushed apart (a square matrix in memory)
ROUNDS: Final = 60
ASPECT: Final = 1.6  # width to height of the whole, as of the pane


def positions(nodes: Sequence[str], links: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Return a position for each node.

    >>> sorted(positions(["a", "b"], [("a", "b")]).values())
    [(0, 0), (150, 0)]
    """
    index = {node: number for number, node in enumerate(nodes)}
    graph = igraph.Graph(n=len(nodes), edges=sorted({_pair(index[a], index[b]) for a, b in links if a != b}))
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
    if part.vcount() == 2:
        return np.array([[0.0, 0.0], [ROOM, 0.0]])
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 - a layout, not a secret
    try:
        layout = (
            part.layout_kamada_kawai()
            if part.vcount() <= SMALL
            else part.layout_fruchterman_reingold(niter=300, grid="grid")
        )
    finally:
        igraph.set_random_number_generator(random)
    points = _turned(np.array(layout.coords, dtype=np.float64))
    ends = np.array(part.get_edgelist())
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    points = _apart(points * (ROOM / max(float(np.median(lengths)), 1e-9)))
    return points - points.min(axis=0)


def _turned(points: Points) -> Points:
    """Turn the longest extent of the points to the horizontal."""
    centred = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1] * np.where(axes[:, ::-1].sum(axis=0) < 0, -1.0, 1.0)
    return np.asarray(centred @ axes, dtype=np.float64)


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


def _pack(parts: Sequence[Points]) -> list[Points]:
    """Return the upper left corner of each part: the largest first, the others in rows below it."""
    sizes = [points.max(axis=0) + ROOM for points in parts]
    area = sum(float(width * height) for width, height in sizes)
    limit = max([float(size[0]) for size in sizes] + [(area * ASPECT) ** 0.5])
    corners, x, y, row = [], 0.0, 0.0, 0.0
    for width, height in sizes:
        if x and x + width > limit:
            x, y, row = 0.0, y + row, 0.0
        corners.append(np.array([x, y]))
        x, row = x + float(width), max(row, float(height))
    return corners


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
