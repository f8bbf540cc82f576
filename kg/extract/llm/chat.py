"""Asks a server of the OpenAI-compatible API, in the dialect that it turns out to understand."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import sleep
from typing import Any, Final

from kg.config import LlmSettings
from kg.errors import ExtractorError
from kg.extract.llm.client import HttpClient, HttpReply
from kg.extract.llm.meter import Meter
from kg.extract.llm.values import LlmError, LostError, Message, RefusedError, Reply, Shape

_LOST: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""Statuses after which the same request may succeed."""

_NEVER: Final = {401: "the key", 402: "the account", 403: "the key", 404: "the model or the address"}
"""Statuses that no other article would change, with what is wrong."""

_MODES: Final = ("schema", "tool", "plain")
_FIRST_WAIT: Final = 0.5  # seconds; doubled with each further one
_LONGEST_WAIT: Final = 30.0
_MOST_UNANSWERED: Final = 3  # questions in a row, each with all its tries: the server is gone
_LONGEST_SAYING: Final = 200  # characters of what a server says that are repeated


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a server wants to be asked: how the shape is demanded, and which parameters it takes."""

    mode: str = "schema"
    limit: str = "max_tokens"
    temperature: bool = True
    seed: bool = True

    def yielding(self, said: str) -> "Dialect | None":
        """Return what to try after a refusal: without what the server names, else with a looser shape."""
        if "max_tokens" in said and self.limit == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, limit="max_completion_tokens")
        if "temperature" in said and self.temperature:
            return replace(self, temperature=False)
        if "seed" in said and self.seed:
            return replace(self, seed=False)
        number = _MODES.index(self.mode) + 1
        return replace(self, mode=_MODES[number]) if number < len(_MODES) else None


class HttpChat:
    """A model behind a server. It may be used by several threads."""

    def __init__(self, settings: LlmSettings, meter: Meter) -> None:
        self._settings, self._meter = settings, meter
        self._http = HttpClient(settings.base_url, timeout=settings.timeout)
        self._dialect = Dialect()
        self._unanswered = 0

    def ask(self, messages: list[Message], shape: Shape) -> Reply:
        """Return the answer, asked for as strictly as the server knows how.

        Raises LlmError if there is none for these messages, ExtractorError where the server takes no request.
        """
        dialect: Dialect | None = self._dialect
        while dialect:
            try:
                reply = self._patiently(self._body(messages, shape, dialect))
            except RefusedError as refused:
                dialect = dialect.yielding(refused.said)
                if dialect is None:
                    raise
            else:
                self._dialect = dialect  # an assignment: another thread sees the old or the new one
                return reply
        raise AssertionError("a refusal ends the loop")

    def _patiently(self, body: bytes) -> Reply:
        """Send a request until it comes through. Raises LlmError when all tries are spent."""
        for wait in self._waits():
            try:
                self._meter.sending()
                reply = self._reply(self._http.post("/chat/completions", body))
            except LostError as lost:
                if wait is None:
                    raise self._given_up(lost) from None
                self._meter.count("requests repeated")
                sleep(wait if lost.wait is None else lost.wait)
            else:
                self._unanswered = 0
                return reply
        raise AssertionError("the last wait is None")

    def _given_up(self, lost: LostError) -> Exception:
        """Return the error of a question without answer; after several in a row, one that ends the run."""
        self._unanswered += 1
        problem = f"{lost}; tried {self._settings.retries + 1} times"
        if self._unanswered < _MOST_UNANSWERED:
            return LlmError(problem)
        return ExtractorError(
            f"{problem}, and so for others; nothing is lost, the same command goes on from here"
        )

    def _waits(self) -> Iterator[float | None]:
        for number in range(self._settings.retries):
            yield min(_FIRST_WAIT * 2**number, _LONGEST_WAIT)
        yield None

    def _body(self, messages: list[Message], shape: Shape, dialect: Dialect) -> bytes:
        body: dict[str, Any] = {
            "model": self._settings.model,
            "messages": messages,
            dialect.limit: self._settings.answer_tokens,
            "stream": False,
        }
        if dialect.temperature:
            body["temperature"] = self._settings.temperature
        if dialect.seed:
            body["seed"] = self._settings.seed
        if dialect.mode == "schema":
            described = {"name": shape.name, "strict": True, "schema": shape.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": described}
        elif dialect.mode == "tool":
            function = {"name": shape.name, "description": "List them.", "parameters": shape.schema}
            body["tools"] = [{"type": "function", "function": function}]
            body["tool_choice"] = {"type": "function", "function": {"name": shape.name}}
        return json.dumps(body).encode()

    def _reply(self, reply: HttpReply) -> Reply:
        if reply.status == 200:
            return self._answer(reply.body)
        said = self._said(reply.body)
        problem = f"{self._http.server} answers {reply.status}: {said}"
        if reply.status in _NEVER or "insufficient_quota" in said:
            raise ExtractorError(f"{problem}; check {_NEVER.get(reply.status, 'the account')}")
        if reply.status in _LOST:
            raise LostError(problem, reply.wait)
        raise RefusedError(problem, reply.status, said)

    def _answer(self, body: bytes) -> Reply:
        """Return the reply in a body. Raises LostError if it is not what the API says, as when it was cut off."""
        try:
            content = json.loads(body)
            choice = content["choices"][0]
            message, usage = choice["message"], content.get("usage") or {}
            calls = message.get("tool_calls") or [{}]
            words = message.get("content") or calls[0].get("function", {}).get("arguments") or ""
            if not isinstance(words, str):
                raise TypeError("the answer is no text")
            return Reply(
                content=self._http.key.scrubbed(words),
                cut=choice.get("finish_reason") == "length",
                tokens_in=max(0, int(usage.get("prompt_tokens") or 0)),
                tokens_out=max(0, int(usage.get("completion_tokens") or 0)),
            )
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
            problem = f"{self._http.server} answers otherwise than the API says ({type(error).__name__})"
            raise LostError(problem) from None

    def _said(self, body: bytes) -> str:
        """Return the beginning of what a server says, without the key and without what steers a terminal."""
        text = self._http.key.scrubbed(body.decode("utf-8", "replace"))
        plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return plain[:_LONGEST_SAYING] or "nothing"
