"""A server that speaks the OpenAI-compatible API, for tests: no model, and it misbehaves on demand.

What it answers comes from the rules of diplokg, put into the words that a model would answer in. It shows that
what stands around a model holds; it says nothing about what a model would find.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kg.extract.rules import make
from kg.model import Article, Statement

Body = dict[str, Any]
Brain = Callable[[str, str], str]
"""Prompt and fenced text -> answer."""


@dataclass(frozen=True)
class Raw:
    """A reply byte by byte: ``length`` is what the header says, ``pause`` the seconds before each chunk."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    pause: float = 0.0
    repeat: int = 1


@dataclass
class FakeServer:
    """The server. ``script`` says what the next requests get: a Raw reply, or words as an answer; then ``brain``."""

    brain: Brain
    script: list[Raw | str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    asked: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    base_url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, body: Body, headers: dict[str, str]) -> Raw:
        """Return the reply to a request, and note it."""
        with self.lock:
            self.asked.append(body)
            self.headers.append(headers)
            refused = sorted(self.refuses & set(body))
            if refused:
                return Raw(json.dumps({"error": {"message": f"unknown field {refused[0]}"}}).encode(), 400)
            planned = self.script.pop(0) if self.script else None
        if isinstance(planned, Raw):
            return planned
        return Raw(answered(body, self.brain(*prompt_and_text(body)) if planned is None else planned))


def answered(body: Body, content: str, finish: str = "stop") -> bytes:
    """Return the body of a reply, as a tool call where one was asked for."""
    message: Body = {"role": "assistant", "content": content}
    if "tools" in body:
        call = {"type": "function", "function": {"name": "claims", "arguments": content}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
    usage = {
        "prompt_tokens": len(json.dumps(body["messages"], ensure_ascii=False)) // 4,
        "completion_tokens": len(content) // 4,
    }
    return json.dumps({"choices": [{"message": message, "finish_reason": finish}], "usage": usage}).encode()


def prompt_and_text(body: Body) -> tuple[str, str]:
    """Return the system prompt, and the article's text without the fence."""
    text = re.search(r"<passage-(\w+)>\n(.*)\n</passage-\1>", body["messages"][1]["content"], re.DOTALL)
    assert text, "the passage stands between its marks"
    return body["messages"][0]["content"], text[2].replace("\u200b", "")


def reads_like_the_rules(prompt: str, text: str) -> str:
    """Answer as the rules read: claims with their words, or that all of their readings are right."""
    if '"right"' in prompt:
        return json.dumps({"right": [int(n) for n in re.findall(r"(?m)^r(\d+): ", text)], "claims": []})
    return json.dumps({"claims": _claims(text)}, ensure_ascii=False)


@lru_cache(maxsize=256)
def _claims(text: str) -> list[Body]:
    language = "de" if re.search(r"\b(?:der|die|den|dem|und)\b", text) else "en"
    reading = make().read(Article("a", "", text, language))
    return [_claim(s, text) for s in reading.statements if s.actor != s.recipient]


def _claim(statement: Statement, text: str) -> Body:
    return {
        "relation": statement.relation,
        "actor": statement.actor.span.of(text),
        "recipient": statement.recipient.span.of(text),
        "modality": statement.modality.value,
        "speakers": [speaker.span.of(text) for speaker in statement.speakers],
        "when": statement.when.of(text) if statement.when else "",
        "place": statement.place.span.of(text) if statement.place else None,
        "trigger": statement.trigger.of(text),
        "quote": statement.quote.of(text),
    }


@contextmanager
def serving(brain: Brain = reads_like_the_rules) -> Iterator[FakeServer]:
    """Run a server on this machine until the block ends."""
    fake = FakeServer(brain)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            assert self.path.endswith("/v1/chat/completions")  # a proxy is given the whole address
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.close_connection = True
            with suppress(OSError):  # the client has gone, as it should
                self._send(fake.next(body, dict(self.headers.items())))

        def _send(self, reply: Raw) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            size = len(reply.body) * reply.repeat if reply.length is None else reply.length
            self.send_header("Content-Length", str(size))
            self.end_headers()
            for _ in range(reply.repeat):
                time.sleep(reply.pause)
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
