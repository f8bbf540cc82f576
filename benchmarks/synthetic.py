"""Invented articles with their claims, as an extractor would leave them: equal seeds give equal articles.

Actors follow a Zipf law over the states of the knowledge base and five invented ministers of each, so that a few
pairs of states fill large buckets of events, as in the news. A minister is described now with his state, now
without it.
"""

import hashlib
import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Final

from kg.knowledge.entities import knowledge_base
from kg.model import Article, Claim, Entity, Interval, Kind, Modality, Role, Span
from kg.ontology import relation_types
from kg.records import Entry

CLAIMS: Final = 8
"""Claims of an article, as many as in the sample articles."""

A_DAY: Final = 60
"""Articles of a day: 100,000 claims are seven months of news."""

FIRST: Final = date(2000, 1, 1)
EXTRACTOR: Final = "synthetic@1"
MODALITIES: Final = (Modality.ACTUAL,) * 15 + (Modality.PLANNED,) * 3 + (Modality.NEGATED, Modality.POSSIBLE)
OUTLETS: Final = ("Kontinent-Depesche", "The Meridian Courier", "Mittag Nachrichten")


@dataclass(frozen=True, slots=True)
class World:
    """Who acts: entities with the code they count for, and the sum of their weights up to each."""

    actors: tuple[tuple[Entity, str], ...]
    weights: tuple[float, ...]
    relations: tuple[str, ...]

    def actor(self, chance: random.Random) -> tuple[Entity, str]:
        """Return one of the actors by chance, the first ones most often."""
        return self.actors[bisect(self.weights, chance.random() * self.weights[-1])]


@lru_cache(maxsize=1)
def world() -> World:
    """Return the actors and relations. Raises as ``knowledge_base``."""
    states = [r.entity for r in knowledge_base().records.values() if r.entity.kind is Kind.STATE]
    actors: list[tuple[Entity, str]] = []
    weights: list[float] = []
    for rank, state in enumerate(sorted(states, key=lambda state: hashlib.md5(state.id.encode()).digest())):
        ministers = [_minister(state, number) for number in range(5)]
        actors += [(state, state.iso3), *((minister, state.iso3) for minister in ministers)]
        weights += [1 / (rank + 3)] + [0.1 / (rank + 3)] * len(ministers)
    return World(tuple(actors), tuple(accumulate(weights)), tuple(relation_types()))


def entries(articles: int, *, seed: int = 1, start: int = 0) -> Iterator[Entry]:
    """Yield articles from number ``start`` on; each depends on its number and the seed alone."""
    for number in range(start, start + articles):
        yield entry(number, seed)


def entry(number: int, seed: int = 1) -> Entry:
    """Return one article with its claims."""
    chance = random.Random(seed * 1_000_003 + number)
    id, published = f"syn-{seed}-{number}", FIRST + timedelta(days=number // A_DAY)
    drafts = [_draft(chance, published) for _ in range(CLAIMS)]
    text = "\n".join(draft.sentence for draft in drafts)
    article = Article(id, f"Report {number}", text, "en", published, chance.choice(OUTLETS))
    claims, at = [], 0
    for draft in drafts:
        claims.append(draft.claim(article, at))
        at += len(draft.sentence) + 1
    return Entry(article, EXTRACTOR, tuple(claims))


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it has a place in a text."""

    relation: str
    actor: tuple[Entity, str]
    recipient: tuple[Entity, str]
    speaker: tuple[Entity, str] | None
    modality: Modality
    time: date | None
    sentence: str

    def claim(self, article: Article, at: int) -> Claim:
        """Return the claim of which the sentence begins at a character of the article."""
        span = Span(at, at + len(self.sentence))
        trigger = Span(*(at + offset for offset in _offsets(self.sentence, self.relation)))
        return Claim(
            id=hashlib.sha256(f"{article.id} {at}".encode()).hexdigest()[:20],
            article=article.id,
            type=relation_types()[self.relation].root,
            relation=self.relation,
            actor=_role(self.actor, self.sentence, at),
            recipient=_role(self.recipient, self.sentence, at),
            modality=self.modality,
            quote=self.sentence,
            span=span,
            trigger=trigger,
            speakers=(_role(self.speaker, self.sentence, at),) if self.speaker else (),
            time=Interval(self.time, self.time, "that day") if self.time else None,
            confidence=0.8,
            extractor=EXTRACTOR,
        )


def _draft(chance: random.Random, published: date) -> Draft:
    actor, recipient = world().actor(chance), world().actor(chance)
    while recipient[1] == actor[1]:
        recipient = world().actor(chance)
    speaker = world().actor(chance) if chance.random() < 0.4 else None
    relation = chance.choice(world().relations)
    time = published - timedelta(days=chance.randrange(3)) if chance.random() < 0.6 else None
    said = f", {speaker[0].label()} said" if speaker else ""
    sentence = (
        f"{actor[0].label()} {relation} {recipient[0].label()} that day{said}, in paper {chance.random()}."
    )
    modality = chance.choice(MODALITIES)
    return Draft(relation, _seen(actor, chance), _seen(recipient, chance), speaker, modality, time, sentence)


def _seen(actor: tuple[Entity, str], chance: random.Random) -> tuple[Entity, str]:
    """Return an actor as an article describes it: now and then a minister without state."""
    entity, _ = actor
    if entity.kind is Kind.PERSON and chance.random() < 0.02:
        return Entity(entity.id, entity.kind, entity.labels), ""
    return actor


def _minister(state: Entity, number: int) -> Entity:
    name = f"Minister {number} of {state.label()}"
    return Entity(f"{state.id}-minister-{number}", Kind.PERSON, (("en", name),), acts_for=state.id)


def _role(actor: tuple[Entity, str], sentence: str, at: int) -> Role:
    start, end = _offsets(sentence, actor[0].label())
    return Role(actor[0], Span(at + start, at + end), actor[1])


def _offsets(sentence: str, words: str) -> tuple[int, int]:
    start = sentence.index(words)
    return start, start + len(words)
