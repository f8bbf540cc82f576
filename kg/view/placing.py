"""Where labels stand in the picture: each name somewhere, and the words of an edge only where there is room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.markup import text_width
from kg.view.shapes import Disc, Spot

PADDING: Final = 3.0  # pixels around a label
LINE: Final = 1.25  # height of a line in font sizes


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, centre: Spot, width: float, height: float) -> "Box":
        """Return the box of a size around a point."""
        x, y = centre
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def shared(self, other: "Box") -> float:
        """Return the area that both cover, in square pixels."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0


@dataclass(slots=True)
class Sheet:
    """A page that labels are put on; ``taken`` are the boxes to keep clear of."""

    taken: list[Box] = field(default_factory=list)

    @classmethod
    def of(cls, discs: Iterable[Disc]) -> "Sheet":
        """Return a sheet on which nodes stand already."""
        return cls([Box.around((disc.x, disc.y), 2 * disc.radius, 2 * disc.radius) for disc in discs])

    def put(self, spots: Sequence[Spot], width: float, size: float, *, must: bool) -> Spot | None:
        """Take the first free of the spots, or where the label must stand the least covered; else None."""
        boxes = [Box.around(spot, width + 2 * PADDING, size * LINE) for spot in spots]
        covered = [sum(box.shared(other) for other in self.taken) for box in boxes]
        best = min(range(len(spots)), key=lambda place: (covered[place], place))
        if covered[best] and not must:
            return None
        self.taken.append(boxes[best])
        return spots[best]


def name_spots(disc: Disc, name: str, size: float) -> list[Spot]:
    """Return where the name of a node may stand: below it, above, beside, and at its corners."""
    half = text_width(name, size) / 2
    down, aside = disc.radius + size * 0.85, disc.radius + half + 6
    slant = disc.radius * 0.75
    return [
        (disc.x, disc.y + down),
        (disc.x, disc.y - down),
        (disc.x + aside, disc.y),
        (disc.x - aside, disc.y),
        (disc.x + slant + half, disc.y + slant + size * 0.6),
        (disc.x - slant - half, disc.y + slant + size * 0.6),
        (disc.x + slant + half, disc.y - slant - size * 0.6),
        (disc.x - slant - half, disc.y - slant - size * 0.6),
        (disc.x, disc.y + down + size * LINE),
        (disc.x, disc.y - down - size * LINE),
    ]
