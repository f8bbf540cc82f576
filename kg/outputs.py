"""The files beside a store: the graph as N-Quads and TriG, the table of claims, and the network page.

They are made of the record, whole; a build writes them while the graph is small, see ``SMALL``.
"""

from collections.abc import Iterator
from typing import Final

from kg import graph
from kg.files import replace_file
from kg.folder import NQUADS, PAGE, TABLE, TRIG
from kg.results import Graph
from kg.spreadsheet import claims_csv

SMALL: Final = 2_000
"""Claims up to which every build writes the files: about 4 s on one core. Beyond, they are made on demand."""

FILES: Final = (NQUADS, TRIG, TABLE, PAGE)


def write_outputs(built: Graph, *, page_language: str = "de") -> None:
    """Write every file; each is replaced whole. Raises OSError."""
    quads = list(all_quads(built))
    replace_file(built.folder / NQUADS, graph.nquads(quads))
    replace_file(built.folder / TRIG, graph.trig(quads))
    replace_file(built.folder / TABLE, claims_csv(built.claims, built.articles, built.events))
    built.view(built.folder / PAGE, language=page_language)


def remove_outputs(built: Graph) -> None:
    """Remove the files, which would show an older graph. Raises OSError."""
    for name in FILES:
        (built.folder / name).unlink(missing_ok=True)


def all_quads(built: Graph) -> Iterator[graph.Quad]:
    """Yield all that the store of a graph holds, made of its record alone. Raises StoreError."""
    runs = sorted({(entry.version, entry.extractor) for entry in built.entries})
    for entry in built.entries:
        run = graph.Run(entry.version, entry.extractor)
        yield from graph.article_graph(entry.article, entry.claims, run)
    for version, extractor in runs:
        yield from graph.run_quads(graph.Run(version, extractor))
    yield from graph.entity_quads(built.entities)
    yield from graph.event_quads(built.events, built.claims)
    yield from graph.plain_edges(built.claims, built.events)
    yield from graph.ontology_quads()
