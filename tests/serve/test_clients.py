"""Clients that people use: rdflib's SPARQLStore, SPARQLWrapper, curl; and many of them at once."""

import shutil
import subprocess
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from benchmarks.serve_load import load
from kg.ontology import DK, ENT
from tests.serve.conftest import Server

LABEL = "SELECT ?l { ent:iran skos:prefLabel ?l FILTER(LANG(?l) = 'de') }"


def test_rdflib_asks_the_server_as_if_it_were_a_graph(server: Server) -> None:
    graph = Graph(SPARQLStore(f"{server.url}/sparql"))
    assert graph.value(ENT.iran, DK.iso3) == Literal("IRN")
    assert (ENT.iran, DK.iso3, Literal("IRN")) in graph
    found = graph.query(
        "SELECT ?c { ?c a ?type } LIMIT 3", initNs={"dk": DK}, initBindings={"type": DK.Claim}
    )
    assert len(list(found)) == 3
    described = graph.query(f"CONSTRUCT WHERE {{ <{ENT.iran}> ?p ?o }}")
    assert described.graph is not None and (ENT.iran, DK.iso3, Literal("IRN")) in described.graph


def test_sparqlwrapper_gets_every_format(server: Server) -> None:
    client: Any = SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(LABEL)
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["results"]["bindings"][0]["l"] == {
        "type": "literal", "value": "Iran", "xml:lang": "de",
    }  # fmt: skip
    client.setMethod(POST)
    client.setReturnFormat(XML)
    assert "Iran" in client.queryAndConvert().toxml()
    client.setReturnFormat(CSV)
    assert client.queryAndConvert() == b"l\r\nIran\r\n"
    client.setQuery(f"DESCRIBE <{ENT.iran}>")
    client.setReturnFormat(TURTLE)
    found = Graph().parse(data=client.queryAndConvert(), format="turtle")
    assert (ENT.iran, DK.iso3, Literal("IRN")) in found


def test_curl_asks_in_three_ways(server: Server) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is missing")
    endpoint, accept = f"{server.url}/sparql", ("-H", "Accept: text/csv")

    def curl(*words: str) -> str:
        return subprocess.run(
            ("curl", "-sS", "-f", *words), check=True, capture_output=True, text=True
        ).stdout

    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", LABEL, endpoint)
    answers = [
        curl(*accept, "-G", "--data-urlencode", f"query={LABEL}", endpoint),
        curl(*accept, "--data-urlencode", f"query={LABEL}", endpoint),
        curl(*accept, *direct),
    ]
    assert answers == ["l\r\nIran\r\n".replace("\r\n", "\n")] * 3
    edges = curl(
        "-G", "--data-urlencode", "graph=https://w3id.org/diplokg/graph/edges", f"{server.url}/graphs"
    )
    assert (URIRef(f"{ENT}iran"), DK.warns, ENT.usa) in Graph().parse(data=edges, format="turtle")


def test_fifty_clients_get_right_answers_in_time(server: Server) -> None:
    report = load(server.url, clients=50, seconds=5, limit=3.0)
    assert report.wrong == []
    assert report.late == []
    assert report.answered > 50
