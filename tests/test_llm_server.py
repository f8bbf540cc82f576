"""A server that is slow, refuses, lies or never ends costs an article at most, and never the key."""

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.config import LlmSettings
from kg.errors import ExtractorError, ReadError
from kg.extract.llm import LlmExtractor
from kg.extract.llm.client import HttpClient, HttpReply, Secret
from kg.model import Reading
from tests.factories import make_article
from tests.llm_server import Body, FakeServer, Raw, answered, serving
from tests.test_llm_gate import CLAIM, TEXT

KEY = "sk-test-0123456789abcdef"
GOOD = json.dumps({"claims": [CLAIM]})
NONE: Body = {"messages": []}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """A server that answers with one good claim, and a key for it."""
    monkeypatch.setenv("DIPLOKG_LLM_KEY", KEY)
    with serving(lambda _, __: GOOD) as fake:
        yield fake


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited; nothing waits."""
    noted: list[float] = []
    monkeypatch.setattr("kg.extract.llm.chat.sleep", noted.append)
    return noted


def made(server: FakeServer, **values: Any) -> LlmExtractor:
    chosen = {"model": "m", "base_url": server.base_url, "timeout": 5.0, "retries": 2, **values}
    return LlmExtractor(LlmSettings(**chosen))


def read(server: FakeServer, **values: Any) -> Reading:
    return made(server, **values).read(make_article(text=TEXT))


# what is sent


def test_a_request_is_what_the_api_wants(server: FakeServer) -> None:
    read(server, temperature=0.5, seed=7, answer_tokens=99)
    (body,) = server.asked
    assert (body["model"], body["temperature"], body["seed"], body["max_tokens"]) == ("m", 0.5, 7, 99)
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_without_a_key_none_is_sent(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIPLOKG_LLM_KEY")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)  # meant for another server
    read(server)
    assert "Authorization" not in server.headers[0]


def test_a_proxy_of_the_environment_is_used(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIPLOKG_LLM_KEY")
    monkeypatch.setenv("http_proxy", server.base_url.removesuffix("/v1"))
    monkeypatch.delenv("no_proxy", raising=False)
    reply = HttpClient("http://models.example.org/v1", timeout=5).post("/chat/completions", _question())
    assert reply.status == 200
    assert server.headers[0]["Host"] == "models.example.org"


def _question() -> bytes:
    user = "<passage-1>\nText\n</passage-1>"
    return json.dumps({"messages": [{"content": ""}, {"content": user}]}).encode()


# dialects


@pytest.mark.parametrize(
    ("refuses", "has"),
    [
        ({"response_format"}, "tools"),
        ({"response_format", "tools"}, None),
        ({"response_format", "temperature", "seed"}, "tools"),
    ],
)
def test_a_server_is_asked_in_the_way_that_it_knows(
    server: FakeServer, refuses: set[str], has: str | None
) -> None:
    server.refuses = refuses
    extractor = made(server)
    for text in (TEXT, f"{TEXT} Oman."):
        assert len(extractor.read(make_article(text=text)).statements) == 1
    last, before = server.asked[-1], server.asked[-2]
    assert not refuses & set(last)
    assert (has is None) or has in last
    assert not refuses & set(before), "the second article is asked about in this way at once"


def test_a_server_with_a_new_name_for_the_limit_gets_it(server: FakeServer) -> None:
    said = b'{"error": {"message": "Unsupported: max_tokens. Use max_completion_tokens instead."}}'
    server.script = [Raw(said, 400)]
    read(server, answer_tokens=77)
    assert server.asked[-1]["max_completion_tokens"] == 77
    assert "max_tokens" not in server.asked[-1]


def test_a_refusal_of_one_article_does_not_change_how_the_next_is_asked(server: FakeServer) -> None:
    server.script = [Raw(b'{"error": "too long"}', 400)] * 3
    extractor = made(server)
    with pytest.raises(ReadError, match=r"answers 400: .*too long"):
        extractor.read(make_article(text=TEXT))
    extractor.read(make_article(text=TEXT))
    assert "response_format" in server.asked[-1]


# what goes wrong on the way


@pytest.mark.parametrize(
    "first",
    [
        Raw(status=500, body=b"oops"),
        Raw(status=503),
        Raw(status=408),
        Raw(b'{"choices": [{"mess', length=4000),
        Raw(b'{"choices": [{"mess'),
        Raw(b"<html>proxy</html>"),
        Raw(b'{"choices": []}'),
        Raw(b'{"choices": [{"message": {"content": 7}}]}'),
        Raw(b"[" * 100_000),
        Raw(b"\xff\xfe"),
    ],
)
def test_what_failed_on_its_way_is_asked_again(server: FakeServer, waits: list[float], first: Raw) -> None:
    server.script = [first, first]
    assert len(read(server).statements) == 1
    assert waits == [0.5, 1.0]
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7.0), ("0.25", 0.25), ("99999", 60.0), ("nan", 0.5), ("soon", 0.5)]
)
def test_a_server_that_is_busy_says_how_long_to_wait(
    server: FakeServer, waits: list[float], header: str, seconds: float
) -> None:
    server.script = [Raw(status=429, headers={"Retry-After": header})]
    read(server)
    assert waits == [seconds]


def test_a_date_to_wait_for_is_understood() -> None:
    reply = HttpReply(429, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, b"")
    assert reply.wait == 0


def test_a_slow_server_costs_its_time_and_no_more(server: FakeServer, waits: list[float]) -> None:
    """It drips: each byte comes in time, all of them never would."""
    server.script = [Raw(b" ", pause=0.05, repeat=1000)]
    begin = time.monotonic()
    with pytest.raises(ReadError, match=r"a1: .*took longer than 0.4 s; give it more with --timeout"):
        read(server, timeout=0.4, retries=0)
    assert time.monotonic() - begin < 5


def test_a_server_that_says_nothing_is_left_after_its_time(server: FakeServer, waits: list[float]) -> None:
    server.script = [Raw(pause=3.0, length=10)]
    with pytest.raises(ReadError, match=r"took longer than 0.3 s"):
        read(server, timeout=0.3, retries=0)


def test_an_answer_without_end_is_cut_and_not_asked_for_again(server: FakeServer, waits: list[float]) -> None:
    server.script = [Raw(b"x" * 65536, repeat=1000)]
    with pytest.raises(ReadError, match="answers without end"):
        read(server)
    assert (len(server.asked), waits) == (1, [])


def test_a_redirect_is_not_followed_with_the_key(server: FakeServer) -> None:
    server.script = [Raw(status=302, headers={"Location": "http://127.0.0.1:1/steal"})] * 3
    with pytest.raises(ReadError, match="answers 302"):
        read(server)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Raw(b'{"error": "bad key"}', 401), r"answers 401: .*check the key"),
        (Raw(b'{"error": "model m not found"}', 404), r"answers 404: .*check the model or the address"),
        (Raw(b'{"error": {"code": "insufficient_quota"}}', 429), "check the account"),
    ],
)
def test_what_no_article_would_change_ends_the_run(server: FakeServer, reply: Raw, message: str) -> None:
    server.script = [reply]
    with pytest.raises(ExtractorError, match=message):
        read(server)
    assert len(server.asked) == 1


def test_a_server_that_is_gone_ends_the_run_after_three_articles(waits: list[float]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    extractor = LlmExtractor(LlmSettings(model="m", base_url=url, retries=1))
    for _ in range(2):
        with pytest.raises(ReadError, match=r"a1: http://127.0.0.1:\d+ does not answer: Connection refused"):
            extractor.read(make_article())
    with pytest.raises(ExtractorError, match="nothing is lost, the same command goes on from here"):
        extractor.read(make_article())


# what is wrong with the answer


@pytest.mark.parametrize("bad", ["I cannot help with that.", "{", '{"claims": 3}', ""])
def test_an_unusable_answer_is_repaired_once(server: FakeServer, bad: str) -> None:
    server.script = [bad]
    assert len(read(server).statements) == 1
    roles = [message["role"] for message in server.asked[1]["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    assert "Answer again" in server.asked[1]["messages"][-1]["content"]


def test_an_answer_of_another_shape_is_repaired_with_what_was_wrong(server: FakeServer) -> None:
    server.script = [json.dumps({"claims": [CLAIM, {**CLAIM, "relation": "annoys"}, {"who": "Iran"}]})]
    assert len(read(server).statements) == 1
    asked = server.asked[1]["messages"][-1]["content"]
    assert "claim 2: relation: " in asked and "'annoys' is no relation of the list" in asked
    assert "claim 3: relation: Field required" in asked


def test_a_repair_that_makes_it_worse_is_not_taken(server: FakeServer) -> None:
    extractor = made(server)
    server.script = [json.dumps({"claims": [CLAIM, {**CLAIM, "modality": "sure"}]}), "Sorry."]
    reading = extractor.read(make_article(text=TEXT))
    assert (len(reading.statements), reading.rejected) == (1, 1)


def test_an_article_without_usable_answer_is_not_read_and_asked_about_anew(
    server: FakeServer, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.jsonl"
    server.script = ["Sorry.", "Sorry again."]
    with pytest.raises(ReadError, match="a1: the model gives no usable answer, even when asked to repair it"):
        read(server, cache=answers)
    assert len(read(server, cache=answers).statements) == 1
    assert len(server.asked) == 3


def test_a_passage_whose_answer_is_cut_off_is_asked_about_in_halves(server: FakeServer) -> None:
    cut = Raw(answered(NONE, f'{{"claims": [{json.dumps(CLAIM)}, {{"rel', "length"))
    server.script = [cut]
    extractor = made(server)
    assert len(extractor.read(make_article(text=TEXT)).statements) == 1
    halves = [body["messages"][1]["content"] for body in server.asked[1:]]
    assert len(halves) == 2 and all(
        len(half) < len(server.asked[0]["messages"][1]["content"]) for half in halves
    )
    assert extractor.spent.counts["passages halved"] == 1


def test_of_one_sentence_whose_answer_is_cut_off_the_whole_claims_stay(server: FakeServer) -> None:
    sentence = TEXT.split("\n")[0]
    server.script = [Raw(answered(NONE, f'{{"claims": [{json.dumps(CLAIM)}, {{"rel', "length"))] * 2
    extractor = made(server)
    assert len(extractor.read(make_article(text=sentence)).statements) == 1
    assert extractor.spent.counts["answers cut off"] == 1


# the key


def test_the_key_is_written_nowhere(
    server: FakeServer, tmp_path: Path, waits: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    """The server even says it back, in an error and in an answer."""
    answers = tmp_path / "answers.jsonl"
    echo = json.dumps({"claims": [{**CLAIM, "place": KEY}], "key": KEY})
    server.script = [Raw(f'{{"error": "key {KEY} is slow"}}'.encode(), 500), echo]
    extractor = made(server, cache=answers)
    reading = extractor.read(make_article(text=TEXT))
    server.script = [Raw(f'{{"error": "wrong key {KEY}"}}'.encode(), 401)]
    with pytest.raises(ExtractorError) as error:
        extractor.read(make_article(text=f"{TEXT} Oman."))
    chain = f"{error.value!r} {error.value.__cause__!r} {error.value.__context__!r}"
    shown = [
        repr(extractor),
        repr(vars(extractor)),
        extractor.name,
        str(extractor.spent),
        repr(reading),
        chain,
    ]
    shown += [answers.read_text("utf-8"), *capsys.readouterr()]
    assert not [text for text in shown if KEY in text]
    assert "***" in str(error.value)
    assert "wrong key" in str(error.value)


def test_a_key_shows_itself_to_nobody() -> None:
    import pickle  # noqa: PLC0415 - only to see that it is refused

    key = Secret(KEY)
    assert KEY not in f"{key!r} {key} {[key]}"
    with pytest.raises(TypeError, match="not written anywhere"):
        pickle.dumps(key)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("localhost:11434", "is no URL; write it as http://localhost:11434/v1"),
        ("ftp://localhost/v1", "is no URL"),
        ("http://[::1", "is no URL"),
        ("https://me:secret@example.org/v1", "holds more than an address"),
        ("http://example.org/v1", "DIPLOKG_LLM_KEY is not sent to example.org in the open; use https"),
    ],
)
def test_an_address_that_would_give_something_away_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str, message: str
) -> None:
    monkeypatch.setenv("DIPLOKG_LLM_KEY", KEY)
    with pytest.raises(ExtractorError, match=message) as error:
        HttpClient(url, timeout=1)
    assert "secret" not in str(error.value) and KEY not in str(error.value)


def test_a_key_that_would_break_the_header_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "DIPLOKG_LLM_KEY", "sk\nX-Other: 1")
    with pytest.raises(ExtractorError, match="characters that no key has"):
        HttpClient("http://localhost/v1", timeout=1)


# the budget


@pytest.mark.parametrize(
    ("limit", "what"),
    [
        ({"max_requests": 1}, "--max-requests 1 "),
        ({"max_tokens": 2000, "answer_tokens": 200}, "--max-tokens 2000 "),
        ({"max_cost": 0.025, "price_in": 10.0, "price_out": 30.0, "answer_tokens": 200}, "--max-cost 0.025 "),
    ],
)
def test_a_budget_is_not_passed_and_what_is_at_hand_is_still_read(
    server: FakeServer, tmp_path: Path, limit: dict[str, float], what: str
) -> None:
    extractor = made(server, cache=tmp_path / "answers.jsonl", **limit)
    first, second = make_article(text=TEXT), make_article(text=f"{TEXT} Oman.")
    assert extractor.read(first).statements
    with pytest.raises(ReadError, match=f"a1: the budget of {what}is spent; run again with more to go on"):
        extractor.read(second)
    assert len(server.asked) == 1
    assert extractor.read(first).statements
    spent = extractor.spent
    assert (spent.requests, spent.cached) == (1, 1)
    assert spent.tokens_in > 100 and spent.tokens_out > 10 and spent.tokens_at_hand > 100


def test_tokens_that_a_server_does_not_count_are_estimated(server: FakeServer) -> None:
    body = json.loads(answered(NONE, GOOD))
    server.script = [Raw(json.dumps({**body, "usage": None}).encode())]
    extractor = made(server)
    extractor.read(make_article(text=TEXT))
    assert extractor.spent.tokens_in > 500 and extractor.spent.tokens_out > 50


Change = Callable[[LlmSettings], LlmSettings]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (LlmSettings(), "needs a name; give it with --model"),
        (LlmSettings(model="m"), "needs a server; give it with --base-url"),
    ],
)
def test_what_is_missing_is_said(settings: LlmSettings, message: str) -> None:
    with pytest.raises(ExtractorError, match=message):
        LlmExtractor(settings)
    assert LlmExtractor(replace(settings, model="m", offline=True)).name.startswith("llm@")
