"""What a query may cost."""

import os
from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024
LONGEST_REQUEST: Final = MEGABYTE
"""Bytes of a request's body."""


def _places() -> int:
    """Return two for each core: so a quick query shares a core with a heavy one, and need not wait for it."""
    return 2 * max(2, min(8, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one query, and of all together.

    Attributes:
        seconds: from the arrival of a query to the end of its evaluation, waiting included.
        patience: seconds after which a query counts as long, and leaves its place to others.
        memory: megabytes of memory of a worker, the 100 that it needs itself included.
        answer: megabytes of an answer.
        workers: queries evaluated at the same time.
        waiting: queries that may wait.
    """

    seconds: float = 30.0
    patience: float = 1.0
    memory: int = 1024
    answer: int = 100
    workers: int = _places()
    waiting: int = 200

    @property
    def long(self) -> int:
        """How many long queries are evaluated beside the others, with less of the processor."""
        return max(1, self.workers // 4)

    @property
    def pages(self) -> int:
        """How many queries of the pages are evaluated beside all others."""
        return max(1, self.workers // 4)

    @property
    def processes(self) -> int:
        """How many worker processes that makes."""
        return self.workers + self.long + self.pages
