"""Reads names that were marked for this project on sentences of treebanks, by id and word: no word of others is kept.

``data/training/names/NAME.tsv`` goes with the treebank ``ud/NAME.conllu``. A row has a sentence by id and its names,
by the numbers of their words from 1: "PER:3-5 LOC:7"; ``-`` says that it has none. A sentence without a row was not
looked at.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.knowledge.tables import Row, read_table
from kg.training.treebank import NAME_TYPES, Sentence, read_conllu, texts_of

COLUMNS: Final = ("sentence", "names")
_NAME: Final = re.compile(rf"({'|'.join(NAME_TYPES)}):(\d+)(?:-(\d+))?")


def read_with_names(treebank: Path, marked: Path) -> list[Sentence]:
    """Return the sentences of a treebank, those with a row in the table ``marked`` with their names.

    Raises FileNotFoundError; TableError, naming file and row, for a row that is broken or fits no sentence.
    """
    sentences = read_conllu(treebank)
    numbers = {id: n for n, id in enumerate(texts_of(treebank))}
    for row in read_table(marked, COLUMNS):
        if row["sentence"] not in numbers:
            raise row.error(f"the treebank has no sentence {row['sentence']!r}")
        number = numbers[row["sentence"]]
        sentences[number] = _named(row, sentences[number])
    return sentences


def _named(row: Row, sentence: Sentence) -> Sentence:
    tags = ["O"] * len(sentence)
    for cell in row["names"].split() if row["names"] != "-" else ():
        found = _NAME.fullmatch(cell)
        first, last = (int(found[2]), int(found[3] or found[2])) if found else (0, 0)
        if not found or not 0 < first <= last <= len(sentence):
            raise row.error(f"cannot read {cell!r}; write type and words, from 1: PER:3-5")
        tags[first - 1 : last] = [f"B-{found[1]}", *[f"I-{found[1]}"] * (last - first)]
    return tuple(replace(word, name=tag) for word, tag in zip(sentence, tags, strict=True))
