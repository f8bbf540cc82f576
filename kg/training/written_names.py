"""Reads the names that are marked in the written articles of ``data/training/passages``.

    Zwei Tage zuvor hatte [5 die Regierung] in [6 Prag] elf Diplomaten ausgewiesen.
      names LOC Prag

A line ``names`` under a sentence lists its names in their order, each with its type; ``names -`` says that it has none.
A sentence without such a line was not looked at.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.errors import TableError
from kg.extract.syntax.words import split_words
from kg.model import Span
from kg.training.relations.sentences import unmarked
from kg.training.treebank import NAME_TYPES, Sentence, Word

_NAMES: Final = re.compile(r" +names (.+)")


def written_names(folder: Path, language: str) -> Iterator[Sentence]:
    """Yield the sentences of a language whose names are marked.

    Raises TableError, naming file and line, for a name that does not stand in its sentence, or is of no type.
    """
    for path in sorted(folder.glob(f"{language}*.txt")):
        text = ""
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if found := _NAMES.fullmatch(line):
                try:
                    yield _sentence(text, language, found[1])
                except ValueError as error:
                    raise TableError(path, number, str(error)) from None
            elif not line.startswith(" "):
                text, _ = unmarked(line.strip())


def _sentence(text: str, language: str, names: str) -> Sentence:
    words = split_words(text, Span(0, len(text)), language)
    tags = ["O"] * len(words)
    cursor = 0
    for name in names.split(" | ") if names != "-" else ():
        kind, _, form = name.partition(" ")
        start = text.find(form, cursor)
        if kind not in NAME_TYPES or not form or start < 0:
            raise ValueError(f"{name!r} is no name of this sentence; write names LOC Prag | PER Eva Lang")
        cursor = start + len(form)
        inside = [i for i, word in enumerate(words) if word.span.overlaps(Span(start, cursor))]
        for i in inside:
            tags[i] = f"{'B' if i == inside[0] else 'I'}-{kind}"
    return tuple(Word(word.form, word.space_before, name=tag) for word, tag in zip(words, tags, strict=True))
