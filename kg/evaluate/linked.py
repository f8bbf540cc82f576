"""Scores linking: which mentions were found and taken for the right entity, whose states are right, who was merged.

A prediction stands for the gold mention whose head it overlaps most; right is the very entity. An entity that no table
knows may have any id, but one id within an article, and no other entity's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.evaluate.links import GoldLink
from kg.evaluate.measures import ratio
from kg.model import Article, Claim, Kind, Role, Span
from kg.resolve.linking.mentions import Link

_UNASKED: Final = frozenset({"adjective", "prefix", "demonym", "both"})
"""Mentions that are no words of their own in the gold: "russische", "US-", "beide Seiten"."""


@dataclass(slots=True)
class LinkCounts:
    """Gold mentions, predicted ones, and those that are right."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    def measures(self) -> tuple[float, float, float]:
        """Return precision, recall and F1, shares between 0 and 1."""
        f1 = ratio(2 * self.right, self.gold + self.predicted)
        return ratio(self.right, self.predicted), ratio(self.right, self.gold), f1


@dataclass(frozen=True, slots=True)
class Error:
    """A mention that was missed, taken for another entity, or linked though the gold has none there."""

    article: str
    span: Span
    words: str
    gold: str
    found: str


@dataclass(slots=True)
class LinkScore:
    """The result: counts by language and kind ("" for all), states of claims' roles, persons merged, errors."""

    counts: dict[tuple[str, str], LinkCounts] = field(default_factory=lambda: defaultdict(LinkCounts))
    roles: int = 0
    states_right: int = 0
    state_errors: list[Error] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    taken_for: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(
        self,
        article: Article,
        gold: tuple[GoldLink, ...],
        links: Iterable[Link],
        claims: Iterable[Claim],
    ) -> None:
        """Count the links and claims of an article."""
        asked = [link for link in links if _asked(link)]
        pairs = _pairs(gold, asked)
        right = set(_right(gold, asked, pairs))
        for number, one in enumerate(gold):
            if one.scored:
                self._count(article.language, one.kind, "gold")
                found = asked[pairs[number]] if number in pairs else None
                if number in right:
                    self._count(article.language, one.kind, "predicted", "right")
                else:
                    self.errors.append(
                        _error(article, one.head, one.entity, found.entity.id if found else "")
                    )
                    if found:
                        self._count(article.language, found.entity.kind, "predicted")
                if found and one.kind is Kind.PERSON and found.entity.kind is Kind.PERSON:
                    self.taken_for[found.entity.id].add(one.entity)
        for number in _spurious(gold, asked, pairs):
            self._count(article.language, asked[number].entity.kind, "predicted")
            self.errors.append(_error(article, asked[number].mention.span, "", asked[number].entity.id))
        for claim in claims:
            for role in (claim.actor, claim.recipient):
                self._state(article, gold, role)

    def merged(self) -> dict[str, tuple[str, ...]]:
        """Return the ids under which several persons go, with those persons."""
        return {
            id: tuple(sorted(persons)) for id, persons in sorted(self.taken_for.items()) if len(persons) > 1
        }

    def _count(self, language: str, kind: Kind | None, *names: str) -> None:
        for key in ((language, ""), (language, str(kind or ""))):
            for name in names:
                setattr(self.counts[key], name, getattr(self.counts[key], name) + 1)

    def _state(self, article: Article, gold: tuple[GoldLink, ...], role: Role) -> None:
        span = role.mention
        found = [one for one in gold if span and one.scored and one.head.overlaps(span)]
        if not span or not found:
            return
        best = max(found, key=lambda one: _likeness(one.span, span))
        if best.kind is Kind.PLACE:
            return
        self.roles += 1
        if best.state == role.state:
            self.states_right += 1
            return
        codes = (f"{best.entity} {best.state}", f"{role.entity.id} {role.state}")
        self.state_errors.append(_error(article, best.head, *codes))


def links_text(score: LinkScore) -> str:
    """Return the score as a table of percentages, with the errors below."""
    lines = [f"{'':<16}" + "".join(f"{heading:>7}" for heading in ("gold", "pred.", "right", "P", "R", "F1"))]
    for (language, kind), counts in sorted(score.counts.items()):
        numbers = [str(counts.gold), str(counts.predicted), str(counts.right)]
        numbers += [f"{100 * measure:.1f}" for measure in counts.measures()]
        lines.append(f"{language} {kind or 'all':<13}" + "".join(f"{number:>7}" for number in numbers))
    share = 100 * ratio(score.states_right, score.roles)
    lines += [
        "",
        f"state of the actor or recipient right: {score.states_right} of {score.roles} ({share:.1f} %)",
    ]
    lines += [f"persons merged: {len(score.merged())}"]
    lines += [f"  {id}: {', '.join(persons)}" for id, persons in score.merged().items()]
    for title, errors in (("wrong states", score.state_errors), ("wrong links", score.errors)):
        lines += ["", f"{title}: {len(errors)}"]
        lines += [
            f"  {one.article} {one.span.start}-{one.span.end} {one.words!r}: "
            f"{one.gold or 'nobody'}, found {one.found or 'nobody'}"
            for one in sorted(errors, key=lambda one: (one.article, one.span))
        ]
    return "\n".join(lines) + "\n"


def _error(article: Article, span: Span, gold: str, found: str) -> Error:
    return Error(article.id, span, span.of(article.text), gold, found)


def _asked(link: Link) -> bool:
    return link.mention.head not in _UNASKED and link.entity.kind is not Kind.GROUP


def _pairs(gold: tuple[GoldLink, ...], links: list[Link]) -> dict[int, int]:
    """Return which prediction stands for which gold mention, each for one: those that overlap most first."""
    found = [
        (max(_likeness(part, link.mention.span) for part in (one.span, one.head)), number, index)
        for number, one in enumerate(gold)
        for index, link in enumerate(links)
        if one.head.overlaps(link.mention.span)
    ]
    pairs: dict[int, int] = {}
    for _, number, index in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
        if number not in pairs and index not in pairs.values():
            pairs[number] = index
    return pairs


def _right(gold: tuple[GoldLink, ...], links: list[Link], pairs: Mapping[int, int]) -> Iterator[int]:
    unknown: Counter[tuple[str, str]] = Counter()
    for number, index in pairs.items():
        if gold[number].entity == links[index].entity.id:
            yield number
        elif gold[number].scored and not links[index].known:
            unknown[gold[number].entity, links[index].entity.id] += 1
    same: dict[str, str] = {}
    exact = {gold[n].entity for n, i in pairs.items() if gold[n].entity == links[i].entity.id}
    for (entity, id), _ in sorted(unknown.items(), key=lambda one: (-one[1], one[0])):
        if entity not in same and entity not in exact and id not in same.values() and id not in exact:
            same[entity] = id
    for number, index in pairs.items():
        link = links[index]
        if same.get(gold[number].entity) == link.entity.id != gold[number].entity and _of_that_kind(
            gold[number], link
        ):
            yield number


def _of_that_kind(one: GoldLink, link: Link) -> bool:
    """Tell whether an unknown entity may be the one that the gold has: of its state, or of none that is known."""
    return link.entity.kind is one.kind and link.state in {"", one.state}


def _spurious(gold: tuple[GoldLink, ...], links: list[Link], pairs: Mapping[int, int]) -> Iterator[int]:
    """Yield predictions that stand for nothing: not owners inside a phrase, pronouns, or descriptions of somebody."""
    used = set(pairs.values())
    for index, link in enumerate(links):
        described = not link.mention.name and not link.known
        if index in used or link.mention.kind is Kind.PRONOUN or described:
            continue
        if not any(one.span.overlaps(link.mention.span) for one in gold):
            yield index


def _likeness(first: Span, second: Span) -> float:
    shared = min(first.end, second.end) - max(first.start, second.start)
    return shared / (max(first.end, second.end) - min(first.start, second.start))
