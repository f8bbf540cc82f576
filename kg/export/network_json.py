"""Cytoscape JSON: a node an actor, an edge a claim; for Cytoscape and Cytoscape.js."""

import json
from collections.abc import Iterator
from typing import Final

from kg.export.source import Export
from kg.graph.network import Attributes, edge_attributes, node_attributes

ESCAPES: Final = {ord("<"): "\\u003c", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What would end a script element, or a line of JavaScript, where the file is pasted into a page."""


def cytoscape(export: Export) -> Iterator[bytes]:
    """Yield a document of Cytoscape.js, the form ``cyjs`` of Cytoscape 3. Raises nothing.

    Each ``data`` has the attributes of ``Graph.to_networkx``; what Cytoscape asks for comes first: ``id`` and
    ``name``, of edges ``id``, ``source``, ``target`` and ``interaction``.
    """
    known = export.known
    nodes = node_attributes(export.claims, known, language=export.language)
    claims = sorted(export.claims, key=lambda claim: claim.id)
    edges = edge_attributes(claims, known, export.articles, export.events, language=export.language)
    yield b'{"format_version": "1.0", "generated_by": "diplokg", "target_cytoscapejs_version": "~3.0",\n'
    yield b'"data": {"name": "diplokg"},\n"elements": {"nodes": [\n'
    yield from _elements({"id": id, "name": given["label"], **given} for id, given in nodes)
    yield b'], "edges": [\n'
    yield from _elements(
        {
            "id": claim.id,
            "source": claim.actor.entity.id,
            "target": claim.recipient.entity.id,
            "interaction": claim.relation,
            **given,
        }
        for claim, given in edges
    )
    yield b"]}}\n"


def _elements(every: Iterator[Attributes]) -> Iterator[bytes]:
    for number, given in enumerate(every):
        text = json.dumps({"data": given}, ensure_ascii=False).translate(ESCAPES)
        yield (",\n" if number else "").encode() + text.encode("utf-8", errors="replace")
    yield b"\n"
