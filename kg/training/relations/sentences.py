"""Training sentences: those written for it in ``data/training``, and the examples of the predicate lexicon.

A written sentence is a line ``text<TAB>relations``. Actors stand in brackets with a number, ``[1 Iran]``; a relation
is ``1>2 ACCUSE actual``, with ``by 3`` where somebody else says so; ``-`` means that no two actors are related.
Actors that no relation joins are examples of pairs that stand in none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.extract.learned.scheme import ROOTS
from kg.extract.syntax.words import Word, split_words
from kg.knowledge.predicates import LANGUAGES, predicate_lexicon
from kg.knowledge.tables import read_table
from kg.model import Modality, Span
from kg.ontology import relation_types

COLUMNS: Final = ("text", "relations")
_MARK: Final = re.compile(r"\[(\d) ([^\[\]]*)\]")
_RELATION: Final = re.compile(r"(\d)>(\d) ([A-Z]+) ([a-z]+)(?: by (\d)(?:<(\d))?)?")
_ROLES: Final = re.compile(r"<([st])>(.*?)</\1>")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation between actors of a sentence, by their place in its list of actors."""

    actor: int
    recipient: int
    root: str
    modality: Modality | None


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence in words, with its actors.

    Attributes:
        language: of the sentence.
        text: the sentence without marks.
        words: its words.
        actors: half-open word numbers of each actor.
        relations: what holds between them.
        complete: whether every actor is marked, so that a pair without relation stands in none.
        predicate: lemma of the word that bears the one relation, where it is known.
    """

    language: str
    text: str
    words: tuple[Word, ...]
    actors: tuple[tuple[int, int], ...]
    relations: tuple[Relation, ...]
    complete: bool
    predicate: str = ""


def written(folder: Path) -> Iterator[Example]:
    """Yield the sentences of ``de*.tsv`` and ``en*.tsv``. Raises TableError, naming file and row."""
    for language in LANGUAGES:
        for path in sorted(folder.glob(f"{language}*.tsv")):
            for row in read_table(path, COLUMNS):
                plain, spans = _unmarked(row["text"], _MARK)
                relations = []
                for part in row["relations"].split("; ") if row["relations"] != "-" else ():
                    found = _RELATION.fullmatch(part)
                    if not found or found[3] not in ROOTS or not {found[1], found[2]} <= spans.keys():
                        raise row.error(f"relation {part!r}; write 1>2 ACCUSE actual, or -")
                    ends = [list(spans).index(found[n]) for n in (1, 2)]
                    relations.append(Relation(ends[0], ends[1], found[3], Modality(found[4])))
                yield _example(plain, language, list(spans.values()), tuple(relations))


def of_lexicon() -> Iterator[Example]:
    """Yield the examples of the predicate lexicon, in which actor and recipient alone are marked."""
    for language in LANGUAGES:
        for frame in predicate_lexicon(language).frames:
            plain, spans = _unmarked(frame.example, _ROLES)
            if set(spans) != {"s", "t"}:
                continue
            root = relation_types()[frame.relation].root
            ends = [list(spans).index(role) for role in "st"]
            relation = Relation(ends[0], ends[1], root, None)
            yield _example(plain, language, list(spans.values()), (relation,), frame.head)


def _unmarked(text: str, mark: re.Pattern[str]) -> tuple[str, dict[str, Span]]:
    """Return a text without its marks, and what each mark covered."""
    plain, cursor = "", 0
    spans: dict[str, Span] = {}
    for found in mark.finditer(text):
        plain += text[cursor : found.start()]
        spans[found[1]] = Span(len(plain), len(plain) + len(found[2]))
        plain += found[2]
        cursor = found.end()
    return plain + text[cursor:], spans


def _example(
    text: str, language: str, spans: list[Span], relations: tuple[Relation, ...], predicate: str = ""
) -> Example:
    """Return an example; one with a predicate is of the lexicon, and does not mark all actors."""
    words = tuple(split_words(text, Span(0, len(text)), language))
    actors = tuple(words_of(words, span) for span in spans)
    return Example(language, text, words, actors, relations, not predicate, predicate)


def words_of(words: tuple[Word, ...], span: Span) -> tuple[int, int]:
    """Return the half-open numbers of the words that a span touches. Raises ValueError if it touches none."""
    inside = [i for i, word in enumerate(words) if word.span.overlaps(span)]
    if not inside:
        raise ValueError(f"no word at {span}")
    return inside[0], inside[-1] + 1
