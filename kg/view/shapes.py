"""Shapes of nodes, and where edges run, for the picture: the same arcs as on the page (``geometry.js``)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.markup import tag
from kg.view.bundles import Bundle, Node

Spot = tuple[float, float]  # x to the right and y down, in pixels

LOOP: Final = (24.0, 14.0)  # radius of an edge from a node to itself, and how much wider each further one
GAP: Final = 3.0  # pixels between an arrow and its node
SHARES: Final = (0.5, 0.4, 0.6, 0.32, 0.68)  # of the way along an edge, where its label may stand


@dataclass(frozen=True, slots=True)
class Disc:
    """A node as it is drawn: where it is, and its radius in pixels."""

    node: Node
    x: float
    y: float

    @property
    def radius(self) -> float:
        """Radius in pixels; the area grows with the number of claims."""
        scale = 0.92 if self.node.kind == "state" else 1.0
        return min(14 + 2.4 * math.sqrt(self.node.weight), 34) * scale

    def outline(self, colour: str, ground: str) -> str:
        """Return its shape: states are squares, organisations hexagons, all others circles."""
        look = {
            "fill": ground,
            "stroke": colour,
            "stroke-width": 2.5 if self.node.kind == "state" else 1.5,
            "stroke-dasharray": "3 3" if self.node.kind == "group" else None,
        }
        corners = kind_corners(self.node.kind, (self.x, self.y), self.radius)
        if not corners:
            return tag("circle", {"cx": self.x, "cy": self.y, "r": self.radius, **look})
        return tag("polygon", {"points": points(corners), **look})


def kind_corners(kind: str, centre: Spot, radius: float) -> list[Spot]:
    """Return the corners of the shape of a kind, none for a circle."""
    x, y = centre
    if kind == "state":
        return [(x + dx * radius, y + dy * radius) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    if kind == "organisation":
        angles = [corner * math.pi / 3 for corner in range(6)]
        return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]
    return []


def points(corners: Sequence[Spot]) -> str:
    """Return corners as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def mark(sign: str, colour: str, centre: Spot, size: float, ground: str) -> str:
    """Return the mark of a family as a shape, which looks alike in any font; ``size`` is its radius."""
    x, y = centre
    look = {"fill": ground if sign in "○△◇" else colour, "stroke": colour, "stroke-width": size / 2.6}
    if sign in "○●":
        return tag("circle", {"cx": x, "cy": y, "r": size * 0.85, **look})
    corners = [(0, -1), (1, 0), (0, 1), (-1, 0)] if sign == "◇" else [(0, -1), (1, 0.8), (-1, 0.8)]
    return tag("polygon", {"points": points([(x + dx * size, y + dy * size) for dx, dy in corners]), **look})


def cross(colour: str, centre: Spot, size: float) -> str:
    """Return the cross of a claim that is negated."""
    x, y = centre
    far = 2 * size
    path = f"M{x - size:.1f} {y - size:.1f}l{far:.1f} {far:.1f}m0 {-far:.1f}l{-far:.1f} {far:.1f}"
    return tag("path", {"d": path, "stroke": colour, "stroke-width": size / 2})


def width_of(bundle: Bundle) -> float:
    """Return the width of an edge in pixels; it grows with the root of the number of claims."""
    return min(1.4 + 1.1 * math.sqrt(len(bundle.claims)), 8)


def point_of(bundle: Bundle, source: Disc, target: Disc, share: float) -> Spot:
    """Return a point of an edge; of a loop always its far end."""
    if source is target:
        (x, y), reach = _loop_centre(source), _loop_radius(bundle) * math.sqrt(0.5)
        return x + reach, y - reach
    return _on_arc(source, _control(source, target, bundle.bend), target, share)


def edge_shape(bundle: Bundle, source: Disc, target: Disc, look: dict[str, object]) -> str:
    """Return the line of an edge, with an arrow where it has a direction."""
    if source is target:
        x, y = _loop_centre(source)
        return tag("circle", {"cx": x, "cy": y, "r": _loop_radius(bundle), "fill": "none", **look})
    via = _control(source, target, bundle.bend)
    share = _border(source, via, target)
    tip = _on_arc(source, via, target, share)
    middle = (source.x + (via[0] - source.x) * share, source.y + (via[1] - source.y) * share)
    path = f"M{source.x:.1f} {source.y:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {tip[0]:.1f} {tip[1]:.1f}"
    line = tag("path", {"d": path, "fill": "none", **look})
    if bundle.symmetric:
        return line
    before = _on_arc(source, via, target, share - 0.06)
    angle, length = math.atan2(tip[1] - before[1], tip[0] - before[0]), 9 + 1.6 * width_of(bundle)
    sides = [
        (tip[0] - length * math.cos(angle + turn), tip[1] - length * math.sin(angle + turn))
        for turn in (0.42, -0.42)
    ]
    return line + tag("polygon", {"points": points([tip, *sides]), "fill": look["stroke"]})


def _control(source: Disc, target: Disc, bend: float) -> Spot:
    """Return the control point of vis-network's "curvedCW" (bend above 0) and "curvedCCW" (below)."""
    reach = (abs(bend) * 0.5 + 0.5) * math.hypot(target.x - source.x, target.y - source.y)
    angle = math.atan2(source.y - target.y, target.x - source.x) + (bend * 0.5 + 0.5) * math.pi
    return source.x + reach * math.sin(angle), source.y + reach * math.cos(angle)


def _on_arc(source: Disc, via: Spot, target: Disc, share: float) -> Spot:
    a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return a * source.x + b * via[0] + c * target.x, a * source.y + b * via[1] + c * target.y


def _border(source: Disc, via: Spot, target: Disc) -> float:
    """Return how far along its arc an edge runs before it meets the node at its end."""
    low, high = 0.5, 1.0
    for _ in range(20):
        share = (low + high) / 2
        x, y = _on_arc(source, via, target, share)
        if math.hypot(x - target.x, y - target.y) > target.radius + GAP:
            low = share
        else:
            high = share
    return low


def _loop_radius(bundle: Bundle) -> float:
    return LOOP[0] + LOOP[1] * bundle.bend


def _loop_centre(disc: Disc) -> Spot:
    """Return the centre of a loop: on the border of the node, up and to the right."""
    away = disc.radius * (1.0 if disc.node.kind == "state" else math.sqrt(0.5))
    return disc.x + away, disc.y - away
