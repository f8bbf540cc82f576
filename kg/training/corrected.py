"""Reads parses that were corrected for this project, for sentences of a set of names: no word of others is kept.

``data/training/syntax/NAME.tsv`` goes with the names in ``ner/NAME.tsv``. A row has the number of a sentence, counted
from "dev-0", and for each of its words tag, head (from 1, 0 is the root) and relation: "PRON:2:nsubj VERB:0:root".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.knowledge.tables import Row, read_table
from kg.training.treebank import Sentence

COLUMNS: Final = ("sentence", "words")
_WORD: Final = re.compile(r"([A-Z]+):(\d+):([a-z:]+)")


def with_syntax(sentences: Sequence[Sentence], path: Path) -> list[Sentence]:
    """Return the sentences, those with a row in the table at ``path`` with their parses.

    Raises FileNotFoundError; TableError, naming file and row, for a row that is broken or fits no sentence.
    """
    joined = list(sentences)
    for row in read_table(path, COLUMNS):
        number = row["sentence"].removeprefix("dev-")
        if not number.isdigit() or int(number) >= len(joined):
            raise row.error(f"there is no sentence {row['sentence']!r}")
        joined[int(number)] = _parsed(row, joined[int(number)])
    return joined


def _parsed(row: Row, sentence: Sentence) -> Sentence:
    cells = row["words"].split()
    if len(cells) != len(sentence):
        raise row.error(f"{len(cells)} words, but the sentence has {len(sentence)}")
    words = []
    for cell, word in zip(cells, sentence, strict=True):
        found = _WORD.fullmatch(cell)
        if not found or int(found[2]) > len(sentence):
            raise row.error(f"cannot read {cell!r}; write tag, head and relation: PRON:2:nsubj")
        words.append(replace(word, upos=found[1], head=int(found[2]), deprel=found[3]))
    return tuple(words)
