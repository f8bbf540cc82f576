"""The back end ``llm``: a model reads the passages, the gate holds it to the text, the tables say who is who."""

import hashlib
from collections.abc import Iterable, Iterator

from kg import __version__
from kg.config import LlmSettings
from kg.errors import ReadError
from kg.extract.base import Extractor, Spent
from kg.extract.llm.ask import Answer, Asker
from kg.extract.llm.gate import Gate, RejectedError
from kg.extract.llm.mentions import Mentions
from kg.extract.llm.passages import Passage, passages
from kg.extract.llm.prompt import Prompt, load_prompt
from kg.extract.llm.schema import Found
from kg.extract.llm.values import Chat, LlmError
from kg.extract.rules import make as make_rules
from kg.model import Article, Mention, Reading, Statement


class LlmExtractor:
    """Reads articles by a language model; ``chat`` is asked in the place of the settings' server.

    ``local`` finds the actors that the model names by words, so that they are linked like those of other back ends.
    ``kind`` is the name of the back end, which its claims carry.
    """

    def __init__(
        self,
        settings: LlmSettings,
        *,
        chat: Chat | None = None,
        local: Extractor | None = None,
        kind: str = "llm",
    ) -> None:
        self._asker = Asker(settings, chat)
        self._local = local or make_rules()
        self._prompt = load_prompt("claims")
        self.name = name_of(kind, settings, self._prompt, self._local)

    @property
    def workers(self) -> int:
        """How many articles are asked about at once."""
        return self._asker.settings.workers

    @property
    def spent(self) -> Spent:
        """What the model cost until now, and what the gate turned away."""
        return self._asker.meter.spent

    def read(self, article: Article) -> Reading:
        """Return the mentions and statements of an article.

        Raises ReadError where the model gives no usable answer, ExtractorError where it gives none to anybody.
        """
        local = self._local.read(article)
        mentions = Mentions(local, self._local.read)
        gate = Gate(article, mentions, f"llm:{self._prompt.id}")
        found: dict[tuple[object, ...], Statement] = {}
        rejected = 0
        try:
            for passage in passages(article, self._asker.settings.passage):
                for part, answer in self._answers(passage, article):
                    passed = list(self._passed(answer, part, gate))
                    rejected += len(answer.items) + len(answer.problems) - len(passed)
                    for statement in passed:
                        found.setdefault(_act(statement), statement)
        except LlmError as error:
            raise ReadError(article.source or article.id, str(error)) from None
        statements = sorted(found.values(), key=_order)
        used = (mention for statement in statements for mention in mentions_of(statement))
        return Reading(article, mentions.all_with(used), tuple(statements), self.name, rejected)

    def _passed(self, answer: Answer[Found], passage: Passage, gate: Gate) -> Iterator[Statement]:
        """Yield the claims that the gate lets through; count the others by what is wrong with them."""
        self._asker.meter.count("claims outside the scheme", len(answer.problems))
        for claim in answer.items:
            try:
                yield gate.statement(claim, passage)
            except RejectedError as error:
                self._asker.meter.count(str(error))

    def _answers(self, passage: Passage, article: Article) -> Iterator[tuple[Passage, Answer[Found]]]:
        """Yield what the model says about a passage; one whose answer is cut off is asked about in halves."""
        messages = self._prompt.messages(passage.span.of(article.text))
        answer = self._asker.ask(self._prompt, messages, Found)
        halves = passage.halves() if answer.cut else None
        if halves is None:
            self._asker.meter.count("answers cut off", int(answer.cut))
            yield passage, answer
            return
        self._asker.meter.count("passages halved")
        for half in halves:
            yield from self._answers(half, article)


def name_of(kind: str, settings: LlmSettings, prompt: Prompt, local: Extractor) -> str:
    """Return the name of a back end with all that decides what it reads: it stands on every claim."""
    decisive = f"{prompt.text}\x1f{local.name}"
    digest = hashlib.sha256(decisive.encode("utf-8")).hexdigest()[:8]
    model = "".join(
        letter if letter.isprintable() and letter not in " ," else "_" for letter in settings.model
    )
    return (
        f"{kind}@{__version__}+{digest} model={model} prompt={prompt.id} temperature={settings.temperature:g} "
        f"seed={settings.seed} answer_tokens={settings.answer_tokens} passage={settings.passage}"
    )


def mentions_of(statement: Statement) -> Iterable[Mention]:
    """Return the mentions that a statement holds."""
    place = [statement.place] if statement.place else []
    return (statement.actor, statement.recipient, *statement.speakers, *place)


def _act(statement: Statement) -> tuple[object, ...]:
    """Return what makes two statements one: overlapping passages tell an act twice."""
    return (
        statement.relation,
        statement.actor.span,
        statement.recipient.span,
        statement.modality,
        statement.quote,
    )


def _order(statement: Statement) -> tuple[object, ...]:
    return (
        statement.trigger, statement.actor.span, statement.recipient.span, statement.relation, statement.modality,
    )  # fmt: skip
