"""The values between the parts: messages, the shape of an answer, a reply, and what goes wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Message = Mapping[str, str]
"""``role`` (system, user or assistant) and ``content``."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape that an answer must have: a name for it, and a JSON schema."""

    name: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered.

    Attributes:
        content: its words.
        cut: whether it ended because the answer became too long.
        tokens_in, tokens_out: what the server says that it cost; 0 where it does not say.
    """

    content: str
    cut: bool = False
    tokens_in: int = 0
    tokens_out: int = 0


class Chat(Protocol):
    """Whatever can be asked: a server, a program, a model in this process."""

    def ask(self, messages: list[Message], shape: Shape) -> Reply:
        """Return the answer. Raises LlmError where there is none now, ExtractorError where there never will be."""
        ...


class LlmError(Exception):
    """No usable answer for this article; the message says why, and what would work."""


class LostError(LlmError):
    """The request failed on its way; it may be repeated after ``wait`` seconds, if the server said how long."""

    def __init__(self, problem: str, wait: float | None = None) -> None:
        super().__init__(problem)
        self.wait = wait


class RefusedError(LlmError):
    """The server does not take the request as it is. ``status`` is that of HTTP, ``said`` what the server said."""

    def __init__(self, problem: str, status: int, said: str) -> None:
        super().__init__(problem)
        self.status = status
        self.said = said
