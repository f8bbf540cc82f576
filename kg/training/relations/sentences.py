"""Training sentences: those written for it in ``data/training``, and the examples of the predicate lexicon.

A written sentence is a line ``text<TAB>relations``. Actors stand in brackets with a number, ``[1 Iran]``; a relation
is ``1>2 ACCUSE actual``, with ``by 3`` where somebody else says so; ``-`` means that no two actors are related.
Actors that no relation joins are examples of pairs that stand in none. ``passages`` reads whole articles.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.extract.learned.scheme import ROOTS
from kg.extract.syntax.words import Word, split_words
from kg.knowledge.predicates import LANGUAGES, predicate_lexicon
from kg.knowledge.tables import Row, read_table
from kg.model import Modality, Span
from kg.ontology import relation_types

COLUMNS: Final = ("text", "relations")
MODALITY_NAMES: Final = frozenset(Modality)
_MARK: Final = re.compile(r"\[(\d+) ([^\[\]]*)\]")
_RELATION: Final = re.compile(r"(\d)>(\d) ([A-Z]+) ([a-z]+)(?: by (\d)(?:<(\d))?)?")
_ROLES: Final = re.compile(r"<([st])>(.*?)</\1>")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation between actors of a passage, by their names in it.

    Attributes:
        actor, recipient: who acts on whom, one of them at least in the sentence.
        root: of PLOVER.
        modality: where it is known.
        word: number of the word of the sentence that bears the relation, where it is known.
    """

    actor: str
    recipient: str
    root: str
    modality: Modality | None
    word: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention: who it is, by a name that is the same throughout the passage, and its half-open word numbers."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence in words, with its actors and what it says of them."""

    text: str
    words: tuple[Word, ...]
    actors: tuple[Actor, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that follow each other, often one alone.

    Attributes:
        language: of the sentences.
        sentences: in their order.
        complete: whether every actor is marked, so that a pair without relation stands in none.
        predicate: lemma of the word that bears the one relation, where it is known.
    """

    language: str
    sentences: tuple[Marked, ...]
    complete: bool
    predicate: str = ""


def written(folder: Path) -> Iterator[Passage]:
    """Yield the sentences of ``de*.tsv`` and ``en*.tsv``. Raises TableError, naming file and row."""
    for language in LANGUAGES:
        for path in sorted(folder.glob(f"{language}*.tsv")):
            for row in read_table(path, COLUMNS):
                plain, spans = unmarked(row["text"], _MARK)
                names = {name for name, _ in spans}
                relations = relations_in(row, _RELATION, names)
                try:
                    sentence = marked(plain, language, spans, relations)
                except ValueError as error:
                    raise row.error(str(error)) from None
                yield Passage(language, (sentence,), complete=True)


def relations_in(row: Row, pattern: re.Pattern[str], names: Set[str]) -> tuple[Relation, ...]:
    """Return the relations of a row, whose actors have ``names``. Raises TableError, naming file and row.

    The first groups of ``pattern`` are actor, recipient, root and modality.
    """
    relations = []
    for part in row["relations"].split("; ") if row["relations"] != "-" else ():
        found = pattern.fullmatch(part)
        if (
            not found
            or found[3] not in ROOTS
            or found[4] not in MODALITY_NAMES
            or not {found[1], found[2]} <= names
        ):
            raise row.error(f"relation {part!r}; write 1>2 ACCUSE actual, or -")
        relations.append(Relation(found[1], found[2], found[3], Modality(found[4])))
    return tuple(relations)


def of_lexicon() -> Iterator[Passage]:
    """Yield the examples of the predicate lexicon, in which actor and recipient alone are marked."""
    for language in LANGUAGES:
        for frame in predicate_lexicon(language).frames:
            plain, spans = unmarked(frame.example, _ROLES)
            if {name for name, _ in spans} != {"s", "t"}:
                continue
            relation = Relation("s", "t", relation_types()[frame.relation].root, None)
            sentence = marked(plain, language, spans[:2], (relation,))
            yield Passage(language, (sentence,), complete=False, predicate=frame.head)


def unmarked(text: str, mark: re.Pattern[str] = _MARK) -> tuple[str, list[tuple[str, Span]]]:
    """Return a text without its marks, and the name and place of each.

    >>> unmarked("[1 Iran] warned [2 Iraq]")
    ('Iran warned Iraq', [('1', Span(start=0, end=4)), ('2', Span(start=12, end=16))])
    """
    plain, cursor = "", 0
    spans = []
    for found in mark.finditer(text):
        plain += text[cursor : found.start()]
        spans.append((found[1], Span(len(plain), len(plain) + len(found[2]))))
        plain += found[2]
        cursor = found.end()
    return plain + text[cursor:], spans


def marked(
    text: str, language: str, spans: list[tuple[str, Span]], relations: tuple[Relation, ...]
) -> Marked:
    """Return a sentence in words. Raises ValueError for a mark without a word."""
    words = tuple(split_words(text, Span(0, len(text)), language))
    actors = tuple(Actor(name, *words_of(words, span)) for name, span in spans)
    return Marked(text, words, actors, relations)


def words_of(words: tuple[Word, ...], span: Span) -> tuple[int, int]:
    """Return the half-open numbers of the words that a span touches. Raises ValueError if it touches none."""
    inside = [i for i, word in enumerate(words) if word.span.overlaps(span)]
    if not inside:
        raise ValueError(f"no word at {span}")
    return inside[0], inside[-1] + 1
