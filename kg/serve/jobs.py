"""What the server asks of a worker, what comes back, and how an answer can fail."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from typing import Literal as OneOf

from kg.errors import KgError

Kind = OneOf["query", "graph", "convert", "prepare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A piece of work.

    Attributes:
        kind: "query" answers SPARQL, "graph" writes a named graph or the union of all, "convert" writes
            Turtle in another format, "prepare" makes a snapshot.
        text: the SPARQL, the IRI of the graph ("" is the union), the Turtle, or the folder to copy.
        accept: the Accept header that chooses the format.
        parameters: values of the query's parameters.
        default_graphs: IRIs that make the default graph; with ``named_graphs``, they take the place of the
            dataset that the query names.
        named_graphs: IRIs that GRAPH may name.
        base: IRI against which the Turtle is read.
    """

    kind: Kind
    text: str
    accept: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str = ""

    def record(self, *, store: Path, answer: Path, seconds: float) -> dict[str, object]:
        """Return the line that goes to the worker: the job, the store, the file to write, and the time left."""
        return asdict(self) | {"store": str(store), "answer": str(answer), "seconds": seconds}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in a file, which whoever takes the answer removes."""

    media: str
    path: Path

    def read(self) -> bytes:
        """Return the content, and remove the file."""
        try:
            return self.path.read_bytes()
        finally:
            self.path.unlink(missing_ok=True)


STATUS: Final = {
    "malformed": 400,
    "refused": 403,
    "absent": 404,
    "unacceptable": 406,
    "too large": 413,
    "unsupported": 415,
    "failed": 500,
    "time": 503,
    "memory": 503,
    "size": 503,
    "busy": 503,
}
"""HTTP status by problem. A limit that is hit is a refusal: 503, with words that say which one."""


class Problem(KgError):  # noqa: N818 - its kind says what is wrong
    """A request that is not answered: why, in a word and in a line."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.kind]
