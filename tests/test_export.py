"""Exports: what other tools read back is what the graph says, whatever stands in the articles."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Graph

from kg.errors import ExportError, SelectionError
from kg.export import FORMS, Export, write_export
from kg.export.network_xml import graphml
from kg.graph import Run, nquads, to_networkx
from kg.graph.names import EDGES, claim_iri, event_iri
from kg.markup import xml_text
from kg.model import Article, Claim, Entity, Event, Modality, Status
from kg.ontology import CLAIM, DK
from kg.selection import EVERYTHING, Selection
from kg.spreadsheet import csv_lines
from tests.browser.hostile import hostile_claims
from tests.browser.sample import ARTICLES, CLAIMS, ENTITIES, EVENTS
from tests.factories import (
    ARAGHCHI,
    ENVOY,
    IRAN,
    MUSCAT,
    OFFICIALS,
    REUTERS,
    USA,
    make_article,
    make_claim,
    make_event,
    make_interval,
    make_role,
)


@dataclass(frozen=True)
class World:
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    entities: tuple[Entity, ...]

    @property
    def runs(self) -> dict[str, Run]:
        return {article.id: Run("0.1.0", "rules@1.0") for article in self.articles}


MEETING: Final = make_claim(
    actor=make_role(ARAGHCHI, state="IRN"), recipient=make_role(ENVOY, state="USA"),
    time=make_interval(), place=MUSCAT, speakers=(make_role(OFFICIALS), make_role(REUTERS)),
)  # fmt: skip
WARNING: Final = make_claim("„Wir warnen die USA“, sagte der Minister.", relation="warns")
VISIT: Final = make_claim(
    "The envoy may visit Oman.", relation="visits", modality=Modality.POSSIBLE,
    actor=make_role(ENVOY, state="USA"), recipient=make_role(IRAN),
)  # fmt: skip
MEETING_EVENT: Final = make_event(MEETING)
WORLD: Final = World(
    (make_article(title="Gespräche in Maskat"),),
    (MEETING, WARNING, VISIT),
    (MEETING_EVENT, make_event(WARNING), make_event(VISIT, status=Status.PROPOSED)),
    (ARAGHCHI, IRAN, MUSCAT, OFFICIALS, REUTERS, ENVOY, USA),
)
SAMPLE: Final = World(ARTICLES, CLAIMS, EVENTS, tuple(ENTITIES.values()))


def written(
    form: str, source: World = WORLD, selection: Selection = EVERYTHING, language: str = "en"
) -> bytes:
    """Return what a form writes, the files of several after each other."""
    export = Export.of(source, selection, language=language)
    return b"".join(part for writer in FORMS[form].writers.values() for part in writer(export))


def rows(form: str, source: World = WORLD, part: str = "") -> list[dict[str, str]]:
    content = b"".join(FORMS[form].writers[part](Export.of(source)))
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes UTF-8 for Windows-1252 without this mark"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def network_of(source: World) -> "nx.MultiDiGraph[str]":
    return to_networkx(source.claims, source.entities, source.articles, source.events)


def multigraph(read: "nx.Graph[str]") -> "nx.MultiDiGraph[str]":
    assert isinstance(read, nx.MultiDiGraph)
    return read


Edges = list[tuple[str, str, str, dict[str, object]]]


def edges_of(network: "nx.MultiDiGraph[str]", without: Iterable[str] = ()) -> Edges:
    return sorted(
        (source, target, key, {name: value for name, value in data.items() if name not in without})
        for source, target, key, data in network.edges(keys=True, data=True)
    )


# networks


@pytest.mark.parametrize("source", [WORLD, SAMPLE])
def test_graphml_is_read_back_as_the_network_with_its_types(source: World) -> None:
    text = written("graphml", source).decode()
    read = multigraph(nx.parse_graphml(text, edge_key_type=str, force_multigraph=True))
    network = network_of(source)
    assert read.is_directed()
    assert dict(read.nodes.items()) == dict(network.nodes.items())
    assert edges_of(read) == edges_of(network)
    data = next(data for _, _, data in read.edges(data=True))
    assert (type(data["confidence"]), type(data["symmetric"])) == (float, bool)
    assert type(next(iter(read.nodes.values()))["claims"]) is int


def test_gexf_is_read_back_as_the_network_with_its_types() -> None:
    source = SAMPLE
    read = multigraph(nx.read_gexf(io.BytesIO(written("gexf", source))))
    network = network_of(source)
    assert dict(read.nodes.items()) == dict(network.nodes.items())
    assert edges_of(read, without=("id", "start", "end")) == edges_of(network)
    days = {key: (data.get("start"), data.get("end")) for _, _, key, data in read.edges(keys=True, data=True)}
    assert days["c00"] == ("2025-02-03", "2025-02-03")
    assert days["c21"] == (None, None), "an edge without a day is always there"


@given(st.text())
def test_any_text_survives_graphml_but_for_what_xml_forbids(text: str) -> None:
    article = make_article(title="x", publisher=text)
    source = replace(WORLD, articles=(article,))
    read = nx.parse_graphml(
        b"".join(graphml(Export.of(source))).decode(), edge_key_type=str, force_multigraph=True
    )
    data = next(data for _, _, data in read.edges(data=True))
    kept = "".join(c if xml_text(c) != "\ufffd" else "\ufffd" for c in text)
    assert data["publisher"] == kept


@pytest.mark.parametrize("form", ["graphml", "gexf", "cytoscape", "csv", "events", "claims"])
def test_hostile_texts_break_no_file(form: str) -> None:
    claims, entities, articles, events = hostile_claims()
    content = written(form, World(articles, claims, events, entities))
    content.decode("utf-8")
    if form in ("graphml", "gexf"):
        read = (
            nx.read_graphml(io.BytesIO(content)) if form == "graphml" else nx.read_gexf(io.BytesIO(content))
        )
        assert read.number_of_edges() == len(claims)
    if form == "cytoscape":
        assert b"<" not in content, "pasted into a page, it ends no script"
        assert len(json.loads(content)["elements"]["edges"]) == len(claims)


def test_cytoscape_names_nodes_and_interactions() -> None:
    elements = json.loads(written("cytoscape", language="de"))["elements"]
    nodes = {node["data"]["id"]: node["data"] for node in elements["nodes"]}
    assert nodes["iran"]["name"] == "Iran"
    warning = next(edge["data"] for edge in elements["edges"] if edge["data"]["id"] == WARNING.id)
    assert (warning["source"], warning["target"], warning["interaction"]) == ("iran", "usa", "warns")
    assert (warning["label"], warning["symmetric"]) == ("warnt", False)


# tables


def test_nodes_and_edges_join_and_keep_umlauts() -> None:
    nodes, edges = rows("csv", SAMPLE, ".nodes"), rows("csv", SAMPLE, ".edges")
    assert {edge["Source"] for edge in edges} | {edge["Target"] for edge in edges} == {
        node["Id"] for node in nodes
    }
    assert "Inés Serrano" in {node["Label"] for node in nodes}
    assert {edge["Type"] for edge in edges} == {"Directed"}
    assert len(edges) == len(CLAIMS)


@pytest.mark.parametrize(
    ("form", "part"), [("csv", ".nodes"), ("csv", ".edges"), ("events", ""), ("claims", "")]
)
def test_no_cell_is_a_formula(form: str, part: str) -> None:
    claims, entities, articles, events = hostile_claims()
    cells = [
        cell for row in rows(form, World(articles, claims, events, entities), part) for cell in row.values()
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_table_keeps_its_rows_and_cells(texts: list[str]) -> None:
    content = b"".join(csv_lines(("text", "number"), ((text, 1.5) for text in texts))).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(content, newline="")))
    assert [cell.removeprefix("'") for cell, _ in read[1:]] == [text.removeprefix("'") for text in texts]
    assert not [cell for cell, _ in read if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_events_have_names_codes_and_quad_classes() -> None:
    warning, visit, meeting = (
        next(row for row in rows("events") if row["claim_id"] == claim.id)
        for claim in (WARNING, VISIT, MEETING)
    )
    assert (meeting["source_name"], meeting["source_country"], meeting["source_cow"]) == (
        "Abbas Araghchi",
        "IRN",
        "630",
    )
    assert (warning["root"], warning["relation"], warning["quad_class"]) == ("THREATEN", "warns", "3")
    assert (warning["event_date"], warning["date_from"]) == ("2026-02-03", "article")
    assert (meeting["date_from"], meeting["place_name"]) == ("text", "Muscat")
    assert meeting["speakers"] == "Two Senior Israeli Officials < Reuters"
    assert (visit["modality"], visit["status"]) == ("possible", "proposed")
    assert "goldstein" not in meeting and "intensity" not in meeting
    days = [row["event_date"] for row in rows("events", SAMPLE)]
    assert days[:-1] == sorted(days[:-1]) and days[-1] == "", "undated ones stand last"


# RDF


@pytest.mark.parametrize(("form", "name"), [("jsonld", "json-ld"), ("trig", "trig"), ("nquads", "nquads")])
def test_rdf_is_read_back_with_every_quad(form: str, name: str) -> None:
    read = Dataset()
    read.parse(data=written(form), format=name)
    assert nquads(read) == b"".join(sorted(written("nquads").splitlines(keepends=True)))


def test_turtle_has_the_triples_of_all_graphs() -> None:
    quads = Dataset()
    quads.parse(data=written("nquads"), format="nquads")
    assert set(Graph().parse(data=written("turtle"), format="turtle")) == {quad[:3] for quad in quads.quads()}


def test_rdf_of_a_selection_has_nothing_of_other_claims() -> None:
    read = Dataset()
    read.parse(data=written("trig", selection=Selection(relations=("warns",))), format="trig")
    claims = {str(s) for s, _, _, _ in read.quads() if str(s).startswith(str(CLAIM))}
    assert claims and all(iri.startswith(str(claim_iri(WARNING.id))) for iri in claims)
    assert (None, DK.reports, event_iri(MEETING_EVENT.id), None) not in read
    (edge,) = read.graph(EDGES)
    assert edge[1] == DK.warns
    subjects = {str(s).rpartition("/")[2] for s, _, _, _ in read.quads()}
    assert {"iran", "usa"} <= subjects and "steve-witkoff" not in subjects


def test_no_plain_edge_of_what_is_denied_although_the_denial_is_not_chosen() -> None:
    denial = replace(WARNING, id="denial", modality=Modality.NEGATED)
    disputed = World(
        WORLD.articles,
        (WARNING, denial),
        (make_event(WARNING, denial, status=Status.CONTESTED),),
        (IRAN, USA),
    )
    read = Dataset()
    read.parse(data=written("trig", disputed, Selection(modalities=("actual",))), format="trig")
    assert len(read.graph(EDGES)) == 0


# all


@pytest.mark.parametrize("form", FORMS)
def test_same_bytes_in_any_order_and_process(form: str) -> None:
    if form == "claims":
        return  # the table of a build, of claims that a Graph has put in order
    here = written(form, SAMPLE)
    turned = World(ARTICLES[::-1], CLAIMS[::-1], EVENTS[::-1], SAMPLE.entities[::-1])
    assert written(form, turned) == here
    code = f"import sys; from tests.test_export import *; sys.stdout.buffer.write(written({form!r}, SAMPLE))"
    environment = {**os.environ, "PYTHONHASHSEED": "3", "PYTHONPATH": str(Path(__file__).parent.parent)}
    if form in ("gexf", "jsonld"):  # a process takes a second
        assert subprocess.check_output([sys.executable, "-c", code], env=environment) == here


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_written_without_claims(form: str) -> None:
    content = written(form, World((), (), (), ()))
    if form in ("graphml", "gexf"):
        read = (
            nx.read_graphml(io.BytesIO(content)) if form == "graphml" else nx.read_gexf(io.BytesIO(content))
        )
        assert read.number_of_nodes() == 0


def test_the_suffix_says_the_form_and_files_are_whole(tmp_path: Path) -> None:
    (path,) = write_export(SAMPLE, tmp_path / "network.GEXF")
    assert path.read_bytes() == written("gexf", SAMPLE)
    files = write_export(SAMPLE, tmp_path / "tables.csv")
    assert [file.name for file in files] == ["tables.nodes.csv", "tables.edges.csv"]
    assert {file.name for file in tmp_path.iterdir()} == {"network.GEXF", *(file.name for file in files)}
    with pytest.raises(ExportError, match=r"\.graphml, \.gexf, \.csv"):
        write_export(SAMPLE, tmp_path / "network.xlsx")
    with pytest.raises(ExportError, match="there is graphml"):
        write_export(SAMPLE, tmp_path / "x", "excel")
    with pytest.raises(SelectionError):
        write_export(SAMPLE, tmp_path / "x.ttl", selection=Selection(actors=("nobody",)))
    assert not (tmp_path / "x.ttl").exists()


def test_what_fails_on_the_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("old")
    broken = replace(WORLD, claims=(replace(MEETING, relation="is no IRI"),), events=())
    with pytest.raises(ValueError, match="percent-encode"):
        write_export(broken, path)
    assert [file.read_text() for file in tmp_path.iterdir()] == ["old"]


def test_a_period_and_an_actor_can_be_chosen() -> None:
    chosen = Selection(first=date(2025, 2, 5), last=date(2025, 2, 5), actors=("Norland",))
    network = nx.parse_graphml(written("graphml", SAMPLE, chosen).decode(), force_multigraph=True)
    assert {data["claim"] for _, _, data in network.edges(data=True)} == {"c01", "c02"}
