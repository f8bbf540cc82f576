"""Settings of a build: what the user chose. They are frozen."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

ANSWERS: Final = "llm-answers.jsonl"
"""Where the answers of a language model are kept unless said otherwise: in the folder of a build."""


DEFAULT_EXTRACTOR: Final = "rules+neural"
"""What reads articles unless another is chosen: the best on the development part of the gold (README, Quality)."""


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """How a language model is asked. The key is no setting: it comes from the environment.

    Attributes:
        model: name of the model, as its server knows it.
        base_url: where the server's API begins, such as ``http://localhost:11434/v1``.
        cache: file of answers; None for ``ANSWERS`` in the folder of the build.
        offline: whether only answers of that file are used.
        temperature, seed, answer_tokens: parameters of the request; ``answer_tokens`` is the most that one may take.
        passage: characters of an article that are asked about at once; longer ones are cut at sentences.
        workers: articles that are asked about at once.
        timeout: seconds that one answer may take from beginning to end.
        retries: how often a request is repeated that failed on its way.
        max_requests, max_tokens, max_cost: the budget of a run; 0 is no limit.
        price_in, price_out: price of a million tokens of questions and of answers, in any currency.
    """

    model: str = ""
    base_url: str = ""
    cache: Path | None = None
    offline: bool = False
    temperature: float = 0.0
    seed: int = 0
    answer_tokens: int = 4096
    passage: int = 3000
    workers: int = 4
    timeout: float = 120.0
    retries: int = 4
    max_requests: int = 0
    max_tokens: int = 0
    max_cost: float = 0.0
    price_in: float = 0.0
    price_out: float = 0.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose.

    Attributes:
        extractor: name of the back end.
        published: day of publication of articles that do not say it.
        language: language of articles that do not say it ("de", "en"); found where empty.
        publisher: publisher of articles that do not say it.
        page_language: language in which the network page opens ("de", "en").
        files: when graph files, table and page are written: "always", "never", or "auto", while the graph
            is small.
        engine: where articles are read: "serial", here; "processes", beside; "dask", on other machines too.
        workers: how many read at once, for the engines that have workers; 0 is one for each processor.
        scheduler: address of a Dask scheduler; where empty, workers are started here.
        llm: how a language model is asked, for the back ends that ask one.
        entities: tables of the user's own entities, see ``docs/entities.md``; the folder keeps the last ones.
        predicates: tables of the user's own predicates, see ``docs/extending.md``; the folder keeps the last ones.
        judgements: table of what reviewers judged the same or different; the folder keeps the last one.
    """

    extractor: str = DEFAULT_EXTRACTOR
    published: date | None = None
    language: str = ""
    publisher: str = ""
    page_language: str = "de"
    files: str = "auto"
    engine: str = "serial"
    workers: int = 0
    scheduler: str = ""
    llm: LlmSettings = field(default_factory=LlmSettings)
    entities: tuple[Path, ...] = ()
    judgements: Path | None = None
    predicates: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        """Take a single table, a list of them, and paths as words, as people write them in notebooks."""
        for name in ("entities", "predicates"):
            object.__setattr__(self, name, _paths(getattr(self, name)))
        if self.judgements is not None:
            object.__setattr__(self, "judgements", Path(self.judgements))

    def with_answers_in(self, folder: Path) -> "Settings":
        """Return the settings with the answers kept in a folder, unless a file was chosen for them."""
        if self.llm.cache:
            return self
        return replace(self, llm=replace(self.llm, cache=folder / ANSWERS))


def _paths(tables: str | Path | Iterable[str | Path]) -> tuple[Path, ...]:
    return (Path(tables),) if isinstance(tables, str | Path) else tuple(map(Path, tables))
