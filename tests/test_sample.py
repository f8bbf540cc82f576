"""The sample graph, all 35 articles: the questions that the README and the demo promise to answer."""

import pytest

import kg
from kg.graph import validate
from kg.model import Modality


@pytest.fixture
def graph(sample: kg.Graph) -> kg.Graph:
    return sample


def test_every_article_is_read_and_every_quote_stands_in_it(graph: kg.Graph) -> None:
    assert len(graph.articles) == 35
    assert not graph.summary.errors
    texts = {article.id: article.text for article in graph.articles}
    for claim in graph.claims:
        assert texts[claim.article][claim.span.start : claim.span.end] == claim.quote
    assert {claim.modality for claim in graph.claims} == set(Modality)


def test_who_warned_whom_and_who_says_so(graph: kg.Graph) -> None:
    table = graph.query("who-warned-whom").to_pandas()
    rows = {(row.who, row.whom) for row in table.itertuples()}
    assert ("Jaro Windisch", "Brenovia") in rows
    assert table["quote"].str.len().min() > 0


def test_who_met_whom_in_a_given_week(graph: kg.Graph) -> None:
    table = graph.query("who-met-whom", **{"from": "2018-06-11", "to": "2018-06-17"}).to_pandas()
    assert any("Donald Trump" in who and "Kim Jong-un" in who for who in table["who"])
    assert not any("Norland" in who for who in table["who"])


def test_claims_about_one_meeting_contradict_each_other_across_languages(graph: kg.Graph) -> None:
    table = graph.query("contradictions", actor="Jorun Halvard").to_pandas()
    outlets = set(table["outlet"])
    assert {"The Meridian Courier", "Kontinent-Depesche"} <= outlets
    assert set(table["denying_outlet"]) == {"Mittag Nachrichten", "Solviker Tagblatt"}


def test_a_states_neighbours_come_from_what_is_said_to_have_happened(graph: kg.Graph) -> None:
    table = graph.query("neighbours", actor="Norland").to_pandas()
    edges = {(row.who, str(row.relation).rpartition("#")[2], row.whom) for row in table.itertuples()}
    assert ("Norland", "agrees", "Suderia") in edges
    assert not any(relation == "meets" for _, relation, _ in edges)


def test_the_graph_conforms_to_its_shapes(graph: kg.Graph) -> None:
    from rdflib import Dataset  # noqa: PLC0415 - only this test parses RDF

    dataset = Dataset()
    dataset.parse(graph.folder / "graph.nq", format="nquads")
    assert validate(dataset) == []
