"""Writes XML, SVG among it, so that no text can break or become it."""

import re
from collections.abc import Mapping
from html import escape
from typing import Final

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold (its production Char), not even escaped."""

_SPACES: Final = {ord("\t"): "&#9;", ord("\n"): "&#10;", ord("\r"): "&#13;"}
"""Readers of XML turn these into other spaces where they are not escaped."""

_WIDTHS: Final = (
    (re.compile(r"[ijlI.,:;|!'’·()\[\] ]"), 0.33),
    (re.compile(r"[mwMW@%—…]"), 0.92),
    (re.compile(r"[A-ZÄÖÜ&]"), 0.70),
    (re.compile(r"[\u1100-\uffdc\U00020000-\U0003ffff]"), 1.0),
)
_WIDTH: Final = 0.57
"""Widths of letters as shares of the font size: between Arial and DejaVu Sans, measured in Chromium."""


def xml_text(text: str) -> str:
    r"""Return text as XML holds it: escaped, forbidden characters as U+FFFD. Raises nothing.

    >>> xml_text('<b>\x00"\r')
    '&lt;b&gt;\ufffd&quot;&#13;'
    """
    return escape(_FORBIDDEN.sub("\ufffd", text)).translate(_SPACES)


def tag(name: str, attributes: Mapping[str, object] | None = None, *children: str) -> str:
    """Return an element. Its children are markup already; attributes that are None or "" are left out.

    >>> tag("text", {"x": 1.50, "fill": None}, xml_text("a < b"))
    '<text x="1.5">a &lt; b</text>'
    """
    given = {key: value for key, value in (attributes or {}).items() if value is not None and value != ""}
    opening = "".join(f' {key}="{xml_text(_written(value))}"' for key, value in given.items())
    return f"<{name}{opening}>{''.join(children)}</{name}>" if children else f"<{name}{opening}/>"


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is, in the unit of its font size."""
    return size * sum(
        next((width for pattern, width in _WIDTHS if pattern.match(letter)), _WIDTH) for letter in text
    )


def _written(value: object) -> str:
    return f"{round(value, 1):g}" if isinstance(value, float) else str(value)
