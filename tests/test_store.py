"""The store: one contract over memory and disk, and folders that say what is wrong with them."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import XSD, Dataset, Graph, Literal, URIRef

from kg.errors import QueryError, StoreError
from kg.graph import Quad, nquads
from kg.store import Change, RemoteStore, Solutions, Store, create_store, memory_store, open_store
from tests.sparql_server import running

STORES = ("memory", "disk", "remote", pytest.param("virtuoso", marks=pytest.mark.virtuoso))

A, B, P, Q = (URIRef(f"https://example.org/{name}") for name in "abpq")
SPACE = "https://example.org/g/"
ONE, TWO = URIRef("https://example.org/g/1"), URIRef("https://example.org/g/2")
QUADS: tuple[Quad, ...] = (
    (A, P, B, ONE),
    (A, Q, Literal('Größe\n"x" \\', lang="de"), ONE),
    (A, Q, Literal("plain"), ONE),
    (A, P, B, TWO),
    (B, Q, Literal("2026-02-03", datatype=XSD.date), TWO),
)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with ExitStack() as open_things:
        made: Store
        if request.param == "remote":
            made = RemoteStore(open_things.enter_context(running()).url, space=SPACE)
        elif request.param == "virtuoso":
            made = RemoteStore(request.getfixturevalue("virtuoso"), space=SPACE)
            made.clear()
        else:
            made = memory_store() if request.param == "memory" else create_store(tmp_path / "kg")
        yield open_things.enter_context(made)


def ask(store: Store, pattern: str) -> bool:
    return store.query(f"ASK {{ {pattern} }}") is True


# The contract


def test_what_goes_in_comes_out_as_the_same_bytes(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    assert store.dump() == nquads(QUADS)
    assert nquads(store.as_rdflib()) == nquads(QUADS)
    assert nquads(Dataset().parse(data=store.dump("trig"), format="trig")) == nquads(QUADS)


def test_a_dataset_of_rdflib_goes_in(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    assert memory_store(store.as_rdflib()).dump() == nquads(QUADS)


def test_adding_again_or_in_pieces_changes_nothing(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    store.add_quads(nquads([quad]) for quad in QUADS)
    assert len(store) == len(QUADS)


def test_malformed_quads_leave_the_store_as_it_was(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    with pytest.raises(StoreError, match=r"took nothing: .*line 2"):
        store.add_quads(b'<urn:a> <urn:b> "c" <urn:g> .\n<urn:a> oops .\n')
    with pytest.raises(StoreError, match="took nothing"):
        store.replace_graph(ONE, b"oops")
    assert store.dump() == nquads(QUADS)


def test_a_graph_is_replaced_and_no_other(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    new: list[Quad] = [(B, P, Literal('} } ; DROP ALL # "'), ONE), (B, P, Literal("é\r\n"), ONE)]
    store.replace_graph(ONE, nquads(new))
    assert store.dump() == nquads([*new, *QUADS[3:]])
    store.replace_graph(ONE, b"")
    assert store.graphs() == [str(TWO)]


def test_changes_of_several_graphs_are_made_together(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    store.change(
        [
            Change(graph=ONE, subjects=(A,), added=nquads([(A, P, A, ONE)])),
            Change(graph=TWO, removed=nquads([QUADS[3], (B, P, B, TWO)]), added=nquads([(B, P, A, TWO)])),
        ]
    )
    assert store.dump() == nquads([(A, P, A, ONE), QUADS[4], (B, P, A, TWO)])


def test_of_changes_with_an_error_none_is_made(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    with pytest.raises(StoreError, match="took nothing"):
        store.change([Change(graph=TWO, whole=True), Change(graph=ONE, whole=True, added=b"oops")])
    assert store.dump() == nquads(QUADS)


def test_a_cleared_store_is_empty(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    store.clear()
    assert (len(store), store.graphs()) == (0, [])


def test_quads_of_another_graph_do_not_slip_in(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    with pytest.raises(StoreError, match=r"expected quads of <https://example\.org/g/1>, got one of"):
        store.replace_graph(ONE, nquads(QUADS))
    with pytest.raises(StoreError, match="a blank node has no name"):
        store.replace_graph(ONE, f'_:x <urn:b> "c" <{ONE}> .'.encode())
    with pytest.raises(StoreError, match="took nothing"):
        store.replace_graph("g> { } } ; DROP ALL #", b"")
    assert len(store) == len(QUADS)


def test_queries_see_the_union_of_all_graphs(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    assert store.graphs() == [str(ONE), str(TWO)]
    assert ask(store, f"<{A}> <{P}> ?b . ?b <{Q}> ?day")
    found = store.query(
        f"SELECT ?g ?x {{ GRAPH ?g {{ <{A}> <{P}> ?b }} OPTIONAL {{ ?b <urn:no> ?x }} }} ORDER BY ?g"
    )
    assert found == Solutions(("g", "x"), ((ONE, None), (TWO, None)))


@pytest.mark.parametrize(
    ("sparql", "count"),
    [
        (f"SELECT ?b FROM <{ONE}> {{ ?a <{Q}> ?b }}", 2),
        (f"SELECT ?b FROM <{ONE}> FROM <{TWO}> {{ ?a <{Q}> ?b }}", 3),
        (f"SELECT ?b FROM NAMED <{TWO}> {{ GRAPH ?g {{ ?a ?p ?b }} }}", 2),
        (f"SELECT ?b FROM NAMED <{TWO}> {{ ?a <{Q}> ?b }}", 0),
        (f"PREFIX from: <https://example.org/> SELECT ?b {{ ?from from:q ?b FILTER(STR(?b) != 'FROM <{ONE}>') }}", 3),
    ],
)  # fmt: skip
def test_a_query_that_names_its_graphs_is_about_no_others(store: Store, sparql: str, count: int) -> None:
    store.add_quads(nquads(QUADS))
    found = store.query(sparql)
    assert isinstance(found, Solutions)
    assert len(found) == count


def test_a_query_gives_solutions_a_graph_or_a_truth_value(store: Store) -> None:
    store.add_quads(nquads(QUADS))
    solutions = store.query("SELECT ?x { ?x ex:q 'plain' }", prefixes={"ex": "https://example.org/"})
    assert solutions == Solutions(("x",), ((A,),))
    graph = store.query(f"CONSTRUCT {{ ?x <{P}> 'plain' }} {{ ?x <{Q}> 'plain' }}")
    assert isinstance(graph, Graph)
    assert set(graph) == {(A, P, Literal("plain"))}
    assert store.query("ASK { ?x <urn:no> ?y }") is False


def test_plain_texts_have_no_datatype_and_numbers_keep_theirs(store: Store) -> None:
    store.add_quads(nquads([(A, P, Literal("1"), ONE), (A, Q, Literal("0.5", datatype=XSD.decimal), ONE)]))
    found = store.query(f"SELECT ?o {{ <{A}> ?p ?o }} ORDER BY ?p")
    assert found == Solutions(("o",), ((Literal("1"),), (Literal("0.5", datatype=XSD.decimal),)))


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("", "the query is empty"),
        ("SELECT ?s WHERE { ?s ?p ", "line 1, column 25: the query ends too early"),
        (
            "SELECT *\n{ ?s foaf:name ?o }",
            "line 2, column 15: the prefix 'foaf' is not known; declare it with PREFIX",
        ),
        ("SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }", "SELECT names a variable that nothing binds or groups"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "line 1, column 10: cannot go on at 'TA {"),
        ("SELECT * { ?s ?p ?o FILTER(<urn:f>(?s)) }", "urn:f"),
    ],
)
def test_what_is_wrong_with_a_query_is_said_in_one_line_with_the_place(
    store: Store, sparql: str, message: str
) -> None:
    store.add_quads(nquads(QUADS))
    with pytest.raises(QueryError) as caught:
        store.query(sparql)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    uses: list[Callable[[], object]] = [
        store.graphs,
        store.dump,
        store.as_rdflib,
        lambda: store.query("ASK {}"),
    ]
    for use in uses:
        with pytest.raises(StoreError, match="is closed; open it again"):
            use()


def test_many_quads_go_in_by_the_bulk_loader(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.oxigraph.BULK", 3)
    store.add_quads(nquads(QUADS))
    assert store.dump() == nquads(QUADS)


terms = st.one_of(
    st.builds(Literal, st.text(st.characters(exclude_categories=["Cs"]))),
    st.builds(Literal, st.text(st.characters(exclude_categories=["Cs"])), lang=st.sampled_from(["de", "en"])),
    st.builds(lambda number: Literal(str(number), datatype=XSD.integer), st.integers(-(10**9), 10**9)),
)


@given(st.lists(terms, max_size=5))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_literal_survives_loading_replacing_and_asking(literals: list[Literal]) -> None:
    quads: list[Quad] = [(A, P, literal, ONE) for literal in literals]
    loaded, replaced = memory_store(nquads(quads)), memory_store()
    replaced.replace_graph(ONE, nquads(quads))
    assert loaded.dump() == replaced.dump() == nquads(quads)
    found = loaded.query(f"SELECT ?x {{ <{A}> <{P}> ?x }}")
    assert isinstance(found, Solutions)
    assert {row[0] for row in found} == set(literals)


# Folders


def test_a_folder_keeps_what_was_written(tmp_path: Path) -> None:
    with create_store(tmp_path / "new" / "kg") as store:
        store.add_quads(nquads(QUADS[:2]))
    with create_store(tmp_path / "new" / "kg") as store:
        store.add_quads(nquads(QUADS))
    with open_store(tmp_path / "new" / "kg") as store:
        assert store.dump() == nquads(QUADS)


def test_reading_changes_nothing(tmp_path: Path) -> None:
    create_store(tmp_path).close()
    with open_store(tmp_path) as store:
        with pytest.raises(StoreError, match="open for reading only; use create_store to write"):
            store.add_quads(nquads(QUADS))
        with pytest.raises(StoreError, match="open for reading only"):
            store.replace_graph(ONE, nquads(QUADS[:1]))


def test_one_writes_while_others_read(tmp_path: Path) -> None:
    with create_store(tmp_path) as writer:
        writer.add_quads(nquads(QUADS[:1]))
        with open_store(tmp_path) as reader:
            writer.add_quads(nquads(QUADS))
            assert len(reader) == 1
        with open_store(tmp_path) as reader:
            assert len(reader) == len(QUADS)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_second_writer_is_told_to_wait(tmp_path: Path, elsewhere: bool) -> None:
    with create_store(tmp_path):
        if elsewhere:
            code = f"from kg.store import create_store; create_store({str(tmp_path)!r})"
            run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
            message = run.stderr
        else:
            with pytest.raises(StoreError) as caught:
                create_store(tmp_path)
            message = str(caught.value)
    assert f"the store in {tmp_path} is being written by another process; wait for it" in message


def test_a_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(
        StoreError, match=f"no store in {tmp_path}; make one with: kg build FILES -o {tmp_path}"
    ):
        open_store(tmp_path)
    with pytest.raises(StoreError, match=f"no folder {tmp_path / 'no'}; make one with"):
        open_store(tmp_path / "no")


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    create_store(tmp_path).close()
    (tmp_path / "diplokg.json").write_text(json.dumps({"format": 99}))
    for open_it in (open_store, create_store):
        with pytest.raises(StoreError, match=r"has format 99, .* a newer diplokg made it"):
            open_it(tmp_path)


@pytest.mark.parametrize("damage", ["diplokg.json", "store/CURRENT"])
def test_a_damaged_store_says_what_to_do(tmp_path: Path, damage: str) -> None:
    create_store(tmp_path).close()
    (tmp_path / damage).write_text("oops")
    for open_it in (open_store, create_store):
        with pytest.raises(StoreError, match="make it anew with: kg build FILES") as caught:
            open_it(tmp_path)
        assert "\n" not in str(caught.value)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "kg").write_text("x")
    with pytest.raises(StoreError, match="is a file; name a folder"):
        create_store(tmp_path / "kg")
