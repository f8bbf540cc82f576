"""A question to a model: from the cache, else from the server; read by schema, repaired once."""

from dataclasses import dataclass, field
from typing import Any, Generic

from pydantic import BaseModel

from kg.config import LlmSettings
from kg.errors import ExtractorError
from kg.extract.llm.cache import AnswerCache, key_of
from kg.extract.llm.chat import HttpChat
from kg.extract.llm.meter import Meter
from kg.extract.llm.parse import records_of
from kg.extract.llm.prompt import Prompt
from kg.extract.llm.schema import Item, checked, numbers, shape_of, told
from kg.extract.llm.values import Chat, LlmError, Message, Reply


@dataclass(frozen=True, slots=True)
class Answer(Generic[Item]):
    """What a model answered: the claims that fit the schema, what is wrong with others, whether it was cut off.

    ``right`` are the numbers of proposals that it agrees with, where it was given some.
    """

    items: list[Item] = field(default_factory=list)
    right: tuple[int, ...] = ()
    problems: list[str] = field(default_factory=list)
    cut: bool = False


class Asker:
    """Asks one model. ``chat`` is the server of the settings unless another one is given."""

    def __init__(self, settings: LlmSettings, chat: Chat | None = None) -> None:
        if not settings.model:
            raise ExtractorError("a language model needs a name; give it with --model, such as qwen3:8b")
        if not (settings.base_url or settings.offline or chat):
            raise ExtractorError(
                "a language model needs a server; give it with --base-url, such as http://localhost:11434/v1, "
                "or use --offline with the answers of an earlier run"
            )
        self.meter = Meter(settings)
        self.cache = AnswerCache(settings.cache)
        self.settings = settings
        self._chat = None if settings.offline else chat or HttpChat(settings, self.meter)
        self._counted = isinstance(self._chat, HttpChat)
        if self.cache.damaged:
            self.meter.count("damaged lines of the cache left out", self.cache.damaged)

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of a request, which decide its answer beside prompt and model."""
        own = self.settings
        return {"temperature": own.temperature, "seed": own.seed, "answer_tokens": own.answer_tokens}

    def ask(self, prompt: Prompt, messages: list[Message], item: type[Item]) -> Answer[Item]:
        """Return what the model says, after one chance to repair it.

        Raises LlmError where it says nothing usable, ExtractorError where the server takes no request.
        """
        first, first_key = self._reply(prompt, messages, item)
        answer, problem = _read(first, item)
        if answer and (answer.cut or not problem):
            return answer
        self.meter.count("answers repaired")
        again: list[Message] = [
            *messages,
            {"role": "assistant", "content": first.content},
            {"role": "user", "content": f"This does not fit: {problem}. Answer again, with JSON only."},
        ]
        second, second_key = self._reply(prompt, again, item)
        repaired, still = _read(second, item)
        if repaired is None and answer is None:
            self.cache.take_back(first_key)
            self.cache.take_back(second_key)
            raise LlmError(f"the model gives no usable answer, even when asked to repair it ({still})")
        return _better(answer, repaired)

    def _reply(self, prompt: Prompt, messages: list[Message], item: type[BaseModel]) -> tuple[Reply, str]:
        """Return an answer with its key; a new one is written down before it is used."""
        shape = shape_of(item)
        key = key_of(messages, shape, self.settings.model, self.parameters)
        if found := self.cache.get(key):
            self.meter.hit(found)
            return found, key
        if self._chat is None:
            raise LlmError(
                f"no answer in {self.cache.path or 'the cache'}; run without --offline to ask for it"
            )
        length = sum(len(message["content"]) for message in messages)
        with self.meter.asking(length) as replies:
            if not self._counted:
                self.meter.sending()
            reply = self.meter.estimated(self._chat.ask(messages, shape), length)
            replies.append(reply)
        described = {"prompt": prompt.id, "model": self.settings.model, "parameters": self.parameters}
        self.cache.put(key, reply, described)
        return reply, key


def _read(reply: Reply, item: type[Item]) -> tuple[Answer[Item] | None, str]:
    """Return an answer if it holds a list of claims, and what is wrong with it."""
    try:
        records = records_of(reply.content)
    except LlmError as error:
        return Answer(cut=True) if reply.cut else None, str(error)
    items, problems = checked(records.claims, item)
    cut = reply.cut or not records.whole
    return Answer(items, numbers(records.right), problems, cut), told(problems)


def _better(first: Answer[Item] | None, second: Answer[Item] | None) -> Answer[Item]:
    """Return the repaired answer unless it says less that fits."""
    if first is None or second is None:
        return first or second or Answer()
    return first if len(second.items) + len(second.right) < len(first.items) + len(first.right) else second
