"""The answer to ``%%sparql``: a DataFrame that a notebook shows whole sentences of."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pandas as pd

from kg.jupyter.elements import FAINT, PLAIN, span, words
from kg.markup import tag

SHOWN: Final = 60
"""Rows that a notebook shows; the frame has all of them."""

_CELL: Final = "padding: 3px 14px 3px 0; vertical-align: top; max-width: 46em; overflow-wrap: break-word"
_WORD: Final = 16  # characters of a text that stays on one line: days, modalities, short names
_NUMBER: Final = "text-align: right; font-variant-numeric: tabular-nums"
_TEXT: Final = "text-align: left"


class Answer(pd.DataFrame):
    """A DataFrame that shows its texts whole and to the left; what is made of it is a plain DataFrame."""

    @property
    def _constructor(self) -> Callable[..., pd.DataFrame]:
        return pd.DataFrame

    def _repr_html_(self) -> str:
        head = tag("tr", {}, *(self._cell("th", name, name) for name in self.columns))
        rows = (tag("tr", {}, *row) for row in self._rows())
        more = len(self) - SHOWN
        left = f"{more} more rows; keep the answer with --to NAME" if more > 0 else ""
        empty = "" if len(self) else "nothing found"
        table = tag("table", {"style": "border-collapse: collapse; margin: 4px 0"}, head, *rows)
        return tag("div", {"class": PLAIN}, table, span(FAINT, left or empty))

    def _rows(self) -> Iterator[list[str]]:
        for row in self.head(SHOWN).itertuples(index=False, name=None):
            yield [self._cell("td", name, value) for name, value in zip(self.columns, row, strict=True)]

    def _cell(self, kind: str, column: str, value: Any) -> str:
        """Return a cell; one without value is empty."""
        side = _NUMBER if pd.api.types.is_numeric_dtype(self.dtypes[column]) else _TEXT
        text = "" if pd.isna(value) else str(value)
        line = "; white-space: nowrap" if len(text) <= _WORD else ""
        return tag(kind, {"style": f"{_CELL}; {side}{line}"}, words(text) if text else "")
