"""The data model as a picture: SVG without script, drawn from the table below."""

from typing import Final

from kg.markup import tag, text_width, xml_text

WIDTH, HEIGHT = 860, 470
BOX: Final = (190, 62)  # width and height
SIZE: Final = 13
INK, FAINT, FILL = "#111827", "#4b5563", "#eef6fc"
FONT: Final = "Arial, Helvetica, 'DejaVu Sans', sans-serif"

# name, what it holds, centre
THINGS: Final = {
    "Article": ("text, day, publisher, url", (125, 60)),
    "Quote": ("verbatim, with offsets", (125, 220)),
    "Claim": ("relation, modality, time, place", (430, 120)),
    "Event": ("status, time, place", (735, 60)),
    "Attribution": ("position 1, 2, …", (430, 255)),
    "Entity": ("person, state, organisation, …", (735, 250)),
    "Plain edge": ("ent:a dk:meets ent:b", (125, 400)),
}
# from, to, label, whether it is derived
ARROWS: Final = (
    ("Claim", "Article", "prov:wasDerivedFrom", False),
    ("Claim", "Quote", "dk:quote", False),
    ("Quote", "Article", "oa:hasSource", False),
    ("Claim", "Event", "dk:reports", False),
    ("Claim", "Attribution", "dk:speaker", False),
    ("Attribution", "Entity", "dk:by", False),
    ("Claim", "Entity", "dk:actor, dk:recipient", False),
    ("Event", "Entity", "sem:hasActor", False),
    ("Claim", "Plain edge", "actual, not denied", True),
    ("Plain edge", "Entity", "between", True),
)


def data_model() -> str:
    """Return the picture as SVG. Raises nothing."""
    arrows = [
        part for start, end, label, derived in ARROWS for part in _arrow(start, end, label, derived=derived)
    ]
    boxes = [part for name, (holds, centre) in THINGS.items() for part in _box(name, holds, centre)]
    tip = tag("path", {"d": "M0,0 L9,4 L0,8 z", "fill": FAINT})
    marker = tag(
        "marker",
        {"id": "tip", "markerWidth": 9, "markerHeight": 8, "refX": 9, "refY": 4, "orient": "auto"},
        tip,
    )
    look = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "width": WIDTH}
    ground = tag("rect", {"width": WIDTH, "height": HEIGHT, "fill": "#ffffff"})
    more = {"height": HEIGHT, "font-family": FONT, "font-size": SIZE, "role": "img"}
    return tag(
        "svg",
        {**look, **more},
        tag("title", {}, "Data model"),
        tag("defs", {}, marker),
        ground,
        *arrows,
        *boxes,
    )


def _box(name: str, holds: str, centre: tuple[int, int]) -> list[str]:
    x, y = centre
    width, height = BOX
    corner = {"x": x - width // 2, "y": y - height // 2, "rx": 8}
    middle = {"text-anchor": "middle", "x": x}
    return [
        tag("rect", {**corner, "width": width, "height": height, "fill": FILL, "stroke": "#0072B2"}),
        tag("text", {**middle, "y": y - 5, "font-weight": 600, "fill": INK}, xml_text(name)),
        tag("text", {**middle, "y": y + 15, "fill": FAINT, "font-size": 12}, xml_text(holds)),
    ]


def _arrow(start: str, end: str, label: str, *, derived: bool) -> list[str]:
    """Return a line from the rim of a box to that of another, and its label in the middle."""
    (ax, ay), (bx, by) = THINGS[start][1], THINGS[end][1]
    (fx, fy), (tx, ty) = _rim(ax, ay, bx, by), _rim(bx, by, ax, ay)
    line = {"x1": fx, "y1": fy, "x2": tx, "y2": ty, "stroke": FAINT, "marker-end": "url(#tip)"}
    x, y, wide = (fx + tx) / 2, (fy + ty) / 2, text_width(label, 12) + 8
    plate = {
        "x": x - wide / 2,
        "y": y - 9,
        "width": wide,
        "height": 18,
        "fill": "#ffffff",
        "fill-opacity": 0.9,
    }
    words = {"x": x, "y": y + 4, "text-anchor": "middle", "fill": INK, "font-size": 12}
    return [
        tag("line", {**line, "stroke-dasharray": "5 4" if derived else None}),
        tag("rect", plate),
        tag("text", words, xml_text(label)),
    ]


def _rim(x: float, y: float, to_x: float, to_y: float) -> tuple[float, float]:
    """Return where the line towards another centre leaves the box around ``x``, ``y``."""
    width, height = BOX
    dx, dy = to_x - x, to_y - y
    reach = min(width / 2 / abs(dx) if dx else 9.0, height / 2 / abs(dy) if dy else 9.0)
    return x + dx * reach, y + dy * reach
