"""The error tree. Every message is one line: what was expected, what came, and what would work.

KgError
├── ReadError          an article could not be read; the build reports it and goes on
├── TableError         a table under data/lexicon or a user's table is wrong; names file and row
├── ExtractorError     no such extractor, or an extra is missing
├── StoreError         a store is missing, damaged or of another version
├── QueryError         a query cannot be parsed or is not allowed
├── ServeError         the server cannot start here (kg serve)
├── GoldError          gold annotations are missing or do not fit their texts (kg.evaluate)
└── ValidationError    a graph breaks a shape
"""

from pathlib import Path


class KgError(Exception):
    """Base of all errors that a user can mend."""


class ReadError(KgError):
    """An article could not be read."""

    def __init__(self, source: Path | str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = str(source)
        self.problem = problem


class TableError(KgError):
    """A row of a table is wrong."""

    def __init__(self, path: Path | str, row: int, problem: str) -> None:
        super().__init__(f"{path}, row {row}: {problem}")


class ExtractorError(KgError):
    """No extractor of this name can be made here."""


class StoreError(KgError):
    """A store cannot be opened."""


class QueryError(KgError):
    """A query cannot be answered."""


class ServeError(KgError):
    """The server cannot start."""


class ValidationError(KgError):
    """A graph breaks a shape."""
