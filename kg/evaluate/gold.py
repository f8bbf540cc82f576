"""The gold set: claims that people would draw from an article, as offsets into a text that is kept elsewhere.

    load_gold -> join -> Annotated(gold, article)

The files hold no article text, so a score needs the texts as well; their hash says whether they are the same.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from kg.errors import KgError, ReadError
from kg.model import Article, Interval, Kind, Modality, Span
from kg.ontology import relation_types
from kg.read import read_articles
from kg.resources import resource

PARTS: Final = ("dev", "validation", "test")
"""``dev`` is for development, ``validation`` chooses between weights; neither it nor ``test`` is looked at."""


class GoldError(KgError):
    """Gold, texts or predictions cannot be used: the message says which file, and what would work."""


@dataclass(frozen=True, slots=True)
class GoldRole:
    """An actor of a gold claim: where it is mentioned, its usual English name, and the code it counts for."""

    span: Span
    name: str
    kind: Kind
    state: str = ""


@dataclass(frozen=True, slots=True)
class GoldSpeaker:
    """A source that the article names for a claim."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim as it was decided. ``speakers`` is a chain, outermost last; empty means the narrator."""

    type: str
    relation: str
    actor: GoldRole
    recipient: GoldRole
    trigger: Span
    modality: Modality
    evidence: Span
    time: Interval | None = None
    speakers: tuple[GoldSpeaker, ...] = ()
    place: str = ""
    country: str = ""

    @property
    def symmetric(self) -> bool:
        """Whether the direction of the claim is free."""
        return relation_types()[self.relation].symmetric


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """The gold claims of one article; ``sha256`` is the hash of the text that the offsets count."""

    id: str
    part: str
    language: str
    sha256: str
    annotators: tuple[str, ...]
    claims: tuple[GoldClaim, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A gold article with its text."""

    gold: GoldArticle
    article: Article


def load_gold(folder: Path | None = None, *, part: str = "") -> tuple[GoldArticle, ...]:
    """Return the gold articles of a folder, by default ``data/gold``, in the order of their ids.

    ``part`` is one of ``PARTS``, or "" for all. Raises GoldError if there is no gold or a file is damaged.
    """
    if part and part not in PARTS:
        raise GoldError(f"no part {part!r} of the gold set; use {', '.join(PARTS[:-1])} or {PARTS[-1]}")
    folder = folder or _shipped()
    articles = [read_gold(path) for path in sorted(folder.glob("*.json"))]
    chosen = tuple(article for article in articles if part in ("", article.part))
    if not chosen:
        raise GoldError(f"{folder}: holds no gold articles{f' of part {part}' if part else ''}")
    return chosen


def read_gold(path: Path) -> GoldArticle:
    """Return the gold of one file. Raises GoldError that names the file and the claim that is wrong."""
    where = str(path)
    claims = []
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for number, claim in enumerate(record["claims"], start=1):
            where = f"{path}, claim {number}"
            claims.append(_claim(claim))
        where = str(path)
        return GoldArticle(
            id=record["article"],
            part=record["part"],
            language=record["language"],
            sha256=record["sha256"],
            annotators=tuple(record["annotators"]),
            claims=tuple(claims),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        problem = f"no field {error}" if isinstance(error, KeyError) else str(error)
        raise GoldError(f"{where}: {problem}") from None


def join(gold: Iterable[GoldArticle], texts: Iterable[Path | str]) -> tuple[Annotated, ...]:
    """Return each gold article with its text from the files or folders ``texts``.

    Raises GoldError where a text is missing or is not the one that was annotated.
    """
    outcomes = list(read_articles(texts))
    found = {outcome.id: outcome for outcome in outcomes if isinstance(outcome, Article)}
    problem = next((f" ({outcome})" for outcome in outcomes if isinstance(outcome, ReadError)), "")
    return tuple(_joined(article, found, problem) for article in gold)


def _joined(gold: GoldArticle, found: dict[str, Article], problem: str) -> Annotated:
    article = found.get(gold.id)
    if article is None:
        raise GoldError(f"no text for gold article {gold.id}{problem}; name the file that holds it as well")
    if article.sha256 != gold.sha256:
        raise GoldError(
            f"{article.source}: the text of {gold.id} is not the one that was annotated "
            f"(sha256 {article.sha256[:12]}, expected {gold.sha256[:12]}); use the unchanged text"
        )
    return Annotated(gold, article)


def _shipped() -> Path:
    try:
        return resource("data/gold")
    except FileNotFoundError:
        raise GoldError("the gold set is not part of this installation; use --gold FOLDER") from None


def _claim(record: dict[str, Any]) -> GoldClaim:
    relation = relation_types().get(record["relation"])
    if relation is None or relation.root != record["type"]:
        raise ValueError(f"{record['relation']!r} is no relation of type {record['type']!r}")
    time, place = record["time"], record["place"]
    return GoldClaim(
        type=record["type"],
        relation=record["relation"],
        actor=_role(record["actor"]),
        recipient=_role(record["recipient"]),
        trigger=_span(record["trigger"]),
        modality=Modality(record["modality"]),
        evidence=_span(record["evidence"]),
        time=Interval(date.fromisoformat(time["start"]), date.fromisoformat(time["end"])) if time else None,
        speakers=tuple(GoldSpeaker(_span(speaker), speaker["name"]) for speaker in record["speakers"]),
        place=place["name"] if place else "",
        country=place["country"] if place else "",
    )


def _role(record: dict[str, Any]) -> GoldRole:
    return GoldRole(_span(record), record["name"], Kind(record["kind"]), record["state"])


def _span(record: dict[str, Any]) -> Span:
    return Span(record["start"], record["end"])
