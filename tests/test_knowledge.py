"""The tables: the shipped ones load, and a broken one is refused with file, row and cure."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from kg.errors import TableError
from kg.knowledge.entities import knowledge_base, load
from kg.knowledge.predicates import LANGUAGES, predicate_lexicon, read_frames
from kg.knowledge.rows import day
from kg.knowledge.tables import Row, read_table
from kg.knowledge.words import read_words
from kg.resources import resource

TABLES = {
    "states": (
        "id iso3 cow wikidata label_de label_en aliases_de aliases_en adjectives_de adjectives_en demonyms_de "
        "demonyms_en capital status",
        "norland NLD 900 Q1 Norland Norland Reich_Norland  norländisch Norlandish Norländer Norlander norby state",
        "old-norland NLD   Altnorland Old_Norland        former",
    ),
    "organisations": (
        "id code wikidata label_de label_en aliases_de aliases_en kind state adjectives_de adjectives_en",
        "lakes-union LKU  Seenunion Lakes_Union   organisation   ",
        "norland-post   Norlandpost Norland_Post   newspaper NLD  ",
    ),
    "places": (
        "id wikidata label_de label_en aliases_de aliases_en country kind metonym",
        "norby  Norby Norby   NLD city norland",
    ),
    "persons": (
        "id wikidata label_de label_en family_name_de family_name_en aliases state",
        "ada-berg  Ada_Berg Ada_Berg Berg Berg  NLD",
    ),
    "offices": (
        "id label_de label_en forms_de forms_en branch acts_for_state",
        "foreign-minister Außenminister foreign_minister Außenministerin  foreign yes",
    ),
    "bodies": ("id kind label_de label_en forms_de forms_en", "police organ Polizei police Polizei police"),
    "tenures": ("person office of start end", "ada-berg foreign-minister NLD 2020-02 2024"),
}
"""A small knowledge base: cells are parted by one space, spaces within them are written as underscores."""

Break = Callable[[str, int, str], Path]


def line(cells: str) -> str:
    return cells.replace(" ", "\t").replace("_", " ")


def header(cells: str) -> str:
    return cells.replace(" ", "\t")


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    for name, (columns, *rows) in TABLES.items():
        lines = [header(columns), *map(line, rows)]
        (tmp_path / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


@pytest.fixture
def broken(tables: Path) -> Break:
    """Return a function that replaces a row (the header is 1), or adds one after the last."""

    def replace(table: str, number: int, cells: str) -> Path:
        path = tables / f"{table}.tsv"
        lines = path.read_text("utf-8").splitlines()
        lines[number - 1 : number] = [header(cells) if number == 1 else line(cells)]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return tables

    return replace


def test_the_shipped_tables_load() -> None:
    kb = knowledge_base()
    assert kb.by_iso3["DEU"] == "germany"
    assert kb.code("germany") == "DEU"
    assert kb.code("nobody") == ""
    assert kb.tenures_of["angela-merkel"]
    assert kb.holders["foreign-minister", "germany"]
    assert kb.body_forms["de", "aussenministerium"].id == "foreign-ministry"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_predicates_load(language: str) -> None:
    lexicon = predicate_lexicon(language)
    assert len(lexicon.frames) > 100
    assert lexicon.heads("verb")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_words_load(language: str) -> None:
    paths = sorted(resource("data/lexicon/words").glob("*.tsv"))
    assert sum(len(read_words(path, language)) for path in paths) > 500


def test_a_small_knowledge_base_loads(tables: Path) -> None:
    kb = load(tables)
    assert kb.by_iso3 == {"NLD": "norland"}
    assert kb.records["norland"].names["de"] == ("Norland", "Reich Norland")
    assert kb.entity("norland-post").acts_for == "norland"
    assert kb.code("ada-berg") == "NLD"
    assert kb.records["norby"].metonym == "norland"
    (tenure,) = kb.tenures
    assert (tenure.of, tenure.start, tenure.end) == ("norland", date(2020, 2, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("table", "number", "row", "message"),
    [
        ("states", 3, "norland    Norland Norland        state", "'norland' is there already as state; give"),
        (
            "states",
            2,
            "norland NLD   Norland Norland       atlantis state",
            "capital 'atlantis'; add the city",
        ),
        ("organisations", 3, "norby-post   A B   newspaper XXX  ", "unknown state 'XXX'; use an iso3 of"),
        ("organisations", 2, "norland   A B   group   ", "'norland' is there already as state"),
        ("organisations", 2, "union   Union    group   ", "label_de and label_en must both be given"),
        ("places", 2, "norby  Norby Norby   XXX city ", "unknown country 'XXX'; use an iso3"),
        ("places", 2, "norby  Norby Norby   NLD city court", "unknown metonym 'court'; use an id"),
        ("persons", 2, "ada-berg  Ada Ada Berg Berg  XXX", "unknown state 'XXX'; use an iso3"),
        ("offices", 3, "foreign-minister A B   foreign yes", "is there already; give it another id, or join"),
        ("offices", 2, "foreign-minister A B   foreign maybe", "'maybe' must be yes or no"),
        ("bodies", 3, "police organ A B  ", "'police' is there already"),
        ("bodies", 2, "police gang A B  ", "kind 'gang' must be one of organ, group"),
        ("tenures", 2, "eve foreign-minister NLD  ", "unknown person 'eve'; add the person to persons.tsv"),
        ("tenures", 2, "ada-berg cook NLD  ", "unknown office 'cook'; add the office to offices.tsv"),
        ("tenures", 2, "ada-berg foreign-minister XXX  ", "unknown state or organisation 'XXX'; use"),
        (
            "tenures",
            2,
            "ada-berg foreign-minister NLD 2020-13 ",
            "'2020-13' is no date; write YYYY, YYYY-MM or",
        ),
        (
            "tenures",
            2,
            "ada-berg foreign-minister NLD 2021 2020",
            "2021-01-01 after it ends on 2020-12-31; ex",
        ),
    ],
)
def test_a_broken_row_is_refused_by_file_row_and_cure(
    broken: Break, table: str, number: int, row: str, message: str
) -> None:
    with pytest.raises(TableError) as raised:
        load(broken(table, number, row))
    text = str(raised.value)
    assert f"{table}.tsv, row {number}: " in text
    assert message in text
    assert "\n" not in text


def test_a_wrong_column_is_refused_by_its_name(broken: Break) -> None:
    with pytest.raises(TableError, match=r"tenures\.tsv, row 1: no column person; found who, office"):
        load(broken("tenures", 1, "who office of start end"))


def test_a_row_that_is_too_long_is_refused(broken: Break) -> None:
    with pytest.raises(TableError, match=r"tenures\.tsv, row 2: 6 cells, but the header has 5"):
        load(broken("tenures", 2, "a b c d e f"))


def test_a_table_in_another_encoding_or_empty_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes("id\nMünchen\n".encode("latin-1"))
    with pytest.raises(TableError, match=r"row 1: not UTF-8 at byte 4; save the table as UTF-8"):
        list(read_table(path, ("id",)))
    path.write_bytes(b"")
    with pytest.raises(TableError, match="empty; the first row must name the columns id"):
        list(read_table(path, ("id",)))


def test_empty_cells_at_the_end_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("id\tnames\tnote\n\na\tb | c | \n", "utf-8")
    (row,) = read_table(path, ("id", "names"))
    assert (row.number, row.list("names"), row["note"]) == (3, ("b", "c"), "")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
        ("", date.min, date.max),
    ],
)
def test_a_date_is_its_first_or_last_day(value: str, first: date, last: date) -> None:
    row = Row(Path("a.tsv"), 2, {"start": value})
    assert (day(row, "start", first=True), day(row, "start", first=False)) == (first, last)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("loben\tverb\tpraised\tsubj\tobj\t\t\t", "unknown relation 'praised'; use a relation of"),
        ("loben\tverb\tpraises\tsubj\tobj\t\thates\t", "unknown negated 'hates'"),
        ("loben\tadverb\tpraises\tsubj\tobj\t\t\t", "pos 'adverb' must be verb, noun or adj"),
        ("loben\tverb\tpraises\tsubj\tobj\tmaybe\t\t", "modality 'maybe' must be one of actual, planned"),
        ("loben\tverb\tpraises\t\tobj\t\t\t", "actor is empty; name a slot"),
        ("\tverb\tpraises\tsubj\tobj\t\t\t", "predicate is empty"),
    ],
)
def test_a_broken_predicate_is_refused(tmp_path: Path, row: str, message: str) -> None:
    columns = "predicate\tpos\trelation\tactor\trecipient\tmodality\tnegated\texample"
    (tmp_path / "a.tsv").write_text(f"{columns}\n{row}\n", "utf-8")
    with pytest.raises(TableError) as raised:
        list(read_frames(tmp_path, "de"))
    assert "a.tsv, row 2: " in str(raised.value)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("de\tnein\tx\nde\tnein\ty\n", "row 3: 'nein' is there already; remove one of the two rows"),
        ("fr\tnon\tx\n", "row 2: language 'fr' must be one of de, en"),
    ],
)
def test_a_broken_table_of_words_is_refused(tmp_path: Path, rows: str, message: str) -> None:
    (tmp_path / "a.tsv").write_text(f"language\tword\tvalue\n{rows}", "utf-8")
    with pytest.raises(TableError) as raised:
        read_words(tmp_path / "a.tsv", "de")
    assert message in str(raised.value)


def test_the_shipped_tables_are_found_wherever_they_are_copied(tmp_path: Path) -> None:
    copied = Path(copytree(resource("data/lexicon"), tmp_path / "lexicon"))
    assert load(copied) == knowledge_base()
