"""Hostile texts outside of browsers: they stay text in queries, answers, pictures and displays."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest
from rdflib import Dataset

import kg
from kg.analysis import centrality, draw, over_time
from kg.errors import KgError
from kg.export import write_export
from kg.jupyter import claim_html, graph_html
from kg.jupyter.elements import PLAIN
from kg.model import Entity, Role
from kg.query import Table, run_query
from kg.query.complete import completions
from kg.query.readable import readable
from kg.store import Store, memory_store
from kg.view import network_svg
from tests.browser.hostile import PAYLOADS, World, hostile_world

WORLD: Final = hostile_world()
ALLOWED: Final = {
    "a", "b", "bdi", "div", "li", "mark", "ol", "p", "q", "span", "sup", "table", "td", "tr",
}  # fmt: skip
"""Elements of a display; none of them can fetch or run anything."""


class Elements(HTMLParser):
    """The elements of a display, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def writable() -> World:
    """Return the hostile world without what no reader lets in: RDF cannot write it.

    Relations and types are of our vocabulary, languages and Wikidata ids have their form, and text is UTF-8.
    """
    world = hostile_world(tuple(text for text in PAYLOADS if "\ud800" not in text))

    def tame(entity: Entity) -> Entity:
        return replace(entity, labels=tuple(("de", label) for _, label in entity.labels[:1]), wikidata="")

    def role(given: Role) -> Role:
        return replace(given, entity=tame(given.entity))

    claims = tuple(
        replace(
            claim,
            relation="warns",
            type="THREATEN",
            actor=role(claim.actor),
            recipient=role(claim.recipient),
            speakers=tuple(map(role, claim.speakers)),
            place=claim.place and tame(claim.place),
        )
        for claim in world.claims
    )
    articles = tuple(replace(article, language="de") for article in world.articles)
    events = tuple(replace(event, relation="warns") for event in world.events)
    return World(articles, claims, events, tuple(map(tame, world.entities)))


WRITABLE: Final = writable()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The hostile claims as a store."""
    (file,) = write_export(WRITABLE, tmp_path_factory.mktemp("hostile") / "all.nq")
    with memory_store() as opened:
        opened.add_quads(file.read_bytes())
        yield opened


@pytest.fixture(scope="module")
def answer(store: Store) -> Table:
    """Every literal and IRI of the claims, as an answer."""
    return run_query(store, "SELECT ?s ?p ?o { ?s ?p ?o . ?s a ?kind } ORDER BY ?s ?p ?o")


def test_there_are_more_than_forty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


# displays


def displays() -> Iterator[str]:
    """Yield every display of every value."""
    yield graph_html(WORLD)
    for claim in WORLD.claims:
        yield claim_html(claim)
    for article in WORLD.articles:
        yield WORLD.text(article.id)._repr_html_()


def test_displays_hold_only_elements_of_ours() -> None:
    for html in displays():
        assert html.encode("utf-8")
        elements = Elements(html).found
        assert {name for name, _ in elements} <= ALLOWED
        assert elements[0] == ("div", {**elements[0][1], "class": PLAIN}), "no mathematics in it"
        for name, attributes in elements:
            assert not [key for key in attributes if key.startswith("on") or key in ("src", "srcdoc")]
            if name == "a":
                assert (attributes["href"] or "").startswith("https://example.org/")
                assert attributes["rel"] == "noopener noreferrer"


def test_every_quote_is_marked_and_shown_whole() -> None:
    for claim, article in zip(WORLD.claims, WORLD.articles, strict=True):
        html = WORLD.text(article.id)._repr_html_()
        assert "<mark " in html or not claim.quote.strip("\n")


# pictures


def test_no_picture_can_run_anything() -> None:
    pictures = [
        network_svg(
            WORLD.claims, WORLD.entities, WORLD.articles, WORLD.events, level=level, title=PAYLOADS[0]
        )
        for level in ("actor", "state")
    ]
    pictures += [draw(frame, title=PAYLOADS[1]).svg for frame in (centrality(WORLD), over_time(WORLD))]
    for picture in pictures:
        for element in ElementTree.fromstring(picture.encode("utf-8", errors="strict")).iter():
            name = element.tag.rsplit("}", 1)[-1]
            assert name not in ("script", "foreignObject", "image", "a", "use", "animate", "style", "iframe")
            assert not [key for key in element.attrib if key.startswith("on") or key.endswith("href")]


# queries and answers


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_parameter_becomes_syntax(store: Store, payload: str) -> None:
    before = len(store)
    for name, parameter in (("who-met-whom", "actor"), ("who-met-whom", "from"), ("one-outlet", "outlet")):
        try:
            assert isinstance(run_query(store, name, {parameter: payload}), Table)
        except KgError as error:
            assert str(error)
    assert completions(f"SELECT * {{ {payload}", store) is not None
    assert len(store) == before


def test_no_cell_of_an_answer_is_a_formula(answer: Table) -> None:
    read = list(csv.reader(io.StringIO(answer.to_csv(), newline="")))
    assert len(read) == len(answer) + 1
    cells = [cell for row in read for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_an_answer_steers_no_terminal(answer: Table) -> None:
    for line in answer.to_text().split("\n"):
        assert not [c for c in line if unicodedata.category(c) in ("Cc", "Cf", "Cs")]


def test_an_answer_is_json_and_has_readable_names(store: Store, answer: Table) -> None:
    assert len(json.loads(answer.to_json())["results"]["bindings"]) == len(answer)
    html = str(readable(answer, store).to_pandas().to_html())
    assert {name for name, _ in Elements(html).found} <= {
        "div",
        "style",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "p",
    }


@pytest.mark.parametrize("suffix", [".trig", ".jsonld"])
def test_linked_data_of_hostile_texts_is_read_again(suffix: str, tmp_path: Path, store: Store) -> None:
    (file,) = write_export(WRITABLE, tmp_path / f"all{suffix}")
    form = "trig" if suffix == ".trig" else "json-ld"
    read = Dataset()
    read.parse(file, format=form)
    assert len({quad[:3] for quad in read.quads()}) == len({quad[:3] for quad in store.as_rdflib().quads()})


# the whole path


def test_hostile_articles_are_built_asked_and_shown(tmp_path: Path) -> None:
    lines = [
        {
            "id": payload,
            "title": payload,
            "text": f"Iran warned Israel on Monday.\n\n{payload}",
            "publisher": payload,
            "url": payload,
            "language": "en",
        }
        for payload in PAYLOADS[::3] + PAYLOADS[-9:]
    ]
    source = tmp_path / "articles.jsonl"
    source.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    graph = kg.build(source, tmp_path / "graph")
    assert len(graph.articles) + len(graph.summary.errors) >= len({line["id"] for line in lines}) - 2
    assert len(graph.claims) >= len(graph.articles) > 20
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("articles.jsonl", "graph")] == []
    rows = list(csv.reader(io.StringIO((graph.folder / "claims.csv").read_text("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert len(graph.query("one-outlet", outlet=graph.articles[0].publisher)) >= 0
    for article in graph.articles:
        names = {name for name, _ in Elements(graph.text(article.id)._repr_html_()).found}
        assert names <= ALLOWED
