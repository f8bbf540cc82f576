"""The command line: help with examples, errors in one line, and lines that other programs read."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kg
from kg.cli import COMMANDS, main
from kg.folder import PAGE, TABLE, TRIG
from kg.model import Claim

ROLE = {"id", "label", "kind", "state"}
BROKEN = {
    "empty.txt": b"",
    "nul.txt": b"Iran warned\0Israel.",
    "blank.html": b"<html><body></body></html>",
    "page.htm": b"\xff\xfe\x00\x00",
    "cut.json": b'{"text": "Iran warned',
    "list.json": b"[]",
    "number.json": b"17",
    "textless.jsonl": b'{"title": "Iran"}\n',
    "undated.jsonl": b'{"text": "Iran warned Israel.", "published": "Tuesday"}\n',
    "foreign.jsonl": b'{"text": "Iran warned Israel.", "language": "xx"}\n',
}
"""Ten files that no reader can make an article of."""

Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Kg:
    """Return a function that runs ``kg`` and returns its status, what it printed, and its errors."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as exit:
            status = int(exit.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return run


# help


def test_help_names_every_command(run: Kg) -> None:
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    assert all(f"    {name} " in out for name in COMMANDS)
    assert "kg build articles/ -o graph" in out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(run: Kg, name: str) -> None:
    status, out, _ = run(name, "--help")
    assert status == 0
    assert f"example: kg {name} " in " ".join(out.split())


def test_the_version_is_that_of_the_package(run: Kg) -> None:
    assert run("--version") == (0, f"kg {kg.__version__}\n", "")


# errors


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "the following arguments are required: COMMAND; see kg --help"),
        (("bild",), "invalid choice: 'bild'"),
        (("build",), "required: PATH; see kg build --help"),
        (("build", "x.txt", "--published", "Tuesday"), "'Tuesday' is no day; write YYYY-MM-DD"),
        (("build", "no.txt"), "no.txt: no such file or folder"),
        (("extract", "no.txt"), "no.txt: no such file or folder"),
        (("extract", __file__), "cannot be read by its suffix '.py'"),
        (
            ("query", "who-met-whom", "--store", "nowhere"),
            "nowhere; make one with: kg build FILES -o nowhere",
        ),
        (("query",), "no query; name one of kg query --list"),
        (("query", "x", "-p", "from"), "parameter 'from' has no value; write NAME=VALUE"),
        (("view", "--store", "nowhere"), "no build in nowhere; make one with: kg build FILES -o nowhere"),
        (("view", "--store", "nowhere", "--svg", "x.svg"), "no build in nowhere"),
        (("export", "--store", "nowhere", "-o", "x.gexf"), "no build in nowhere"),
        (("export",), "required: -o/--out; see kg export --help"),
        (("analyse", "central", "--store", "nowhere"), "no build in nowhere"),
        (("analyse", "central", "Iran"), "too many actors; over-time takes up to two"),
        (
            ("withdraw", "a1", "--store", "nowhere"),
            "no build in nowhere; name the folder that kg build -o made",
        ),
        (("migrate", "--store", "nowhere"), "no build in nowhere; name the folder that kg build -o made"),
        (("validate", "--store", "nowhere"), "no file nowhere/graph.trig; build one with: kg build"),
        (("validate", __file__), "cannot be read as RDF"),
        (("entity",), "required: WHAT; see kg entity --help"),
        (("entity", "show", "sergei-lawrow"), "no entity 'sergei-lawrow'; is it sergey-lavrov or"),
        (("entity", "search", "Xqwzzt"), "nobody is called 'Xqwzzt' in any spelling"),
        (("entity", "explain", "Lawrow", "--state", "XXX"), "no state 'XXX'; write its ISO alpha-3 code"),
        (("entity", "import", "no.json", "-o", "x.tsv"), "no.json: No such file"),
        (("extract", "no.txt", "--entities", "no.tsv"), "no.tsv: No such file"),
        (("build", "no.txt", "--judgements", "no.tsv"), "no.tsv: No such file"),
        (("evaluate", "--texts", "no.jsonl", "--gold", "nowhere"), "nowhere: holds no gold articles"),
    ],
)
def test_an_error_is_a_line_or_two_and_a_status(run: Kg, words: tuple[str, ...], message: str) -> None:
    status, out, err = run(*words)
    assert status != 0
    assert out == ""
    assert message in err
    assert len(err.splitlines()) <= 2  # an article that cannot be read, and that there is no other
    assert all(line.startswith("kg: ") for line in err.splitlines())


def test_a_file_that_cannot_be_written_is_an_error_of_one_line(run: Kg, built: kg.Graph) -> None:
    status, _, err = run("view", "--store", built.folder, "-o", "/nowhere/at/all.html")
    assert status == 1
    assert err.startswith("kg: ") and "/nowhere/at" in err and err.count("\n") == 1


def test_a_reader_that_has_enough_is_no_error() -> None:
    words = (sys.executable, "-m", "kg", "query", "--list")
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_a_stop_says_that_nothing_is_lost(monkeypatch: pytest.MonkeyPatch, run: Kg) -> None:
    def stop(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.commands.query.run", stop)
    status, out, err = run("query", "--list")
    assert (status, out) == (130, "")
    assert err == "kg: stopped; nothing is lost, the same command goes on from here\n"


# build


def test_ten_broken_files_are_named_and_the_good_ones_built(
    run: Kg, articles: Path, built: kg.Graph, tmp_path: Path
) -> None:
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    for name, content in BROKEN.items():
        (mixed / name).write_bytes(content)
    for path in articles.iterdir():
        (mixed / path.name).write_bytes(path.read_bytes())
    status, out, err = run("build", mixed, "-o", tmp_path / "graph", "--published", "2018-06-19")
    assert status == 0
    assert "4 articles (4 new)" in out and "10 not read" in out
    lines = err.splitlines()
    assert len(lines) == 10
    assert all(any(f"{mixed / name}" in line for line in lines) for name in BROKEN)
    assert (tmp_path / "graph" / TRIG).read_bytes() == (built.folder / TRIG).read_bytes()


def test_a_second_build_says_that_nothing_is_new(run: Kg, articles: Path, copied: Path) -> None:
    status, out, err = run("build", articles, "-o", copied, "--published", "2018-06-19", "--quiet")
    assert (status, err) == (0, "")
    assert out.startswith("4 articles (0 new), ")
    assert str(copied / PAGE) in out


def test_a_build_that_reads_nothing_fails_even_where_there_is_a_graph(run: Kg, copied: Path) -> None:
    status, out, err = run("build", "no.txt", "-o", copied)
    assert (status, out) == (1, "")
    assert "no article could be read" in err
    assert kg.open_graph(copied).articles


# extract


def test_extract_prints_the_lines_of_the_contract(run: Kg, articles: Path, built: kg.Graph) -> None:
    status, out, err = run("extract", articles, "--published", "2018-06-19", "--format", "jsonl")
    assert (status, err) == (0, "")
    records = [json.loads(line) for line in out.splitlines()]
    texts = {article.id: article.text for article in built.articles}
    assert sorted(record["id"] for record in records) == sorted(claim.id for claim in built.claims)
    for record in records:
        assert record["quote"] == texts[record["article"]][record["start"] : record["end"]]
        for role in (record["actor"], record["recipient"]):
            assert set(role) >= ROLE and role["id"].startswith("https://w3id.org/diplokg/entity/")
            assert role["mention"] in record["quote"] or role["mention"] in texts[record["article"]]
        assert all("label" in speaker for speaker in record["speakers"])
        assert record["place"] is None or {"label", "country"} <= set(record["place"])
        assert record["time"] is None or {"start", "end", "text"} <= set(record["time"])


def test_extract_prints_lines_to_read_without_control_characters(run: Kg, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Warnung\n\nIran warned \x1b[31mIsrael on Monday.", "utf-8")
    status, out, _ = run("extract", file, "--format", "text", "--language", "en")
    assert status == 0
    assert "\x1b" not in out


def test_an_article_without_claims_is_no_error(run: Kg, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Das Wetter\n\nMorgen scheint in ganz Deutschland wieder die warme Sonne.", "utf-8")
    assert run("extract", file) == (0, "", "")


# query, validate, view, evaluate


def test_query_answers_by_name_and_in_sparql(run: Kg, built: kg.Graph) -> None:
    status, out, _ = run("query", "ASK { ?claim a dk:Claim }", "--store", built.folder, "--format", "json")
    assert status == 0
    assert json.loads(out)["results"]["bindings"][0]["answer"]["value"] == "true"
    status, out, _ = run("query", "who-met-whom", "--store", built.folder, "--format", "csv")
    assert status == 0
    assert "who" in next(csv.reader(io.StringIO(out)))
    assert "who-warned-whom" in run("query", "--list")[1]


def test_the_built_graph_conforms_to_the_shapes(run: Kg, built: kg.Graph) -> None:
    path = built.folder / TRIG
    assert run("validate", "--store", built.folder) == (0, f"{path} conforms to the shapes\n", "")


def test_a_changed_quote_is_found_and_said_in_a_line(run: Kg, built: kg.Graph, copied: Path) -> None:
    path, claim = copied / TRIG, next(claim for claim in built.claims if "\n" not in claim.quote)
    changed = claim.quote.replace(" ", " never ", 1)
    quote = f'oa:exact "{_escaped(claim.quote)}"'
    text = path.read_text("utf-8")
    assert quote in text
    path.write_text(text.replace(quote, f'oa:exact "{_escaped(changed)}"'), "utf-8")
    status, out, err = run("validate", path)
    assert status == 1
    lines = out.splitlines()
    assert lines
    assert any("verbatim" in line and changed[:20] in line for line in lines)
    assert all(line.startswith(("claim:", "article:")) for line in lines)
    assert f"{path} breaks the shapes {len(lines)} times" in err


def test_view_writes_the_page(run: Kg, built: kg.Graph, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("view", "--store", built.folder, "-o", page, "--title", "Vier Artikel") == (0, f"{page}\n", "")
    assert "<title>Vier Artikel" in page.read_text("utf-8")


def test_view_draws_a_picture_instead(run: Kg, built: kg.Graph, tmp_path: Path) -> None:
    picture = tmp_path / "x.svg"
    status, out, err = run("view", "--store", built.folder, "--svg", picture, "--level", "state")
    assert (status, out, err) == (0, f"{picture}\n", "")
    assert ElementTree.parse(picture).getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_export_writes_what_a_build_writes_and_what_is_chosen(
    run: Kg, built: kg.Graph, tmp_path: Path
) -> None:
    trig = tmp_path / "x.trig"
    assert run("export", "--store", built.folder, "-o", trig) == (0, f"{trig}\n", "")
    assert trig.read_bytes() == (built.folder / TRIG).read_bytes()
    table = tmp_path / "claims.csv"
    assert run("export", "--store", built.folder, "--format", "claims", "-o", table)[0] == 0
    assert table.read_bytes() == (built.folder / TABLE).read_bytes()
    events = tmp_path / "events.csv"
    to_events = ("export", "--store", built.folder, "--format", "events", "-o", events)
    run(*to_events, "--modality", "planned")
    rows = list(csv.DictReader(io.StringIO(events.read_text("utf-8-sig"), newline="")))
    assert len(rows) == built.modalities()["planned"] > 0
    status, _, err = run(*to_events, "--actor", "Rusia")
    assert status == 1
    assert "no claim has an actor 'Rusia'; the nearest is" in err


def test_analyse_prints_a_table_and_draws(run: Kg, built: kg.Graph, tmp_path: Path) -> None:
    chart = tmp_path / "x.svg"
    status, out, err = run("analyse", "degrees", "--store", built.folder, "--format", "csv", "--svg", chart)
    assert (status, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert sum(int(row["events"]) for row in rows) > 0
    assert ElementTree.parse(chart).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    status, out, _ = run("analyse", "over-time", "--store", built.folder, "--by", "year", "--format", "json")
    assert status == 0
    assert all(len(row["period"]) == 4 for row in json.loads(out))


def test_evaluate_extracts_now_or_reads_predictions(
    run: Kg, built: kg.Graph, articles: Path, tmp_path: Path
) -> None:
    claims = [claim for claim in built.claims if claim.article == built.articles[0].id]
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "a.json").write_text(json.dumps(_gold(built, claims)), "utf-8")
    scored = ("evaluate", "--texts", articles, "--gold", gold)
    status, now, err = run(*scored, "--json", tmp_path / "now.json")
    assert (status, err) == (0, "")
    lines = tmp_path / "claims.jsonl"
    lines.write_text(run("extract", articles, "--published", "2018-06-19")[1], "utf-8")
    page = tmp_path / "errors.html"
    status, read, err = run(*scored, "--predictions", lines, "--html", page)
    assert (status, err) == (0, "")
    assert read.splitlines()[:2] == now.splitlines()[:2]
    total = json.loads((tmp_path / "now.json").read_text("utf-8"))["total"]
    assert total["gold"] == len(claims)
    assert total["recall"] > 0.9
    assert page.stat().st_size


# entity


def test_entity_explains_a_link_with_points_and_reasons(run: Kg, tmp_path: Path) -> None:
    words = ("entity", "explain", "Außenminister Lawrow", "--date", "2024-05-01")
    status, out, err = run(*words, "--state", "RUS")
    assert (status, err) == (0, "")
    assert out.startswith("Außenminister Lawrow: sergey-lavrov (Sergey Lavrov, person, RUS)\n")
    assert "+4.0  holds the office named with it: foreign-minister of russia since 2004-03-09" in out
    file = tmp_path / "context.txt"
    file.write_text("Gespräche\n\nRussland und China verhandelten am Montag in Genf.", "utf-8")
    assert "state named in the article: russia" in run(*words, "--context", file)[1]


def test_entity_finds_and_shows_entities_in_any_spelling(run: Kg) -> None:
    assert "sergey-lavrov" in run("entity", "search", "Sergueï Lawrof")[1]
    assert run("entity", "search", "MOSKAU")[1].startswith("moscow ")
    status, out, _ = run("entity", "show", "ent:sergey-lavrov")
    assert status == 0
    assert "held        foreign-minister of russia, 2004-03-09.." in out
    assert "foreign-minister " in run("entity", "offices")[1]


def test_entity_imports_a_wikidata_result_that_builds_can_use(run: Kg, tmp_path: Path) -> None:
    result, table = Path(__file__).parent / "data" / "wikidata_result.json", tmp_path / "own.tsv"
    status, out, err = run("entity", "import", result, "-o", table)
    assert (status, out) == (0, f"{table}: 3 new entities, 1 additions to known ones\n")
    assert err == "kg: no office for 'Chair of the Herring Board' (1 times); add a row of kind office\n"
    assert "Odd Testmann" in run("entity", "show", "odd-testmann", "--entities", table)[1]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _gold(built: kg.Graph, claims: list[Claim]) -> dict[str, object]:
    """Return gold that says what the extractor said."""
    article = built.articles[0]
    return {
        "article": article.id,
        "part": "dev",
        "language": article.language,
        "published": "",
        "sha256": article.sha256,
        "annotators": ["test"],
        "claims": [
            {
                "type": claim.type,
                "relation": claim.relation,
                "actor": _gold_role(claim, "actor"),
                "recipient": _gold_role(claim, "recipient"),
                "trigger": {"start": claim.trigger.start, "end": claim.trigger.end},
                "modality": claim.modality.value,
                "time": None,
                "place": None,
                "speakers": [],
                "evidence": {"start": claim.span.start, "end": claim.span.end},
            }
            for claim in claims
        ],
    }


def _gold_role(claim: Claim, name: str) -> dict[str, object]:
    role = claim.actor if name == "actor" else claim.recipient
    assert role.mention
    return {
        "start": role.mention.start,
        "end": role.mention.end,
        "name": role.entity.label("en"),
        "kind": role.entity.kind.value,
        "state": role.state,
    }
