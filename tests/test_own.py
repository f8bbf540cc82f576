"""A user's own entities: one table for all kinds, refused cell by cell, and read by the next build."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import pytest

import kg
from kg.build import extract
from kg.errors import ReadError, TableError
from kg.extract import make_extractor
from kg.folder import OWN
from kg.knowledge.entities import KnowledgeBase, knowledge_base, shipped, using
from kg.knowledge.own import knowledge_of, merged, with_own
from kg.knowledge.own_rows import COLUMNS
from kg.knowledge.wikidata import import_wikidata
from kg.model import Kind

RESULT: Final = Path(__file__).parent / "data" / "wikidata_result.json"
HEADER: Final = ("id", "kind", "label_en", "state", "offices")
GOOD: Final = (
    ("norland", "state", "Norland", "", ""),
    ("ada-berg", "person", "Ada Berg", "norland", "lake-commissioner norland 2020-02..2024"),
    ("lake-commissioner", "office", "lake commissioner", "", ""),
    ("lakes-union", "organisation", "Lakes Union", "", ""),
    ("norby", "place", "Norby", "norland", ""),
    ("angela-merkel", "addition", "", "", "lake-commissioner lakes-union 2023..2024"),
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a table of rows of cells and returns its path."""

    def write(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, name: str = "own.tsv") -> Path:
        path = tmp_path / name
        path.write_text("".join("\t".join(cells) + "\n" for cells in (header, *rows)), "utf-8")
        return path

    return write


def own(*paths: Path) -> KnowledgeBase:
    return with_own(shipped(), paths)


def test_every_kind_of_row_is_added_whatever_the_order(write: Write) -> None:
    kb = own(write(*reversed(GOOD)))
    assert kb.entity("ada-berg").acts_for == "norland"
    assert kb.records["ada-berg"].family_names == ("Berg",)
    (tenure,) = kb.tenures_of["ada-berg"]
    assert (tenure.of, tenure.start, tenure.end) == ("norland", date(2020, 2, 1), date(2024, 12, 31))
    assert kb.offices["lake-commissioner"].forms["en"] == ("lake commissioner",)
    assert kb.entity("lakes-union").kind is Kind.ORGANISATION
    assert {tenure.of for tenure in kb.tenures_of["angela-merkel"]} == {"germany", "lakes-union"} | {
        tenure.of for tenure in shipped().tenures_of["angela-merkel"]
    }
    assert kb.records["angela-merkel"].names == shipped().records["angela-merkel"].names
    assert "ada-berg" not in shipped().records


def test_several_files_are_one_table_and_may_refer_to_each_other(write: Write) -> None:
    first = write(*GOOD[:1], name="states.tsv")
    second = write(*GOOD[1:], name="rest.tsv")
    assert own(second, first).entity("ada-berg") == own(write(*GOOD)).entity("ada-berg")
    with pytest.raises(
        TableError, match=r"rest\.tsv, row \d: unknown state 'norland'; use an ISO alpha-3 code"
    ):
        own(second)


@pytest.mark.parametrize(
    ("column", "cells", "message"),
    [
        ("note", ("Ada Berg", "person", "Ada Berg"), "id 'Ada Berg' is none; write it in small letters"),
        ("note", ("", "person", "Ada Berg"), "hyphens: ada-berg"),
        ("note", ("iran", "state", "Iran"), "give it another, or make it a row of kind addition"),
        ("note", ("nobody-at-all", "addition", ""), "unknown id 'nobody-at-all'; an addition needs one that is there"),
        ("note", ("ada-berg", "human", "Ada Berg"), "kind 'human' must be one of office, state, organisation"),
        ("note", ("ada-berg", "person", ""), "no label; fill label_en, label_de, or both"),
        ("state", ("ada-berg", "person", "Ada Berg", "XXX"), "unknown state 'XXX'; use an ISO alpha-3 code"),
        ("state", ("norland", "state", "Norland", "DEU"), "state 'DEU' does not fit kind state; it is for"),
        ("gender", ("ada-berg", "person", "Ada Berg", "female"), "gender 'female' is none; write m or f"),
        ("wikidata", ("ada-berg", "person", "Ada Berg", "312"), "wikidata '312' is none; write Q312, for instance"),
        ("wikidata", ("alemannia", "state", "Alemannia", "Q183"), "if it is the same, give this row the id germany"),
        ("iso3", ("alemannia", "state", "Alemannia", "DEU"), "iso3 'DEU' is that of 'germany' already"),
        ("iso3", ("norland", "state", "Norland", "no"), "iso3 'no' is none; write three capital letters"),
        ("code", ("union", "organisation", "Union", "e.u."), "code 'e.u.' is none; write capital letters"),
        ("type", ("union", "organisation", "Union", "club"), "type 'club' must be one of alliance, armed-group"),
        ("capital", ("norland", "state", "Norland", "norby"), "unknown capital 'norby'; add a row for it"),
        ("metonym", ("norby", "place", "Norby", "court"), "unknown metonym 'court'; add a row for it"),
        ("offices", ("ada-berg", "person", "Ada Berg", "cook DEU 2020..2021"), "unknown office 'cook'; use one of"),
        ("offices", ("ada-berg", "person", "Ada Berg", "president XXX"), "unknown state or organisation 'XXX'"),
        ("offices", ("ada-berg", "person", "Ada Berg", "president"), "cannot be read; write OFFICE OF"),
        ("offices", ("ada-berg", "person", "Ada Berg", "president DEU 2020-13.."), "'2020-13' is no date"),
        ("offices", ("ada-berg", "person", "Ada Berg", "president DEU 2021..2020"), "exchange the two"),
    ],
)  # fmt: skip
def test_a_broken_row_is_refused_by_file_row_and_cure(
    write: Write, column: str, cells: tuple[str, ...], message: str
) -> None:
    path = write(cells, header=("id", "kind", "label_en", column))
    with pytest.raises(TableError) as raised:
        own(path)
    text = str(raised.value)
    assert text.startswith(f"{path}, row 2: ")
    assert message in text
    assert "\n" not in text


def test_an_id_that_stands_twice_is_refused_with_the_first_place(write: Write) -> None:
    first, second = write(GOOD[0], name="a.tsv"), write(GOOD[3], GOOD[0], name="b.tsv")
    with pytest.raises(TableError, match=r"b\.tsv, row 3: id 'norland' is there already in .*a\.tsv, row 2"):
        own(first, second)


def test_a_misspelled_column_is_refused(write: Write) -> None:
    with pytest.raises(
        TableError, match="row 1: unknown column 'lable_en'; remove it, or use one of id, kind"
    ):
        own(write(("norland", "state", "Norland"), header=("id", "kind", "lable_en")))
    with pytest.raises(TableError, match="row 1: no column kind"):
        own(write(("norland", "Norland"), header=("id", "label_en")))


def test_the_stamp_follows_the_content_and_not_the_name_of_the_file(write: Write) -> None:
    first = own(write(*GOOD)).stamp
    assert first == own(write(*GOOD, name="other.tsv")).stamp
    assert first != own(write(*GOOD[:-1])).stamp
    assert shipped().stamp == ""
    with using(own(write(*GOOD))):
        assert make_extractor("rules").name.endswith(f"+own.{first}")


def test_tables_put_together_are_the_same_table(write: Write) -> None:
    path = write(*GOOD)
    path.with_name("merged.tsv").write_bytes(merged([path]))
    assert own(path.with_name("merged.tsv")).records == own(path).records


def test_a_knowledge_base_is_in_use_for_a_while_only(write: Write) -> None:
    with using(own(write(*GOOD))):
        assert "norland" in knowledge_base().records
    assert "norland" not in knowledge_base().records


# what a build makes of it


def sentence(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    text = "The Norlandic lake commissioner warned Sweden on Monday. Lakes Union officials criticised Iran."
    path.write_text(
        json.dumps({"id": "a", "text": text, "language": "en", "published": "2022-03-03"}) + "\n", "utf-8"
    )
    return path


def test_a_build_knows_the_entities_and_reads_again_when_the_table_changes(
    write: Write, tmp_path: Path
) -> None:
    rows = [[*cells, "Norlandic" if cells[0] == "norland" else ""] for cells in GOOD]
    header = (*HEADER, "adjectives_en")
    path = write(*map(tuple, rows), header=header)
    article, out = sentence(tmp_path), tmp_path / "graph"
    settings = kg.Settings(entities=(path,))
    built = kg.build(article, out, settings)
    warning = next(claim for claim in built.claims if claim.relation == "warns")
    assert warning.actor.entity.id == "ada-berg"
    assert "+own." in warning.extractor
    assert {"norland", "sweden"} <= {entity.id for entity in built.entities}
    assert kg.build(article, out, settings).summary.new == 0
    write(*map(tuple, rows[:-1]), header=header)
    assert kg.build(article, out, settings).summary.new == 1
    assert (out / OWN).read_bytes() == merged([path])
    assert kg.build(article, out).summary.new == 0  # the folder keeps the table
    assert "norland" in {entity.id for entity in kg.open_graph(out).entities}
    assert "ada-berg" not in {claim.actor.entity.id for claim in kg.build(article, tmp_path / "plain").claims}


def test_extract_uses_the_entities_and_leaves_no_trace(write: Write, tmp_path: Path) -> None:
    settings = kg.Settings(entities=(write(*GOOD),))
    (entry,) = extract(sentence(tmp_path), settings)
    assert not isinstance(entry, ReadError)
    assert "lakes-union" in {claim.actor.entity.acts_for for claim in entry.claims}
    assert knowledge_base() is shipped()


def test_judgements_are_obeyed(tmp_path: Path) -> None:
    article = tmp_path / "a.jsonl"
    text = "Russian diplomat Sergei Lawrov warned Sweden. Ukrainian activist Odd Testmann criticised Iran."
    article.write_text(
        json.dumps({"id": "a", "text": text, "language": "en", "published": "2022-03-03"}) + "\n", "utf-8"
    )

    def actors(*rows: str) -> set[str]:
        path = tmp_path / "judgements.tsv"
        path.write_text("kind\tleft\tright\tjudgement\n" + "".join(f"{row}\n" for row in rows), "utf-8")
        (entry,) = extract(article, kg.Settings(judgements=path))
        assert not isinstance(entry, ReadError)
        return {claim.actor.entity.id for claim in entry.claims}

    assert actors() == {"sergey-lavrov", "odd-testmann"}
    assert actors("entity\tsergei-lawrov\tsergey-lavrov\tdifferent") == {"sergei-lawrov", "odd-testmann"}
    assert actors("entity\todd-testmann\tangela-merkel\tsame") == {"sergey-lavrov", "angela-merkel"}
    plain, judged = kg.Settings(), kg.Settings(judgements=tmp_path / "judgements.tsv")
    assert knowledge_of(plain).stamp == ""
    assert knowledge_of(judged).stamp


# Wikidata


def test_a_wikidata_result_becomes_a_table_that_loads(tmp_path: Path) -> None:
    imported = import_wikidata(RESULT, shipped())
    path = tmp_path / "wikidata.tsv"
    path.write_text(imported.table(), "utf-8")
    kb = own(path)
    assert kb.entity("odd-testmann").wikidata == "Q900000001"
    assert {(t.office, t.of, t.start) for t in kb.tenures_of["odd-testmann"]} >= {
        ("foreign-minister", "norway", date(2031, 10, 14))
    }
    assert imported.unknown_positions == {"Chair of the Herring Board": 1}
    assert kb.entity("vera-pryufova").label("de") == "Wera Prüfowa"
    assert kb.entity("council-of-the-test-lakes").code == "CTL"
    assert kb.records["vera-pryufova"].gender == "f"


def test_who_is_known_already_becomes_an_addition(tmp_path: Path) -> None:
    (row,) = (row for row in import_wikidata(RESULT, shipped()).rows if row["wikidata"] == "Q58217")
    assert (row["id"], row["kind"]) == ("sergey-lavrov", "addition")
    assert "Sergej Wiktorowitsch Lawrow" in row["aliases_de"]


def test_a_result_in_csv_is_the_same_table(tmp_path: Path) -> None:
    result = json.loads(RESULT.read_text("utf-8"))
    path = tmp_path / "result.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, result["head"]["vars"])
        writer.writeheader()
        writer.writerows(
            {name: cell["value"] for name, cell in row.items()} for row in result["results"]["bindings"]
        )
    assert import_wikidata(path, shipped()) == import_wikidata(RESULT, shipped())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "neither SPARQL JSON nor CSV with a column item"),
        ("name,age\nAda,3\n", "neither SPARQL JSON nor CSV with a column item"),
        ('{"head": {}}', "no SPARQL JSON result"),
        ("[]", "holds no item; the query must select ?item"),
        ('[{"item": "http://example.org/1"}]', "item 'http://example.org/1' is no item of Wikidata"),
        ('[{"item": "Q1", "label_en": "Q1"}]', "no label; select ?label_de or ?label_en"),
        ('[{"item": "Q1", "kind": "cat"}]', "kind 'cat' must be one of organisation, person, place"),
        ('[{"item": "Q1", "label_en": "A B", "iso3": "XXX"}]', "iso3 'XXX' is no state of the tables"),
        (
            '[{"item": "Q1", "label_en": "A", "iso3": "NOR", "position": "president", "start": "May"}]',
            "start 'May' is no date",
        ),
    ],
)  # fmt: skip
def test_a_broken_result_is_refused_by_file_row_and_cure(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "result.json"
    path.write_text(content, "utf-8")
    with pytest.raises(TableError) as raised:
        import_wikidata(path, shipped())
    assert f"{path}, row 1: " in str(raised.value)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_hostile_labels_stay_in_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(
        '[{"item": "Q1", "label_en": "Ada\\tBerg\\nx\\u001b[31m | =1+1", "iso3": "NOR"}]', "utf-8"
    )
    table = import_wikidata(path, shipped()).table()
    assert len(table.splitlines()) == 2
    assert len(table.splitlines()[1].split("\t")) == len(COLUMNS)
    assert "\x1b" not in table
