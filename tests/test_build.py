"""The whole path: equal bytes from equal articles, nothing lost, nothing stopped by one bad article."""

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

import kg
import kg.build as path
from kg.config import DEFAULT_EXTRACTOR
from kg.errors import ExtractorError, ReadError, StoreError, TableError
from kg.extract import Extractor, make_extractor
from kg.files import replace_file
from kg.folder import ENTRIES, NQUADS, PAGE, TABLE, TRIG, read_entries
from kg.index import INDEX
from kg.model import Article, Modality, Reading
from kg.spreadsheet import claims_csv
from kg.store import create_store, open_store
from tests.factories import make_article, make_claim, make_entity, make_event, make_interval, make_role

FILES = (ENTRIES, NQUADS, TRIG, TABLE, PAGE)


class Watched:
    """An extractor that notes what it reads, may call itself otherwise, and may be stopped."""

    def __init__(
        self, inner: Extractor, name: str = "", stop: Callable[[Article], None] | None = None
    ) -> None:
        self.name = name or inner.name
        self.read_ids: list[str] = []
        self._inner, self._stop = inner, stop

    def read(self, article: Article) -> Reading:
        if self._stop:
            self._stop(article)
        self.read_ids.append(article.id)
        reading = self._inner.read(article)
        return replace(reading, extractor=self.name)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Watched]:
    def start(name: str = "", stop: Callable[[Article], None] | None = None) -> Watched:
        watched = Watched(make_extractor(DEFAULT_EXTRACTOR), name, stop)
        monkeypatch.setattr(path, "make_extractor", lambda _: watched)
        return watched

    return start


def same_bytes(first: Path, second: Path) -> bool:
    return [name for name in FILES if (first / name).read_bytes() != (second / name).read_bytes()] == []


def stored(folder: Path) -> bytes:
    with open_store(folder) as store:
        return store.dump()


# equal bytes


def test_every_file_is_there_and_the_store_holds_the_graph(built: kg.Graph) -> None:
    assert all((built.folder / name).stat().st_size for name in FILES)
    assert stored(built.folder) == (built.folder / NQUADS).read_bytes()
    assert len(built.articles) == 4
    assert {Modality.ACTUAL, Modality.PLANNED} <= {claim.modality for claim in built.claims}


def test_another_build_gives_the_same_bytes(
    built: kg.Graph, articles: Path, settings: kg.Settings, tmp_path: Path
) -> None:
    again = kg.build(articles, tmp_path / "again", settings)
    assert same_bytes(again.folder, built.folder)


def test_another_order_gives_the_same_bytes(
    built: kg.Graph, articles: Path, settings: kg.Settings, tmp_path: Path
) -> None:
    files = sorted(articles.iterdir(), reverse=True)
    assert same_bytes(kg.build(files, tmp_path / "turned", settings).folder, built.folder)


def test_two_parts_give_the_same_bytes_and_read_each_article_once(
    built: kg.Graph, articles: Path, settings: kg.Settings, tmp_path: Path, watch: Callable[..., Watched]
) -> None:
    watched = watch()
    first, *rest = sorted(articles.iterdir())
    half = kg.build(first, tmp_path / "parts", settings)
    assert len(half.articles) == 1
    whole = kg.build([first, *rest], tmp_path / "parts", settings)
    assert (whole.summary.read, whole.summary.new) == (4, 3)
    assert sorted(watched.read_ids) == [article.id for article in built.articles]
    assert same_bytes(whole.folder, built.folder)
    assert stored(whole.folder) == stored(built.folder)


def test_a_second_run_reads_nothing_and_changes_nothing(
    built: kg.Graph, articles: Path, settings: kg.Settings, copied: Path, watch: Callable[..., Watched]
) -> None:
    watched = watch()
    again = kg.build(articles, copied, settings)
    assert (watched.read_ids, again.summary.new) == ([], 0)
    assert same_bytes(copied, built.folder)
    assert again.claims == built.claims


# nothing lost


def test_an_interrupted_build_loses_nothing_and_goes_on(
    built: kg.Graph, articles: Path, settings: kg.Settings, tmp_path: Path, watch: Callable[..., Watched]
) -> None:
    out = tmp_path / "graph"
    first, *rest = sorted(articles.iterdir())
    kg.build(first, out, settings)
    before = {name: (out / name).read_bytes() for name in FILES if name != ENTRIES}
    seen: list[str] = []

    def stop(article: Article) -> None:
        seen.append(article.id)
        if len(seen) == 3:
            raise KeyboardInterrupt

    watch(stop=stop)
    with pytest.raises(KeyboardInterrupt):
        kg.build([first, *rest], out, settings)
    assert {name: (out / name).read_bytes() for name in before} == before
    assert stored(out) == before[NQUADS]
    watched = watch()
    kg.build([first, *rest], out, settings)
    assert len(watched.read_ids) == 1
    assert same_bytes(out, built.folder)
    assert stored(out) == stored(built.folder)


def test_a_line_that_was_cut_off_is_read_again(
    built: kg.Graph, articles: Path, settings: kg.Settings, copied: Path, watch: Callable[..., Watched]
) -> None:
    path_of_entries = copied / ENTRIES
    path_of_entries.write_bytes(path_of_entries.read_bytes()[:-9])
    assert len(kg.open_graph(copied).articles) == 3
    watched = watch()
    kg.build(articles, copied, settings)
    assert watched.read_ids == [built.articles[-1].id]
    assert same_bytes(copied, built.folder)


def test_a_store_of_which_nothing_is_known_is_made_anew(
    built: kg.Graph, articles: Path, settings: kg.Settings, copied: Path
) -> None:
    with create_store(copied) as store:
        store.replace_graph("urn:stray", b"<urn:s> <urn:p> <urn:o> <urn:stray> .")
        store.replace_graph(store.graphs()[0], b"")
    (copied / INDEX).unlink()
    kg.build(articles, copied, settings)
    assert stored(copied) == stored(built.folder)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    replace_file(tmp_path / "a.txt", b"old")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_a_damaged_folder_is_refused_by_its_line(copied: Path, articles: Path) -> None:
    lines = (copied / ENTRIES).read_bytes().splitlines(keepends=True)
    lines[1] = b'{"id": "x"}\n'
    (copied / ENTRIES).write_bytes(b"".join(lines))
    with pytest.raises(StoreError, match=r"articles\.jsonl, line 2: damaged .*build its article again"):
        kg.open_graph(copied)
    with pytest.raises(StoreError, match="line 2"):
        kg.build(articles, copied)


def test_a_folder_without_build_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="make one with: kg build FILES"):
        kg.open_graph(tmp_path / "nothing")


# what is read again


def test_another_version_of_the_extractor_reads_again_even_articles_without_claims(
    articles: Path, settings: kg.Settings, copied: Path, watch: Callable[..., Watched], tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("Das Wetter\n\nMorgen scheint in ganz Deutschland wieder die warme Sonne.", "utf-8")
    kg.build(empty, copied, settings)
    watched = watch("rules@99")
    again = kg.build([articles, empty], copied, settings)
    assert len(watched.read_ids) == again.summary.new == 5
    assert {claim.extractor for claim in again.claims} == {"rules@99"} == set(again.extractors)


def test_a_changed_article_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    out, file = tmp_path / "graph", tmp_path / "a.jsonl"
    file.write_text('{"id": "a", "text": "Iran warned Israel on Monday.", "language": "en"}\n', "utf-8")
    assert [claim.relation for claim in kg.build(file, out).claims] == ["warns"]
    file.write_text('{"id": "a", "text": "Iran praised Oman on Monday.", "language": "en"}\n', "utf-8")
    changed = kg.build(file, out)
    assert "warned Israel" not in (out / NQUADS).read_text("utf-8")
    assert [article.text for article in changed.articles] == ["Iran praised Oman on Monday."]
    assert stored(out) == (out / NQUADS).read_bytes()


# one bad article


def test_an_article_that_breaks_the_extractor_is_reported_and_the_rest_goes_on(
    articles: Path, settings: kg.Settings, tmp_path: Path, watch: Callable[..., Watched]
) -> None:
    def stop(article: Article) -> None:
        if article.source.endswith(".html"):
            raise ZeroDivisionError("division\nby zero")

    watch(stop=stop)
    found = kg.build(articles, tmp_path / "graph", settings)
    assert len(found.articles) == 3
    (error,) = found.summary.errors
    assert re.fullmatch(
        r".*norland-lissabon\.html: rules\+neural@\S+ failed \(ZeroDivisionError: division by zero\); .*",
        str(error),
    )


def test_a_broken_table_stops_the_build(
    articles: Path, tmp_path: Path, watch: Callable[..., Watched]
) -> None:
    def stop(_: Article) -> None:
        raise TableError("states.tsv", 3, "broken")

    watch(stop=stop)
    with pytest.raises(TableError):
        kg.build(articles, tmp_path / "graph")


def test_nothing_is_written_where_nothing_could_be_read(tmp_path: Path) -> None:
    found = kg.build(tmp_path / "no.txt", tmp_path / "graph")
    assert (len(found.articles), len(found.summary.errors)) == (0, 1)
    assert not (tmp_path / "graph").exists()


def test_an_unknown_extractor_is_refused(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match=r"no extractor 'gpt'; installed: .*rules"):
        kg.build(articles, tmp_path / "graph", kg.Settings(extractor="gpt"))


def test_extract_yields_articles_and_errors_in_order(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    found = list(path.extract([tmp_path / "bad.txt", sorted(articles.iterdir())[0]]))
    assert [isinstance(outcome, ReadError) for outcome in found] == [True, False]


# what the claims say


def test_every_quote_stands_verbatim_at_its_offsets(built: kg.Graph) -> None:
    texts = {article.id: article.text for article in built.articles}
    assert built.claims
    for claim in built.claims:
        assert claim.quote == claim.span.of(texts[claim.article])
        assert claim.span.covers(claim.trigger)


def test_entities_hold_whoever_is_acted_for(built: kg.Graph) -> None:
    ids = {entity.id for entity in built.entities}
    assert {entity.acts_for for entity in built.entities} - {""} <= ids
    assert {claim.actor.entity.id for claim in built.claims} <= ids


def test_the_table_opens_with_umlauts_and_one_row_a_claim(built: kg.Graph) -> None:
    content = (built.folder / TABLE).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["quote"] for row in rows] == [claim.quote for claim in built.claims]
    assert any("ü" in row["quote"] for row in rows)


def test_no_cell_of_the_table_is_a_formula() -> None:
    text = "=1+1 Iran met the USA.\r\nThen they left."
    actor = make_role(make_entity("x", labels=(("en", "@Iran"),)), text=text, state="-IRN")
    claim = make_claim(text, text=text, actor=actor, time=make_interval(date(2026, 2, 3)))
    article = make_article(text=text, publisher="+Reuters", url="=cmd()")
    content = claims_csv([claim], [article], [make_event(claim)]).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content, newline=""))
    assert not [cell for cell in row.values() if re.match(r"[=+\-@\t\r\n]", cell)]
    assert row["quote"] == f"'{text}"
    assert row["date"] == "2026-02-03"


# from Python


def test_the_five_lines_of_the_package_run_as_they_stand(
    built: kg.Graph, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    copytree(articles, "articles")
    lines = [line[4:] for line in (kg.__doc__ or "").splitlines() if line.startswith("    ")]
    assert sum(bool(line) for line in lines) == 6
    names: dict[str, kg.Graph] = {}
    exec("\n".join(lines), {}, names)
    assert names["graph"].claims[0].quote == built.claims[0].quote
    assert Path("page.html").stat().st_size
    assert repr(names["graph"]).startswith("<Graph graph: 4 articles, ")


def test_a_graph_answers_queries_and_becomes_a_network(built: kg.Graph) -> None:
    opened = kg.open_graph(built.folder)
    assert opened.claims == built.claims
    assert opened.events == built.events
    table = opened.query("SELECT ?c { ?c a dk:Claim }")
    assert len(table) == len(opened.claims)
    network = opened.to_networkx(language="de")
    assert network.number_of_edges() == len(opened.claims)


def test_build_can_be_called_however_it_was_imported(tmp_path: Path) -> None:
    code = """if True:
        import kg.build, kg
        from kg import build
        from kg.build import build as same
        print(kg.build is build, same([], "x"), build([], "x"), kg.build([], "x"))
    """
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("True <Graph x: 0 articles")


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, kg; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"rdflib", "numpy", "onnxruntime", "networkx", "pyvis", "pandas", "kg.build", "kg.model"}
    assert not heavy & set(done.stdout.split())


def test_the_package_names_what_it_has() -> None:
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'bild'; it has Graph"):
        kg.bild  # noqa: B018


def test_entries_are_read_by_article(built: kg.Graph) -> None:
    assert sorted(read_entries(built.folder)) == [article.id for article in built.articles]
