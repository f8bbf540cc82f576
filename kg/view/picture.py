"""The network as a picture for print: SVG drawn from the positions of the page, without a browser or script."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kg.files import replace_file
from kg.markup import tag, text_width, xml_text
from kg.model import Article, Claim, Entity, Event
from kg.view.bundles import Bundle, Level, Node
from kg.view.data import page_data, relation_label
from kg.view.layout import positions
from kg.view.legend import GROUND, INK, LINE, legend
from kg.view.page import TITLES
from kg.view.palette import DASHES
from kg.view.placing import LINE as LEADING
from kg.view.placing import Sheet, name_spots
from kg.view.shapes import SHARES, Disc, cross, edge_shape, mark, point_of, width_of
from kg.view.words import WORDS, period_name

MANY: Final = 150  # actors up to which all are drawn, as on the page
STRONGEST: Final = 100  # actors drawn where there are more
NARROWEST: Final = 900.0  # pixels that title and legend need
RIM: Final = 40.0
SMALLEST, LARGEST, LETTERS = 13.0, 19.0, 110  # font sizes, and how many of them make the width between these
NAMED, MARKED = 2200, 1200  # square pixels for each edge from which edges are named, or at least marked


def network_svg(  # noqa: PLR0913 - the four kinds of value, and three words on how to show them
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    articles: Iterable[Article],
    events: Iterable[Event] = (),
    *,
    language: str = "de",
    title: str = "",
    level: Level = "actor",
) -> str:
    """Return the picture as SVG: names, arrows, families by colour and mark, certainty as dash, a legend.

    Over 150 actors only the 100 strongest are drawn, as far as they have to do with each other; the counts
    under the title then say "98 / 523 actors". The same input gives the same text, in any order. Raises
    ValueError for another language.
    """
    if language not in TITLES:
        raise ValueError(f"the picture speaks {' and '.join(TITLES)}, got {language!r}")
    every, sources = tuple(claims), tuple(articles)
    data = page_data(every, entities, sources, events)
    nodes = [node for node in data.nodes if node.level == level]
    drawn, bundles = _strongest(nodes, [bundle for bundle in data.bundles if bundle.level == level])
    words = WORDS[language]
    counts = (
        _share(len({number for bundle in bundles for number in bundle.claims}), len(every), words["claims"]),
        _share(len(drawn), len(nodes), words[level]),
        f"{len(bundles)} {words['edges']}",
        _period(data.evidence["claims"], language),
    )
    heading = " ".join(title.split()) or TITLES[language]
    return _Picture.of(drawn, bundles, language).svg(
        heading, " · ".join(counts), _outlets(sources, every, language)
    )


def write_svg(  # noqa: PLR0913 - as network_svg
    path: Path,
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    articles: Iterable[Article],
    events: Iterable[Event] = (),
    *,
    language: str = "de",
    title: str = "",
    level: Level = "actor",
) -> Path:
    """Write the picture as UTF-8 and return its path. Raises OSError, and what ``network_svg`` raises."""
    text = network_svg(claims, entities, articles, events, language=language, title=title, level=level)
    replace_file(path, f"{text}\n".encode())
    return path


@dataclass(frozen=True, slots=True)
class _Picture:
    """Nodes with their places, edges, and the font size; coordinates begin at the upper left node."""

    discs: Mapping[str, Disc]
    bundles: list[Bundle]
    language: str
    width: float
    height: float
    size: float

    @classmethod
    def of(cls, nodes: list[Node], bundles: list[Bundle], language: str) -> "_Picture":
        places = positions([node.id for node in nodes], [(b.source, b.target) for b in bundles])
        width = max((x for x, _ in places.values()), default=0) + 0.0
        height = max((y for _, y in places.values()), default=0) + 0.0
        discs = {node.id: Disc(node, *map(float, places[node.id])) for node in nodes}
        size = min(max(width / LETTERS, SMALLEST), LARGEST)
        return cls(discs, bundles, language, width, height, size)

    def svg(self, heading: str, told: str, outlets: str) -> str:
        sheet = Sheet.of(self.discs.values())
        names, left, right = self._names(sheet)
        top, shift = RIM + 3.6 * self.size, RIM - left
        width = max(right - left + 2 * RIM, NARROWEST)
        foot = legend(self.discs.values(), self.bundles, self.language, width - 2 * RIM, self.size)
        middle = top + self.height + 3.2 * RIM
        height = middle + foot.height + 1.6 * self.size + RIM / 2
        labels = self._edge_labels(sheet)
        texts = (
            _text((RIM, RIM), heading, self.size * 1.5, weight=600),
            _text((RIM, RIM + 1.7 * self.size), told, self.size, colour=LINE),
            _text((RIM, height - RIM / 2), outlets, self.size * 0.85, colour=LINE),
        )
        shift += max((width - (right - left + 2 * RIM)) / 2, 0.0)
        drawn = (*self._lines(), *self._nodes(), *labels, *names)
        network = tag("g", {"transform": f"translate({shift:.1f} {top + RIM:.1f})"}, *drawn)
        box = {"viewBox": f"0 0 {width:.0f} {height:.0f}", "width": f"{width:.0f}", "height": f"{height:.0f}"}
        look = {"xmlns": "http://www.w3.org/2000/svg", **box, "role": "img"}
        return tag(
            "svg",
            {**look, "font-family": "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"},
            tag("title", {}, xml_text(heading)),
            tag("desc", {}, xml_text(told)),
            tag("rect", {"width": f"{width:.0f}", "height": f"{height:.0f}", "fill": GROUND}),
            network,
            tag("g", {"id": "legend", "transform": f"translate({RIM:g} {middle:.1f})"}, *foot.drawn),
            *texts,
        )

    def _lines(self) -> Iterable[str]:
        """Yield the edges, the thickest first, so that thin ones lie on top."""
        for bundle in sorted(self.bundles, key=lambda bundle: (-len(bundle.claims), bundle.id)):
            look: dict[str, object] = {
                "stroke": bundle.family.colour,
                "stroke-width": width_of(bundle),
                "stroke-dasharray": " ".join(map(str, DASHES[bundle.modality])),
            }
            yield edge_shape(bundle, self.discs[bundle.source], self.discs[bundle.target], look)

    def _nodes(self) -> Iterable[str]:
        for disc in self.discs.values():
            badge = disc.node.code[:5]
            yield disc.outline(LINE, "#f3f4f6")
            if badge:
                size = disc.radius * 2.1 / max(len(badge), 3)
                yield _text((disc.x, disc.y), badge, size, weight=600, anchor="middle")

    def _names(self, sheet: Sheet) -> tuple[list[str], float, float]:
        """Return the names of all nodes as drawn, and how far they reach to the left and right."""
        drawn, left, right = list[str](), 0.0, self.width
        for disc in sorted(self.discs.values(), key=lambda disc: (-disc.node.weight, disc.node.id)):
            name = disc.node.labels[self.language]
            width = text_width(name, self.size) * 1.06
            spot = sheet.put(name_spots(disc, name, self.size), width, self.size, must=True)
            assert spot, "a name must stand somewhere"
            left, right = min(left, spot[0] - width / 2), max(right, spot[0] + width / 2)
            drawn += _haloed(spot, name, self.size)
        return drawn, left, right

    def _edge_labels(self, sheet: Sheet) -> list[str]:
        room = (self.width + 150) * (self.height + 150) / max(len(self.bundles), 1)
        size, drawn = self.size * 0.92, list[str]()
        for bundle in sorted(self.bundles, key=lambda bundle: (-len(bundle.claims), bundle.id)):
            count = f"×{len(bundle.claims)}" if len(bundle.claims) > 1 else ""
            named = " ".join(filter(None, (relation_label(bundle.relation, self.language), count)))
            for text in (named, count)[room < NAMED : (room >= MARKED) + 1]:
                ends = self.discs[bundle.source], self.discs[bundle.target]
                spots = [point_of(bundle, *ends, share) for share in SHARES]
                signs = 1.1 * size * (2 if bundle.modality == "negated" else 1)
                width = signs + (text_width(text, size) * 1.06 if text else 0)
                spot = sheet.put(spots, width, size, must=False)
                if spot:
                    drawn += _edge_label(bundle, text, spot, width, size)
                    break
        return drawn


def _edge_label(bundle: Bundle, text: str, spot: tuple[float, float], width: float, size: float) -> list[str]:
    """Return a plate, or the line would run through a hollow mark, the mark, and the words."""
    left, y = spot[0] - width / 2, spot[1]
    plate = {"x": left - 2, "y": y - size * 0.62, "width": width + 4, "height": size * LEADING}
    drawn = [tag("rect", {**plate, "fill": GROUND, "fill-opacity": 0.85})]
    drawn.append(mark(bundle.family.mark, bundle.family.colour, (left + size * 0.45, y), size * 0.36, GROUND))
    left += 1.1 * size
    if bundle.modality == "negated":
        drawn.append(cross(INK, (left + size * 0.35, y), size * 0.28))
        left += 1.1 * size
    return [*drawn, _text((left, y), text, size)] if text else drawn


def _haloed(spot: tuple[float, float], text: str, size: float) -> list[str]:
    """Return a name over a broad white one: not all programs know ``paint-order``."""
    halo = {"stroke": GROUND, "stroke-width": size * 0.3, "stroke-linejoin": "round"}
    return [_text(spot, text, size, weight=600, anchor="middle", more=more) for more in (halo, None)]


def _text(  # noqa: PLR0913 - how a text looks
    spot: tuple[float, float],
    text: str,
    size: float,
    *,
    weight: int = 400,
    anchor: str = "",
    colour: str = INK,
    more: Mapping[str, object] | None = None,
) -> str:
    """Return text whose middle line is at the height of ``spot``; baselines are no common property of programs."""
    at = {"x": spot[0], "y": spot[1] + size * 0.35, "font-size": size}
    look = {"font-weight": weight if weight > 400 else None, "text-anchor": anchor, "fill": colour}
    return tag("text", {**at, **look, **(more or {})}, xml_text(text))


def _strongest(nodes: list[Node], bundles: list[Bundle]) -> tuple[list[Node], list[Bundle]]:
    """Return what is drawn: all, or where that is too much, the strongest as far as they have edges."""
    if len(nodes) <= MANY:
        return nodes, bundles
    ids = {node.id for node in sorted(nodes, key=lambda node: (-node.weight, node.id))[:STRONGEST]}
    between = [bundle for bundle in bundles if {bundle.source, bundle.target} <= ids]
    tied = {end for bundle in between for end in (bundle.source, bundle.target)}
    return [node for node in nodes if node.id in tied], between


def _share(shown: int, every: int, words: str) -> str:
    return f"{every} {words}" if shown == every else f"{shown} / {every} {words}"


def _period(claims: object, language: str) -> str:
    assert isinstance(claims, list), "as page_data made them"
    days = [date.fromisoformat(claim[end]) for claim in claims for end in ("from", "to") if claim[end]]
    return period_name(min(days), max(days), language) if days else WORDS[language]["undated"]


def _outlets(articles: Iterable[Article], claims: Iterable[Claim], language: str, most: int = 8) -> str:
    cited = {claim.article for claim in claims}
    outlets = sorted({article.publisher for article in articles if article.id in cited} - {""})
    if not outlets:
        return ""
    rest = [WORDS[language]["more"].format(count=len(outlets) - most)] if len(outlets) > most else []
    return f"{WORDS[language]['sources']}: {', '.join([*outlets[:most], *rest])}"
