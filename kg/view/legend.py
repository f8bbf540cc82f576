"""The legend of the picture: what of families, certainties and kinds occurs in it, in rows of the width."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kg.markup import tag, text_width, xml_text
from kg.model import Modality
from kg.view.bundles import Bundle
from kg.view.palette import DASHES, FAMILIES
from kg.view.shapes import Disc, cross, kind_corners, mark, points
from kg.view.words import WORDS

INK, LINE, GROUND = "#111827", "#374151", "#ffffff"
KINDS: Final = ("person", "state", "organisation", "group")
SAMPLE: Final = 46.0  # pixels of a sample with its gap
ROW: Final = 1.7  # height of a row in font sizes


@dataclass(frozen=True, slots=True)
class Legend:
    """A legend as it is drawn, its upper left corner at the origin, and its height in pixels."""

    drawn: list[str]
    height: float


@dataclass(frozen=True, slots=True)
class _Item:
    """Words with a sample before them, drawn from where it begins, and ``room`` pixels wide with its gap."""

    words: str
    room: float = 0.0
    sample: Callable[[float, float], list[str]] | None = None


def legend(
    discs: Iterable[Disc], bundles: Iterable[Bundle], language: str, width: float, size: float
) -> Legend:
    """Return the legend of what is drawn. Raises nothing."""
    words, edges = WORDS[language], list(bundles)
    used = {bundle.family.id for bundle in edges}
    families = [
        _Item(family.labels[language], SAMPLE, _family(family.colour, family.mark, size))
        for family in FAMILIES
        if family.id in used
    ]
    found = {bundle.modality for bundle in edges}
    modalities = [
        _Item(words[modality.value], SAMPLE, _modality(modality))
        for modality in Modality
        if modality in found
    ]
    present = {disc.node.kind if disc.node.kind in KINDS else "person" for disc in discs}
    kinds = [
        _Item(words["kind state" if kind == "state" else kind], 26.0, _kind(kind))
        for kind in KINDS
        if kind in present
    ]
    signs = (
        [_Item(words[sign]) for sign in ("arrow", "mutual", "count")] if edges else [_Item(words["nothing"])]
    )
    drawn: list[str] = []
    y = 0.0
    for group in (families, modalities, [*kinds, *signs]):
        x = 0.0
        for item in group:
            length = item.room + text_width(item.words, size) * 1.06 + 1.6 * size
            if x and x + length > width:
                x, y = 0.0, y + ROW * size
            drawn += item.sample(x, y) if item.sample else []
            text = {
                "x": x + item.room,
                "y": y + size * 0.35,
                "font-size": size,
                "fill": INK,
            }
            drawn.append(tag("text", text, xml_text(item.words)))
            x += length
        y += ROW * size if group else 0
    return Legend(drawn, y)


def _family(colour: str, sign: str, size: float) -> Callable[[float, float], list[str]]:
    def draw(x: float, y: float) -> list[str]:
        line = {"x1": x, "x2": x + 40, "y1": y, "y2": y, "stroke": colour, "stroke-width": 4}
        return [tag("line", line), mark(sign, colour, (x + 20, y), size * 0.42, GROUND)]

    return draw


def _modality(modality: Modality) -> Callable[[float, float], list[str]]:
    def draw(x: float, y: float) -> list[str]:
        line = {"x1": x, "x2": x + 40, "y1": y, "y2": y, "stroke": LINE, "stroke-width": 2.5}
        drawn = [tag("line", {**line, "stroke-dasharray": " ".join(map(str, DASHES[modality]))})]
        return [*drawn, cross(INK, (x + 20, y), 5)] if modality is Modality.NEGATED else drawn

    return draw


def _kind(kind: str) -> Callable[[float, float], list[str]]:
    def draw(x: float, y: float) -> list[str]:
        look = {"fill": "none", "stroke": LINE, "stroke-width": 1.8}
        if kind == "group":
            look["stroke-dasharray"] = "3 3"
        corners = kind_corners(kind, (x + 10, y), 8)
        if corners:
            return [tag("polygon", {"points": points(corners), **look})]
        return [tag("circle", {"cx": x + 10, "cy": y, "r": 8, **look})]

    return draw
