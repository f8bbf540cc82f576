"""Reads CoNLL-U treebanks and IOB2 name files into training sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

NAME_TYPES = ("PER", "LOC", "ORG")
NAME_TAGS = ("O", *(f"{prefix}-{kind}" for kind in NAME_TYPES for prefix in "BI"))
_NO_SPACE_BEFORE = frozenset(",.;:?!)]’”“'")


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word; ``head`` counts from 1 within the sentence, 0 is the root, None unknown."""

    form: str
    space_before: bool
    upos: str | None = None
    head: int | None = None
    deprel: str | None = None
    name: str | None = None


Sentence = tuple[Word, ...]


def read_conllu(path: Path) -> list[Sentence]:
    """Read a treebank; multiword tokens come as their syntactic words, empty nodes are left out.

    Raises FileNotFoundError, or ValueError for a row that is no CoNLL-U.
    """
    return [_syntax(lines) for lines in _blocks(path)]


def texts_of(path: Path) -> dict[str, str]:
    """Return the texts of a treebank's sentences by their ids, in the order of ``read_conllu``.

    Raises FileNotFoundError, or KeyError for a sentence without id or text.
    """
    texts = {}
    for lines in _blocks(path):
        comments = dict(
            line[1:].strip().split(" = ", 1) for line in lines if line[0] == "#" and " = " in line
        )
        texts[comments["sent_id"]] = comments["text"]
    return texts


def read_iob2(path: Path) -> list[Sentence]:
    """Read names in columns (number, form, tag); tags outside NAME_TAGS count as ``O``.

    Raises FileNotFoundError, or IndexError for a row without tag.
    """
    sentences = []
    for lines in _blocks(path):
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        words = tuple(
            Word(row[1], row[1] not in _NO_SPACE_BEFORE, name=row[2] if row[2] in NAME_TAGS else "O")
            for row in rows
        )
        sentences.append(words)
    return sentences


def forms_of(sentence: Sentence) -> tuple[str, ...]:
    """Return the words of a sentence alone, by which its copies in several corpora are known."""
    return tuple(word.form for word in sentence)


def with_names(syntax: list[Sentence], names: list[Sentence]) -> list[Sentence]:
    """Join names to the treebank sentences that have the same words."""
    by_forms = {forms_of(sentence): sentence for sentence in names}
    joined = []
    for sentence in syntax:
        found = by_forms.get(forms_of(sentence))
        joined.append(
            tuple(replace(word, name=other.name) for word, other in zip(sentence, found, strict=True))
            if found
            else sentence
        )
    return joined


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return the names in a row of IOB2 tags as (first, end, type).

    >>> sorted(spans(["B-PER", "I-PER", "O", "B-LOC", "B-LOC"]))
    [(0, 2, 'PER'), (3, 4, 'LOC'), (4, 5, 'LOC')]
    """
    found, i = set(), 0
    while i < len(tags):
        if tags[i] == "O":
            i += 1
            continue
        kind, j = tags[i][2:], i + 1
        while j < len(tags) and tags[j] == f"I-{kind}":
            j += 1
        found.add((i, j, kind))
        i = j
    return found


def _blocks(path: Path) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            lines.append(line)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _syntax(lines: list[str]) -> Sentence:
    words: list[Word] = []
    space, last_of_token, space_after_token, glued = True, -1, True, False
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    forms = {row[0]: row[1] for row in rows}
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            first, last_of_token = map(int, row[0].split("-"))
            # "don't" is cut where it is written, "im" stands for "in dem"
            glued = row[1] == "".join(forms[str(n)] for n in range(first, last_of_token + 1))
            space_after_token = "SpaceAfter=No" not in row[9]
            continue
        number = int(row[0])
        head = int(row[6]) if row[6].isdigit() else 0
        words.append(Word(row[1], space, row[3], head, row[7]))
        if number < last_of_token:
            space = not glued
        elif number == last_of_token:
            space = space_after_token
        else:
            space = "SpaceAfter=No" not in row[9]
    return tuple(words)
