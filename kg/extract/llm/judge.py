"""The back end ``rules+llm``: the rules propose, the model judges, types and completes, by numbers alone.

It sees only sentences in which the rules found something. What is right it names by number; what is not, it writes
with the numbers of actors that stand there: there is no quote to invent, and an answer takes a few tokens.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from kg.config import LlmSettings
from kg.errors import ReadError
from kg.extract.base import Extractor, Spent
from kg.extract.llm.ask import Answer, Asker
from kg.extract.llm.extractor import name_of
from kg.extract.llm.prompt import load_prompt
from kg.extract.llm.proposals import Parcel, Sentence, parcels
from kg.extract.llm.quotes import Searchable
from kg.extract.llm.schema import Judged
from kg.extract.llm.values import Chat, LlmError
from kg.extract.rules import make as make_rules
from kg.model import Article, Mention, Reading, Span, Statement

_AGREED: Final = 0.05  # more confidence where rules and model say the same
_CORRECTED: Final = 0.7
_ADDED: Final = 0.6
_NOBODY: Final = "verdicts that name what is not there"
_QUESTION: Final = "Which readings are right, and which claims are missing?"


@dataclass
class _Verdicts:
    """What became of the proposals of an article."""

    statements: dict[tuple[object, ...], Statement] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, number: int = 1) -> None:
        self.counts[name] = self.counts.get(name, 0) + number

    def add(self, statement: Statement, verdict: str, cue: str) -> None:
        """Add a statement unless it is there already: what was kept is added first."""
        key = (statement.relation, *_roles(statement), statement.quote)
        if key not in self.statements:
            self.statements[key] = replace(statement, cues=(*statement.cues, f"{cue} {verdict}"))
            self.count(f"proposals {verdict}" if verdict != "added" else "claims added")


class JudgingExtractor:
    """Reads articles by the rules (or another ``local`` reader), and lets a model judge what they found."""

    def __init__(
        self, settings: LlmSettings, *, chat: Chat | None = None, local: Extractor | None = None
    ) -> None:
        self._asker = Asker(settings, chat)
        self._local = local or make_rules()
        self._prompt = load_prompt("judge")
        self._cue = f"llm:{self._prompt.id}"
        self.name = name_of("rules+llm", settings, self._prompt, self._local)

    @property
    def workers(self) -> int:
        """How many articles are asked about at once."""
        return self._asker.settings.workers

    @property
    def spent(self) -> Spent:
        """What the model cost until now, and what it did with the proposals."""
        return self._asker.meter.spent

    def read(self, article: Article) -> Reading:
        """Return the statements of the rules as the model judges them.

        Raises ReadError where the model gives no usable answer, ExtractorError where it gives none to anybody.
        """
        local = self._local.read(article)
        verdicts = _Verdicts()
        try:
            for whole in parcels(local, self._asker.settings.passage):
                for parcel, answer in self._answers(whole, article):
                    self._judge(parcel, answer, article, verdicts)
        except LlmError as error:
            raise ReadError(article.source or article.id, str(error)) from None
        for name, number in verdicts.counts.items():
            self._asker.meter.count(name, number)
        unjudged = [statement for statement in local.statements if statement.actor == statement.recipient]
        found = [*unjudged, *verdicts.statements.values()]
        found.sort(key=lambda s: (s.trigger, *_roles(s), s.relation))
        rejected = verdicts.counts.get(_NOBODY, 0)
        return Reading(article, local.mentions, tuple(found), self.name, rejected)

    def _answers(self, parcel: Parcel, article: Article) -> Iterator[tuple[Parcel, Answer[Judged]]]:
        """Yield what the model says of a parcel; one whose answer is cut off is asked about in halves."""
        messages = self._prompt.messages(parcel.shown(article.text), question=_QUESTION)
        answer = self._asker.ask(self._prompt, messages, Judged)
        halves = parcel.halves() if answer.cut else None
        if halves is None:
            yield parcel, answer
            return
        self._asker.meter.count("passages halved")
        for half in halves:
            yield from self._answers(half, article)

    def _judge(self, parcel: Parcel, answer: Answer[Judged], article: Article, verdicts: _Verdicts) -> None:
        proposals = parcel.proposals
        left = set(proposals)
        for number in answer.right:
            if 1 <= number <= len(proposals):
                right = proposals[number - 1]
                left.discard(right)
                verdicts.add(_surer(right), "kept", self._cue)
            else:
                verdicts.count(_NOBODY)
        for judged in answer.items:
            try:
                sentence, actor, recipient = _named(judged, parcel)
                corrected = _proposal(sentence, left, judged, actor, recipient)
                statement = _statement(judged, sentence, corrected, article)
            except IndexError:
                verdicts.count(_NOBODY)
            else:
                left -= {corrected}
                verdicts.add(statement, "corrected" if corrected else "added", self._cue)
        verdicts.count(_NOBODY, len(answer.problems))
        verdicts.count("proposals dropped", len(left))


def _named(judged: Judged, parcel: Parcel) -> tuple[Sentence, Mention, Mention]:
    """Return sentence, actor and recipient of a claim. Raises IndexError for numbers that are nobody's."""
    if judged.sentence < 1:
        raise IndexError("sentences are counted from 1")
    sentence = parcel.sentences[judged.sentence - 1]
    (actor,), (recipient,) = sentence.named(judged.actor), sentence.named(judged.recipient)
    if actor.span.overlaps(recipient.span):
        raise IndexError("an actor does nothing to itself")
    return sentence, actor, recipient


def _statement(
    judged: Judged, sentence: Sentence, corrected: Statement | None, article: Article
) -> Statement:
    """Return a claim as a statement: on top of the proposal that it corrects, else a new one."""
    (actor,), (recipient,) = sentence.named(judged.actor), sentence.named(judged.recipient)
    base = corrected or Statement(
        judged.relation, actor, recipient, judged.modality, trigger=sentence.span, quote=sentence.span
    )
    speakers = tuple(speaker for speaker in sentence.named(*judged.speakers) if speaker != actor)
    when = Searchable(article.text).find_name(judged.when, sentence.span)
    return replace(
        base,
        relation=judged.relation,
        actor=actor,
        recipient=recipient,
        modality=judged.modality,
        speakers=speakers or base.speakers,
        when=when[0] if when else base.when,
        confidence=_CORRECTED if corrected else _ADDED,
    )


def _proposal(
    sentence: Sentence, left: set[Statement], judged: Judged, actor: Mention, recipient: Mention
) -> Statement | None:
    """Return the proposal that a claim corrects: of those left one of the same pair, the likest of several."""
    pair = {actor, recipient}
    about = [s for s in sentence.proposals if s in left and {s.actor, s.recipient} == pair]
    likeness = [
        (s.relation == judged.relation, s.modality == judged.modality, s.actor == actor) for s in about
    ]
    return about[max(range(len(about)), key=likeness.__getitem__)] if about else None


def _surer(statement: Statement) -> Statement:
    return replace(statement, confidence=round(min(statement.confidence + _AGREED, 1.0), 2))


def _roles(statement: Statement) -> tuple[Span, Span]:
    return statement.actor.span, statement.recipient.span
