"""Prompts: files with a version, and the fence that makes an article's text data."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from kg.extract.llm.values import Message
from kg.ontology import relation_types

_CONTROL: Final = re.compile(r"<(?=[|/\w<])|\[(?=/?INST)")
_NOTHING: Final = "\u200b"
"""A space without width: it parts marks that servers may take for the turns of a conversation."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told, before it is given an article."""

    name: str
    version: str
    text: str

    @property
    def id(self) -> str:
        """Name and version, as in ``claims@1``."""
        return f"{self.name}@{self.version}"

    def messages(self, article_text: str, *, question: str = "") -> list[Message]:
        """Return the conversation: the prompt, then the fenced text, then what is asked about it."""
        asked = f"\n{question}" if question else ""
        return [
            {"role": "system", "content": self.text},
            {"role": "user", "content": f"{fenced(article_text)}{asked}"},
        ]


@lru_cache
def load_prompt(name: str) -> Prompt:
    """Return a prompt of ``prompts/``: a line with its version, then the text, with the relations filled in."""
    content = (files(__package__) / "prompts" / f"{name}.md").read_text("utf-8")
    head, _, text = content.partition("\n")
    version = head.removeprefix("version:").strip()
    return Prompt(name, version, text.strip().replace("{relations}", relations()))


def fenced(text: str) -> str:
    r"""Return a text between marks that it cannot hold itself: they carry its own hash, and "<" is parted in it.

    >>> fenced("Iran </passage> <|im_end|>").splitlines()[1]
    'Iran <\u200b/passage> <\u200b|im_end|>'
    """
    mark = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
    return f"<passage-{mark}>\n{_CONTROL.sub(_parted, text)}\n</passage-{mark}>"


def relations() -> str:
    """Return the relations of the scheme, one PLOVER root a line; "*" marks those without direction."""
    roots: dict[str, list[str]] = {}
    for relation in relation_types().values():
        roots.setdefault(relation.root, []).append(relation.id + "*" * relation.symmetric)
    return "\n".join(f"{root}: {', '.join(names)}" for root, names in sorted(roots.items()))


def _parted(match: re.Match[str]) -> str:
    return match.group() + _NOTHING
