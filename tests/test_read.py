"""Reading: the text stays as it is, and what cannot be read is named and never stops the rest."""

import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Article
from kg.read import Outcome, Skipped, read_articles
from kg.read.folder import STORE_MARK
from kg.resources import resource
from kg.store.disk import MARK

GERMAN = "Der Iran hat die USA vor einem Angriff gewarnt. Das teilte das Außenministerium in Teheran mit."
ENGLISH = "Iran has warned the United States against an attack, the foreign ministry in Tehran said."
FRENCH = (
    "L'Iran a mis en garde les États-Unis contre une attaque, a déclaré le ministère des Affaires étrangères."
)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1).filter(
    lambda text: bool(text.strip())
)


def write(path: Path, content: str | bytes | object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, str):
        path.write_bytes(content.encode("utf-8"))
    else:
        path.write_text(json.dumps(content), encoding="utf-8")
    return path


def articles(*paths: Path, **values: object) -> list[Article]:
    outcomes = list(read_articles(paths, **values))  # type: ignore[arg-type]
    assert all(isinstance(outcome, Article) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Article)]


def only(outcomes: list[Outcome], kind: type) -> list[Outcome]:
    return [outcome for outcome in outcomes if isinstance(outcome, kind)]


def problem(path: Path) -> str:
    """The one error of a file, without its path."""
    (outcome,) = read_articles(path)
    assert isinstance(outcome, ReadError), outcome
    assert "\n" not in str(outcome)
    assert str(outcome).startswith(str(path))
    return str(outcome).removeprefix(str(path))


# The text


@given(texts, st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_text_file_keeps_every_character_but_the_byte_order_mark(text: str, marked: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "a.txt", (b"\xef\xbb\xbf" if marked else b"") + text.encode("utf-8"))
        (article,) = articles(path, language="de")
    assert article.text == text
    assert all(article.text[i] == character for i, character in enumerate(text))


@given(st.lists(texts, min_size=1, max_size=4, unique=True))
@settings(max_examples=40, deadline=None)
def test_json_lines_and_json_give_the_same_articles(texts: list[str]) -> None:
    records = [{"id": f"a{i}", "text": text, "language": "en"} for i, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        from_lines = articles(write(Path(folder) / "a.jsonl", lines))
        from_list = articles(write(Path(folder) / "a.json", records))
    assert from_lines == from_list
    assert [article.text for article in from_lines] == texts


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path / "a.txt", f"Warnung an USA\r\n\r\n{GERMAN}\r\n"))
    assert article.text == f"Warnung an USA\r\n\r\n{GERMAN}\r\n"
    assert article.title == "Warnung an USA"


def test_unicode_line_separators_do_not_break_a_json_line(tmp_path: Path) -> None:
    text = f"{GERMAN}\u2028Neue Zeile\x85und noch eine"
    line = json.dumps({"text": text}, ensure_ascii=False)
    assert articles(write(tmp_path / "a.jsonl", line))[0].text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Iran warnt die USA\n\n" + GERMAN, "Iran warnt die USA"),
        ("# Iran warnt die USA\n" + GERMAN, "Iran warnt die USA"),
        ("Will U.S. talks resume?\n\n" + ENGLISH, "Will U.S. talks resume?"),
        (ENGLISH * 2, "Iran has warned the United States against an attack, the foreign ministry in …"),
        ("Der Iran hat nach\nder Sitzung gewarnt", "Der Iran hat nach der Sitzung gewarnt"),
    ],
)
def test_the_first_line_is_the_title_if_it_reads_like_one(tmp_path: Path, text: str, title: str) -> None:
    (article,) = articles(write(tmp_path / "a.txt", text), language="de")
    assert article.text == text
    assert article.title == title


def test_a_page_gives_its_article_without_menus_and_what_its_head_says() -> None:
    (article,) = articles(resource("data/sample/en-skripal-opcw-vote.html"))
    assert article.title == "Watchdog turns down Russian call for joint Skripal inquiry"
    assert (article.published, article.publisher) == (date(2018, 4, 4), "diplokg sample")
    assert article.url == "https://example.org/diplokg-sample/2018/skripal-opcw-vote"
    assert "THE HAGUE, April 4 - Russia failed" in article.text
    assert "\n\nAt a closed session" in article.text
    assert not any(word in article.text for word in ("Sign in", "newsletter", "Imprint"))


def test_a_page_is_read_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    head = '<head><meta charset="iso-8859-1"></head>'
    page = f"<html>{head}<body><article><p>{GERMAN}</p></article></body></html>"
    assert "Außenministerium" in articles(write(tmp_path / "a.html", page.encode("cp1252")))[0].text
    assert "is not UTF-8" in problem(
        write(tmp_path / "b.html", page.replace("iso-8859-1", "utf-8").encode("cp1252"))
    )


# What an article says of itself, and what it does not


def test_defaults_count_only_where_the_article_is_silent(tmp_path: Path) -> None:
    told = {
        "text": ENGLISH,
        "published": "2018-03-12T23:30:00-05:00",
        "publisher": "Times",
        "language": "en-GB",
    }
    path = write(tmp_path / "a.json", [told, {"text": GERMAN}])
    first, second = articles(path, published=date(2026, 2, 3), publisher="Blatt", language="de")
    assert (first.published, first.publisher, first.language) == (date(2018, 3, 12), "Times", "en")
    assert (second.published, second.publisher, second.language) == (date(2026, 2, 3), "Blatt", "de")


def test_the_language_is_found(tmp_path: Path) -> None:
    found = articles(write(tmp_path / "a.txt", GERMAN), write(tmp_path / "b.txt", ENGLISH))
    assert [article.language for article in found] == ["de", "en"]


def test_another_language_is_named(tmp_path: Path) -> None:
    assert "seems to be French (fr); diplokg reads German (de)" in problem(write(tmp_path / "a.txt", FRENCH))
    given_french = write(tmp_path / "b.json", {"text": FRENCH, "language": "fr"})
    assert "the language is given as French (fr)" in problem(given_french)


def test_a_language_that_cannot_be_read_is_refused_before_anything_is_read() -> None:
    with pytest.raises(ReadError, match="diplokg reads German"):
        read_articles([], language="fr")


def test_made_ids_depend_on_neither_folder_nor_order_nor_defaults(tmp_path: Path) -> None:
    here = [write(tmp_path / "x" / "Neue Meldung.txt", GERMAN), write(tmp_path / "x" / "b.txt", ENGLISH)]
    there = [
        write(tmp_path / "y" / "z" / "b.txt", ENGLISH),
        write(tmp_path / "y" / "z" / "Neue Meldung.txt", GERMAN),
    ]
    first = articles(*here)
    second = articles(*there, published=date(2026, 2, 3), publisher="Blatt")
    assert {article.id for article in first} == {article.id for article in second}
    assert first[0].id.startswith("neue-meldung-")


def test_an_article_that_comes_twice_is_read_once(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, {"id": 7, "text": GERMAN}) for name in ("a.json", "b.json")]
    first, second = read_articles(paths)
    assert isinstance(first, Article)
    assert first.id == "7"
    assert isinstance(second, Skipped)
    assert str(paths[0]) in second.reason


def test_two_texts_under_one_id_are_an_error_and_the_first_stays(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"id": "x", "text": text}) for text in (GERMAN, ENGLISH))
    first, second = read_articles(write(tmp_path / "a.jsonl", lines))
    assert isinstance(first, Article)
    assert "a.jsonl, line 2: id 'x' is taken by another text in" in str(second)


def test_an_agency_report_in_two_papers_without_ids_is_two_articles(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": GERMAN, "publisher": name}) for name in ("Blatt", "Kurier"))
    assert len(articles(write(tmp_path / "a.jsonl", lines))) == 2


# What goes wrong

BROKEN: dict[str, tuple[object, str]] = {
    "01-empty.txt": (" \n", "the file is empty"),
    "02-nul.txt": (b"Iran warnt\0 USA", "NUL byte at position 10"),
    "03-latin.txt": (
        GERMAN.encode("cp1252"),
        "byte 0xdf at position 65 (line 1) is not UTF-8; save it as UTF-8",
    ),
    "04-wide.txt": (GERMAN.encode("utf-16"), "is UTF-16"),
    "05-paper.txt": (b"%PDF-1.7\n\xff", "is a PDF"),
    "06-cut.json": ('{"text": "Iran', "malformed JSON at column 10"),
    "07-number.json": ({"text": 17}, "text is the number 17; write it as one string"),
    "08-silent.json": ({"body": GERMAN}, "has no field 'text'; rename 'body' to 'text'"),
    "09-day.json": ({"text": GERMAN, "published": "3.2.2026"}, "published is '3.2.2026'; write year"),
    "10-menu.html": ("<html><body><nav>Home</nav></body></html>", "no article found in the page"),
}


def test_ten_broken_files_do_not_stop_the_good_ones(tmp_path: Path) -> None:
    for name, (content, _) in BROKEN.items():
        write(tmp_path / name, content)
    write(tmp_path / "00-good.txt", GERMAN)
    write(tmp_path / "deep" / "good.jsonl", json.dumps({"text": ENGLISH}))
    outcomes = list(read_articles(tmp_path))
    assert len(only(outcomes, Article)) == 2
    errors = [str(error) for error in only(outcomes, ReadError)]
    assert len(errors) == 10
    for error, (name, (_, expected)) in zip(errors, BROKEN.items(), strict=True):
        assert error.startswith(f"{tmp_path / name}: ")
        assert expected in error
        assert "\n" not in error


def test_each_line_is_its_own_record(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": GERMAN}).encode(),
        b"",
        b'{"text": "cut',
        b"[]",
        json.dumps({"text": "a\0b"}).encode(),
        b'{"text": "half \\ud800 pair"}',
        b'{"text": "\xfc"}',
        b'{"text": "Iran", "title": ["x"]}',
        b'{"text": "Iran", "fictional": "no"}',
        b"[" * 100_000,
        b'{"n": ' + b"9" * 5000 + b"}",
        json.dumps({"text": ENGLISH}).encode(),
    ]
    path = write(tmp_path / "a.jsonl", b"\n".join(lines))
    outcomes = list(read_articles(path))
    assert [article.source for article in outcomes if isinstance(article, Article)] == [
        f"{path}, line 1",
        f"{path}, line 12",
    ]
    expected = [
        "line 3: malformed JSON at column 10",
        "line 4: expected an article such as",
        "line 5: text holds a NUL character at character 1",
        "line 6: text holds half a surrogate pair at character 5",
        "line 7: byte 0xfc at position 10",
        "line 8: title is a list; write it as a string",
        "line 9: fictional is a string; write true or false",
        "line 10: malformed JSON: nested too deeply",
        "line 11: malformed JSON: Exceeds the limit",
    ]
    for error, words in zip(only(outcomes, ReadError), expected, strict=True):
        assert words in str(error)


def test_a_file_that_is_too_large_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    assert "has 20.0 MB, more than 20; split it" in problem(path)


def test_a_line_that_is_too_long_does_not_swallow_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.read.jsonl.LARGEST", 200)
    lines = [json.dumps({"text": GERMAN * 9}), json.dumps({"text": GERMAN})]
    error, article = read_articles(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert "line 1: the line has more than" in str(error)
    assert isinstance(article, Article)
    assert article.source.endswith("line 2")


def test_json_lines_in_a_json_file_are_recognised(tmp_path: Path) -> None:
    assert "name the file .jsonl" in problem(write(tmp_path / "a.json", '{"text": "a"}\n{"text": "b"}'))


@pytest.mark.parametrize("value", ["2026-02-30", "2026", "02/03/2026", "20260203", "yesterday", "2026-W06-2"])
def test_a_bad_date_is_an_error(tmp_path: Path, value: str) -> None:
    assert "write year, month and day as 2026-02-03" in problem(
        write(tmp_path / "a.json", {"text": GERMAN, "published": value})
    )


# Folders


def test_a_folder_is_read_in_the_order_of_names_and_notes_what_it_skips(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.TXT", "README.md", ".hidden.txt", ".git/x.txt", "photo.jpg", "out/view.html"):
        write(tmp_path / name, f"{GERMAN} {name}")
    write(tmp_path / "out" / STORE_MARK, "{}")
    outcomes = list(read_articles(tmp_path))
    assert [Path(article.source).name for article in outcomes if isinstance(article, Article)] == [
        "c.TXT",
        "b.txt",
    ]
    assert {Path(note.source).name: note.reason for note in outcomes if isinstance(note, Skipped)} == {
        ".git": "hidden",
        ".hidden.txt": "hidden",
        "README.md": "describes the folder",
        "out": "made by kg build",
        "photo.jpg": "not one of .txt, .md, .html, .htm, .jsonl, .ndjson, .json",
    }


def test_the_folder_of_a_build_is_known_by_the_mark_of_the_store() -> None:
    assert STORE_MARK == MARK


def test_what_is_named_directly_is_read_or_an_error(tmp_path: Path) -> None:
    assert len(articles(write(tmp_path / "README.md", GERMAN))) == 1
    assert "cannot be read by its suffix '.jpg'; use one of .txt" in problem(write(tmp_path / "a.jpg", b"x"))
    assert "no such file or folder" in problem(tmp_path / "missing.txt")
    (tmp_path / "empty").mkdir()
    assert "the folder is empty" in problem(tmp_path / "empty")


def test_a_link_that_turns_in_a_circle_ends(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", GERMAN)
    (tmp_path / "round").symlink_to(tmp_path)
    assert len(only(list(read_articles(tmp_path)), Article)) == 1


def test_reading_is_lazy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = read_articles([write(tmp_path / "a.txt", GERMAN), tmp_path / "missing.txt"])
    assert isinstance(next(outcomes), Article)


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch])
def test_odd_names_do_no_harm(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "x.jsonl")
    assert list(read_articles(tmp_path / ("n" * 300 + ".txt")))
    list(read_articles(tmp_path))
