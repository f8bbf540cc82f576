"""Search: what a reader types is found, the best first, and nothing that was found can harm a terminal."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.cli import main
from kg.errors import QueryError
from kg.graph import Run, dataset, nquads
from kg.model import Kind
from kg.search import INDEX, search
from kg.search.fold import WORD, excerpt, folded, searchable
from kg.store import Store, create_store, memory_store
from tests.factories import MUSCAT, make_article, make_claim, make_entity

MINISTER = make_entity(
    "aussenminister",
    Kind.PERSON,
    labels=(("de", "Außenminister Özdemir"), ("en", "Foreign Minister Özdemir")),
)
TEXT = (
    "Präsident Erdoğan warnte am Montag die EU. Der Staatspräsident\x1b[31m sprach von Größe. "
    "The president met him."
)


def quads(text: str = TEXT) -> bytes:
    article = make_article(text=text, title="Gespräche in Maskat", publisher="Zeitung")
    first, second, third = (f"{part}." for part in text.rstrip(".").split(". "))
    claims = [make_claim(quote, text=text) for quote in (first, second, third)]
    return nquads(dataset([article], claims, [MINISTER, MUSCAT], [], Run("0", "r")))


@pytest.fixture(scope="module")
def store() -> Store:
    return memory_store(quads())


def found(store: Store, words: str, **options: object) -> list[str]:
    return [hit.text for hit in search(store, words, **options).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words",
    [
        "AUẞENMINISTER",
        "aussenminister",
        "Außenminister",
        "özdemir",
        "OZDEMIR",
        "oezdemir",
        "Ozde",
        "außenmin özd",
    ],
)
def test_case_umlauts_and_sharp_s_make_no_difference(store: Store, words: str) -> None:
    assert search(store, words).hits[0].name == "Foreign Minister Özdemir (person)"


def test_whole_words_come_before_parts_of_words(store: Store) -> None:
    quotes = list(found(store, "präsident", kind="claim"))
    assert [text.split()[0] for text in quotes] == ["Präsident", "Der"]
    assert found(store, "staatsp", kind="claim") and found(store, "präsid EU", kind="claim")


def test_all_words_must_be_there_and_quoted_ones_side_by_side(store: Store) -> None:
    assert found(store, "erdogan montag")
    assert not found(store, "erdogan maskat")
    assert found(store, '"am Montag"') and not found(store, '"Montag am"')


def test_names_quotes_and_titles_are_found_in_this_order(store: Store) -> None:
    assert {hit.kind for hit in search(store, "maskat").hits} == {"article"}
    assert [hit.kind for hit in search(store, "mus").hits] == ["entity"]
    assert next(hit.kind for hit in search(store, "m").hits) == "entity"
    assert found(store, "gespräche", kind="claim") == []


def test_the_number_of_hits_is_limited(store: Store) -> None:
    assert len(search(store, "m", limit=2)) == 2 < len(search(store, "m"))


@pytest.mark.parametrize("words", ["", "  ", '""', "!?", "\x00"])
def test_nothing_to_search_for_is_an_error(store: Store, words: str) -> None:
    with pytest.raises(QueryError, match="give a word of at least one letter or digit"):
        search(store, words)


def test_an_unknown_kind_is_an_error_that_names_the_known_ones(store: Store) -> None:
    with pytest.raises(QueryError, match="use one of entity, claim, article"):
        search(store, "Iran", kind="person")


@given(st.text(min_size=1))
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_is_words_and_never_the_syntax_of_the_index(words: str) -> None:
    if WORD.findall(folded(words)):
        search(memory_store(), words)


@given(st.text())
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert set(WORD.findall(folded(text))) <= set(WORD.findall(searchable(text)))


@given(st.text(), st.integers(8, 40))
def test_an_excerpt_is_a_part_of_the_text(text: str, width: int) -> None:
    assert len(excerpt(text, ["e"], width)) <= width + 2


def test_what_is_shown_does_not_steer_the_terminal(store: Store) -> None:
    assert "\x1b" not in search(store, "Größe").to_text()
    assert "nothing found" in search(store, "unfindbar").to_text()


def folder_with(path: Path, content: bytes) -> Path:
    with create_store(path) as store:
        store.add_quads(content)
    return path


def test_the_index_is_kept_and_made_anew_when_the_store_changes(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "graph", quads())
    with kg.store.open_store(folder) as store:
        first = search(store, "erdogan", folder=folder)
        made = (folder / INDEX).stat().st_mtime_ns
        assert search(store, "erdogan", folder=folder) == first
        assert (folder / INDEX).stat().st_mtime_ns == made
    with create_store(folder) as store:
        graph = next(name for name in store.graphs() if "article" in name)
        store.replace_graph(graph, b"")
    with kg.store.open_store(folder) as store:
        assert len(search(store, "erdogan", folder=folder)) == 0
        assert not list(folder.glob("*.part"))


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "graph", quads())
    (folder / INDEX).write_bytes(b"no database")
    with kg.store.open_store(folder) as store:
        assert len(search(store, "erdogan", folder=folder)) == 1


def test_equal_stores_give_equal_answers(tmp_path: Path) -> None:
    answers = []
    for name in ("a", "b"):
        folder = folder_with(tmp_path / name, b"".join(reversed(quads().splitlines(keepends=True))))
        with kg.store.open_store(folder) as store:
            answers.append(search(store, "e", folder=folder).to_json())
    assert answers[0] == answers[1] == search(memory_store(quads()), "e").to_json()


def test_the_command_prints_lines_or_json(built: kg.Graph, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "kim", "--store", str(built.folder), "--format", "json", "--limit", "3"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert records[0]["kind"] == "entity" and "Kim" in records[0]["name"]
    assert main(["search", "kim", "--store", str(built.folder)]) == 0
    assert "Kim Jong-un (person)" in capsys.readouterr().out
    assert [hit.iri for hit in built.search("kim", limit=3).hits] == [record["iri"] for record in records]
