"""A store on a SPARQL 1.1 server, reached by HTTP; the contract is in ``base``.

All goes by form POST and by the Graph Store Protocol: Virtuoso 7.2.5 never answers a POST of
``application/sparql-query``. Of a server only the graphs are ours whose names begin with ``space``; others are
asked in queries, but not counted, dumped or touched.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Self
from urllib.parse import urlencode

import pyoxigraph
from pyoxigraph import NamedNode, Quad
from rdflib import Dataset

from kg.errors import QueryError, StoreError
from kg.ontology import GRAPH
from kg.store import results, terms
from kg.store.base import Answer, Change, Format, Solutions
from kg.store.oxigraph import OxigraphStore
from kg.store.questions import form_of, problem_of, with_prefixes
from kg.store.scope import names_dataset
from kg.store.servers import server_of
from kg.store.updates import Step, by_graph, data, lines_of, named, portions, without
from kg.store.web import Reply, Web

PAGE: Final = 5_000
"""Rows that are asked for at a time; Virtuoso as Debian sets it up gives 10,000 and leaves out the rest."""

FORM: Final = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
NTRIPLES: Final = {"Content-Type": "application/n-triples"}


class RemoteStore:
    """The graphs of ours on a server. ``space`` is what their names begin with.

    What is written as one is one update, and so whole or not at all where the server makes it so, up to
    ``Server.chunk`` triples; more goes in several. Virtuoso keeps what a failed update had done before it failed.
    """

    def __init__(self, url: str, *, space: str = str(GRAPH)) -> None:
        self._server = server_of(url)
        self._web: Web | None = Web(url, timeout=self._server.timeout)
        self._space = space

    @property
    def name(self) -> str:
        """The URL of the server, without password."""
        return self._server.name

    def add_quads(self, nquads: bytes | Iterable[bytes]) -> None:
        """Add N-Quads; see ``Store.add_quads``."""
        for piece in [nquads] if isinstance(nquads, bytes) else nquads:
            try:
                found = by_graph(piece, self._space)
            except (SyntaxError, ValueError) as error:
                raise self._unwritten(error) from None
            steps: list[Step] = []
            for name, lines in found.items():
                if self._server.graphs and len(lines) > self._server.chunk:
                    self._put("POST", name, lines)
                else:
                    steps += data("INSERT", name, lines, self._server.chunk)
            self._update(steps)

    def replace_graph(self, graph: str, nquads: bytes) -> None:
        """Replace a named graph; see ``Store.replace_graph``."""
        self.change([Change(graph=graph, whole=True, added=nquads)])

    def change(self, changes: Iterable[Change]) -> None:
        """Check all changes, then make them; see ``Store.change``."""
        steps: list[Step] = []
        puts: list[tuple[str, NamedNode, list[str]]] = []
        try:
            for change in changes:
                name = named(change.graph, self._space)
                removed = lines_of(change, change.removed, self._space)
                added = lines_of(change, change.added, self._space)
                large = bool(self._server.graphs) and len(added) > self._server.chunk
                if large:
                    puts.append(("PUT" if change.whole else "POST", name, added))
                if change.whole and not large:
                    steps.append(Step(f"DROP SILENT GRAPH {name}", 1))
                elif not change.whole:
                    steps += without(name, change.subjects, self._server.chunk)
                    steps += data("DELETE", name, removed, self._server.chunk)
                if not large:
                    steps += data("INSERT", name, added, self._server.chunk)
        except (SyntaxError, ValueError) as error:
            raise self._unwritten(error) from None
        self._update(steps)
        for method, name, lines in puts:
            self._put(method, name, lines)

    def clear(self) -> None:
        """Remove every graph of ours; see ``Store.clear``."""
        self._update(Step(f"DROP SILENT GRAPH {NamedNode(name)}", 20) for name in self.graphs())

    def query(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> Answer:
        """Answer a query; see ``Store.query``. Raises QueryError too if the server leaves out a part."""
        form = form_of(sparql)
        problem = problem_of(sparql, prefixes)
        if problem or not form:
            raise QueryError(problem or "the query is neither SELECT, ASK, CONSTRUCT nor DESCRIBE")
        reply = self._asked(with_prefixes(sparql, prefixes or {}), form)
        try:
            if form in {"CONSTRUCT", "DESCRIBE"}:
                return terms.graph(results.triples(reply))
            found = results.table(reply)
            if isinstance(found, bool):
                return found
            names, rows = found
            return Solutions(
                variables=tuple(names),
                rows=tuple(
                    tuple(terms.term(row[name]) if name in row else None for name in names) for row in rows
                ),
            )
        except (ValueError, SyntaxError) as error:
            raise self._unreadable(reply, error) from None

    def dump(self, form: Format = "nquads") -> bytes:
        """Return all graphs of ours; see ``Store.dump``."""
        return self._copy().dump(form)

    def graphs(self) -> list[str]:
        """Return the IRIs of the graphs of ours, sorted."""
        return sorted(self._sizes())

    def as_rdflib(self) -> Dataset:
        """Return a copy as an rdflib Dataset."""
        return self._copy().as_rdflib()

    def __len__(self) -> int:
        return sum(self._sizes().values())

    def close(self) -> None:
        """Let the connection go."""
        if self._web:
            self._web.close()
        self._web = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _sizes(self) -> dict[str, int]:
        """Return the graphs of ours, by name, with their triples; asked for in pages, in the order of names."""
        found: dict[str, int] = {}
        last = ""
        while True:
            rows = self._rows(
                f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), {_text(self._space)})"
                f" && STR(?g) > {_text(last)}) }} GROUP BY ?g ORDER BY STR(?g) LIMIT {PAGE}"
            )
            sizes = ((terms.term(row["g"]), terms.term(row["n"])) for row in rows if "g" in row)
            found |= {str(graph): int(size) for graph, size in sizes}
            if len(rows) < PAGE:
                return found
            last = max(found)

    def _copy(self) -> OxigraphStore:
        """Return all graphs of ours in memory. Raises StoreError if the server gave something else than it counted."""
        sizes = self._sizes()
        copy = pyoxigraph.Store()
        for names in _batches(sizes):
            copy.extend(self._quads(names, sum(sizes[name] for name in names)))
        if len(copy) != sum(sizes.values()):
            problem = f"gave {len(copy)} quads, but counted {sum(sizes.values())}"
            raise StoreError(f"{self.name} {problem}; was it changed meanwhile? Ask again")
        return OxigraphStore(copy, self.name)

    def _quads(self, names: list[str], size: int) -> Iterator[Quad]:
        values = " ".join(str(NamedNode(name)) for name in names)
        for start in range(0, size, PAGE):
            page = f"LIMIT {PAGE} OFFSET {start}" if size > PAGE else ""
            rows = self._rows(
                f"SELECT ?g ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} VALUES ?g {{ {values} }} }} {page}"
            )
            yield from (Quad(row["s"], row["p"], row["o"], row["g"]) for row in rows)  # type: ignore[arg-type]

    def _rows(self, sparql: str) -> list[results.Row]:
        """Return the rows of one of our own queries. Raises StoreError if there are none to be had."""
        try:
            reply = self._asked(sparql, "SELECT")
            found = results.table(reply)
            if isinstance(found, bool):
                raise ValueError("a truth value")
            return found[1]
        except QueryError as error:
            raise StoreError(str(error)) from None
        except ValueError as error:
            raise self._unreadable(reply, error) from None

    def _asked(self, sparql: str, form: str) -> Reply:
        """Return the reply to a query, whole. Raises QueryError if the server refuses it or leaves out a part."""
        kind = "results" if form in {"SELECT", "ASK"} else "triples"
        fields = {"query": sparql}
        if self._server.union and not names_dataset(sparql):
            fields["default-graph-uri"] = self._server.union
        reply = self._open.send(
            "POST", self._server.query, urlencode(fields).encode(), {**FORM, "Accept": results.ACCEPTED[kind]}
        )
        if reply.status >= 400:
            raise QueryError(self._said(reply))
        limit = reply.headers.get("x-sparql-maxrows")
        if limit or "x-sql-state" in reply.headers:
            part = f"the first {limit} rows" if limit else "a part of the answer"
            raise QueryError(f"{self.name} gives only {part}; ask for less, or raise the server's limit")
        return reply

    def _update(self, steps: Iterable[Step]) -> None:
        for update in portions(steps, self._server.chunk):
            reply = self._open.send("POST", self._server.update, urlencode({"update": update}).encode(), FORM)
            if reply.status >= 300:
                raise StoreError(self._said(reply, self._server.update))

    def _put(self, method: str, name: NamedNode, lines: list[str]) -> None:
        """Put a graph in its place (PUT), or add to it (POST)."""
        sign = "&" if "?" in self._server.graphs else "?"
        url = f"{self._server.graphs}{sign}{urlencode({'graph': name.value})}"
        reply = self._open.send(method, url, "".join(lines).encode(), NTRIPLES)
        if reply.status >= 300:
            raise StoreError(self._said(reply, self._server.graphs))

    @property
    def _open(self) -> Web:
        if self._web is None:
            raise StoreError(f"the store {self.name} is closed; open it again")
        return self._web

    def _said(self, reply: Reply, url: str = "") -> str:
        words = f": {reply.words}" if reply.words else ""
        return f"{url or self.name} answers with an error ({reply.status}){words}"

    def _unreadable(self, reply: Reply, error: Exception) -> StoreError:
        if reply.media_type == "text/html":
            return StoreError(f"{self.name} answers with a web page; is this its SPARQL endpoint?")
        return StoreError(f"{self.name} gives no answer that can be read: {' '.join(str(error).split())}")

    def _unwritten(self, error: Exception) -> StoreError:
        return StoreError(f"the store {self.name} took nothing: {' '.join(str(error).split())}")


def _batches(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Yield names of graphs that together fit a page; a larger graph comes alone."""
    batch: list[str] = []
    size = 0
    for name in sorted(sizes):
        if batch and (size + sizes[name] > PAGE or len(batch) >= PAGE // 10):
            yield batch
            batch, size = [], 0
        batch.append(name)
        size += sizes[name]
    if batch:
        yield batch


def _text(value: str) -> str:
    return str(pyoxigraph.Literal(value))
