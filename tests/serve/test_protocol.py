"""The SPARQL 1.1 Protocol, case by case as the W3C's test suite has them, and the Graph Store Protocol."""

import csv
import io
import json
from collections.abc import Callable
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from rdflib import Dataset, Graph, Literal, URIRef

from kg.ontology import DK, GRAPH
from tests.serve.conftest import Reply, Server

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
EDGES, EVENTS = str(GRAPH.edges), str(GRAPH.events)
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def number(reply: Reply) -> int:
    assert reply.status == 200, reply.text
    return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])


def is_true(reply: Reply) -> bool:
    return reply.status == 200 and json.loads(reply.body)["boolean"] is True


# queries


def test_query_by_get(server: Server) -> None:
    assert is_true(server.ask("/sparql", query="ASK {}"))


def test_query_by_posted_form(server: Server) -> None:
    assert is_true(server.ask("/sparql", method="POST", body="query=ASK%20%7B%7D", headers=FORM))


def test_query_by_direct_post(server: Server) -> None:
    assert is_true(server.ask("/sparql", method="POST", body="ASK {}", headers=DIRECT))
    spelled = {"Content-Type": 'Application/SPARQL-query; charset="UTF-8"'}
    assert is_true(server.ask("/sparql", method="POST", body="ASK { FILTER('ä' = 'ä') }", headers=spelled))


def test_parameters_that_the_protocol_does_not_know_are_left_out(server: Server) -> None:
    assert is_true(server.ask("/sparql?query=ASK%20%7B%7D&format=json&timeout=60"))


# the dataset


def test_the_default_graph_is_the_union_of_all(server: Server) -> None:
    assert number(server.query(COUNT)) >= number(server.query(NAMED)) > 1000


def test_default_graphs_of_the_request(server: Server) -> None:
    edges = number(server.query(f"SELECT (COUNT(*) AS ?n) FROM <{EDGES}> {{ ?s ?p ?o }}"))
    events = number(server.query(f"SELECT (COUNT(*) AS ?n) FROM <{EVENTS}> {{ ?s ?p ?o }}"))
    both = f"/sparql?default-graph-uri={EDGES}&default-graph-uri={EVENTS}"
    assert 0 < edges < events
    assert number(server.ask(f"/sparql?default-graph-uri={EDGES}&query={quote(COUNT)}")) == edges
    assert number(server.ask(f"{both}&query={quote(COUNT)}")) == edges + events
    assert number(server.ask(both, method="POST", body=COUNT, headers=DIRECT)) == edges + events
    form = f"default-graph-uri={EDGES}&default-graph-uri={EVENTS}&query={quote(COUNT)}"
    assert number(server.ask("/sparql", method="POST", body=form, headers=FORM)) == edges + events


def test_named_graphs_of_the_request(server: Server) -> None:
    events = number(server.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{EVENTS}> {{ ?s ?p ?o }} }}"))
    path = f"/sparql?named-graph-uri={EVENTS}&query="
    assert number(server.ask(path + quote(NAMED))) == events
    assert number(server.ask(path + quote(COUNT))) == 0, "no default graph was named"
    form = f"named-graph-uri={EVENTS}&query={quote(NAMED)}"
    assert number(server.ask("/sparql", method="POST", body=form, headers=FORM)) == events


def test_the_dataset_of_the_request_takes_the_place_of_that_of_the_query(server: Server) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{EVENTS}> {{ ?s ?p ?o }}"
    edges = number(server.query(f"SELECT (COUNT(*) AS ?n) FROM <{EDGES}> {{ ?s ?p ?o }}"))
    assert number(server.ask(f"/sparql?default-graph-uri={EDGES}&query={quote(query)}")) == edges


# formats


def test_select_and_ask_in_every_format(server: Server) -> None:
    select = 'SELECT ?a ?b { VALUES (?a ?b) { ("ä,\\"" UNDEF) } }'
    json_, xml, comma, tab = (
        server.query(select, accept)
        for accept in (
            "application/sparql-results+json",
            "application/sparql-results+xml",
            "text/csv",
            "text/tab-separated-values",
        )
    )
    assert json_.type == "application/sparql-results+json"
    assert json.loads(json_.body)["results"]["bindings"] == [{"a": {"type": "literal", "value": 'ä,"'}}]
    assert xml.type == "application/sparql-results+xml"
    (literal,) = ElementTree.fromstring(xml.body).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert literal.text == 'ä,"'
    assert list(csv.reader(io.StringIO(comma.text))) == [["a", "b"], ['ä,"', ""]]
    assert comma.headers["content-type"] == "text/csv; charset=utf-8"
    assert tab.text == '?a\t?b\n"ä,\\""\t\n'
    assert server.query("ASK {}", "text/csv").text == "true"
    assert b"<boolean>true</boolean>" in server.query("ASK {}", "application/sparql-results+xml").body


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/n-quads", "nquads"),
        ("application/trig", "trig"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_construct_and_describe_in_every_format(server: Server, accept: str, format: str) -> None:
    for query in ("CONSTRUCT { ent:iran ?p ?o } WHERE { ent:iran ?p ?o }", "DESCRIBE ent:iran"):
        reply = server.query(query, accept)
        assert (reply.status, reply.type) == (200, accept)
        found = Dataset(default_union=True).parse(data=reply.text, format=format)
        assert set(found.objects(None, DK.iso3)) == {Literal("IRN")}


@pytest.mark.parametrize(
    ("accept", "type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/*", "application/sparql-results+json"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.4", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("nonsense", "application/sparql-results+json"),
    ],
)
def test_the_format_is_what_the_client_prefers(server: Server, accept: str, type: str) -> None:
    assert server.query("ASK {}", accept).type == type


def test_what_cannot_be_made_is_not_acceptable(server: Server) -> None:
    assert server.query("ASK {}", "image/png").status == 406
    assert server.query("ASK {}", "text/turtle").status == 406
    assert server.query("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv").status == 406


# what the protocol does not allow


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (405, lambda s: s.ask("/sparql", method="PUT", body="ASK {}", headers=DIRECT)),
        (405, lambda s: s.ask("/sparql?query=ASK%20%7B%7D", method="DELETE")),
        (400, lambda s: s.ask("/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D")),
        (400, lambda s: s.ask("/sparql?query=ASK%20%7B%7D", method="POST", body="ASK {}", headers=DIRECT)),
        (400, lambda s: s.ask("/sparql", method="POST", body="q=1", headers=FORM)),
        (415, lambda s: s.ask("/sparql", method="POST", body="ASK {}", headers={"Content-Type": "text/plain"})),
        (415, lambda s: s.ask("/sparql", method="POST", body="query=ASK%20%7B%7D")),
        (
            415,
            lambda s: s.ask(
                "/sparql", method="POST", body="ASK {}".encode("utf-16"),
                headers={"Content-Type": "application/sparql-query; charset=UTF-16"},
            ),
        ),
        (400, lambda s: s.ask("/sparql", method="POST", body=b"ASK { FILTER('\xff') }", headers=DIRECT)),
        (400, lambda s: s.query("ASK { nonsense")),
        (400, lambda s: s.query("")),
        (400, lambda s: s.ask("/sparql?default-graph-uri=no%20iri&query=ASK%20%7B%7D")),
        (413, lambda s: s.ask("/sparql", method="POST", body="#" * 1_100_000, headers=DIRECT)),
        (403, lambda s: s.ask("/sparql", method="POST", body="update=CLEAR%20ALL", headers=FORM)),
        (
            403,
            lambda s: s.ask(
                "/sparql", method="POST", body="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}
            ),
        ),
    ],
)  # fmt: skip
def test_a_bad_request_has_its_status_and_a_line(
    server: Server, status: int, asked: Callable[[Server], Reply]
) -> None:
    reply = asked(server)
    assert reply.status == status, reply.text
    assert reply.text.count("\n") <= 1


def test_an_error_points_at_the_place_and_suggests_the_term_that_was_meant(server: Server) -> None:
    reply = server.query("ASK {\n ?a dk:warnz ?b }")
    assert (reply.status, reply.type) == (400, "text/plain")
    assert reply.text == "line 2, column 5: dk:warnz is no term of diplokg; did you mean dk:warns?\n"


# the description of the service


def test_the_endpoint_describes_itself(server: Server) -> None:
    reply = server.ask("/sparql")
    assert (reply.status, reply.type) == (200, "text/turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for accept, format in (("text/turtle", "turtle"), ("application/rdf+xml", "xml")):
        found = Graph().parse(
            data=server.ask("/sparql", headers={"Accept": accept}).body,
            format=format,
            publicID=f"{server.url}/sparql",
        )
        assert list(found.objects(None, URIRef(f"{sd}endpoint"))) == [URIRef(f"{server.url}/sparql")]
        assert URIRef(f"{sd}UnionDefaultGraph") in set(found.objects(None, URIRef(f"{sd}feature")))
        assert len(set(found.objects(None, URIRef(f"{sd}resultFormat")))) == 10
    browser = server.ask("/sparql", headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert (browser.status, browser.headers["location"]) == (303, "/query")


# the Graph Store


def test_a_graph_by_its_name(server: Server) -> None:
    reply = server.ask("/graphs", graph=EDGES, headers={"Accept": "application/n-triples"})
    assert (reply.status, reply.type) == (200, "application/n-triples")
    count = number(server.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{EDGES}> {{ ?s ?p ?o }} }}"))
    assert len(reply.text.splitlines()) == count > 0
    head = server.ask("/graphs", method="HEAD", graph=EDGES, headers={"Accept": "application/n-triples"})
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(reply.body)


def test_the_default_graph_is_all_graphs_together(server: Server) -> None:
    reply = server.ask("/graphs?default", headers={"Accept": "application/n-triples"})
    distinct = server.query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }")
    lines = reply.text.split("\n")  # not splitlines: hostile texts hold other ends of lines
    assert len(set(filter(None, lines))) == number(distinct)


def test_a_graph_that_is_not_there_or_not_named(server: Server) -> None:
    assert server.ask("/graphs", graph="urn:none").status == 404
    assert server.ask("/graphs", graph="no iri").status == 400
    assert server.ask("/graphs").status == 400
    assert server.ask("/graphs?default&graph=urn:x").status == 400
    assert server.ask("/graphs", graph=EDGES, headers={"Accept": "text/csv"}).status == 406


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_the_graph_store_is_only_read(server: Server, method: str) -> None:
    reply = server.ask("/graphs?default", method=method, body="<a:a> <b:b> <c:c> .")
    assert reply.status == 405
    assert "GET" in reply.headers["allow"]
