"""What every store can do, and what its answers are."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import Protocol, Self, TypeAlias

from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.term import BNode

Term: TypeAlias = URIRef | Literal | BNode
Format: TypeAlias = OneOf["nquads", "trig"]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to SELECT: the variables, without question mark, and a row of terms for each solution.

    A term is None where its variable is unbound.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)


Answer: TypeAlias = Solutions | Graph | bool
"""SELECT gives solutions, CONSTRUCT and DESCRIBE a graph, ASK a truth value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one named graph: first quads go, then others come.

    Attributes:
        graph: IRI of the graph.
        whole: whether all that the graph holds goes.
        subjects: IRIs of which all that the graph says goes.
        removed: N-Quads that go, where they are there.
        added: N-Quads that come.
    """

    graph: str
    whole: bool = False
    subjects: tuple[str, ...] = ()
    removed: bytes = b""
    added: bytes = b""


class Store(Protocol):
    """A set of quads that answers SPARQL. The default graph of a query is the union of all graphs, unless it has FROM.

    The union is a bag: a triple that stands in two graphs comes twice, so count with COUNT(DISTINCT …).
    After ``close`` every method raises StoreError.
    """

    @property
    def name(self) -> str:
        """The folder, the URL of the server without password, or "memory"."""

    def add_quads(self, nquads: bytes | Iterable[bytes]) -> None:
        """Add N-Quads, in one piece or in several; a quad that is there already changes nothing.

        Each piece is added whole or not at all. Raises StoreError for malformed N-Quads, or if the store was
        opened for reading.
        """

    def replace_graph(self, graph: str, nquads: bytes) -> None:
        """Put ``nquads`` in the place of the named graph, whole or not at all; b"" removes the graph.

        Raises StoreError for quads of another graph or with blank nodes, else as ``add_quads``.
        """

    def change(self, changes: Iterable[Change]) -> None:
        """Make all changes in one transaction: a reader sees the store before or after all of them.

        No two changes may be of one graph. Raises as ``replace_graph``, and then nothing has changed.
        """

    def clear(self) -> None:
        """Remove every quad. Raises StoreError if the store was opened for reading."""

    def query(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to a query; ``prefixes`` need no PREFIX line in it.

        A query with FROM or FROM NAMED is about the graphs that it names, any other about all of them.

        Raises QueryError, with line and column, for a query that cannot be read or answered.
        """

    def dump(self, form: Format = "nquads") -> bytes:
        """Return everything: sorted N-Quads, equal for equal stores, or TriG to read."""

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""

    def as_rdflib(self) -> Dataset:
        """Return a copy of everything as an rdflib Dataset whose default graph is the union."""

    def __len__(self) -> int:
        """Return the number of quads."""

    def close(self) -> None:
        """Write what is pending and let the folder go. Closing twice does no harm."""

    def __enter__(self) -> Self:
        """Return the store itself."""

    def __exit__(self, *error: object) -> None:
        """Close the store."""
