"""Builds by a language model: paid for once, rebuilt offline byte by byte, compared with other extractors."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest

import kg
from kg.cli import main
from kg.config import ANSWERS, LlmSettings, Settings
from kg.errors import ExtractorError
from kg.extract import Spent, make_extractor, read_ahead, spent_by
from kg.extract.llm import JudgingExtractor, Message, Reply, Shape
from kg.extract.llm.cache import AnswerCache
from kg.extract.rules import make as make_rules
from kg.folder import ENTRIES, NQUADS, PAGE, TABLE, TRIG
from kg.model import Article, Modality, Reading
from kg.read import read_articles
from kg.resources import resource
from tests.conftest import PUBLISHED
from tests.factories import make_article
from tests.llm_recording import ANSWERS as BY_HAND
from tests.llm_recording import MODEL, RECORDING, written
from tests.llm_server import FakeServer, reads_like_the_rules, serving

FILES = (ENTRIES, NQUADS, TRIG, TABLE, PAGE)
SAMPLE = "data/sample/brenovia-ostrania.jsonl"
Chosen = Callable[..., Settings]


TEXTS = (
    "Iran warned Israel on Monday. The United States condemned Iran, Reuters reported.",
    "Frankreich hat den Iran verurteilt. Der Iran habe Israel bedroht, sagte ein Sprecher des Kremls.",
    "Japan may sanction China. Poland's criticism of Hungary grew.",
    "Oman invited France to Muscat. Israel will not attack Syria.",
)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four short articles, a file each: how long they are proves nothing here."""
    folder = tmp_path_factory.mktemp("short")
    for number, text in enumerate(TEXTS):
        record = {"id": f"a{number}", "text": text, "published": str(PUBLISHED)}
        record["language"] = "de" if "Frankreich" in text else "en"
        (folder / f"{number}.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    return folder


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving() as fake:
        yield fake


@pytest.fixture
def chosen(server: FakeServer) -> Chosen:
    """Return a function that makes settings for the server."""

    def make(extractor: str = "llm", **values: object) -> Settings:
        llm = LlmSettings(model="m", base_url=server.base_url, **values)  # type: ignore[arg-type]
        return Settings(extractor=extractor, published=PUBLISHED, llm=llm)

    return make


def same_bytes(first: Path, second: Path) -> bool:
    return [name for name in FILES if (first / name).read_bytes() != (second / name).read_bytes()] == []


def questions(server: FakeServer) -> Counter[str]:
    return Counter(json.dumps(body["messages"]) for body in server.asked)


# the same graph again


@pytest.mark.parametrize("extractor", ["llm", "rules+llm"])
def test_a_graph_is_rebuilt_offline_from_its_answers(
    extractor: str, server: FakeServer, chosen: Chosen, articles: Path, tmp_path: Path
) -> None:
    first = kg.build(articles, tmp_path / "first", chosen(extractor))
    assert len(first.articles) == 4 and len(first.claims) > 6
    assert first.summary.spent.requests == len(server.asked) > 3
    shared = tmp_path / "shared.jsonl"
    copyfile(tmp_path / "first" / ANSWERS, shared)
    offline = replace(chosen(extractor).llm, base_url="", offline=True, cache=shared, workers=1)
    again = kg.build(articles, tmp_path / "again", replace(chosen(extractor), llm=offline))
    assert same_bytes(again.folder, first.folder)
    assert (again.summary.spent.requests, again.summary.spent.cached) == (0, len(server.asked))
    assert again.summary.spent.tokens == first.summary.spent.tokens > 0


def test_a_recorded_run_gives_the_same_claims_without_any_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    llm = LlmSettings(model=MODEL, offline=True, cache=RECORDING)
    path, before = written(tmp_path), RECORDING.read_bytes()
    folders = [kg.build(path, tmp_path / name, Settings(extractor="llm", llm=llm)) for name in "ab"]
    assert same_bytes(folders[0].folder, folders[1].folder)
    built = folders[0]
    assert built.rejected == 4
    told = {(id, row[0], row[3]) for id, rows in BY_HAND.items() for row in rows}
    found = {(claim.article, claim.relation, claim.modality.value) for claim in built.claims}
    assert found < told and len(built.claims) == 11
    assert ("sample-de-norland-treffen-angekuendigt", "meets", "planned") in found
    texts = {article.id: article.text for article in built.articles}
    assert all(claim.quote == claim.span.of(texts[claim.article]) for claim in built.claims)
    assert RECORDING.read_bytes() == before


def test_an_answer_that_is_not_at_hand_offline_costs_its_article(tmp_path: Path) -> None:
    llm = LlmSettings(model="another", offline=True, cache=RECORDING)
    built = kg.build(written(tmp_path), tmp_path / "graph", Settings(extractor="llm", llm=llm))
    assert (built.articles, len(built.summary.errors)) == ((), 3)
    assert "run without --offline to ask for it" in str(built.summary.errors[0])


def test_claims_name_model_prompt_and_parameters(
    server: FakeServer, chosen: Chosen, articles: Path, tmp_path: Path
) -> None:
    built = kg.build(articles / "0.jsonl", tmp_path / "graph", chosen(temperature=0.5, seed=3))
    (name,) = built.extractors
    assert "model=m prompt=claims@1 temperature=0.5 seed=3 answer_tokens=4096 passage=3000" in name
    assert {claim.extractor for claim in built.claims} == {name}
    assert {claim.cues for claim in built.claims} == {("llm:claims@1",)}
    assert name.encode() in (built.folder / NQUADS).read_bytes()
    assert server.base_url.encode() not in b"".join((built.folder / file).read_bytes() for file in FILES)


def test_another_model_reads_the_articles_again(
    server: FakeServer, chosen: Chosen, articles: Path, tmp_path: Path
) -> None:
    path = articles / "0.jsonl"
    kg.build(path, tmp_path / "graph", chosen())
    other = replace(chosen(), llm=replace(chosen().llm, model="n"))
    assert kg.build(path, tmp_path / "graph", other).summary.new == 1
    assert kg.build(path, tmp_path / "graph", chosen()).summary.spent.requests == 0
    assert len(server.asked) == 2


# nothing is paid for twice


def test_an_interrupted_build_goes_on_and_asks_nothing_twice(
    server: FakeServer, chosen: Chosen, articles: Path, tmp_path: Path
) -> None:
    whole = kg.build(articles, tmp_path / "whole", chosen())
    asked = questions(server)
    server.asked.clear()

    def stop(_: Article) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kg.build(articles, tmp_path / "graph", chosen(workers=2), progress=stop)
    assert 0 < len(server.asked) < sum(asked.values()) + 1
    resumed = kg.build(articles, tmp_path / "graph", chosen(workers=2))
    assert questions(server) == asked
    assert same_bytes(resumed.folder, whole.folder)


def test_a_build_that_is_killed_pays_again_for_nothing_that_was_answered(
    articles: Path, tmp_path: Path
) -> None:
    third = threading.Event()
    count = iter(range(1, 100))

    def brain(prompt: str, text: str) -> str:
        if next(count) == 3:
            third.set()
            time.sleep(0.5)
        return reads_like_the_rules(prompt, text)

    with serving(brain) as server:
        words = ["build", str(articles), "-o", str(tmp_path / "graph"), "--published", str(PUBLISHED)]
        words += ["--extractor", "llm", "--model", "m", "--base-url", server.base_url, "--at-once", "1"]
        with subprocess.Popen([sys.executable, "-m", "kg", *words, "--quiet"]) as process:
            assert third.wait(300)
            os.kill(process.pid, signal.SIGKILL)
        assert main(words) == 0
    assert sorted(questions(server).values()) == [1, 1, 1, 2], "only what was under way is asked again"


def test_a_line_that_was_torn_off_is_asked_for_again_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    cache = AnswerCache(path)
    for key in "abc":
        cache.put(key, Reply(f"answer {key}\u2028", tokens_in=3), {"model": "m"})
    cache.take_back("a")
    path.write_bytes(path.read_bytes() + b'{"key": "d", "ans')
    again = AnswerCache(path)
    assert [again.get(key) is None for key in "abcd"] == [True, False, False, True]
    assert again.get("b") == Reply("answer b\u2028", tokens_in=3)
    again.put("d", Reply("new"), {})
    last = AnswerCache(path)
    assert (last.get("d"), last.damaged) == (Reply("new"), 1)


@pytest.mark.parametrize("line", [b"17", b"[]", b'"x"', b'{"key": 1}', b"\xff", b"[" * 90000])
def test_a_damaged_line_of_answers_is_left_out_and_counted(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_bytes(line + b"\n")
    assert AnswerCache(path).damaged == 1


# several at once


def test_articles_are_read_at_once_and_come_in_their_order() -> None:
    together = threading.Barrier(3, timeout=10)
    articles = [make_article(str(number)) for number in range(6)]

    def read(article: Article) -> str:
        together.wait()
        return article.id

    assert [id for _, id in read_ahead(articles, read, 3)] == list("012345")


def test_what_waits_is_not_begun_after_an_error() -> None:
    begun: list[str] = []

    def read(article: Article) -> None:
        begun.append(article.id)
        raise ExtractorError("no")

    with pytest.raises(ExtractorError):
        list(read_ahead((make_article(str(number)) for number in range(100)), read, 2))
    assert len(begun) < 10


# rules and model together


class Judge:
    """A model that gives one verdict."""

    def __init__(self, **verdict: object) -> None:
        self._verdict = {"right": [], "claims": [], **verdict}
        self.shown: list[str] = []

    def ask(self, messages: list[Message], shape: Shape) -> Reply:
        assert shape.schema["required"] == ["right", "claims"]
        self.shown.append(messages[1]["content"])
        return Reply(json.dumps(self._verdict))


TWO = "France condemned Iran on Monday, Reuters reported. Israel warned Oman."
FIRST = {
    "sentence": 1,
    "actor": 1,
    "recipient": 2,
    "relation": "condemns",
    "modality": "actual",
    "speakers": [],
    "when": "",
}


def judged(**verdict: object) -> tuple[Reading, Spent, list[str]]:
    judge = Judge(**verdict)
    extractor = JudgingExtractor(LlmSettings(model="m"), chat=judge)
    return extractor.read(make_article(text=TWO)), extractor.spent, judge.shown


def test_the_model_sees_sentences_with_numbered_actors_and_readings() -> None:
    reading, spent, (shown,) = judged(right=[1, 2, 2])
    assert (
        "1. France condemned Iran on Monday, Reuters reported.\na1 = France; a2 = Iran; a3 = Reuters" in shown
    )
    assert "\nr1: a1 condemns a2, actual, speakers a3\n2. Israel warned Oman.\n" in shown
    rules = make_rules().read(make_article(text=TWO))
    assert [s.relation for s in reading.statements] == [s.relation for s in rules.statements]
    assert [s.speakers for s in reading.statements] == [s.speakers for s in rules.statements]
    assert spent.counts == {"proposals kept": 2}
    assert {s.cues[-1] for s in reading.statements} == {"llm:judge@1 kept"}
    assert min(s.confidence for s in reading.statements) > min(s.confidence for s in rules.statements)


def test_a_proposal_can_be_corrected_dropped_and_completed() -> None:
    corrected = {**FIRST, "relation": "criticises", "modality": "possible", "when": "on Monday"}
    added = {**FIRST, "actor": 3, "relation": "accuses", "speakers": None}
    reading, spent, _ = judged(claims=[corrected, added])
    found = {(s.relation, s.modality, s.actor.span.of(TWO)) for s in reading.statements}
    assert found == {("criticises", Modality.POSSIBLE, "France"), ("accuses", Modality.ACTUAL, "Reuters")}
    assert spent.counts == {"proposals corrected": 1, "proposals dropped": 1, "claims added": 1}
    assert all(s.quote.of(TWO).startswith("France") for s in reading.statements)
    first = next(s for s in reading.statements if s.relation == "criticises")
    assert [speaker.name for speaker in first.speakers] == ["Reuters"], "who said so is not lost by silence"


def test_what_a_model_passes_over_is_dropped() -> None:
    reading, spent, _ = judged()
    assert (reading.statements, spent.counts) == ((), {"proposals dropped": 2})


@pytest.mark.parametrize(
    "change",
    [
        {"sentence": 0},
        {"sentence": 99},
        {"actor": 9},
        {"actor": -1},
        {"actor": 2},
        {"speakers": [12]},
        {"speakers": [0]},
        {"relation": "annoys"},
        {"modality": "sure"},
        {"actor": "France"},
    ],
)
def test_a_number_that_names_nobody_is_turned_away(change: dict[str, object]) -> None:
    reading, spent, _ = judged(right=[2], claims=[{**FIRST, **change}])
    assert ([s.relation for s in reading.statements], reading.rejected) == (["warns"], 1)
    assert spent.counts["verdicts that name what is not there"] == 1


@pytest.mark.parametrize("right", [[0], [-1], [99], ["1"], [True], [1.5], "all", {"1": 2}, None, 7])
def test_only_numbers_of_readings_keep_them(right: object) -> None:
    assert judged(right=right)[0].statements == ()


def test_a_verdict_that_is_cut_off_drops_nothing() -> None:
    class Cut(Judge):
        def ask(self, messages: list[Message], shape: Shape) -> Reply:
            super().ask(messages, shape)
            return Reply('{"right": [1], "claims": [{"sen', cut=len(self.shown) == 1)

    extractor = JudgingExtractor(LlmSettings(model="m"), chat=Cut())
    assert len(extractor.read(make_article(text=TWO)).statements) == 2
    assert extractor.spent.counts["passages halved"] == 1


def test_together_they_need_a_fraction_of_the_tokens(server: FakeServer, chosen: Chosen) -> None:
    """Of long articles less: here the prompts, which are sent with each question, weigh most."""
    (article, *_) = (one for one in read_articles([resource(SAMPLE)]) if isinstance(one, Article))
    spent = {}
    for name in ("llm", "rules+llm"):
        extractor = make_extractor(chosen(name))
        assert extractor.read(article).statements
        spent[name] = spent_by(extractor)
    both, alone = spent["rules+llm"], spent["llm"]
    assert both.requests == alone.requests == 1
    assert 0 < both.tokens < 0.7 * alone.tokens and both.tokens_out < 0.1 * alone.tokens_out


def test_an_article_in_which_the_rules_find_nothing_costs_nothing() -> None:
    judge = Judge()
    extractor = JudgingExtractor(LlmSettings(model="m"), chat=judge)
    assert extractor.read(make_article(text="The weather stays fine.")).statements == ()
    assert (extractor.spent.requests, extractor.spent.lines()) == (0, [])


# the command line


def test_a_build_says_what_the_model_cost(
    server: FakeServer, articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        "build",
        str(articles / "0.jsonl"),
        "-o",
        str(tmp_path / "graph"),
        "--extractor",
        "rules+llm",
    ]
    words += ["--model", "m", "--base-url", server.base_url, "--price", "1", "5"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "model: 1 requests, 0 answers at hand; " in out and ", cost 0.00" in out
    assert " proposals kept" in out
    assert main([*words, "--offline", "--cache", str(tmp_path / "graph" / ANSWERS)]) == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "a language model needs a name; give it with --model, such as qwen3:8b"),
        (("--model", "m"), "a language model needs a server; give it with --base-url"),
        (("--model", "m", "--base-url", "here"), "--base-url 'here' is no URL"),
        (("--model", "m", "--at-once", "0"), "'0' is no number from 1 on"),
        (("--model", "m", "--max-cost", "nan"), "'nan' is no number from 0 on"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    articles: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    message: str,
) -> None:
    given = ["build", str(articles), "-o", str(tmp_path / "graph"), "--extractor", "llm", *words]
    try:
        status = main(given)
    except SystemExit as exit:
        status = int(exit.code or 0)
    err = capsys.readouterr().err
    assert status and message in err
    assert err.count("\n") == 1


def test_evaluate_compares_extractors_in_one_table(
    server: FakeServer,
    articles: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    gold = tmp_path / "gold"
    gold.mkdir()
    (article,) = kg.build(articles / "1.jsonl", "graph").articles
    record = {"article": article.id, "part": "dev", "language": "de", "sha256": article.sha256}
    (gold / "a.json").write_text(json.dumps({**record, "annotators": ["t"], "claims": []}), "utf-8")
    words = ["evaluate", "--texts", str(articles), "--gold", str(gold), "--model", "m"]
    words += ["--base-url", server.base_url, "--price", "1", "2", "--json", "compared.json"]
    assert main([*words, *(w for name in ("rules", "llm", "rules+llm") for w in ("--extractor", name))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:5] == ["gold", "pred.", "P", "R", "F1"]
    assert lines[0].endswith("turned away  not read  seconds  requests  tokens    cost")
    assert [line.split()[0] for line in lines[1:4]] == ["rules", "llm", "rules+llm"]
    assert len({len(line) for line in lines[:4]}) == 1
    runs = json.loads(Path("compared.json").read_text("utf-8"))
    assert [bool(run["tokens"]) for run in runs] == [False, True, True]
    assert runs[1]["cost"] > 0 and runs[1]["total"]["predicted"] > 0
    status = main([*words, "--extractor", "rules", "--extractor", "llm", "--html", "x.html"])
    assert (status, "name only one" in capsys.readouterr().err) == (1, True)


def test_settings_reach_the_makers_that_ask_for_them(server: FakeServer, chosen: Chosen) -> None:
    assert make_extractor(chosen("llm")).name.startswith("llm@")
    assert make_extractor(chosen("rules+llm")).name.startswith("rules+llm@")
    assert make_extractor(chosen("rules")).name.startswith("rules@")
