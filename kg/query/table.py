"""Answers as tables: for Python, pandas, spreadsheets, other SPARQL tools, and the terminal."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from rdflib import Graph, Literal, URIRef
from rdflib.term import BNode

from kg.query.prefixes import shorten
from kg.store import Answer

if TYPE_CHECKING:
    import pandas as pd

Term: TypeAlias = URIRef | Literal | BNode
Value: TypeAlias = str | int | float | bool | date | datetime | None

FORMULA: Final = re.compile(r"[=+\-@\t\r\n]")
"""First characters by which spreadsheets take a cell for a formula (OWASP, CSV injection)."""

CELL: Final = 60
"""Characters of a cell in the terminal; longer ones end in an ellipsis."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows. ``terms`` are the rows as RDF terms, None where a variable is unbound."""

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    @classmethod
    def of(cls, answer: Answer) -> "Table":
        """Return any answer as a table: a graph as sorted triples, yes or no as one cell. Raises nothing."""
        if isinstance(answer, bool):
            return cls(("answer",), ((Literal(answer),),))
        if isinstance(answer, Graph):
            return cls(("subject", "predicate", "object"), tuple(sorted(_triples(answer), key=repr)))
        return cls(answer.variables, answer.rows)

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The rows as Python values: IRIs and texts as str, days as date, decimals as float."""
        return tuple(tuple(map(_value, row)) for row in self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __str__(self) -> str:
        return self.to_text()

    def to_pandas(self) -> "pd.DataFrame":
        """Return a pandas DataFrame of the Python values."""
        import pandas as pd  # noqa: PLC0415 - half a second that the terminal can do without

        return pd.DataFrame(list(self.rows), columns=list(self.columns))

    def to_csv(self) -> str:
        """Return CSV with a line of names. Texts that a spreadsheet would run begin with an apostrophe."""
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)  # else "\r" breaks rows
        writer.writerow(self.columns)
        writer.writerows([_csv_cell(value) for value in row] for row in self.rows)
        return file.getvalue()

    def to_json(self) -> str:
        """Return SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/)."""
        bindings = [
            {name: _json_term(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.terms
        ]
        found = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(found, ensure_ascii=False, indent=1)

    def to_text(self, cell: int = CELL) -> str:
        """Return lines for the terminal: aligned, IRIs shortened, without control characters."""
        if not self.terms:
            return "nothing found"
        cells = [[_text_cell(term, cell) for term in row] for row in self.terms]
        widths = [max(map(_width, column)) for column in zip(self.columns, *cells, strict=True)]
        rule = ["─" * width for width in widths]
        return "\n".join(_line(row, widths) for row in (list(self.columns), rule, *cells))


def _triples(graph: Graph) -> Iterator[tuple[Term, ...]]:
    for triple in graph:
        yield tuple(term for term in triple if isinstance(term, URIRef | Literal | BNode))


def _value(term: Term | None) -> Value:
    """Return a term as a Python value; a literal that is none of its datatype as its wording."""
    if term is None or not isinstance(term, Literal):
        return None if term is None else str(term)
    value = term.toPython()
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, int | float | bool | date) else str(term)


def _csv_cell(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, URIRef):
        return {"type": "uri", "value": str(term)}
    if isinstance(term, BNode):
        return {"type": "bnode", "value": str(term)}
    found = {"type": "literal", "value": str(term)}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype:
        found["datatype"] = str(term.datatype)
    return found


def _text_cell(term: Term | None, longest: int) -> str:
    if term is None:
        return ""
    words = " ".join(visible(shorten(term) if isinstance(term, URIRef) else str(term)).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def visible(text: str) -> str:
    """Return text without characters that steer a terminal or turn the writing direction. Raises nothing."""
    return "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )


def _width(text: str) -> int:
    """Return the columns that a text takes in a terminal: wide characters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _line(cells: list[str], widths: list[int]) -> str:
    padded = (text + " " * (width - _width(text)) for text, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()
