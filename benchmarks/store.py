"""Our stores against rdflib in memory, in one run: load, named queries, peak memory, and from event to sentences.

python -m benchmarks.store --quads 1000000

The graph is invented (``benchmarks.synthetic``), equal seeds give equal bytes. Each store works in a process of its
own, one after the other. Times are CPU time of all its threads, since a busy machine would falsify others; a ratio
says how many times as long rdflib takes. A query that rdflib has not answered after ``--limit`` seconds is stopped: its
ratio is then a lower bound, marked by ">". Queries get their required parameters and no others.
"""

import argparse
import json
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

from rdflib import Dataset

from benchmarks.synthetic import EXTRACTOR, OUTLETS, entries, world
from kg import graph
from kg.errors import KgError
from kg.graph.names import event_iri
from kg.query import find_query, named_queries
from kg.query.parameters import fill
from kg.query.prefixes import PREFIXES
from kg.resolve import events_of, harmonised
from kg.store import Solutions, create_store, memory_store, open_store

STORES: Final = ("rdflib", "memory", "disk")
PIECE: Final = 150_000
"""Lines that are loaded at a time, as many as a build writes at once."""

TIMES, MOST, ENOUGH = 5, 500, 0.3
"""Least and most runs of a query, and the CPU seconds after which they are enough; the clock ticks in ms."""

TICK: Final = 1e-5
"""Seconds that a query takes at least, where the clock saw none."""

EVENTS: Final = 50
SENTENCES: Final = (
    "SELECT ?claim ?sentence {{ ?claim dk:reports <{}> ; dk:quote/oa:hasSelector/oa:exact ?sentence }}"
)
BARS: Final = {"load": {"memory": 8, "disk": 3}, "median": {"memory": 15, "disk": 6}}
LEAST, MEMORY, MILLISECONDS = 2, 0.45, 2.0
"""No query may be under this ratio; peak memory as a part of rdflib's; milliseconds from event to sentences."""

Measured = dict[str, Any]


class StoppedError(BaseException):
    """The time of a query is over; no exception of a kind that rdflib's functions catch."""


def main() -> None:
    """Make the graph, measure each store in a process of its own, and print the comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quads", type=int, default=100_000)
    parser.add_argument("--limit", type=float, default=20.0, help="CPU seconds for a query of rdflib")
    parser.add_argument("--folder", type=Path, help="keep the graph here (default: a temporary folder)")
    parser.add_argument("--only", choices=STORES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measure(options.only, options.folder, options.limit)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "graph.nq").is_file():
            quads = make_graph(folder, options.quads)
            print(f"{quads} quads, {(folder / 'graph.nq').stat().st_size >> 20} MB", flush=True)
        found: dict[str, Measured] = {}
        for name in STORES:
            command = [sys.executable, "-m", "benchmarks.store", "--only", name, "--folder", str(folder)]
            run = subprocess.run(
                [*command, "--limit", str(options.limit)], stdout=subprocess.PIPE, check=True
            )
            found[name] = json.loads(run.stdout)
            line = {key: value for key, value in found[name].items() if key != "queries"}
            print(f"{name}: {line}", flush=True)
        report(found)


def make_graph(folder: Path, quads: int) -> int:
    """Write a graph of about so many quads, and the queries that are asked of it; return how many it has."""
    per_article = sum(1 for _ in article_quads(2)) / 2 + 65  # with the article's part in events and entities
    read = list(entries(max(int(quads / per_article), 1)))
    claims = harmonised(claim for entry in read for claim in entry.claims)
    events = events_of(claims, {entry.article.id: entry.article for entry in read})
    shared = [
        *graph.entity_quads(graph.entities_of(claims).values()),
        *graph.event_quads(events, claims),
        *graph.plain_edges(claims, events),
        *graph.run_quads(graph.Run("0", EXTRACTOR)),
        *graph.ontology_quads(),
    ]
    written = 0
    with (folder / "graph.nq").open("wb") as file:
        for content in (graph.nquads(article_quads(len(read))), graph.nquads(shared)):
            file.write(content)
            written += content.count(b"\n")
    questions = {"queries": texts(folder / "graph.nq", str(event_iri(events[0].id))), "events": [
        str(event_iri(event.id)) for event in events[:: max(len(events) // EVENTS, 1)]
    ]}  # fmt: skip
    (folder / "questions.json").write_text(json.dumps(questions))
    return written


def article_quads(articles: int) -> Iterator[graph.Quad]:
    """Yield the graphs of so many articles."""
    for entry in entries(articles):
        yield from graph.article_graph(entry.article, entry.claims, graph.Run("0", EXTRACTOR))


def texts(path: Path, event: str) -> dict[str, str]:
    """Return the SPARQL of every named query, by name."""
    states = [entity.id for entity, _ in world().actors if entity.kind.value == "state"]
    given = {
        "actor": states[0],
        "first": states[0],
        "second": states[1],
        "event": event,
        "outlet": OUTLETS[0],
    }
    given |= {"article": "article:syn-1-7", "text": "Minister 1", "recipient": states[1]}
    found = {}
    with memory_store() as store:
        store.add_quads(pieces(path))
        for name in named_queries():
            query = find_query(name)
            wanted = {
                each.name: given.get(each.name, states[0]) for each in query.parameters if each.required
            }
            try:
                found[name] = fill(query, wanted, store)
            except KgError as error:
                print(f"{name} is left out: {error}", flush=True)
    return found


def pieces(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file, many at a time."""
    with path.open("rb") as file:
        while lines := [line for _, line in zip(range(PIECE), file, strict=False)]:
            yield b"".join(lines)


def measure(name: str, folder: Path, limit: float) -> Measured:
    """Load the graph into a store, ask it everything, and return CPU seconds, rows and megabytes."""
    questions = json.loads((folder / "questions.json").read_text())
    with tempfile.TemporaryDirectory() as place:
        begun = cpu()
        ask = loaded(name, folder / "graph.nq", Path(place))
        found: Measured = {"load": cpu() - begun, "loaded MB": peak()}
        found["queries"] = {}
        for key, text in questions["queries"].items():
            found["queries"][key] = timed(ask, text, limit if name == "rdflib" else 0)
            print(f"  {name} {key}: {found['queries'][key]}", file=sys.stderr, flush=True)
        begun = cpu()
        for event in questions["events"] * TIMES:
            ask(SENTENCES.format(event))
        spent = (cpu() - begun) / (len(questions["events"]) * TIMES)
        found |= {"sentences ms": spent * 1000, "peak MB": peak()}
        found["disk MB"] = sum(file.stat().st_size for file in Path(place).rglob("*") if file.is_file()) >> 20
    return found


def loaded(name: str, path: Path, folder: Path) -> Callable[[str], int]:
    """Load a graph, and return what answers queries with the number of rows."""
    if name == "rdflib":
        dataset = Dataset(default_union=True)
        dataset.parse(path, format="nquads")
        return lambda text: len(list(dataset.query(text, initNs=PREFIXES)))
    if name == "disk":
        with create_store(folder / "kg") as writer:
            writer.add_quads(pieces(path))
    store = open_store(folder / "kg") if name == "disk" else memory_store()
    if name == "memory":
        store.add_quads(pieces(path))

    def ask(text: str) -> int:
        found = store.query(text, prefixes=PREFIXES)
        return len(found) if isinstance(found, Solutions) else 1

    return ask


def timed(ask: Callable[[str], int], text: str, limit: float) -> Measured:
    """Return the mean of some times, of fewer where one takes long; ``rows`` is None after ``limit``, 0 is none."""
    times, begun = 0, cpu()
    rows: int | None = None
    while times < TIMES or (times < MOST and cpu() - begun < ENOUGH):
        try:
            with stopped_after(limit):
                rows = ask(text)
        except StoppedError:
            return {"seconds": limit, "rows": None}
        times += 1
        if cpu() - begun > 2:
            break
    return {"seconds": (cpu() - begun) / times, "rows": rows}


@contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """Raise StoppedError in what runs in Python after so many seconds of CPU time, and again if it goes on."""

    def stop(*_: object) -> None:
        raise StoppedError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def report(found: dict[str, Measured]) -> None:
    """Print each query, the figures that the bars are about, and what misses its bar."""
    slow = found["rdflib"]
    print(f"{'query':32} {'rows':>7} {'rdflib ms':>11}   " + "   ".join(f"{name:>16}" for name in STORES[1:]))
    ratios: dict[str, list[float]] = {name: [] for name in STORES[1:]}
    missed: list[str] = []
    open_: list[str] = []
    for key, theirs in slow["queries"].items():
        sign = ">" if theirs["rows"] is None else " "
        columns = []
        for name, ratio in ratios.items():
            ours = found[name]["queries"][key]
            ratio.append(theirs["seconds"] / max(ours["seconds"], TICK))
            differs = "!" if theirs["rows"] not in {None, ours["rows"]} else " "
            columns.append(f"{ours['seconds'] * 1000:7.1f} {sign}{ratio[-1]:6.1f}x{differs}")
            if ratio[-1] < LEAST:
                (open_ if sign == ">" else missed).append(f"{key} on {name}: {ratio[-1]:.1f}x")
        rows = found["memory"]["queries"][key]["rows"]
        print(f"{key:32} {rows:>7} {sign}{theirs['seconds'] * 1000:10.1f}   " + "   ".join(columns))
    for name in STORES[1:]:
        load, middle = slow["load"] / found[name]["load"], median(ratios[name])
        memory, sentences = found[name]["peak MB"] / slow["peak MB"], found[name]["sentences ms"]
        print(
            f"{name}: load {load:.1f}x, queries {middle:.1f}x (least {min(ratios[name]):.1f}x), "
            f"peak memory {memory:.2f}, event to sentences {sentences:.2f} ms"
        )
        missed += [f"{name} load {load:.1f}x"] * (load < BARS["load"][name])
        missed += [f"{name} median {middle:.1f}x"] * (middle < BARS["median"][name])
        missed += [f"{name} memory {memory:.2f}"] * (memory > MEMORY)
        missed += [f"{name} event to sentences {sentences:.2f} ms"] * (sentences >= MILLISECONDS)
    print("missed: " + ("; ".join(missed) or "nothing"))
    if open_:
        print("open, since rdflib was stopped (a longer --limit decides): " + "; ".join(open_))


def cpu() -> float:
    """Return the CPU seconds of this process with all its threads."""
    return time.process_time()


def peak() -> int:
    """Return the most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    main()
