"""The values, in the order in which they arise: Article, Span, Mention, Statement, Entity, Claim, Event.

All are frozen. Offsets count characters of ``Article.text``, which is never changed after reading.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

OBLIGATION = "obligation reported by another actor"
"""Cue of a demand that was read from "must" in somebody's words."""

LEARNED = "learned"
"""Cue of a statement that the learned relation layer found."""

CONTEXT = "actor from a sentence before"
"""Cue of a statement one of whose actors stands outside of its quote."""

CANCELLED = "standing: cancelled"
POSTPONED = "standing: postponed"
CONFIRMED = "standing: confirmed"
STANDINGS = frozenset({CANCELLED, POSTPONED, CONFIRMED})
"""Cues of a claim whose words say what became of a plan: "abgesagt", "postponed", "confirmed"."""


class Modality(StrEnum):
    """How a claim stands to the world. Only ``ACTUAL`` claims may become plain edges."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    NEGATED = "negated"


class Kind(StrEnum):
    """What a mention or an entity is. ``OFFICE`` is a mention of a person by office alone."""

    PERSON = "person"
    STATE = "state"
    ORGANISATION = "organisation"
    GROUP = "group"
    PLACE = "place"
    OFFICE = "office"
    PRONOUN = "pronoun"


class Status(StrEnum):
    """Where an event stands, read off its claims and the days on which they were published."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DENIED = "denied"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as it was read. ``source`` is the file it came from, for messages only."""

    id: str
    title: str
    text: str
    language: str
    published: date | None = None
    publisher: str = ""
    url: str = ""
    fictional: bool = False
    source: str = field(default="", compare=False)

    @property
    def sha256(self) -> str:
        """Hash of the text, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open characters of an article's text.

    >>> Span(0, 4).of("Iran warnt")
    'Iran'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Tell whether ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor or place in the text.

    Attributes:
        span: the words that mention it, without determiner.
        kind: what it looks like from the text alone.
        name: the proper name in it, in the article's spelling ("Araghtschi"), or "".
        offices: ids of ``offices.tsv`` named with it ("iranische Außenminister" -> foreign-minister).
        of: ids of the states or organisations it belongs to, by adjective, genitive or compound.
        candidates: ids of entities that carry this name, best first.
        plural: whether it speaks of several.
        head: the head word's lemma, for descriptions ("Vertreter").
        counterpart: whether it is somebody's opposite number ("Amtskollege", "counterpart").
        joint: of a speaker, whether he says it together with the speaker before him ("A und B sagten").
    """

    span: Span
    kind: Kind
    name: str = ""
    offices: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    plural: bool = False
    head: str = ""
    counterpart: bool = False
    joint: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """One reported relation in the text, as an extractor found it.

    ``speakers`` is a chain, outermost last; empty means the narrator. ``when`` is the time expression that belongs to
    the act; ``over`` says that it lies behind whatever the modality, as in "may have met on Monday". ``cues`` name the
    rules and rows that fired, for explanation.
    """

    relation: str
    actor: Mention
    recipient: Mention
    modality: Modality
    trigger: Span
    quote: Span
    speakers: tuple[Mention, ...] = ()
    when: Span | None = None
    over: bool = False
    place: Mention | None = None
    confidence: float = 0.5
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What an extractor made of an article: all mentions in text order, and the statements over them.

    ``rejected`` counts what it was told, by a language model for instance, and did not find in the text.
    """

    article: Article
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    extractor: str
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the world, one per thing. ``acts_for`` is the entity id of the state or organisation behind it."""

    id: str
    kind: Kind
    labels: tuple[tuple[str, str], ...]
    iso3: str = ""
    cow: str = ""
    wikidata: str = ""
    code: str = ""
    acts_for: str = ""
    description: str = ""

    def label(self, language: str = "en") -> str:
        """Return the label in ``language``, else in any."""
        labels = dict(self.labels)
        return labels.get(language) or next(iter(labels.values()), self.id)


@dataclass(frozen=True, slots=True)
class Role:
    """An entity as it takes part in a claim, with the words that mention it and the code it counts for.

    ``state`` is ISO 3166-1 alpha-3, or the short code of an organisation that acts for itself, or "". ``joint`` says of
    a speaker that he says it together with the one before him, not of him.
    """

    entity: Entity
    mention: Span | None
    state: str = ""
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day of a time, with the words that say it."""

    start: date
    end: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement between entities, with its evidence.

    ``quote`` is ``article.text[span.start:span.end]``, always. ``speakers`` is a chain, outermost last; who says it
    together with the one before is ``joint``.
    """

    id: str
    article: str
    type: str
    relation: str
    actor: Role
    recipient: Role
    modality: Modality
    quote: str
    span: Span
    trigger: Span
    speakers: tuple[Role, ...] = ()
    time: Interval | None = None
    place: Entity | None = None
    confidence: float = 0.5
    extractor: str = ""
    cues: tuple[str, ...] = ()

    @property
    def chain(self) -> tuple[tuple[Role, ...], ...]:
        """The links of the chain of speakers, the outermost last: who says it together is one."""
        links: list[tuple[Role, ...]] = []
        for speaker in self.speakers:
            if speaker.joint and links:
                links[-1] = (*links[-1], speaker)
            else:
                links.append((speaker,))
        return tuple(links)

    def said_by(
        self, name: Callable[[Entity], str], arrow: str = " < ", *, outermost_first: bool = False
    ) -> str:
        """Return the chain of speakers as text; "" where the article says it itself."""
        chain = reversed(self.chain) if outermost_first else self.chain
        return arrow.join(", ".join(name(role.entity) for role in link) for link in chain)


@dataclass(frozen=True, slots=True)
class Event:
    """The claims, from whatever articles, that report one happening."""

    id: str
    relation: str
    actors: tuple[str, ...]
    claims: tuple[str, ...]
    status: Status
    time: Interval | None = None
    place: str = ""
