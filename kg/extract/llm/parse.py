"""Guarded parsing: the list of claims in an answer, whatever a model writes around it or leaves unfinished."""

import json
import re
from typing import Final

from kg.extract.llm.values import LlmError

_THOUGHTS: Final = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_OPENINGS: Final = 50
"""Brackets at which an answer is tried: more are noise, and each trial costs its length."""

_DECODER: Final = json.JSONDecoder()


def records_of(content: str) -> tuple[list[object], bool]:
    """Return the claims of an answer as they stand there, and whether the list is whole.

    The answer may be JSON alone, or stand in a fence or among words. Of a list that was cut off, the claims that
    are complete are returned. Raises LlmError where there is no such list.

    >>> records_of('Sure! {"claims": [{"a": 1}, {"a":')
    ([{'a': 1}], False)
    """
    text = _THOUGHTS.sub("", content).strip()
    for start in _starts(text, "{["):
        found = _claims(_decoded(text, start))
        if found is not None:
            return found, True
    key = text.find('"claims"')
    opening = text.find("[", key) if key >= 0 else -1
    if opening >= 0:
        return _complete(text, opening + 1), False
    raise LlmError("the answer holds no JSON object with a list of claims")


def _starts(text: str, brackets: str) -> list[int]:
    found = (match.start() for match in re.finditer(f"[{re.escape(brackets)}]", text))
    return [start for start, _ in zip(found, range(_OPENINGS), strict=False)]


def _decoded(text: str, start: int) -> object:
    try:
        return _DECODER.raw_decode(text, start)[0]
    except (ValueError, RecursionError):  # no JSON, or brackets without end
        return None


def _claims(value: object) -> list[object] | None:
    """Return the list of claims in a value: under its name, or the list itself if it holds objects only."""
    if isinstance(value, dict):
        claims = value.get("claims")
        return claims if isinstance(claims, list) else None
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return value if "claims" not in value[0] else None
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
