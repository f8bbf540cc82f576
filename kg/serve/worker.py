"""A worker: a process that answers one job after the other over a snapshot, and may be killed at any time.

It reads a line of JSON for each job, writes the answer to the file that the job names, and says in a line
what became of it. It ends with its channel, and by an alarm of the system if the server dies while a query
runs.
"""

import io
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, cast

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from kg.errors import KgError, QueryError
from kg.query import PREFIXES, parse_query
from kg.query.checks import check
from kg.query.parameters import fill
from kg.serve.formats import GRAPHS, RESULTS, choose
from kg.serve.jobs import Problem
from kg.serve.limits import MEGABYTE
from kg.serve.snapshot import copy_store
from kg.store.base import Store
from kg.store.oxigraph import OxigraphStore
from kg.store.problems import query_problem
from kg.store.scope import names_dataset

GRACE: Final = 2.0
"""Seconds after its deadline at which a worker ends by itself; the server kills it before."""

Opened = pyoxigraph.Store
Request = dict[str, Any]


class Sink(io.RawIOBase):
    """A file that takes no more than so many bytes."""

    def __init__(self, path: str, limit: int) -> None:
        self._file = Path(path).open("xb")  # noqa: SIM115 - closed with the sink
        self._left = limit
        self.full = False

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Write all of the data. Raises OSError where the limit is passed."""
        self._left -= len(data)
        if self._left < 0:
            self.full = True
            raise OSError("the answer is too large")
        return self._file.write(data)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


class Worker:
    """Answers jobs. It keeps the store of the last job open."""

    def __init__(self, answer: int) -> None:
        self._limit = answer
        self._path = ""
        self._store: Opened | None = None

    def reply(self, request: Request) -> dict[str, object]:
        """Return what became of a job: the media type of its answer, or its problem. Raises nothing."""
        if request["kind"] == "prepare":
            return self._prepared(request)
        sink = Sink(request["answer"], self._limit)
        try:
            with sink:
                return {"media": self._write(request, sink)}
        except Problem as problem:
            return {"problem": problem.kind, "message": str(problem)}
        except KgError as error:
            return {"problem": "malformed", "message": str(error)}
        except MemoryError:
            return {"problem": "memory", "message": ""}
        except Exception as error:  # a worker answers whatever happens; the line says what it was
            if sink.full:
                return {"problem": "size", "message": ""}
            return {"problem": "failed", "message": " ".join(f"{type(error).__name__}: {error}".split())}

    def _prepared(self, request: Request) -> dict[str, object]:
        try:
            copy_store(Path(request["text"]), Path(request["store"]))
        except (OSError, RuntimeError) as error:
            return {"problem": "failed", "message": " ".join(str(error).split())}
        return {"media": ""}

    def _write(self, request: Request, sink: Sink) -> str:
        """Write the answer, and return its media type."""
        output = cast(io.BytesIO, sink)
        if request["kind"] == "convert":
            media = _chosen(request["accept"], GRAPHS)
            triples = pyoxigraph.parse(request["text"].encode(), RdfFormat.TURTLE, base_iri=request["base"])
            quads = (quad.triple for quad in triples)
            pyoxigraph.serialize(quads, output, _rdf(media), prefixes=PREFIXES)
            return media
        store = self._opened(request["store"])
        if request["kind"] == "graph":
            return _write_graph(store, request, output)
        return _write_answer(store, request, output)

    def _opened(self, path: str) -> Opened:
        if self._store is None or self._path != path:
            self._store = None
            self._store, self._path = Opened.read_only(path), path
        return self._store


def _write_answer(store: Opened, request: Request, output: io.BytesIO) -> str:
    ours = cast(Store, OxigraphStore(store))
    sparql = fill(parse_query(request["text"]), dict(request["parameters"]), ours)
    check(ours, sparql)
    found = _evaluated(store, sparql, request["default_graphs"], request["named_graphs"])
    if isinstance(found, pyoxigraph.QueryTriples):
        media = _chosen(request["accept"], GRAPHS)
        pyoxigraph.serialize(found, output, _rdf(media), prefixes=PREFIXES)
    else:
        media = _chosen(request["accept"], RESULTS)
        found.serialize(output, getattr(QueryResultsFormat, RESULTS[media]))
    return media


def _evaluated(
    store: Opened, sparql: str, default: list[str], named: list[str]
) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    """Return the answer over the dataset that the request names, else the query, else everything."""
    chosen = bool(default or named)
    try:
        return store.query(
            sparql,
            prefixes=PREFIXES,
            use_default_graph_as_union=not chosen and not names_dataset(sparql, PREFIXES),
            default_graph=[NamedNode(iri) for iri in default] if chosen else None,
            named_graphs=[NamedNode(iri) for iri in named] if chosen else None,
        )
    except (SyntaxError, ValueError) as error:
        raise QueryError(query_problem(str(error), sparql)) from None


def _write_graph(store: Opened, request: Request, output: io.BytesIO) -> str:
    media = _chosen(request["accept"], GRAPHS)
    if not request["text"]:
        everything = store.query("CONSTRUCT WHERE { ?s ?p ?o }", use_default_graph_as_union=True)
        assert isinstance(everything, pyoxigraph.QueryTriples)
        pyoxigraph.serialize(everything, output, _rdf(media), prefixes=PREFIXES)
        return media
    try:
        graph = NamedNode(request["text"])
    except ValueError:
        raise Problem("malformed", f"graph={request['text']} is no IRI") from None
    if not store.contains_named_graph(graph):
        raise Problem("absent", f"no graph {request['text']}; a query for ?g {{ GRAPH ?g {{}} }} lists them")
    quads = store.quads_for_pattern(None, None, None, graph)
    pyoxigraph.serialize((quad.triple for quad in quads), output, _rdf(media), prefixes=PREFIXES)
    return media


def _rdf(media: str) -> RdfFormat:
    found: RdfFormat = getattr(RdfFormat, GRAPHS[media])
    return found


def _chosen(accept: str, offered: Any) -> str:
    media = choose(accept, offered)
    if not media:
        raise Problem(
            "unacceptable", f"nothing of {accept[:100]!r} can be made; there is {', '.join(offered)}"
        )
    return media


def limit_memory(megabytes: int) -> None:
    """Let this process have no more memory than that, where the system can hold it to it."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, megabytes * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def peak_memory() -> int:
    """Return the megabytes that this process had at most, 0 where the system does not tell."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return 0
    unit = MEGABYTE if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def main(channel: socket.socket, memory: int, answer: int) -> None:
    """Answer the jobs that come through ``channel``, until it ends. ``memory`` and ``answer`` are megabytes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers itself
    _silence()
    limit_memory(memory)
    worker = Worker(answer * MEGABYTE)
    with suppress(OSError), channel, channel.makefile("rwb") as lines:
        _say(lines, {"ready": True})
        for line in lines:
            request = json.loads(line)
            _alarm(request["seconds"] + GRACE)
            reply = worker.reply(request)
            _alarm(0)
            _say(lines, reply | {"memory": peak_memory()})


def _say(lines: Any, reply: dict[str, object]) -> None:
    lines.write(json.dumps(reply).encode() + b"\n")
    lines.flush()


def _silence() -> None:
    """Keep off the terminal what Oxigraph says when it gets no memory; the server says it in its own words."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _alarm(seconds: float) -> None:
    """Let the system end this process after so many seconds, 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
