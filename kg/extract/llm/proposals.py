"""What the rules propose, as a model sees it: numbered sentences, their numbered actors, numbered readings."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Mention, Reading, Span, Statement


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in which the rules found something, with the actors that stand in it or in what was found."""

    span: Span
    actors: tuple[Mention, ...]
    proposals: tuple[Statement, ...]

    def named(self, *numbers: int) -> tuple[Mention, ...]:
        """Return the actors of some numbers, counted from 1. Raises IndexError for a number that is nobody's."""
        if min(numbers, default=1) < 1:
            raise IndexError("actors are counted from 1")
        return tuple(self.actors[number - 1] for number in dict.fromkeys(numbers))

    def lines(self, number: int, reading: int, text: str) -> Iterator[str]:
        """Yield the sentence as lines, its own number and that of its first reading given."""
        yield f"{number}. {_flat(self.span, text)}"
        yield "; ".join(f"a{n} = {_flat(actor.span, text)}" for n, actor in enumerate(self.actors, start=1))
        for offset, statement in enumerate(self.proposals):
            yield f"r{reading + offset}: {self._told(statement)}"

    def _told(self, statement: Statement) -> str:
        speakers = " ".join(self._number(speaker) for speaker in statement.speakers)
        said = f", speakers {speakers}" if speakers else ""
        act = f"{self._number(statement.actor)} {statement.relation} {self._number(statement.recipient)}"
        return f"{act}, {statement.modality}{said}"

    def _number(self, mention: Mention) -> str:
        return f"a{self.actors.index(mention) + 1}"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Sentences that are asked about at once."""

    sentences: tuple[Sentence, ...]

    @property
    def proposals(self) -> tuple[Statement, ...]:
        """The readings in the order of their numbers, which begin with 1."""
        return tuple(statement for sentence in self.sentences for statement in sentence.proposals)

    def shown(self, text: str) -> str:
        """Return the sentences as the model sees them."""
        lines: list[str] = []
        reading = 1
        for number, sentence in enumerate(self.sentences, start=1):
            lines += sentence.lines(number, reading, text)
            reading += len(sentence.proposals)
        return "\n".join(lines)

    def halves(self) -> "tuple[Parcel, Parcel] | None":
        """Return the parcel in two, or None if it has one sentence only."""
        middle = len(self.sentences) // 2
        return (Parcel(self.sentences[:middle]), Parcel(self.sentences[middle:])) if middle else None


def parcels(local: Reading, size: int) -> Iterator[Parcel]:
    """Yield the sentences with proposals in parcels of at most ``size`` characters, one sentence at least.

    Where actor and recipient are one mention ("both sides"), the linker tells them apart; such are not proposed.
    """
    parcel: list[Sentence] = []
    length = 0
    for sentence in _sentences(local):
        own = sentence.span.end - sentence.span.start
        if parcel and length + own > size:
            yield Parcel(tuple(parcel))
            parcel, length = [], 0
        parcel.append(sentence)
        length += own
    if parcel:
        yield Parcel(tuple(parcel))


def _sentences(local: Reading) -> Iterator[Sentence]:
    by_quote: dict[Span, list[Statement]] = {}
    for statement in local.statements:
        if statement.actor != statement.recipient:
            by_quote.setdefault(statement.quote, []).append(statement)
    for span in sorted(by_quote):
        inside = [mention for mention in local.mentions if span.covers(mention.span)]
        named = [m for s in by_quote[span] for m in (s.actor, s.recipient, *s.speakers)]
        actors = sorted(dict.fromkeys([*inside, *named]), key=lambda mention: (mention.span, repr(mention)))
        yield Sentence(span, tuple(actors), tuple(by_quote[span]))


def _flat(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())
