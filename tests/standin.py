"""A stand-in extractor that reads in no time, found by its entry point like any other, in every process.

It reads lines such as ``Iran warns Zork Blorb of oman denied.`` by a pattern. ``die TOKEN`` kills its process,
once for each token, ``die always`` each time. The folder named by ``STANDIN_NOTES`` gets a file for each process
that makes the extractor.
"""

import os
import re
import signal
from pathlib import Path
from typing import Final

import pytest

from kg.model import Article, Kind, Mention, Modality, Reading, Span, Statement

NAME: Final = "standin"
NOTES: Final = "STANDIN_NOTES"
LINE: Final = re.compile(
    r"^(.+?) (meets|warns|praises|supports|accuses) (.+?)( denied| planned)?\.$", re.MULTILINE
)
STATES: Final = frozenset({"Iran", "Oman"})
MODALITIES: Final = {" denied": Modality.NEGATED, " planned": Modality.PLANNED}


class Standin:
    """Reads lines "A meets B." by a pattern."""

    name = "standin@1"

    def __init__(self) -> None:
        folder = os.environ.get(NOTES)
        if folder:
            with (Path(folder) / f"made-{os.getpid()}").open("a") as file:
                file.write("made\n")

    def read(self, article: Article) -> Reading:
        """Return a statement for each line that is one."""
        for word in re.findall(r"^die (\w+)$", article.text, re.MULTILINE):
            _die(word)
        found = [_statement(match) for match in LINE.finditer(article.text)]
        mentions = tuple(mention for each in found for mention in (each.actor, each.recipient))
        return Reading(article, mentions, tuple(found), self.name)


def install(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Make the extractor known to this process and those it starts, as an installed package would."""
    for name, value in environment(folder).items():
        patch.setenv(name, value)
    patch.syspath_prepend(str(folder))


def environment(folder: Path) -> dict[str, str]:
    """Write what makes the extractor known, and return the environment in which processes find it."""
    package = folder / "standin-1.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: standin\nVersion: 1\n")
    (package / "entry_points.txt").write_text(
        f"[diplokg.extractors]\n{NAME} = tests.standin:Standin\n", encoding="utf-8"
    )
    root = Path(__file__).parents[1]
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(root)]), NOTES: str(folder)}


def _die(word: str) -> None:
    dead = Path(os.environ[NOTES]) / f"died-{word}"
    if word == "always" or not dead.exists():
        dead.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _statement(match: re.Match[str]) -> Statement:
    quote = Span(*match.span())
    return Statement(
        relation=match[2],
        actor=_mention(match, 1),
        recipient=_mention(match, 3),
        modality=MODALITIES.get(match[4] or "", Modality.ACTUAL),
        trigger=Span(*match.span(2)),
        quote=quote,
    )


def _mention(match: re.Match[str], group: int) -> Mention:
    """Return a state, or a person; "Zork Blorb of iran" acts for a state."""
    name, _, state = match[group].partition(" of ")
    if name in STATES:
        return Mention(Span(*match.span(group)), Kind.STATE, name=name, candidates=(name.lower(),))
    return Mention(Span(*match.span(group)), Kind.PERSON, name=name, of=(state,) if state else ())
