"""GraphML and GEXF: a node an actor, an edge a claim, with typed attributes; written as they come.

networkx reads both back as ``Graph.to_networkx`` gives them. Its own writers hold the whole document in memory,
fail on control characters, and write today's date into GEXF.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from kg.export.source import Export
from kg.graph.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attributes, edge_attributes, node_attributes
from kg.markup import tag, xml_text

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
GRAPHML: Final = {str: "string", int: "long", float: "double", bool: "boolean"}
GEXF: Final = {str: "string", int: "long", float: "double", bool: "boolean"}
BESIDE: Final = "label"
"""What GEXF wants as an attribute of the element, not among the others."""


def graphml(export: Export) -> Iterator[bytes]:
    """Yield GraphML (Brandes et al. 2002, "GraphML Progress Report"), directed. Raises nothing."""
    yield f'{HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'.encode()
    for letter, what, attributes in (("n", "node", NODE_ATTRIBUTES), ("e", "edge", EDGE_ATTRIBUTES)):
        for name, kind in attributes.items():
            key = {"id": f"{letter}.{name}", "for": what, "attr.name": name, "attr.type": GRAPHML[kind]}
            yield _line(tag("key", key))
    yield b'<graph id="claims" edgedefault="directed">\n'
    for id, given in node_attributes(export.claims, export.known, language=export.language):
        yield _line(tag("node", {"id": id}, *_data("n", given)))
    for claim, given in _edges(export):
        ends = {"source": claim["source"], "target": claim["target"]}
        yield _line(tag("edge", {"id": claim["id"], **ends}, *_data("e", given)))
    yield b"</graph>\n</graphml>\n"


def gexf(export: Export) -> Iterator[bytes]:
    """Yield GEXF 1.2 (gexf.net), directed; edges have the days of their claims, for Gephi's timeline.

    Raises nothing.
    """
    yield f'{HEAD}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'.encode()
    yield b'<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
    for letter, what, attributes in (("n", "node", NODE_ATTRIBUTES), ("e", "edge", EDGE_ATTRIBUTES)):
        columns = (
            tag("attribute", {"id": f"{letter}.{name}", "title": name, "type": GEXF[kind]})
            for name, kind in attributes.items()
            if name != BESIDE
        )
        yield _line(tag("attributes", {"class": what, "mode": "static"}, *columns))
    yield b"<nodes>\n"
    for id, given in node_attributes(export.claims, export.known, language=export.language):
        yield _line(tag("node", {"id": id, "label": given[BESIDE]}, _values("n", given)))
    yield b"</nodes>\n<edges>\n"
    for claim, given in _edges(export):
        span = {"start": given["date"], "end": given["last_day"]}
        yield _line(tag("edge", {**claim, "label": given[BESIDE], **span}, _values("e", given)))
    yield b"</edges>\n</graph>\n</gexf>\n"


def _edges(export: Export) -> Iterator[tuple[dict[str, str], Attributes]]:
    """Yield id, source and target of each edge, and what else it has, in the order of the ids."""
    claims = sorted(export.claims, key=lambda claim: claim.id)
    attributes = edge_attributes(
        claims, export.known, export.articles, export.events, language=export.language
    )
    for claim, given in attributes:
        ends = {"source": claim.actor.entity.id, "target": claim.recipient.entity.id}
        yield {"id": claim.id, **ends}, given


def _data(letter: str, given: Attributes) -> Iterator[str]:
    for name, value in given.items():
        yield tag("data", {"key": f"{letter}.{name}"}, xml_text(_written(value)))


def _values(letter: str, given: Mapping[str, str | int | float | bool]) -> str:
    values = "".join(
        f'<attvalue for="{letter}.{name}" value="{xml_text(_written(value))}"/>'
        for name, value in given.items()
        if name != BESIDE
    )
    return tag("attvalues", {}, values)


def _written(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _line(element: str) -> bytes:
    return f"{element}\n".encode()
