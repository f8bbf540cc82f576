"""Scores the exported model as it runs: tags, heads and labels on a treebank, names on an IOB2 file.

Gold words are given, so that the scores are those of reading and not of cutting text into words. Heads and labels
count as in the CoNLL 2018 shared task: every word counts, and a label without its subtype. A name is right if
its words and its type are.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kg.extract.syntax import SyntaxReader
from kg.extract.syntax.words import Word
from kg.model import Span
from kg.training.treebank import Sentence, read_conllu, read_iob2, spans

TREEBANKS: Final = ("de_gsd-ud-test", "en_ewt-ud-test")
NAMES: Final = ("de_pud-ud-test", "en_ewt-ud-test")
"""Sets that training never sees, under ``ud`` and ``ner`` of the data."""


@dataclass(frozen=True, slots=True)
class SyntaxScore:
    """Shares of words, between 0 and 1: right tags, right heads, right heads with right labels."""

    words: int
    upos: float
    uas: float
    las: float


@dataclass(frozen=True, slots=True)
class NameScore:
    """Precision, recall and F1 over all names, between 0 and 1; ``names`` is how many there are in gold."""

    names: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a model by the name of the set."""

    syntax: dict[str, SyntaxScore]
    names: dict[str, NameScore]


def score(data: Path, model: Path) -> Scores:
    """Return the scores of the model in a folder on the test sets. Raises FileNotFoundError."""
    reader = SyntaxReader(model)
    syntax = {name: score_syntax(reader, read_conllu(data / "ud" / f"{name}.conllu")) for name in TREEBANKS}
    names = {name: score_names(reader, read_iob2(data / "ner" / f"{name}.iob2")) for name in NAMES}
    return Scores(syntax, names)


def score_syntax(reader: SyntaxReader, sentences: Sequence[Sentence]) -> SyntaxScore:
    """Return how well the model tags and parses gold words. Raises nothing."""
    words = tags = heads = labels = 0
    for sentence, parsed in zip(sentences, reader.parse(reader.pieced(_forms(sentences))), strict=True):
        for i, word in enumerate(sentence):
            head = int(parsed.heads[i])
            label = parsed.deprels[i] if head else "root"
            words += 1
            tags += parsed.upos[i] == word.upos
            heads += head == word.head
            labels += head == word.head and _main(label) == _main(word.deprel or "")
    return SyntaxScore(words, _share(tags, words), _share(heads, words), _share(labels, words))


def score_names(reader: SyntaxReader, sentences: Sequence[Sentence]) -> NameScore:
    """Return how well the model finds the names among gold words. Raises nothing."""
    gold = found = right = 0
    for sentence, parsed in zip(sentences, reader.parse(reader.pieced(_forms(sentences))), strict=True):
        wanted, given = spans([word.name or "O" for word in sentence]), spans(parsed.names)
        gold, found, right = gold + len(wanted), found + len(given), right + len(wanted & given)
    return NameScore(gold, _share(right, found), _share(right, gold), _share(2 * right, gold + found))


def as_text(scores: Scores) -> str:
    """Return the scores as a table of percentages."""
    lines = [f"{'treebank':<16}{'words':>8}{'UPOS':>8}{'UAS':>8}{'LAS':>8}"]
    for name, syntax in scores.syntax.items():
        lines.append(f"{name:<16}{syntax.words:>8}{_cells(syntax.upos, syntax.uas, syntax.las)}")
    lines += ["", f"{'names':<16}{'names':>8}{'P':>8}{'R':>8}{'F1':>8}"]
    for name, found in scores.names.items():
        lines.append(f"{name:<16}{found.names:>8}{_cells(found.precision, found.recall, found.f1)}")
    return "\n".join(lines) + "\n"


def as_json(scores: Scores) -> str:
    """Return the scores as JSON, shares rounded to four places."""
    content = {
        kind: {name: {key: round(value, 4) for key, value in score.items()} for name, score in sets.items()}
        for kind, sets in asdict(scores).items()
    }
    return json.dumps(content, indent=2) + "\n"


def _forms(sentences: Iterable[Sentence]) -> list[list[Word]]:
    """Return gold words as the reader takes them; it looks at their forms and spaces alone."""
    nowhere = Span(0, 1)
    return [[Word(word.form, nowhere, word.space_before) for word in sentence] for sentence in sentences]


def _main(label: str) -> str:
    return label.split(":", maxsplit=1)[0]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _cells(*shares: float) -> str:
    return "".join(f"{100 * share:>8.1f}" for share in shares)
