"""Queries: named ones answer from a small world, and none can reach beyond the store or hide its mistakes."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import XSD, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QueryError
from kg.graph import Run, dataset, nquads
from kg.model import Kind, Modality, Status
from kg.ontology import CLAIM, DK, ENT, EVENT
from kg.query import (
    PREFIXES,
    Query,
    Table,
    example_of,
    find_query,
    named_queries,
    parse_query,
    run_query,
    shorten,
)
from kg.store import Store, memory_store
from tests.factories import (
    ARAGHCHI,
    ENVOY,
    MUSCAT,
    OFFICIALS,
    OMAN,
    REUTERS,
    make_article,
    make_claim,
    make_entity,
    make_event,
    make_interval,
    make_role,
)

DAY: Final = date(2026, 2, 3)
MET: Final = make_claim(
    actor=make_role(ARAGHCHI, state="IRN"),
    recipient=make_role(ENVOY, state="USA"),
    speakers=(make_role(OFFICIALS), make_role(REUTERS)),
    time=make_interval(DAY),
)
PLANNED: Final = make_claim(
    "The envoy may visit Oman.",
    article="a2",
    modality=Modality.PLANNED,
    actor=make_role(ENVOY, state="USA"),
    recipient=make_role(ARAGHCHI, state="IRN"),
)
DENIED: Final = make_claim(
    "Israel denied the meeting.",
    article="a2",
    modality=Modality.NEGATED,
    actor=make_role(ARAGHCHI, state="IRN"),
    recipient=make_role(ENVOY, state="USA"),
)
WARNED: Final = make_claim("„Wir warnen die USA“", relation="warns", actor=make_role(ARAGHCHI, state="IRN"))
THANKED: Final = make_claim(relation="thanks", recipient=make_role(OMAN))
TALKED: Final = make_claim(relation="telephones", recipient=make_role(OMAN), article="a2")
CLAIMS: Final = (MET, PLANNED, DENIED, WARNED, THANKED, TALKED)
MEETING: Final = make_event(
    MET, PLANNED, DENIED, id="m1", status=Status.CONTESTED, time=make_interval(DAY), place="muscat"
)
EVENTS: Final = (
    MEETING,
    make_event(WARNED, id="w1"),
    make_event(THANKED, id="t1"),
    make_event(TALKED, id="c1"),
)


@pytest.fixture(scope="module")
def store() -> Store:
    articles = [make_article(), make_article("a2", publisher="Gulf Times", published=date(2026, 1, 20))]
    run = Run("0.1.0", "rules@1.0")
    return memory_store(nquads(dataset(articles, CLAIMS, [MUSCAT], EVENTS, run)))


def rows(store: Store, name: str, columns: str, **parameters: object) -> list[tuple[object, ...]]:
    """Some columns of the answer to a named query."""
    table = run_query(store, name, parameters)
    places = [table.columns.index(column) for column in columns.split()]
    return [tuple(row[place] for place in places) for row in table.rows]


# The named queries


def test_who_warned_whom(store: Store) -> None:
    found = rows(store, "who-warned-whom", "date who relation whom said_by outlet quote")
    assert found == [
        (DAY, "Abbas Araghchi", str(DK.warns), "United States", "narrator", "Reuters", "„Wir warnen die USA“")
    ]
    assert rows(store, "who-warned-whom", "who", actor="Iran", language="de") == [("Abbas Araghchi",)]
    assert rows(store, "who-warned-whom", "said_by", recipient="usa", language="de") == [("Erzähler",)]
    assert rows(store, "who-warned-whom", "who", actor="USA") == []
    assert rows(store, "who-warned-whom", "who", **{"from": "2026-02-04"}) == []


def test_who_met_whom_with_status_between_two_days(store: Store) -> None:
    found = rows(store, "who-met-whom", "date who place status claims outlets event", to=DAY, actor="Iran")
    assert found == [(DAY, "Abbas Araghchi, Steve Witkoff", "Muscat", str(DK.contested), 3, 2, str(EVENT.m1))]
    assert rows(store, "who-met-whom", "who", to=date(2026, 2, 2)) == []
    assert rows(store, "who-met-whom", "who", relation="telephones") == [("Iran, Oman",)]


def test_contradictions_stand_side_by_side(store: Store) -> None:
    found = rows(store, "contradictions", "outlet modality quote denying_outlet denial")
    assert found == [
        ("Gulf Times", str(DK.planned), PLANNED.quote, "Gulf Times", DENIED.quote),
        ("Reuters", str(DK.actual), MET.quote, "Gulf Times", DENIED.quote),
    ]


def test_neighbours_come_from_plain_edges_and_symmetric_ones_come_once(store: Store) -> None:
    assert rows(store, "neighbours", "who relation whom", actor="Iran") == [
        ("Iran", str(DK.telephones), "Oman"),
        ("Iran", str(DK.thanks), "Oman"),
        ("Abbas Araghchi", str(DK.warns), "United States"),
    ]
    assert ("Iran", str(DK.thanks), "Oman") in rows(store, "neighbours", "who relation whom", actor="Oman")


def test_sources(store: Store) -> None:
    found = rows(store, "sources", "speaker type claims", outlet="Reuters")
    assert ("Two Senior Israeli Officials", str(DK.CONSULT), 1) in found
    assert ("narrator", str(DK.THREATEN), 1) in found
    assert not any(speaker == "Reuters" for speaker, _, _ in found)


def test_dyads_count_for_those_who_act_for_the_states(store: Store) -> None:
    columns = "month who type whom events claims as_fact"
    found = rows(store, "dyad-by-month", columns, first="Iran", second="usa")
    assert found == [
        ("2026-01", "United States", str(DK.CONSULT), "Iran", 1, 1, 0),
        ("2026-02", "Iran", str(DK.CONSULT), "United States", 1, 1, 1),
        ("2026-02", "Iran", str(DK.THREATEN), "United States", 1, 1, 1),
    ]
    assert sorted(found) == sorted(rows(store, "dyad-by-month", columns, first="USA", second="iran"))


def test_what_became_of_announced_meetings(store: Store) -> None:
    columns = "announced date who status announcing asserting denying last_report"
    expected = [(date(2026, 1, 20), DAY, "Abbas Araghchi, Steve Witkoff", str(DK.contested), 1, 1, 1, DAY)]
    assert rows(store, "announced-meetings", columns) == expected
    assert rows(store, "announced-meetings", columns, status="contested", actor="Steve Witkoff") == expected
    assert rows(store, "announced-meetings", columns, status="held") == []


def test_what_only_one_outlet_reports(store: Store) -> None:
    assert {row[0] for row in rows(store, "one-outlet", "event")} == {
        str(EVENT[id]) for id in ("w1", "t1", "c1")
    }
    assert rows(store, "one-outlet", "event who", outlet="Gulf Times") == [(str(EVENT.c1), "Iran, Oman")]


def test_all_relations_of_an_actor(store: Store) -> None:
    found = rows(store, "actor-relations", "who relation whom modality claims", actor="Abbas Araghchi")
    assert ("Abbas Araghchi", str(DK.meets), "Steve Witkoff", str(DK.negated), 1) in found
    assert ("Steve Witkoff", str(DK.meets), "Abbas Araghchi", str(DK.planned), 1) in found
    assert len(rows(store, "actor-relations", "who", actor="Iran", modality="actual")) == 4


def test_the_evidence_of_an_event_names_the_chain_of_speakers_outermost_first(store: Store) -> None:
    found = rows(store, "evidence-of-event", "published said_by quote start end", event="event:m1")
    assert [row[0] for row in found] == [date(2026, 1, 20), date(2026, 1, 20), DAY]
    assert found[-1][1:] == (
        "Reuters <- Two Senior Israeli Officials",
        MET.quote,
        MET.span.start,
        MET.span.end,
    )


@pytest.mark.parametrize("name", named_queries())
def test_a_named_query_is_documented(store: Store, name: str) -> None:
    query = named_queries()[name]
    assert query.title and query.title_de and query.theme and query.description and query.answer
    assert all(parameter.meaning.endswith(")") for parameter in query.parameters), (
        "the meaning ends with (default)"
    )
    assert query.text.count("# param ") == len(query.parameters)
    example = example_of(query)
    assert example.keys() <= {parameter.name for parameter in query.parameters}
    for parameter in query.parameters:
        if parameter.required:
            others = dict.fromkeys(example, "")
            with pytest.raises(QueryError, match=r"the query needs .*; for example: "):
                run_query(store, query, others)


@pytest.mark.parametrize("name", named_queries())
def test_a_named_query_runs_as_it_is_in_other_tools(name: str) -> None:
    prepareQuery(named_queries()[name].text)


# Parameters


ECHO: Final = parse_query('SELECT ?x {\n  VALUES ?x { "free" } # text\n}')


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(max_examples=100, deadline=None)
def test_no_value_of_a_parameter_becomes_syntax(value: str) -> None:
    assert run_query(memory_store(), ECHO, {"x": value}).rows == ((value,),)


def test_a_parameter_that_is_not_given_keeps_its_default() -> None:
    assert run_query(memory_store(), ECHO).rows == (("free",),)


@pytest.mark.parametrize(
    ("type", "value", "message"),
    [
        ("date", "3.2.2026", "x is '3.2.2026'; write year, month and day as 2026-02-03"),
        ("number", "1 } #", "x is '1 } #'; write a whole number"),
        ("iri", "https://example.org/> } #", "write an IRI, or a short one such as event:3f2a"),
        ("iri", "3f2a", "write an IRI, or a short one"),
        ("relation", "warnz", "x is 'warnz', which is no term of diplokg; did you mean warns?"),
        ("relation", "Claim", "which is no term of diplokg"),
        ("entity", "Irann", "nothing in the store is called 'Irann'; did you mean iran?"),
        ("entity", '" } #', "nothing in the store is called"),
        ("text", 17, "x is 17; write a text"),
    ],
)
def test_a_value_of_the_wrong_type_says_what_would_work(
    store: Store, type: str, value: object, message: str
) -> None:
    query = parse_query(f"SELECT ?x {{\n VALUES ?x {{ UNDEF }} # {type}\n}}")
    with pytest.raises(QueryError) as caught:
        run_query(store, query, {"x": value})
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["Iran", "iran", "ent:iran", str(ENT.iran), " IRAN "])
def test_an_entity_goes_by_any_of_its_names(store: Store, name: str) -> None:
    query = parse_query("SELECT ?x {\n VALUES ?x { UNDEF } # entity\n}")
    assert run_query(store, query, {"x": name}).terms == ((ENT.iran,),)


def test_a_name_that_two_entities_share_is_not_guessed() -> None:
    pair = [
        make_entity(id, Kind.PLACE, labels=(("en", "Georgia"),)) for id in ("georgia-state", "georgia-us")
    ]
    store = memory_store(nquads(dataset([], [], pair, [], Run("0", "r"))))
    query = parse_query("SELECT ?x {\n VALUES ?x { UNDEF } # entity\n}")
    with pytest.raises(QueryError, match="'Georgia' may be georgia-state or georgia-us; name one of them"):
        run_query(store, query, {"x": "Georgia"})


def test_an_unknown_parameter_is_an_error_and_not_ignored(store: Store) -> None:
    with pytest.raises(QueryError, match="has no parameter 'langauge'; did you mean language"):
        run_query(store, "who-warned-whom", {"langauge": "de"})
    with pytest.raises(QueryError, match="has no parameter 'x'; it has none"):
        run_query(store, "ASK { ?a ?b ?c }", {"x": "1"})


# Finding


def test_a_query_is_found_by_name_file_or_text(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("# title: Größe\nASK { ?s ?p ?o }", encoding="utf-8")
    assert find_query(str(tmp_path / "mine.rq")).title == "Größe"
    assert find_query("ASK { ?s ?p ?o }") == Query(text="ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="no query is called 'who-met-who'; did you mean who-met-whom"):
        find_query("who-met-who")
    with pytest.raises(QueryError, match=r"missing\.rq: cannot be opened: No such file"):
        find_query("missing.rq")
    (tmp_path / "latin.rq").write_bytes(b"# \xfc")
    with pytest.raises(QueryError, match="byte 2 is not UTF-8"):
        find_query(str(tmp_path / "latin.rq"))


# What is refused


REACHING_OUT: Final = (
    "SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://x.org/> { ?s ?p ?o } }",
    "PREFIX : <http://x.org/> SELECT * { SERVICE:a { ?s ?p ?o } }",
    "PREFIX : <http://x.org/> SELECT * { SERVICESILENT:a { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://x.org/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://x.org/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?b FILTER(?p<?b)SERVICE#>\n<http://x.org/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?b FILTER(?p<'>')SERVICE <http://x.org/>{ ?s ?p ?o } } #'",
    'PREFIX x: <urn:x> SELECT * { ?s ?p ?b FILTER(?p<x:y#>"""\n)SERVICE <http://x.org/>{ ?s ?p ?o } } #"""',
    "PREFIX x: <urn:x> SELECT * { ?s ?p x:.SERVICE<http://x.org/>{ ?s ?p ?o } }",
    "SELECT * { # \r SERVICE <http://x.org/> {?s ?p ?o}\n}",
)


@pytest.mark.parametrize("sparql", REACHING_OUT)
def test_no_query_reaches_another_server(store: Store, sparql: str) -> None:
    with pytest.raises(
        QueryError, match=r"line \d, column \d+: .* would ask another server; query this store alone"
    ):
        run_query(store, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        'ASK { ?s ?p "the secret SERVICE" } # SERVICE',
        'ASK { ?s ?p \'\'\'SERVICE \'\'\' , """a " SERVICE""" }',
        "ASK { <http://x.org/SERVICE> ?service ?SERVICE }",
        "PREFIX x: <http://x.org/> ASK { x:SERVICE x:my-service 'a' }",
    ],
)
def test_the_word_service_elsewhere_does_no_harm(store: Store, sparql: str) -> None:
    assert run_query(store, sparql).rows == ((False,),)


@pytest.mark.parametrize(
    "sparql",
    [
        "LOAD <http://x.org/>",
        "DROP ALL",
        "PREFIX x: <urn:x>\nINSERT DATA { x:a x:b x:c }",
        "delete where { ?s ?p ?o }",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(store: Store, sparql: str) -> None:
    before = len(store)
    with pytest.raises(QueryError, match=r"line \d, column 1: \w+ would change the store"):
        run_query(store, sparql)
    assert len(store) == before


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        (
            "ASK { ent:iran dk:warnz ?x }",
            "line 1, column 16: dk:warnz is no term of diplokg; did you mean dk:warns?",
        ),
        (
            "ASK {\n ?x a dk:claim }",
            "line 2, column 7: dk:claim is no term of diplokg; did you mean dk:Claim?",
        ),
        (f"ASK {{ ?x <{DK}actr> ?y }}", "did you mean dk:actor?"),
        ("PREFIX o: <https://w3id.org/diplokg/ontology#> ASK { ?x o:actr ?y }", "did you mean dk:actor?"),
    ],
)
def test_an_unknown_term_gets_the_nearest_known_one(store: Store, sparql: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(store, sparql)
    assert message in str(caught.value)


def test_a_term_that_only_the_store_has_is_known() -> None:
    store = memory_store(f'<urn:a> <{DK}mine> "x" <urn:g> .'.encode())
    assert run_query(store, "ASK { ?x dk:mine 'x' }").rows == ((True,),)


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        (
            "SELEKT ?x { ?x a dk:Claim }",
            "line 1, column 1: SELEKT is no word of SPARQL; did you mean SELECT?",
        ),
        ("SELECT ?x {\n ?x a dk:Claim FILTR(?x = 1) }", "line 2, column 16: FILTR is no word of SPARQL; did"),
        ("SELECT ?x { ?x dk:modality actual }", "column 28: actual has no prefix; did you mean dk:actual?"),
        (
            "ASK { ?x skoz:broader ?y }",
            "line 1, column 10: the prefix 'skoz' is not known; did you mean skos:?",
        ),
        ("ASK { ?x zzz:b ?y }", "the prefix 'zzz' is not known; declare it: PREFIX zzz: <…>"),
        ("ASK { ?x a dk:Claim", "line 1, column 5: this { is never closed; a } is missing after it"),
        ("ASK { ?x a dk:Claim } }", "line 1, column 23: there is no bracket that this } closes"),
        ("ASK { ?x a dk:Claim FILTER((?x = 1 } )", "column 36: ) was expected here, not }"),
        ("ASK { ?x a 'dk }", "line 1, column 12: the quotation mark ' is never closed"),
        ("SELECT COUNT(?x) AS ?n { ?x a dk:Claim }", "column 8: COUNT needs brackets with its name"),
        (
            "ASK { ?x schema:datePublishd ?y }",
            "column 10: schema:datePublishd is used nowhere; did you mean schema:datePublished?",
        ),
    ],
)
def test_a_mistake_in_sparql_says_where_it_is_and_what_was_meant(
    store: Store, sparql: str, message: str
) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(store, sparql)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_terms_of_other_vocabularies_may_be_asked_for_though_no_article_has_them(store: Store) -> None:
    assert run_query(store, "ASK { ?x schema:about ?y ; skos:altLabel ?z }").rows == ((False,),)


def test_a_mistake_is_shown_at_its_place(store: Store) -> None:
    with pytest.raises(QueryError, match=r"line 2, column 8: this \{ is never closed"):
        run_query(store, "SELECT *\nWHERE  {\n ?s ?p ?o\n")


def test_every_prefix_is_known_without_writing_it(store: Store) -> None:
    for prefix in ("dk", "ent", "skos", "sem", "prov", "oa", "schema", "time", "org", "rdf", "rdfs", "xsd"):
        assert run_query(store, f"ASK {{ ?x {prefix}: ?y }}").rows == ((False,),)
    assert PREFIXES["wd"] == "http://www.wikidata.org/entity/"
    assert run_query(
        store, "ASK { ?c a dk:Claim ; prov:wasDerivedFrom/schema:publisher 'Reuters' }"
    ).rows == ((True,),)


# Tables


def table(*values: object) -> Table:
    terms = tuple((value if isinstance(value, URIRef | Literal) else Literal(value),) for value in values)
    return Table(("x",), terms)


def test_rows_are_python_values() -> None:
    terms = (Literal("0.50", datatype=XSD.decimal), Literal("2026-02-03", datatype=XSD.date), ENT.iran, None)
    found = Table(tuple("abcd"), (terms,))
    assert found.rows == ((0.5, date(2026, 2, 3), str(ENT.iran), None),)
    assert found.to_pandas().iloc[0, 0] == 0.5
    assert list(found.to_pandas().columns) == list("abcd")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_no_cell_of_a_spreadsheet_runs_and_the_rest_stays(text: str) -> None:
    header, (cell,) = csv.reader(io.StringIO(table(text).to_csv(), newline=""))
    assert header == ["x"]
    assert cell in (text, f"'{text}")
    assert cell[:1] not in tuple("=+-@\t\r\n")


def test_negative_numbers_stay_numbers_in_a_spreadsheet() -> None:
    assert table(-5, "-5", "=1+1", Literal("@x", lang="de")).to_csv() == '"x"\n-5\n"\'-5"\n"\'=1+1"\n"\'@x"\n'


def test_text_for_the_terminal_is_aligned_short_and_harmless() -> None:
    found = table(ENT.iran, CLAIM["ab.quote"], "\x1b[31mred\u202e\n two", "日本", "é" * 70, "https://x.org/")
    lines = found.to_text().split("\n")
    assert [line.rstrip() for line in lines] == [
        "x",
        "─" * 60,
        "ent:iran",
        "claim:ab.quote",
        "[31mred two",
        "日本",
        "é" * 59 + "…",
        "https://x.org/",
    ]
    assert Table(("x",), ()).to_text() == "nothing found"


def test_wide_letters_take_two_columns() -> None:
    found = Table(("a", "b"), ((Literal("日本"), Literal("x")), (Literal("abcd"), Literal("y"))))
    assert found.to_text().split("\n")[2:] == ["日本  x", "abcd  y"]


def test_json_is_that_of_the_standard(store: Store) -> None:
    text = "SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ('x'@de 1 UNDEF) (ent:iran 'y' 2.5) } }"
    found = run_query(store, text)
    told = json.loads(found.to_json())
    assert told["head"] == {"vars": ["a", "b", "c"]}
    assert told["results"]["bindings"][0] == {
        "a": {"type": "literal", "value": "x", "xml:lang": "de"},
        "b": {"type": "literal", "value": "1", "datatype": str(XSD.integer)},
    }
    assert told["results"]["bindings"][1]["a"] == {"type": "uri", "value": str(ENT.iran)}


def test_graphs_and_truth_values_are_tables_too(store: Store) -> None:
    graph = run_query(store, "CONSTRUCT { ?s dk:warns ?o } WHERE { ?s dk:warns ?o }")
    assert graph.columns == ("subject", "predicate", "object")
    assert graph.terms == ((ENT["abbas-araghchi"], DK.warns, ENT.usa),)
    assert run_query(store, "DESCRIBE ent:iran").rows


@pytest.mark.parametrize(
    "iri",
    [str(ENT["a b"]), "https://w3id.org/diplokg/entity/", "https://w3id.org/diplokg/entity/a/b", "urn:x", ""],
)
def test_what_no_prefix_fits_stays_whole(iri: str) -> None:
    assert shorten(iri) == iri
