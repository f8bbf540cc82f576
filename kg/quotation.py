"""Direct speech in a text: where quotation marks open and close."""

import re
from functools import lru_cache
from typing import Final

from kg.model import Span

_QUOTATION: Final = re.compile(r"„[^„“”\"\n]*[“”\"]|“[^“”\n]*”|«[^«»\n]*»|»[^«»\n]*«|\"[^\"\n]*\"")
"""An opening mark ends what another one began: so a text of opening marks is read once, not once for each."""


def quotation_at(text: str, span: Span) -> Span | None:
    """Return the quotation that a part of a text stands in, with its marks; None outside of quotations.

    >>> quotation_at('"We met," she said.', Span(4, 7))
    Span(start=0, end=9)
    """
    inside = (found for found in _quotations(text) if found.start < span.start and span.end <= found.end)
    return next(inside, None)


def has_quotation(text: str) -> bool:
    """Tell whether a text holds a quotation from its first mark to its last.

    >>> has_quotation("Er sprach von „Verrat“."), has_quotation("Er sprach von Verrat.")
    (True, False)
    """
    return _QUOTATION.search(text) is not None


@lru_cache(maxsize=4)
def _quotations(text: str) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in _QUOTATION.finditer(text))
