"""A store over Oxigraph, in memory or on disk; the contract is in ``base``."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Self

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat
from rdflib import Dataset

from kg.errors import QueryError, StoreError
from kg.store import terms
from kg.store.base import Answer, Change, Format
from kg.store.problems import query_problem
from kg.store.scope import names_dataset

BULK: Final = 100_000
"""Quads from which the bulk loader pays: it is not transactional and writes files of its own."""


class OxigraphStore:
    """A store over an open Oxigraph. ``name`` stands in messages: the folder, or "memory"."""

    def __init__(self, inner: pyoxigraph.Store, name: Path | str = "memory") -> None:
        self._inner: pyoxigraph.Store | None = inner
        self._name = str(name)

    @property
    def name(self) -> str:
        """The folder, or "memory"."""
        return self._name

    def add_quads(self, nquads: bytes | Iterable[bytes]) -> None:
        """Add N-Quads; see ``Store.add_quads``."""
        pieces = [nquads] if isinstance(nquads, bytes) else nquads
        for piece in pieces:
            load = self._open.load if piece.count(b"\n") < BULK else self._open.bulk_load
            try:
                load(piece, RdfFormat.N_QUADS)
            except (SyntaxError, RuntimeError, OSError) as error:
                raise self._unwritten(error) from None

    def replace_graph(self, graph: str, nquads: bytes) -> None:
        """Replace a named graph, writing only what differs; see ``Store.replace_graph``."""
        self.change([Change(graph=graph, whole=True, added=nquads)])

    def change(self, changes: Iterable[Change]) -> None:
        """Write what differs, as one update, which Oxigraph makes whole or not at all; see ``Store.change``."""
        try:
            steps = [step for change in changes for step in self._steps(change)]
            if steps:
                self._open.update(" ;\n".join(steps))
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise self._unwritten(error) from None

    def clear(self) -> None:
        """Remove every quad; see ``Store.clear``."""
        try:
            self._open.clear()
        except (RuntimeError, OSError) as error:
            raise self._unwritten(error) from None

    def query(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> Answer:
        """Answer a query; see ``Store.query``."""
        try:
            found = self._open.query(
                sparql,
                prefixes=dict(prefixes or {}),
                use_default_graph_as_union=not names_dataset(sparql, prefixes or ()),
            )
            if isinstance(found, pyoxigraph.QueryBoolean):
                return bool(found)
            if isinstance(found, pyoxigraph.QuerySolutions):
                return terms.solutions(found)
            return terms.graph(found)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise QueryError(query_problem(str(error), sparql)) from None

    def dump(self, form: Format = "nquads") -> bytes:
        """Return everything; see ``Store.dump``."""
        written = self._open.dump(format=RdfFormat.TRIG if form == "trig" else RdfFormat.N_QUADS)
        assert written is not None, "without an output file the bytes come back"
        return written if form == "trig" else b"".join(sorted(written.splitlines(keepends=True)))

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return sorted(str(graph.value) for graph in self._open.named_graphs())

    def as_rdflib(self) -> Dataset:
        """Return a copy as an rdflib Dataset."""
        return terms.dataset(self._open)

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> None:
        """Write what is pending and let the folder go."""
        self._inner = None  # Oxigraph flushes and unlocks when its last reference goes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _steps(self, change: Change) -> list[str]:
        """Return the updates that make a change, none where nothing differs."""
        name = NamedNode(change.graph)
        new = set(_quads_of(name, change.added))
        old = set(_quads_of(name, change.removed))
        if change.whole:
            old.update(self._open.quads_for_pattern(None, None, None, name))
            if not new:
                return [f"DROP SILENT GRAPH {name}"]
        for subject in change.subjects:
            old.update(self._open.quads_for_pattern(NamedNode(subject), None, None, name))
        return list(filter(None, (_data("DELETE", name, old - new), _data("INSERT", name, new - old))))

    @property
    def _open(self) -> pyoxigraph.Store:
        if self._inner is None:
            raise StoreError(f"the store {self._name} is closed; open it again")
        return self._inner

    def _unwritten(self, error: Exception) -> StoreError:
        if "read-write" in str(error):
            return StoreError(f"the store {self._name} is open for reading only; use create_store to write")
        return StoreError(f"the store {self._name} took nothing: {' '.join(str(error).split())}")


def _quads_of(name: NamedNode, nquads: bytes) -> Iterator[Quad]:
    for quad in pyoxigraph.parse(nquads, RdfFormat.N_QUADS):
        if quad.graph_name != name:
            raise ValueError(f"expected quads of {name}, got one of {quad.graph_name}")
        if BlankNode in (type(quad.subject), type(quad.object)):
            raise ValueError(f"a blank node has no name to be replaced by; give it an IRI: {quad.triple}")
        yield quad


def _data(verb: str, name: NamedNode, quads: set[Quad]) -> str:
    """Return an update that deletes or inserts quads of one graph, "" if there are none."""
    triples = pyoxigraph.serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert triples is not None, "without an output file the bytes come back"
    return f"{verb} DATA {{ GRAPH {name} {{\n{triples.decode('utf-8')}}} }}" if quads else ""
