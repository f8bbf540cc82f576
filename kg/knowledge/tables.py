"""Reads the tables: tab separated, UTF-8, one header row, lists inside a cell separated by `` | ``."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import TableError


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``number`` counts lines of the file from 1, the header being 1."""

    path: Path
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell, empty ones left out."""
        return tuple(part.strip() for part in self.cells[column].split("|") if part.strip())

    def error(self, problem: str) -> TableError:
        """Return an error that names this row."""
        return TableError(self.path, self.number, problem)


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a table that must have these columns (in any order; further ones are ignored).

    Raises TableError, naming file and row, for a missing column or a row of another width.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise TableError(path, 1, f"not UTF-8 at byte {error.start}; save the table as UTF-8") from error
    if not lines:
        raise TableError(path, 1, f"empty; the first row must name the columns {', '.join(columns)}")
    header = lines[0].split("\t")
    missing = [column for column in columns if column not in header]
    if missing:
        cure = "add it" if len(header) > 1 else "columns are parted by tabs"
        raise TableError(path, 1, f"no column {', '.join(missing)}; found {', '.join(header)}; {cure}")
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) > len(header):
            raise TableError(path, number, f"{len(cells)} cells, but the header has {len(header)}")
        cells += [""] * (len(header) - len(cells))  # editors drop empty cells at the end
        yield Row(path, number, dict(zip(header, (cell.strip() for cell in cells), strict=True)))


def read_own(path: Path, needed: tuple[str, ...], known: Collection[str]) -> list[Row]:
    """Return the rows of a user's table, which has the needed columns and none that is not known.

    Raises TableError as ``read_table``, and for an unknown column, which may be a misspelled one.
    """
    rows = list(read_table(path, needed))
    for row in rows:
        unknown = [column for column in row.cells if column not in known]
        if unknown:
            cure = f"remove it, or use one of {', '.join(known)}"
            raise TableError(path, 1, f"unknown column {unknown[0]!r}; {cure}")
    return rows


def merged_tables(rows: Iterable[Row], columns: Collection[str]) -> bytes:
    """Return rows of several tables as one table with these columns."""
    lines = ["\t".join(columns), *("\t".join(row.cells.get(c, "") for c in columns) for row in rows)]
    return ("\n".join(lines) + "\n").encode()
