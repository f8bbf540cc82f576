"""The claims of an extractor, as ``kg extract --format jsonl`` prints them, one a line."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.evaluate.gold import GoldError
from kg.model import Interval, Kind, Modality, Span
from kg.ontology import relation_types


@dataclass(frozen=True, slots=True)
class PredictedRole:
    """An actor of a predicted claim.

    ``spans`` are where its mention stands: the place that the claim names, which may be in a sentence before, and
    those in the quote where the same words stand.
    """

    label: str
    mention: str
    kind: Kind
    state: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Predicted:
    """A predicted claim. ``speakers`` gives the words for each source, outermost last."""

    article: str
    type: str
    relation: str
    actor: PredictedRole
    recipient: PredictedRole
    modality: Modality
    evidence: Span
    quote: str
    time: Interval | None = None
    speakers: tuple[tuple[str, ...], ...] = ()
    confidence: float = 0.0


def load_predictions(path: Path) -> tuple[Predicted, ...]:
    """Return the claims of a JSONL file, in its order. Raises GoldError that names file and line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read as claims: {error}") from None
    return tuple(_lines(lines, path))


def predicted(records: Iterable[dict[str, Any]]) -> tuple[Predicted, ...]:
    """Return claims that are at hand as dicts of the same shape. Raises GoldError for one that is not."""
    return tuple(
        _checked(record, f"predicted claim {number}") for number, record in enumerate(records, start=1)
    )


def _lines(lines: list[str], path: Path) -> Iterator[Predicted]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise GoldError(f"{path}, line {number}: no JSON: {error}") from None
        yield _checked(record, f"{path}, line {number}")


def _checked(record: dict[str, Any], source: str) -> Predicted:
    try:
        return _claim(record)
    except KeyError as error:
        raise GoldError(
            f"{source}: no field {error}; `kg extract --format jsonl` prints what is needed"
        ) from None
    except (AttributeError, TypeError, ValueError) as error:
        raise GoldError(f"{source}: {error}") from None


def _claim(record: dict[str, Any]) -> Predicted:
    relation = relation_types().get(record["relation"])
    if relation is None or relation.root != record["type"]:
        raise ValueError(f"{record['relation']!r} is no relation of type {record['type']!r}")
    quote, start, time = record["quote"], record["start"], record.get("time")
    return Predicted(
        article=record["article"],
        type=record["type"],
        relation=record["relation"],
        actor=_role(record["actor"], quote, start),
        recipient=_role(record["recipient"], quote, start),
        modality=Modality(record["modality"]),
        evidence=Span(start, record["end"]),
        quote=quote,
        time=Interval(date.fromisoformat(time["start"]), date.fromisoformat(time["end"])) if time else None,
        speakers=tuple(_speaker(speaker) for speaker in record.get("speakers") or ()),
        confidence=float(record.get("confidence") or 0.0),
    )


def _role(record: dict[str, Any], quote: str, offset: int) -> PredictedRole:
    label, mention = _label(record), record.get("mention") or ""
    found = re.finditer(rf"(?<!\w){re.escape(mention)}", quote) if mention else ()
    own = (Span(record["start"], record["end"]),) if "start" in record and "end" in record else ()
    return PredictedRole(
        label=label,
        mention=mention,
        kind=Kind(record["kind"]),
        state=record.get("state") or "",
        spans=(*own, *(Span(offset + match.start(), offset + match.end()) for match in found)),
    )


def _speaker(record: dict[str, Any]) -> tuple[str, ...]:
    return tuple(words for words in (_label(record), record.get("mention") or "") if words)


def _label(record: dict[str, Any]) -> str:
    if not isinstance(record, dict) or not isinstance(record["label"], str) or not record["label"].strip():
        raise ValueError(f'{record!r} names nobody; write {{"label": "Iran", ...}}')
    return record["label"]
