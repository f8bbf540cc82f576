"""Reads relations annotated on sentences of a treebank, by sentence id and offsets: no text of others is kept.

``data/training/treebank/NAME.tsv`` goes with the treebank ``NAME.conllu``. A row says where the actors stand
("0-12 40-52", characters of the sentence, half-open), and what holds between them, counted from 1
("1>2 REQUEST actual"; ``-`` for nothing).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.knowledge.tables import read_table
from kg.model import Span
from kg.training.relations.sentences import Passage, marked, relations_in

COLUMNS: Final = ("sentence", "actors", "relations")
_RELATION: Final = re.compile(r"(\d+)>(\d+) ([A-Z]+) ([a-z]+)")
_ID, _TEXT = "# sent_id = ", "# text = "


def standoff(folder: Path, treebanks: Path) -> Iterator[Passage]:
    """Yield the annotated sentences of ``de*.tsv`` and ``en*.tsv``, with their texts from the treebanks.

    Raises FileNotFoundError for a missing treebank, TableError for a row that is broken or does not fit its text.
    """
    for path in sorted(folder.glob("*.tsv")):
        language = path.name[:2]
        texts = dict(_texts(treebanks / f"{path.stem}.conllu"))
        for row in read_table(path, COLUMNS):
            text = texts.get(row["sentence"])
            if text is None:
                raise row.error(f"the treebank has no sentence {row['sentence']!r}")
            spans = []
            for number, offsets in enumerate(row["actors"].split(), start=1):
                start, end = map(int, offsets.split("-"))
                if not text[start:end].strip():
                    raise row.error(f"no words at {offsets}")
                spans.append((str(number), Span(start, end)))
            relations = relations_in(row, _RELATION, {name for name, _ in spans})
            yield Passage(language, (marked(text, language, spans, relations),), complete=True)


def _texts(treebank: Path) -> Iterator[tuple[str, str]]:
    name = ""
    for line in treebank.read_text("utf-8").split("\n"):
        if line.startswith(_ID):
            name = line.removeprefix(_ID).strip()
        elif line.startswith(_TEXT):
            yield name, line.removeprefix(_TEXT).strip()
