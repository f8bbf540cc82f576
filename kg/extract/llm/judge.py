"""The back end ``rules+llm``: the rules propose, the model judges, types and completes, by numbers alone.

It sees only sentences in which the rules found something, and answers with the numbers of actors that stand in
them: there is no quote to invent, and an answer takes a few tokens.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.config import LlmSettings
from kg.errors import ReadError
from kg.extract.base import Extractor, Spent
from kg.extract.llm.ask import Asker
from kg.extract.llm.extractor import name_of
from kg.extract.llm.prompt import load_prompt
from kg.extract.llm.quotes import Searchable
from kg.extract.llm.schema import Judged
from kg.extract.llm.values import Chat, LlmError
from kg.extract.rules import make as make_rules
from kg.model import Article, Mention, Reading, Span, Statement

_AGREED: Final = 0.05  # more confidence where rules and model say the same
_CORRECTED: Final = 0.7
_ADDED: Final = 0.6
_QUESTION: Final = "Return the claims of these sentences."


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in which the rules found something, with the actors that stand in it or in what was found."""

    span: Span
    actors: tuple[Mention, ...]
    proposals: tuple[Statement, ...]

    def shown(self, number: int, text: str) -> str:
        """Return the sentence as the model sees it."""
        actors = "; ".join(f"a{n} = {_flat(a.span, text)}" for n, a in enumerate(self.actors, start=1))
        lines = [f"{number}. {_flat(self.span, text)}", f"actors: {actors}"]
        return "\n".join([*lines, *map(self._proposed, self.proposals)])

    def _proposed(self, statement: Statement) -> str:
        speakers = " ".join(self._number(speaker) for speaker in statement.speakers if speaker in self.actors)
        said = f", speakers {speakers}" if speakers else ""
        act = f"{self._number(statement.actor)} {statement.relation} {self._number(statement.recipient)}"
        return f"read: {act}, {statement.modality}{said}"

    def _number(self, mention: Mention) -> str:
        return f"a{self.actors.index(mention) + 1}"


class JudgingExtractor:
    """Reads articles by the rules (or another ``local`` reader), and lets a model judge what they found."""

    def __init__(
        self, settings: LlmSettings, *, chat: Chat | None = None, local: Extractor | None = None
    ) -> None:
        self._asker = Asker(settings, chat)
        self._local = local or make_rules()
        self._prompt = load_prompt("judge")
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
        unjudged = [statement for statement in local.statements if statement.actor == statement.recipient]
        found: dict[tuple[object, ...], Statement] = {}
        rejected = 0
        try:
            for sentences in _parcels(_sentences(local), self._asker.settings.passage):
                shown = "\n".join(s.shown(n, article.text) for n, s in enumerate(sentences, start=1))
                messages = self._prompt.messages(shown, question=_QUESTION)
                answer = self._asker.ask(self._prompt, messages, Judged)
                rejected += len(answer.problems)
                for judged in answer.items:
                    statement = self._statement(judged, sentences, article)
                    if statement is None:
                        rejected += 1
                    else:
                        found.setdefault((statement.relation, *_roles(statement), statement.quote), statement)
        except LlmError as error:
            raise ReadError(article.source or article.id, str(error)) from None
        self._count(local, unjudged, list(found.values()), rejected)
        statements = sorted([*unjudged, *found.values()], key=lambda s: (s.trigger, *_roles(s), s.relation))
        return Reading(article, local.mentions, tuple(statements), self.name, rejected)

    def _statement(self, judged: Judged, sentences: list[Sentence], article: Article) -> Statement | None:
        """Return a judged claim as a statement, or None if it names what is not there."""
        if not 1 <= judged.sentence <= len(sentences):
            return None
        sentence = sentences[judged.sentence - 1]
        numbers = range(1, len(sentence.actors) + 1)
        if judged.actor == judged.recipient or {judged.actor, judged.recipient, *judged.speakers} - {
            *numbers
        }:
            return None
        actor, recipient = sentence.actors[judged.actor - 1], sentence.actors[judged.recipient - 1]
        if actor.span.overlaps(recipient.span):
            return None
        proposal = _proposal(sentence, judged, actor, recipient)
        speakers = tuple(sentence.actors[number - 1] for number in dict.fromkeys(judged.speakers))
        when = next(iter(Searchable(article.text).find_name(judged.when, sentence.span)), None)
        same = proposal is not None and (proposal.relation, proposal.modality) == (
            judged.relation,
            judged.modality,
        )
        statement = proposal or Statement(
            judged.relation,
            actor,
            recipient,
            judged.modality,
            sentence.span,
            sentence.span,
            confidence=_ADDED,
        )
        own = statement.confidence if proposal is None else _CORRECTED
        verdict = "kept" if same else "corrected" if proposal else "added"
        return replace(
            statement,
            relation=judged.relation,
            actor=actor,
            recipient=recipient,
            modality=judged.modality,
            speakers=tuple(one for one in speakers if one != actor) or statement.speakers,
            when=when or statement.when,
            confidence=round(min(statement.confidence + _AGREED, 1.0), 2) if same else own,
            cues=(*statement.cues, f"llm:{self._prompt.id} {verdict}"),
        )

    def _count(
        self, local: Reading, unjudged: list[Statement], found: list[Statement], rejected: int
    ) -> None:
        verdicts = [statement.cues[-1].rpartition(" ")[2] for statement in found]
        answered = verdicts.count("kept") + verdicts.count("corrected")
        numbers = {
            "proposals kept": verdicts.count("kept"),
            "proposals corrected": verdicts.count("corrected"),
            "proposals dropped": max(0, len(local.statements) - len(unjudged) - answered),
            "claims added": verdicts.count("added"),
            "claims that name what is not there": rejected,
        }
        for name, number in numbers.items():
            if number:
                self._asker.meter.count(name, number)


def _sentences(local: Reading) -> list[Sentence]:
    """Return the sentences with proposals, in text order."""
    by_quote: dict[Span, list[Statement]] = {}
    for statement in local.statements:
        if statement.actor != statement.recipient:
            by_quote.setdefault(statement.quote, []).append(statement)
    return [_sentence(span, by_quote[span], local) for span in sorted(by_quote)]


def _sentence(span: Span, proposals: list[Statement], local: Reading) -> Sentence:
    inside = [mention for mention in local.mentions if span.covers(mention.span)]
    named = [m for s in proposals for m in (s.actor, s.recipient, *s.speakers)]
    actors = sorted(dict.fromkeys([*inside, *named]), key=lambda mention: (mention.span, repr(mention)))
    return Sentence(span, tuple(actors), tuple(proposals))


def _parcels(sentences: list[Sentence], size: int) -> Iterator[list[Sentence]]:
    """Yield sentences in parcels of at most ``size`` characters, one sentence at least."""
    parcel: list[Sentence] = []
    length = 0
    for sentence in sentences:
        own = sentence.span.end - sentence.span.start
        if parcel and length + own > size:
            yield parcel
            parcel, length = [], 0
        parcel.append(sentence)
        length += own
    if parcel:
        yield parcel


def _proposal(sentence: Sentence, judged: Judged, actor: Mention, recipient: Mention) -> Statement | None:
    """Return the proposal that a judged claim is about: the same pair, in any direction; the likest of several."""
    pair = {actor, recipient}
    about = [statement for statement in sentence.proposals if {statement.actor, statement.recipient} == pair]
    likeness = [
        (s.relation == judged.relation, s.modality == judged.modality, s.actor == actor) for s in about
    ]
    return about[max(range(len(about)), key=likeness.__getitem__)] if about else None


def _roles(statement: Statement) -> tuple[Span, Span]:
    return statement.actor.span, statement.recipient.span


def _flat(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())
