"""Statistics: counts that Python agrees with, a description other tools read, and a page that runs nothing."""

import json
from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDF, VOID, Graph

import kg
from kg.cli import main
from kg.graph import Run, dataset, nquads
from kg.graph.offices import tenures_of
from kg.ontology import DK
from kg.statistics import page, statistics, void
from kg.store import memory_store, open_store
from tests.factories import make_article, make_claim

HOSTILE = '<script>alert("1")</script>\x1b[31m'


def test_counts_are_those_of_the_claims(built: kg.Graph) -> None:
    with open_store(built.folder) as store:
        found = statistics(store)
        assert found.triples == len(store)
    assert found.totals["articles"] == len(built.articles)
    assert found.totals["claims"] == len(built.claims)
    assert found.totals["events"] == len(built.events)
    offices = {tenure.of for tenure in tenures_of(built.entities, built.knowledge)}
    assert found.totals["entities"] == len({entity.id for entity in built.entities} | offices)
    assert dict(found.breakdowns["claims by modality"]) == dict(built.modalities())
    assert dict(found.breakdowns["claims by type"]) == Counter(claim.type for claim in built.claims)
    assert dict(found.breakdowns["articles by language"]) == Counter(each.language for each in built.articles)
    languages = {article.id: article.language for article in built.articles}
    assert dict(found.breakdowns["claims by language"]) == Counter(
        languages[each.article] for each in built.claims
    )
    assert dict(found.breakdowns["events by status"]) == Counter(event.status.value for event in built.events)
    for name in ("claims by month", "claims by outlet", "claims by relation", "claims by quad class"):
        assert sum(count for _, count in found.breakdowns[name]) == len(built.claims)
    months = [month for month, _ in found.breakdowns["claims by month"]]
    assert months == sorted(months)


def test_void_can_be_read_and_names_sizes_classes_and_properties(built: kg.Graph) -> None:
    with open_store(built.folder) as store:
        text = void(store, statistics(store))
        assert text == void(store, statistics(store))
    graph = Graph().parse(data=text, format="turtle")
    (described,) = graph.subjects(RDF.type, VOID.Dataset)
    (part,) = graph.subjects(VOID["class"], DK.Claim)
    assert (described, VOID.classPartition, part) in graph
    assert [size.toPython() for size in graph.objects(part, VOID.entities)] == [len(built.claims)]  # type: ignore[attr-defined]
    assert (None, VOID.property, DK.modality) in graph


def test_what_articles_say_is_escaped_and_no_script_may_run() -> None:
    articles = [make_article(publisher=HOSTILE)]
    found = statistics(memory_store(nquads(dataset(articles, [make_claim()], [], [], Run("0", "r")))))
    html = page(found, title=HOSTILE)
    assert "<script" not in html and "&lt;script&gt;" in html
    assert "default-src &#39;none&#39;" in html and "http" not in html.replace("http-equiv", "")
    assert "\x1b" not in found.to_text()


def test_an_empty_store_has_statistics_too() -> None:
    found = statistics(memory_store())
    assert set(found.totals.values()) == {0} and not found.first
    assert "triples" in found.to_text() and "<!doctype html>" in page(found)


def test_the_command_prints_json_text_or_void_and_writes_the_page(
    built: kg.Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ("--store", str(built.folder))
    assert main(["stats", *store, "--format", "json", "--html", str(tmp_path / "r.html")]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["articles"] == len(built.articles)
    assert (tmp_path / "r.html").read_text("utf-8").startswith("<!doctype html>")
    assert main(["stats", *store]) == 0
    assert "claims by modality" in capsys.readouterr().out
    assert main(["stats", *store, "--format", "void"]) == 0
    assert "void:Dataset" in capsys.readouterr().out
