"""Exports: the chosen claims as files for the tools that researchers use.

``write_export`` writes, ``FORMS`` names the forms. All write the same bytes for the same claims.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import ExportError
from kg.export import rdf, tables
from kg.export.network_json import cytoscape
from kg.export.network_xml import gexf, graphml
from kg.export.source import Export, Source
from kg.files import replace_file
from kg.selection import EVERYTHING, Selection

__all__ = ["FORMS", "Export", "Form", "Source", "write_export"]

Writer = Callable[[Export], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: who reads it, by which suffix it is known, and what writes it.

    A form of several files has a writer for each, named by what comes before the suffix: ``x.nodes.csv``.
    """

    readers: str
    suffix: str
    writers: dict[str, Writer]


FORMS: Final = {
    "graphml": Form("Gephi, yEd, Cytoscape, igraph, networkx", ".graphml", {"": graphml}),
    "gexf": Form("Gephi, with its timeline; networkx", ".gexf", {"": gexf}),
    "csv": Form(
        "Gephi, spreadsheets: nodes and edges",
        ".csv",
        {".nodes": tables.nodes_csv, ".edges": tables.edges_csv},
    ),
    "events": Form("statistics: event data", ".csv", {"": tables.events_csv}),
    "claims": Form("spreadsheets: the table of a build", ".csv", {"": tables.claims_table}),
    "cytoscape": Form("Cytoscape, Cytoscape.js", ".cyjs", {"": cytoscape}),
    "jsonld": Form("linked data, JSON tools", ".jsonld", {"": rdf.jsonld}),
    "turtle": Form("linked data, as one graph", ".ttl", {"": rdf.turtle}),
    "trig": Form("linked data, to read", ".trig", {"": rdf.trig}),
    "nquads": Form("linked data, large", ".nq", {"": rdf.nquads}),
}
"""The forms by name. Of forms with one suffix the first is taken where none is named."""


def write_export(
    source: Source,
    path: str | Path,
    form: str = "",
    *,
    selection: Selection = EVERYTHING,
    language: str = "en",
) -> tuple[Path, ...]:
    """Write the chosen claims and return the files. Without a ``form`` the suffix says it.

    ``language`` is that of labels ("de", "en"). Each file is replaced whole or not at all. Raises ExportError
    for an unknown form or suffix, SelectionError, OSError.
    """
    target = Path(path)
    chosen = FORMS.get(form) if form else _by_suffix(target)
    if chosen is None:
        raise ExportError(f"no form {form!r}; there is {', '.join(FORMS)}")
    export = Export.of(source, selection, language=language)
    files = tuple(
        target.with_name(f"{target.stem}{part}{target.suffix}") if part else target for part in chosen.writers
    )
    for file, writer in zip(files, chosen.writers.values(), strict=True):
        replace_file(file, writer(export))
    return files


def _by_suffix(path: Path) -> Form:
    for form in FORMS.values():
        if form.suffix == path.suffix.lower():
            return form
    suffixes = ", ".join(dict.fromkeys(form.suffix for form in FORMS.values()))
    raise ExportError(f"{path}: the suffix says no form; use one of {suffixes}, or name it with --format")
