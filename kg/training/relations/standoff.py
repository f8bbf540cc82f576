"""Reads relations annotated on sentences of treebanks and name sets, by id and offsets: no text of others is kept.

``data/training/treebank/NAME.tsv`` goes with the treebank ``ud/NAME.conllu``, or with a set of names in ``ner``. A row
says where the actors stand ("0-12 40-52", characters of the sentence, half-open), and what holds between them,
counted from 1 ("1>2 REQUEST actual"; ``-`` for nothing).
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kg.knowledge.tables import read_table
from kg.model import Span
from kg.training.relations.sentences import Passage, marked, relations_in
from kg.training.treebank import read_iob2, texts_of

NAME_SETS: Final = {"de_germeval2014-dev": "germeval2014-dev.tsv"}
"""Sets of names by the name of their table: they have words, but no texts, and are counted from "dev-0"."""

COLUMNS: Final = ("sentence", "actors", "relations")
_OFFSETS: Final = re.compile(r"(\d+)-(\d+)")
_RELATION: Final = re.compile(r"(\d+)>(\d+) ([A-Z]+) ([a-z]+)")
_CLOSING, _OPENING, _EITHER = frozenset(",.;:?!)]’”“…%"), frozenset("([„"), '"'


def standoff(folder: Path, corpora: Path) -> Iterator[Passage]:
    """Yield the annotated sentences of ``de*.tsv`` and ``en*.tsv``, with their texts from ``corpora``.

    Raises FileNotFoundError for a missing treebank, TableError for a row that is broken or does not fit its text.
    """
    for path in sorted(folder.glob("*.tsv")):
        language = path.name[:2]
        if names := NAME_SETS.get(path.stem):
            sentences = read_iob2(corpora / "ner" / names)
            texts = {f"dev-{n}": joined([word.form for word in words]) for n, words in enumerate(sentences)}
        else:
            texts = texts_of(corpora / "ud" / f"{path.stem}.conllu")
        for row in read_table(path, COLUMNS):
            text = texts.get(row["sentence"])
            if text is None:
                raise row.error(f"the treebank has no sentence {row['sentence']!r}")
            spans = []
            for number, offsets in enumerate(row["actors"].split(), start=1):
                found = _OFFSETS.fullmatch(offsets)
                if not found or not text[int(found[1]) : int(found[2])].strip():
                    raise row.error(f"no words at {offsets!r}")
                spans.append((str(number), Span(int(found[1]), int(found[2]))))
            relations = relations_in(row, _RELATION, {name for name, _ in spans})
            yield Passage(language, (marked(text, language, spans, relations),), complete=True)


def joined(forms: Sequence[str]) -> str:
    """Return words as running text, with spaces where German has them; of straight quotes each second one closes.

    >>> joined(["Er", "nannte", "ihn", '"', "den", "Chef", '"', "(", "sic", ")", "."])
    'Er nannte ihn "den Chef" (sic).'
    """
    text, glued, quoted = "", True, False
    for form in forms:
        closes = form in _CLOSING or (form == _EITHER and quoted)
        text += form if glued or closes else f" {form}"
        glued = form in _OPENING or (form == _EITHER and not quoted)
        quoted ^= form == _EITHER
    return text
