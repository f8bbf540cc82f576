"""The predicate lexicon: which words express which relation, and where its actor and recipient stand."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.knowledge.tables import Row, read_table
from kg.model import Modality
from kg.ontology import relation_types
from kg.resources import resource

COLUMNS = ("predicate", "pos", "relation", "actor", "recipient", "modality", "negated", "example")
LANGUAGES = ("de", "en")
NAMED_SLOTS = frozenset({"subj", "obj", "dat", "gen", "poss", "clause", "both"})
_SLOT_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Frame:
    """One row: a predicate in one use.

    Attributes:
        head: lemma of the word that bears it ("treffen", "üben", "meeting").
        fixed: lemmas that must stand with the head as object or in a phrase ("Kritik"; "in", "Aussicht").
        reflexive: whether a German "sich" must be there.
        pos: verb, noun or adj.
        actor, recipient: slots in order of preference: a named slot or a preposition.
        negated: relation that holds when the predicate is negated, or "".
        source: file and row, for explanation.
    """

    head: str
    fixed: tuple[str, ...]
    reflexive: bool
    pos: str
    relation: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    modality: Modality
    negated: str
    example: str
    source: str

    @property
    def weight(self) -> int:
        """Return how specific the frame is: more words, more weight."""
        return 2 * len(self.fixed) + self.reflexive


class PredicateLexicon:
    """The frames of one language by the lemma of their head word."""

    def __init__(self, frames: list[Frame]) -> None:
        self.frames = tuple(frames)
        self._by_head: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        for frame in frames:
            self._by_head[frame.head.lower(), frame.pos].append(frame)
        for found in self._by_head.values():
            found.sort(key=lambda frame: -frame.weight)

    def lookup(self, lemma: str, pos: str) -> list[Frame]:
        """Return the frames of a head word, the most specific first."""
        return self._by_head.get((lemma.lower(), pos), [])

    def heads(self, pos: str) -> frozenset[str]:
        """Return the lower-case head lemmas of a part of speech."""
        return frozenset(head for head, own in self._by_head if own == pos)


@lru_cache(maxsize=len(LANGUAGES))
def predicate_lexicon(language: str) -> PredicateLexicon:
    """Load the shipped lexicon of a language once."""
    return PredicateLexicon(list(read_frames(resource("data/lexicon/predicates") / language, language)))


def read_frames(folder: Path, language: str) -> Iterator[Frame]:
    """Yield the frames of all tables of a folder. Raises TableError naming file and row."""
    for path in sorted(folder.glob("*.tsv")):
        for row in read_table(path, COLUMNS):
            yield _frame(row, language)


def _frame(row: Row, language: str) -> Frame:
    types = relation_types()
    for column in ("relation", "negated"):
        if row[column] and row[column] not in types:
            raise row.error(f"unknown {column} {row[column]!r}; use a relation of ontology/plover.ttl")
    if row["pos"] not in {"verb", "noun", "adj"}:
        raise row.error(f"pos {row['pos']!r} must be verb, noun or adj")
    if row["modality"] and row["modality"] not in set(Modality):
        raise row.error(f"modality {row['modality']!r} must be one of {', '.join(Modality)}")
    head, fixed, reflexive = _parts(row, language)
    return Frame(
        head=head,
        fixed=fixed,
        reflexive=reflexive,
        pos=row["pos"],
        relation=row["relation"],
        actor=_slots(row, "actor"),
        recipient=_slots(row, "recipient"),
        modality=Modality(row["modality"] or "actual"),
        negated=row["negated"],
        example=row["example"],
        source=f"{row.path.parent.name}/{row.path.name}:{row.number}",
    )


def _parts(row: Row, language: str) -> tuple[str, tuple[str, ...], bool]:
    """Split "in Aussicht stellen" and "express support" into head and fixed words."""
    words = row["predicate"].split()
    if not words:
        raise row.error("predicate is empty")
    reflexive = "sich" in words and language == "de" and row["pos"] == "verb"
    if reflexive:
        words.remove("sich")
    head_first = language == "en" and row["pos"] == "verb"
    head = words.pop(0 if head_first else -1)
    return head, tuple(words), reflexive


def _slots(row: Row, column: str) -> tuple[str, ...]:
    slots = tuple(part.strip() for part in row[column].split(_SLOT_SEPARATOR) if part.strip())
    if not slots:
        raise row.error(f"{column} is empty; name a slot ({', '.join(sorted(NAMED_SLOTS))}) or a preposition")
    return slots
