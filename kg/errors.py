"""The error tree. Every message is one line: what was expected, what came, and what would work.

KgError
├── ReadError          an article could not be read; the build reports it and goes on
├── TableError         a table under data/lexicon or a user's table is wrong; names file and row
├── ExtractorError     no such extractor, or an extra is missing
├── EngineError        workers cannot be started or reached
├── StoreError         a store is missing, damaged or of another version
├── QueryError         a query cannot be parsed or is not allowed
├── SelectionError     claims are asked for by a relation, modality or actor that there is not
├── ExportError        a file cannot be written in the form that is asked for
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

    def __reduce__(self) -> tuple[type["ReadError"], tuple[str, str]]:  # it comes back from workers
        return ReadError, (self.source, self.problem)


class TableError(KgError):
    """A row of a table is wrong."""

    def __init__(self, path: Path | str, row: int, problem: str) -> None:
        super().__init__(f"{path}, row {row}: {problem}")
        self._parts = (str(path), row, problem)

    def __reduce__(self) -> tuple[type["TableError"], tuple[str, int, str]]:
        return TableError, self._parts


class ExtractorError(KgError):
    """No extractor of this name can be made here."""


class EngineError(KgError):
    """Workers cannot be started or reached."""


class StoreError(KgError):
    """A store cannot be opened."""


class QueryError(KgError):
    """A query cannot be answered."""


class SelectionError(KgError):
    """Claims cannot be chosen so."""


class ExportError(KgError):
    """A file cannot be written in this form."""


class ServeError(KgError):
    """The server cannot start."""


class ValidationError(KgError):
    """A graph breaks a shape."""
