"""The text of an article cut at the edges of its claims, so that claims may overlap. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the same claims cover. ``ends`` are the claims whose quote ends here."""

    text: str
    claims: tuple[int, ...]
    triggers: tuple[int, ...]
    ends: tuple[int, ...]


def pieces(text: str, quotes: Sequence[Span], triggers: Sequence[Span]) -> list[Piece]:
    """Return the pieces of a text; claims are named by their place in ``quotes`` and ``triggers``.

    Spans beyond the text count as far as it goes. The texts of all pieces together are ``text``.

    >>> [(piece.text, piece.claims) for piece in pieces("a b c", [Span(0, 3), Span(2, 5)], [Span(0, 1)] * 2)]
    [('a', (0,)), (' ', (0,)), ('b', (0, 1)), (' c', (1,))]
    """
    edges = {0, len(text)}
    for span in (*quotes, *triggers):
        edges.update(edge for edge in (span.start, span.end) if edge < len(text))
    ordered = sorted(edges)
    return [
        Piece(
            text=text[start:end],
            claims=_covering(quotes, start, end),
            triggers=_covering(triggers, start, end),
            ends=tuple(number for number, span in enumerate(quotes) if min(span.end, len(text)) == end),
        )
        for start, end in pairwise(ordered)
    ]


def _covering(spans: Sequence[Span], start: int, end: int) -> tuple[int, ...]:
    return tuple(number for number, span in enumerate(spans) if span.start < end and start < span.end)
