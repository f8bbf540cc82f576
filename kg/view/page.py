"""Assembles the network page: one HTML file that needs no network.

pyvis holds nodes, edges and options, brings the vis-network library, and renders our own template. Its stock
template is never used: it asks a CDN for Bootstrap, and runs script that stands in a title.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from jinja2 import Environment, FunctionLoader
from markupsafe import Markup
from pyvis.network import Network

from kg.files import replace_file
from kg.model import Article, Claim, Entity, Event
from kg.view.bundles import LEVELS, Level
from kg.view.data import PageData, page_data
from kg.view.layout import positions
from kg.view.palette import DASHES

TITLES: Final = {"de": "Diplomatische Beziehungen", "en": "Diplomatic relations"}

# Joined in this order into one script.
SCRIPTS: Final = (
    "words.js",
    "elements.js",
    "model.js",
    "geometry.js",
    "labels.js",
    "network.js",
    "filters.js",
    "evidence.js",
    "timeline.js",
    "export.js",
    "app.js",
)

OPTIONS: Final = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"shape": "custom"},
    "edges": {"selectionWidth": 2, "hoverWidth": 1, "arrows": {"to": {"scaleFactor": 0.75}}},
    "interaction": {
        "hover": True,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}


def network_page(  # noqa: PLR0913 - the four kinds of value, and two words on how to show them
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    articles: Iterable[Article],
    events: Iterable[Event] = (),
    *,
    language: str = "de",
    title: str = "",
    level: Level | None = None,
) -> str:
    """Return the page as HTML, the same text for the same input in any order.

    ``language`` is that in which the page opens, "de" or "en", and ``level`` "actor" or "state"; without, that is
    chosen by the number of actors. Its reader can switch both. Without a ``title`` the page carries one in its
    language. Raises ValueError for another language.
    """
    if language not in TITLES:
        raise ValueError(f"the page speaks {' and '.join(TITLES)}, got {language!r}")
    data = page_data(claims, entities, articles, events)
    network = _network(data)
    script, style, library = _script(), _asset("app.css"), _library()
    environment = Environment(loader=FunctionLoader(_asset), autoescape=True)
    environment.globals.update(
        language=language,
        title=_plain(title) or TITLES[language],
        evidence={**data.evidence, "language": language, "title": _plain(title), "level": level},
        library=Markup(library),  # noqa: S704 - the three files are ours or pyvis's, never data
        script=Markup(script),  # noqa: S704
        style=Markup(style),  # noqa: S704
        policy=_policy(scripts=(library, script), style=style),
    )
    network.templateEnv, network.path = environment, "page.html"
    return str(network.generate_html())


def write_page(  # noqa: PLR0913 - as network_page
    path: Path,
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    articles: Iterable[Article],
    events: Iterable[Event] = (),
    *,
    language: str = "de",
    title: str = "",
    level: Level | None = None,
) -> Path:
    """Write the page as UTF-8 and return its path; a page that stands there is replaced whole or not at all.

    Raises OSError where the folder cannot be written, and what ``network_page`` raises.
    """
    page = network_page(claims, entities, articles, events, language=language, title=title, level=level)
    replace_file(path, page.encode("utf-8"))
    return path


def _network(data: PageData) -> Network:
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(OPTIONS))
    for level in LEVELS:
        nodes = [node for node in data.nodes if node.level == level]
        bundles = [bundle for bundle in data.bundles if bundle.level == level]
        links = [(bundle.source, bundle.target) for bundle in bundles]
        places = positions([node.id for node in nodes], links)
        for node in nodes:
            x, y = places[node.id]
            network.add_node(
                node.id, label=" ", x=x, y=y, level=level, names=node.labels, kind=node.kind, code=node.code,
                weight=node.weight, shape="custom",
            )  # fmt: skip
        for bundle in bundles:
            colour = bundle.family.colour
            network.add_edge(
                bundle.source,
                bundle.target,
                id=bundle.id,
                level=level,
                relation=bundle.relation,
                modality=bundle.modality.value,
                claims=bundle.claims,
                bend=bundle.bend,
                symmetric=bundle.symmetric,
                color={"color": colour, "highlight": colour, "hover": colour},
                dashes=DASHES[bundle.modality] or False,
                arrows="" if bundle.symmetric else "to",
                smooth={
                    "enabled": True,
                    "type": "curvedCW" if bundle.bend >= 0 else "curvedCCW",
                    "roundness": abs(bundle.bend),
                },
            )
    return network


def _plain(title: str) -> str:
    """Return a title without control characters and halves of surrogate pairs, which UTF-8 cannot write."""
    return "".join(c for c in " ".join(title.split()) if c.isprintable())


def _policy(*, scripts: Iterable[str], style: str) -> str:
    """Return a Content-Security-Policy that lets our own scripts and style run, and nothing be fetched."""
    hashes = " ".join(_digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_digest(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


@lru_cache
def _asset(name: str) -> str:
    return (files("kg.view") / "assets" / name).read_text(encoding="utf-8")


@lru_cache
def _script() -> str:
    return '"use strict";\n(() => {\n' + "\n".join(_asset(name) for name in SCRIPTS) + "})();\n"


@lru_cache
def _library() -> str:
    """Return vis-network as pyvis ships it, with the line ends that browsers hash, and without source map."""
    folder = files("pyvis") / "templates" / "lib" / "vis-9.1.2"
    text = (folder / "vis-network.min.js").read_text(encoding="utf-8")  # CRLF becomes LF here
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))
