"""Reads the names that are marked in the written articles and sentences of ``data/training``.

    Zwei Tage zuvor hatte [5 die Regierung] in [6 Prag] elf Diplomaten ausgewiesen.
      names LOC Prag

A line ``names`` under a sentence of an article, or the column ``names`` of a table, lists its names in their order,
each with its type; ``-`` says that there are none. A sentence without them was not looked at.
"""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from kg.errors import TableError
from kg.extract.syntax.words import split_words
from kg.knowledge.tables import read_table
from kg.model import Span
from kg.training.relations.sentences import unmarked
from kg.training.treebank import NAME_TYPES, Sentence, Word

_NAMES: Final = re.compile(r" +names (.+)")


def written_names(written: Path, language: str) -> Iterator[Sentence]:
    """Yield the sentences of a language whose names are marked, from ``data/training`` or a folder like it.

    Raises TableError, naming file and line, for a name that does not stand in its sentence, or is of no type.
    """
    articles = sorted((written / "passages").glob(f"{language}*.txt"))
    tables = sorted(written.glob(f"{language}*.tsv"))
    for path, number, text, names in chain(
        *(_in_article(path) for path in articles), *(_in_table(path) for path in tables)
    ):
        try:
            yield _sentence(unmarked(text)[0], language, names)
        except ValueError as error:
            raise TableError(path, number, str(error)) from None


def _in_article(path: Path) -> Iterator[tuple[Path, int, str, str]]:
    text = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if found := _NAMES.fullmatch(line):
            yield path, number, text, found[1]
        elif not line.startswith(" "):
            text = line.strip()


def _in_table(path: Path) -> Iterator[tuple[Path, int, str, str]]:
    for row in read_table(path, ("text",)):
        if names := row.cells.get("names"):
            yield path, row.number, row["text"], names


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
