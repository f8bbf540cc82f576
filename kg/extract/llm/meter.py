"""What a run spends, and the budget that it may not pass. One meter for all threads of an extractor."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from typing import Final

from kg.config import LlmSettings
from kg.extract.base import Spent
from kg.extract.llm.values import LlmError, Reply

_CHARACTERS: Final = 3
"""Of a token, at least: German news has 3.5 to 4.5 with the tokenizers of today. For what a server does not count."""

_MILLION: Final = 1_000_000


class Meter:
    """Counts requests and tokens, and refuses what the budget does not allow."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._requests = self._cached = self._in = self._out = self._at_hand = 0
        self._reserved_in = self._reserved_out = 0
        self._counts: Counter[str] = Counter()

    @property
    def spent(self) -> Spent:
        """What was spent until now."""
        with self._lock:
            cost = self._price(self._in, self._out)
            return Spent(
                requests=self._requests,
                cached=self._cached,
                tokens_in=self._in,
                tokens_out=self._out,
                tokens_at_hand=self._at_hand,
                cost=cost,
                counts=dict(self._counts),
            )

    def count(self, name: str, number: int = 1) -> None:
        """Count something that happened; nothing where it happened 0 times."""
        if number:
            with self._lock:
                self._counts[name] += number

    def hit(self, reply: Reply) -> None:
        """Count an answer that was at hand."""
        with self._lock:
            self._cached += 1
            self._at_hand += reply.tokens_in + reply.tokens_out

    def sending(self) -> None:
        """Count a request that goes out. Raises LlmError where the budget allows no more."""
        with self._lock:
            self._check("requests", self._requests + 1, self._settings.max_requests)
            self._requests += 1

    @contextmanager
    def asking(self, characters: int) -> Iterator[list[Reply]]:
        """Set tokens aside for a question of so many characters, and count those of the replies put into the list.

        Raises LlmError where question and longest answer together might pass the budget.
        """
        likely, longest = characters // _CHARACTERS, self._settings.answer_tokens
        self._reserve(likely, longest)
        replies: list[Reply] = []
        try:
            yield replies
        finally:
            with self._lock:
                self._reserved_in -= likely
                self._reserved_out -= longest
                for reply in replies:
                    self._in += reply.tokens_in
                    self._out += reply.tokens_out

    @staticmethod
    def estimated(reply: Reply, characters: int) -> Reply:
        """Return a reply with its tokens estimated where the server did not count them."""
        return replace(
            reply,
            tokens_in=reply.tokens_in or characters // _CHARACTERS,
            tokens_out=reply.tokens_out or len(reply.content) // _CHARACTERS,
        )

    def _reserve(self, tokens_in: int, tokens_out: int) -> None:
        with self._lock:
            all_in = self._in + self._reserved_in + tokens_in
            all_out = self._out + self._reserved_out + tokens_out
            self._check("tokens", all_in + all_out, self._settings.max_tokens)
            self._check("cost", self._price(all_in, all_out), self._settings.max_cost)
            self._reserved_in += tokens_in
            self._reserved_out += tokens_out

    def _check(self, what: str, wanted: float, limit: float) -> None:
        if limit and wanted > limit:
            raise LlmError(f"the budget of --max-{what} {limit:g} is spent; run again with more to go on")

    def _price(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self._settings.price_in + tokens_out * self._settings.price_out) / _MILLION
