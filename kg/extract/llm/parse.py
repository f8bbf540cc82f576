"""Guarded parsing: the list of claims in an answer, whatever a model writes around it or leaves unfinished."""

import json
import re
from dataclasses import dataclass
from typing import Final

from kg.extract.llm.values import LlmError

_THOUGHTS: Final = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_RIGHT: Final = re.compile(r'"right"\s*:\s*(\[[\d\s,]*\])')
_OPENINGS: Final = 50
"""Brackets at which an answer is tried: more are noise, and each trial costs its length."""

_DECODER: Final = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Records:
    """An answer as it stands there: claims, numbers of proposals that are right, and whether it is whole."""

    claims: list[object]
    right: object = ()
    whole: bool = True


def records_of(content: str) -> Records:
    """Return the claims of an answer.

    The answer may be JSON alone, or stand in a fence or among words. Of a list that was cut off, the claims that
    are complete are returned. Raises LlmError where there is no such list.

    >>> records_of('Sure! {"claims": [{"a": 1}, {"a":')
    Records(claims=[{'a': 1}], right=(), whole=False)
    """
    text = _THOUGHTS.sub("", content).strip()
    for start in _starts(text, "{["):
        found = _records(_decoded(text, start))
        if found is not None:
            return found
    key = text.find('"claims"')
    opening = text.find("[", key) if key >= 0 else -1
    if opening >= 0:
        right = _RIGHT.search(text, 0, key)
        return Records(_complete(text, opening + 1), _decoded(right[1], 0) if right else (), whole=False)
    raise LlmError("the answer holds no JSON object with a list of claims")


def _starts(text: str, brackets: str) -> list[int]:
    found = (match.start() for match in re.finditer(f"[{re.escape(brackets)}]", text))
    return [start for start, _ in zip(found, range(_OPENINGS), strict=False)]


def _decoded(text: str, start: int) -> object:
    try:
        return _DECODER.raw_decode(text, start)[0]
    except (ValueError, RecursionError):  # no JSON, or brackets without end
        return None


def _records(value: object) -> Records | None:
    """Return the claims in a value: those under their name, or the list itself if it holds objects only."""
    if isinstance(value, dict):
        claims = value.get("claims")
        return Records(claims, value.get("right") or ()) if isinstance(claims, list) else None
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return Records(value) if "claims" not in value[0] else None
    return None


def _complete(text: str, cursor: int) -> list[object]:
    """Return the objects of a list without end."""
    found: list[object] = []
    while (start := text.find("{", cursor)) >= 0:
        try:
            value, cursor = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        found.append(value)
    return found
