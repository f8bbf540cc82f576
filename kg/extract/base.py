"""What every extractor is: a name with a version, and a reading of an article."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from kg.model import Article, Reading


class Extractor(Protocol):
    """Reads an article into mentions and statements. The same article must give the same reading."""

    @property
    def name(self) -> str:
        """Name and version, as in ``rules@0.1.0``."""
        ...

    def read(self, article: Article) -> Reading:
        """Return the mentions and statements of an article.

        Raises ReadError where this article cannot be read now, as where a server does not answer: it is
        reported, and the others are read. Raises nothing else for an article with text.
        """
        ...


@dataclass(frozen=True, slots=True)
class Spent:
    """What an extractor spent on the articles of a run.

    Attributes:
        requests: questions that were sent to a server, repeated ones among them.
        cached: questions whose answers were at hand.
        tokens_in, tokens_out: tokens of the questions and answers that were sent.
        tokens_at_hand: tokens that the answers at hand cost when they were asked for.
        cost: the price of what was sent; 0 where no prices were given.
        counts: what else was counted, by name.
    """

    requests: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_at_hand: int = 0
    cost: float = 0.0
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        """Tokens of all questions and answers, whenever they were paid for: what the reading costs."""
        return self.tokens_in + self.tokens_out + self.tokens_at_hand

    def lines(self) -> list[str]:
        """Return it as lines to read; none where nothing was asked."""
        if not (self.requests or self.cached):
            return []
        money = f", cost {self.cost:.4f}" if self.cost else ""
        asked = f"{self.requests} requests, {self.cached} answers at hand"
        counted = ", ".join(f"{number} {name}" for name, number in sorted(self.counts.items()))
        return [
            f"model: {asked}; {self.tokens_in} tokens in, {self.tokens_out} out{money}",
            *([f"model: {counted}"] if counted else []),
        ]


def spent_by(extractor: Extractor | None) -> Spent:
    """Return what an extractor spent: its attribute ``spent``, nothing where it has none."""
    found = getattr(extractor, "spent", None)
    return found if isinstance(found, Spent) else Spent()


def workers_of(extractor: Extractor) -> int:
    """Return how many articles an extractor wants to read at once: its attribute ``workers``, else 1.

    It is for extractors that wait for others, such as a server: they are read from in threads.
    """
    return max(1, int(getattr(extractor, "workers", 1)))


@dataclass(frozen=True, slots=True)
class Informed:
    """An extractor with knowledge of a user's own: when that changes, articles are read again."""

    extractor: Extractor
    stamp: str

    @property
    def name(self) -> str:
        """Name and version of the extractor, with the stamp of what the user added."""
        return f"{self.extractor.name}+own.{self.stamp}"

    @property
    def spent(self) -> Spent:
        """What the extractor spent."""
        return spent_by(self.extractor)

    @property
    def workers(self) -> int:
        """How many articles the extractor wants to read at once."""
        return workers_of(self.extractor)

    def read(self, article: Article) -> Reading:
        """Return the reading of the extractor under this name."""
        return replace(self.extractor.read(article), extractor=self.name)
