"""Answers of the analyses: DataFrames that carry what their columns mean and where the method comes from.

``frame.attrs`` holds ``title``, ``method`` (the source of the method), ``columns`` (meaning and unit of each
column by its name) and ``chart``, by which ``draw`` draws it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

DIGITS: Final = 6
"""Digits to which measures are rounded: the last ones differ between machines."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its cells, what it means and in which unit."""

    name: str
    type: Literal["str", "int64", "float64", "bool"]
    meaning: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a frame is drawn: ``values`` side by side over ``labels``, as lines over time or as stacked bars."""

    kind: Literal["lines", "bars"]
    labels: tuple[str, ...]
    values: tuple[str, ...]


WHO: Final = (
    Column("actor", "str", "id of the entity, or the code that actors count for (ISO alpha-3, EU, UN)"),
    Column("name", "str", "its name in the language asked for"),
    Column("kind", "str", "person, state, organisation, group, place or office"),
    Column("state", "str", 'code that it counts for; "" where that is not known'),
)
"""The columns that name an actor."""


def frame(  # noqa: PLR0913 - what a table consists of
    title: str,
    method: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    drawing: Drawing,
    *,
    order: Sequence[str] = (),
    **more: str | int | float,
) -> pd.DataFrame:
    """Return rows as a DataFrame, its columns typed also where there are no rows.

    ``order`` names the columns by which rows are sorted, with "-" where the highest comes first. Raises nothing.
    """
    cells = [[round(cell, DIGITS) if isinstance(cell, float) else cell for cell in row] for row in rows]
    made = pd.DataFrame(cells, columns=[column.name for column in columns])
    made = made.astype({column.name: column.type for column in columns})
    if order:
        names, down = [name.removeprefix("-") for name in order], [name.startswith("-") for name in order]
        made = made.sort_values(names, ascending=[not one for one in down], ignore_index=True)
    made.attrs = {
        "title": title,
        "method": method,
        "columns": {column.name: column.meaning for column in columns},
        "chart": {"kind": drawing.kind, "labels": list(drawing.labels), "values": list(drawing.values)},
    }
    made.attrs.update(more)
    return made
