"""Pieces of HTML for notebooks: text stays text, in whatever theme, trusted or not."""

import base64
from typing import Final

from kg.markup import tag, xml_text

PLAIN: Final = "diplokg tex2jax_ignore mathjax_ignore"
"""Class of every display: notebooks set what stands between dollars as mathematics, in which links may run."""

BOX: Final = "max-width: 780px; line-height: 1.5; overflow-wrap: anywhere"
FAINT: Final = "opacity: 0.75; font-size: 90%"
CELL: Final = "padding: 2px 10px 2px 0; text-align: left; vertical-align: top; border: 0"
"""Styles stand at the elements: untrusted notebooks drop style sheets."""


def words(text: str) -> str:
    r"""Return text as HTML that shows its words, and turns the direction of no others.

    >>> words("<b>\u202e")
    '<bdi>&lt;b&gt;\u202e</bdi>'
    """
    return f"<bdi>{xml_text(text)}</bdi>"


def span(style: str, *children: str) -> str:
    """Return a span; its children are markup already."""
    return tag("span", {"style": style}, *children)


def box(*children: str) -> str:
    """Return a display; its children are markup already."""
    return tag("div", {"class": PLAIN, "style": BOX}, *children)


def table(rows: list[list[str]]) -> str:
    """Return a table without borders; its cells are markup already. Without rows it is empty."""
    lines = [tag("tr", {}, *(tag("td", {"style": CELL}, cell) for cell in row)) for row in rows]
    return tag("table", {"style": "border-collapse: collapse; margin: 6px 0"}, *lines) if lines else ""


def picture(svg: str, description: str, **attributes: object) -> str:
    """Return SVG as an image: no script in it can run, and untrusted notebooks show it."""
    data = base64.b64encode(svg.encode("utf-8", errors="replace")).decode("ascii")
    return tag("img", {"src": f"data:image/svg+xml;base64,{data}", "alt": description, **attributes})


def tint(colour: str, opacity: float) -> str:
    """Return a colour such as "#0072B2" with an opacity, for light and dark themes.

    >>> tint("#0072B2", 0.25)
    'rgba(0, 114, 178, 0.25)'
    """
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
