"""SPARQL servers as stores: where requests go, who may ask, and what is said of servers that misbehave."""

import pickle
import random
import socket
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from rdflib import Literal, URIRef

import kg
from kg.build import withdraw
from kg.cli import main
from kg.errors import QueryError, StoreError
from kg.folder import NQUADS
from kg.graph import Quad, nquads
from kg.query import Query, example_of, named_queries, run_query
from kg.store import Change, RemoteStore, create_store, memory_store, open_store
from kg.store.servers import server_of
from kg.store.web import Credentials
from tests import standin
from tests.sparql_server import Raw, SparqlServer, running
from tests.test_growth import made_texts, written

SPACE = "https://example.org/"
A, P, G = (URIRef(f"https://example.org/{name}") for name in "apg")
JSON = {"Content-Type": "application/sparql-results+json"}
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    with running() as made:
        yield made


def quads(count: int) -> bytes:
    lines: list[Quad] = [(A, P, Literal(str(number)), G) for number in range(count)]
    return nquads(lines)


# Where requests go


@pytest.mark.parametrize(
    ("url", "update", "graphs"),
    [
        ("http://h:8890/sparql-auth", "http://h:8890/sparql-auth", "http://h:8890/sparql-graph-crud-auth"),
        ("http://h:3030/kg/query", "http://h:3030/kg/update", "http://h:3030/kg/data"),
        ("http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        ("http://h/repositories/kg", "http://h/repositories/kg/statements", "http://h/repositories/kg/rdf-graphs/service"),
        ("https://h/sparql", "https://h/sparql", ""),
        ("https://h/kg/query#update=https://h/kg/update2&graphs=", "https://h/kg/update2", ""),
    ],
)  # fmt: skip
def test_the_url_of_a_server_says_where_updates_go(url: str, update: str, graphs: str) -> None:
    found = server_of(url)
    assert (found.update, found.graphs) == (update, graphs)
    assert "#" not in found.query


@pytest.mark.parametrize("url", ["http://", "http://h:x/", "http://h/ sparql", "http://h/é"])
def test_what_is_no_url_is_said_without_the_password_in_it(url: str) -> None:
    with pytest.raises(StoreError, match="--store is no URL of a server; write it as http://localhost"):
        RemoteStore(url)


@pytest.mark.parametrize(("fragment", "message"), [("chunks=2", "may say chunk"), ("chunk=x", "are numbers")])
def test_a_fragment_that_means_nothing_is_refused(fragment: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        RemoteStore(f"http://h/sparql#{fragment}")


def test_much_goes_in_portions_or_as_a_whole_graph(server: SparqlServer) -> None:
    with RemoteStore(f"{server.base}/sparql#chunk=10", space=SPACE) as store:
        store.add_quads(quads(25))
        assert server.asked == ["POST /sparql"] * 3
    server.asked.clear()
    with RemoteStore(f"{server.url}&chunk=10", space=SPACE) as store:
        store.replace_graph(G, quads(30))
        assert [line[:12] for line in server.asked] == ["PUT /graphs?"]
        assert store.dump() == quads(30)


def test_what_stands_in_graphs_of_others_is_not_touched(server: SparqlServer) -> None:
    server.store.update('INSERT DATA { GRAPH <urn:theirs> { <urn:a> <urn:b> "c" } }')
    with RemoteStore(server.url, space=SPACE) as store:
        store.add_quads(quads(3))
        assert (len(store), store.graphs()) == (3, [str(G)])
        store.clear()
        assert len(store) == 0
        with pytest.raises(StoreError, match=r"<urn:theirs> is no graph of ours; their names begin with"):
            store.change([Change(graph="urn:theirs", whole=True)])
        assert store.query('ASK { ?x <urn:b> "c" }') is True


def test_a_dump_larger_than_a_page_is_whole_or_refused(
    server: SparqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.remote.PAGE", 7)
    with RemoteStore(server.url, space=SPACE) as store:
        store.add_quads(
            quads(30) + nquads((A, P, Literal("x"), URIRef(f"{G}{number}")) for number in range(20))
        )
        assert len(store.graphs()) == 21
        assert len(store.dump().splitlines()) == 50
        server.most = 5
        with pytest.raises(StoreError, match="gives only the first 5 rows; ask for less"):
            store.dump()


# Who may ask


@pytest.mark.parametrize("from_url", [True, False])
def test_a_password_is_answered_by_digest_and_shown_to_nobody(
    server: SparqlServer, monkeypatch: pytest.MonkeyPatch, from_url: bool
) -> None:
    server.user, server.password = "dba", "s3cret/@"
    url = server.url
    if from_url:
        url = url.replace("http://", "http://dba:s3cret%2F%40@")
    else:
        monkeypatch.setenv("DIPLOKG_STORE_USER", "dba")
        monkeypatch.setenv("DIPLOKG_STORE_PASSWORD", "s3cret/@")
    with RemoteStore(url, space=SPACE) as store:
        store.add_quads(quads(2))
        assert len(store) == 2
        assert "s3cret" not in store.name + repr(vars(store._web))
        server.password = "other"
        with pytest.raises(StoreError, match=r"refuses us \(401\); user or password is wrong") as caught:
            len(store)
    assert "s3cret" not in str(caught.value)


def test_who_is_asked_for_a_password_hears_where_to_put_it(server: SparqlServer) -> None:
    server.user, server.password = "dba", "x"
    with (
        RemoteStore(server.url) as store,
        pytest.raises(StoreError, match="set DIPLOKG_STORE_USER and DIPLOKG"),
    ):
        len(store)


def test_credentials_are_not_sent_in_the_open_nor_written() -> None:
    held = Credentials("dba", "s3cret", "t0ken")
    assert held.answer('Basic realm="x"', "GET", "http://far/", private=False) == ""
    assert held.token_header(private=False) == {}
    assert repr(held) == "Credentials(***)"
    with pytest.raises(TypeError, match="not written anywhere"):
        pickle.dumps(held)


# Servers that misbehave


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            Raw(b"out of memory\x1b[31m\nat 1", 500),
            r"answers with an error \(500\): out of memory \[31m at 1",
        ),
        (Raw(b"<html><script>x</script><h1>Bad</h1>", 502, HTML), r"an error \(502\): Bad$"),
        (Raw(b"<html>Welcome", 200, HTML), "answers with a web page; is this its SPARQL endpoint?"),
        (Raw(b'{"head": {"vars"', 200, JSON, length=400), "does not answer: it cut its answer off"),
        (Raw(b'{"head": {"vars"', 200, JSON), "gives no answer that can be read"),
        (Raw(b'{"head": 7}', 200, JSON), "gives no answer that can be read"),
        (Raw(b"", 302, {"Location": "http://elsewhere/"}), "has moved to http://elsewhere/; name that"),
        (Raw(b"{}", 200, {**JSON, "X-SQL-State": "S1TAT"}), "gives only a part of the answer"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_in_one_line(
    server: SparqlServer, raw: Raw, message: str
) -> None:
    server.script = [raw]
    with RemoteStore(server.url) as store:
        with pytest.raises((StoreError, QueryError), match=message) as caught:
            store.query("SELECT * { ?s ?p ?o }")
        assert server.base in str(caught.value)
        assert str(caught.value).isprintable()
        assert store.query("ASK {}") is True, "the next request is a new one"


@pytest.mark.parametrize(
    "raw", [Raw(b"{" * 100, length=100, pause=0.1), Raw(b"{" * 100, length=-1, pause=0.1)]
)
def test_an_answer_that_takes_too_long_is_given_up(server: SparqlServer, raw: Raw) -> None:
    server.script = [raw]
    with (
        RemoteStore(f"{server.base}/sparql#timeout=1") as store,
        pytest.raises(StoreError, match=r"/sparql took longer than 1 s"),
    ):
        store.query("ASK {}")


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://user:s3cret@127.0.0.1:{held.getsockname()[1]}/sparql"
        with (
            RemoteStore(url) as store,
            pytest.raises(StoreError, match="does not answer: Connection refused") as caught,
        ):
            store.query("ASK {}")
    assert "s3cret" not in str(caught.value)


# The commands


@pytest.fixture(params=["remote", pytest.param("virtuoso", marks=pytest.mark.virtuoso)])
def endpoint(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The URL of an empty server; the stand-in extractor is installed."""
    standin.install(tmp_path / "site", monkeypatch)
    if request.param == "remote":
        with running() as server:
            yield server.url
        return
    url = request.getfixturevalue("virtuoso")
    with RemoteStore(url) as store:
        store.clear()
    yield url


FAST = kg.Settings(extractor=standin.NAME, files="never")


def test_building_changing_and_withdrawing_on_a_server_is_as_in_a_folder(
    endpoint: str, tmp_path: Path
) -> None:
    texts = made_texts(random.Random(1))
    here, there = tmp_path / "here", tmp_path / "there"

    def same() -> bool:
        with open_store(here) as ours, open_store(there) as theirs, open_store(endpoint) as direct:
            return ours.dump() == theirs.dump() == direct.dump()

    for name in (here, there):
        kg.build(written(tmp_path / "x.jsonl", texts), name, FAST, server=endpoint if name == there else "")
    assert same()
    assert not (there / "store").exists()
    changed = texts | {
        "a1": "Iran warns Oman.\nFra Zort of iran praises Oman.",
        "a99": "Iran warns Oman denied.",
    }
    for name in (here, there):
        assert kg.build(written(tmp_path / "y.jsonl", changed), name, FAST).summary.new == 2
    assert same()
    for name in (here, there):
        withdraw(["a1", "a3", "a99"], name, FAST)
    assert same()


def test_queries_answer_on_a_server_as_in_a_folder(
    endpoint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path / "x.jsonl", made_texts(random.Random(2)))
    words = ["--extractor", standin.NAME, "--files", "never", "--quiet"]
    assert main(["build", str(source), "-o", str(tmp_path / "here"), *words]) == 0
    assert main(["build", str(source), "-o", str(tmp_path / "there"), "--store", endpoint, *words]) == 0
    for query in (["who-met-whom"], ["who-warned-whom"], ["neighbours", "-p", "actor=Iran"], ["sources"]):
        answers = []
        for place in (str(tmp_path / "here"), str(tmp_path / "there"), endpoint):
            capsys.readouterr()
            assert main(["query", *query, "--store", place, "--format", "csv"]) == 0
            answers.append(capsys.readouterr().out)
        assert answers[0] == answers[1] == answers[2]


ACTORS = ("Russia", "USA", "Theresa May")


def questions(query: Query) -> Iterator[dict[str, object]]:
    """Yield ways to ask a query: as its example, with what is required alone, and with each of some actors."""
    required: dict[str, object] = {
        each.name: example_of(query)[each.name] for each in query.parameters if each.required
    }
    yield {**example_of(query)}
    yield required
    for each in query.parameters:
        if each.type == "entity" and each.name in ("actor", "recipient", "speaker"):
            yield from ({**required, each.name: actor} for actor in ACTORS)


@pytest.mark.virtuoso
def test_the_sample_moves_to_virtuoso_and_named_queries_answer_as_in_memory(
    sample: kg.Graph, virtuoso: str, tmp_path: Path
) -> None:
    with RemoteStore(virtuoso) as store:
        store.clear()
        copytree(sample.folder, tmp_path / "g")
        kg.build("data/sample", tmp_path / "g", kg.Settings(files="never"), server=virtuoso)
        with open_store(sample.folder) as ours:
            assert store.dump() == ours.dump()
            memory = memory_store(ours.dump())
        different = [
            f"{name} {given}"
            for name, query in named_queries().items()
            for given in questions(query)
            if run_query(store, name, given).rows != run_query(memory, name, given).rows
        ]
    assert different == []


def test_a_graph_that_another_folder_made_is_not_overwritten(server: SparqlServer, tmp_path: Path) -> None:
    with create_store(tmp_path / "one", server.url) as graph:
        graph.add_quads(b'<urn:a> <urn:b> "c" <https://w3id.org/diplokg/graph/edges> .')
    with pytest.raises(StoreError, match=r"holds a graph that .*two has not made; name its folder"):
        create_store(tmp_path / "two", server.url)
    with create_store(tmp_path / "one") as graph:
        assert len(graph) == 1


def test_a_folder_moves_to_a_server(
    server: SparqlServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.install(tmp_path / "site", monkeypatch)
    source = written(tmp_path / "x.jsonl", {"a1": "Iran warns Oman."})
    whole = kg.Settings(extractor=standin.NAME)
    kg.build(source, tmp_path / "g", whole)
    url = server.url.replace("http://", "http://dba:s3cret@")
    moved = kg.build(source, tmp_path / "g", whole, server=url)
    assert moved.summary.new == 0
    assert "s3cret" not in (tmp_path / "g" / "diplokg.json").read_text()
    with open_store(tmp_path / "g") as store:
        assert store.dump() == (tmp_path / "g" / NQUADS).read_bytes()


def test_the_command_line_names_server_or_folder_where_it_needs_them(
    server: SparqlServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--store", server.url]) == 0
    assert "conforms to the shapes" in capsys.readouterr().out
    for words, message in (
        (["withdraw", "a1", "--store", server.url], "this needs the folder that kg build -o made"),
        (["build", "x", "--store", "graph"], "no URL of a server; the folder to write goes with -o"),
    ):
        with pytest.raises(SystemExit):
            main(words)
        assert message in capsys.readouterr().err
    assert main(["query", "ASK {}", "--store", "http://127.0.0.1:9/sparql"]) == 1
    assert "http://127.0.0.1:9/sparql does not answer" in capsys.readouterr().err
