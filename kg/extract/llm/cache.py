"""Answers of models in a file that can be shared: JSON Lines, by the hash of what was asked.

A line is written and flushed before its answer is used, so that a run that is killed pays for none twice. The key
knows prompt, text, model and parameters, but not the server: who has the file needs none.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Final

from kg.extract.llm.values import Message, Reply, Shape

_BAD: Final = "bad"
"""Field of a line that takes an unusable answer back: it is asked for again."""


class AnswerCache:
    """The answers of a file, which need not be there yet; without a path they are kept for this run only."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.damaged = 0
        self._lock = Lock()
        self._replies: dict[str, Reply] = {}
        self._torn = False
        if path and path.is_file():
            self._load(path.read_bytes())

    def get(self, key: str) -> Reply | None:
        """Return the answer to a question, or None."""
        with self._lock:
            return self._replies.get(key)

    def put(self, key: str, reply: Reply, described: Mapping[str, Any]) -> None:
        """Keep an answer, with what is said of its question for readers. Raises OSError if it cannot be written."""
        line = {
            "key": key,
            **described,
            "answer": reply.content,
            "cut": reply.cut,
            "tokens_in": reply.tokens_in,
            "tokens_out": reply.tokens_out,
        }
        with self._lock:
            self._append(line)
            self._replies[key] = reply

    def take_back(self, key: str) -> None:
        """Forget an answer that cannot be used. Raises OSError."""
        with self._lock:
            self._append({"key": key, _BAD: True})
            self._replies.pop(key, None)

    def _load(self, content: bytes) -> None:
        """Read the lines; what is no line of ours was torn off by an interruption, and is counted."""
        *lines, last = content.split(b"\n")
        self._torn = bool(last)
        for line in filter(None, lines):
            try:
                record = json.loads(line)
                key = str(record["key"])
                if record.get(_BAD):
                    self._replies.pop(key, None)
                    continue
                self._replies[key] = Reply(
                    str(record["answer"]),
                    bool(record["cut"]),
                    int(record["tokens_in"]),
                    int(record["tokens_out"]),
                )
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                self.damaged += 1

    def _append(self, record: Mapping[str, Any]) -> None:
        if self.path is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(record, ensure_ascii=True).encode() + b"\n"
        with self.path.open("ab", buffering=0) as file:
            file.write(b"\n" + line if self._torn else line)
            os.fsync(file.fileno())
        self._torn = False


def key_of(messages: list[Message], shape: Shape, model: str, parameters: Mapping[str, Any]) -> str:
    """Return the hash of all that decides an answer."""
    content = json.dumps(
        [messages, shape.name, shape.schema, model, parameters], sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
