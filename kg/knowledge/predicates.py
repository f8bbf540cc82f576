"""The predicate lexicon: which words express which relation, and where its actor and recipient stand."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from kg.knowledge.entities import KnowledgeBase, knowledge_base
from kg.knowledge.tables import Row, read_table
from kg.knowledge.values import Frame
from kg.model import Modality
from kg.ontology import relation_types
from kg.resources import resource

COLUMNS = ("predicate", "pos", "relation", "actor", "recipient", "modality", "negated", "example")
LANGUAGES = ("de", "en")
NAMED_SLOTS = frozenset({"subj", "obj", "dat", "gen", "poss", "clause", "both"})
_SLOT_SEPARATOR = "|"
_LIKE_SLOTS = ("subj", "obj", "dat", "gen", "poss", "claus")  # "subject": no preposition begins like a slot
_PREPOSITION = re.compile(r"[^\W\d_A-Z]+(?:-[^\W\d_A-Z]+)*")

__all__ = [
    "COLUMNS",
    "LANGUAGES",
    "NAMED_SLOTS",
    "Frame",
    "PredicateLexicon",
    "frame_of",
    "predicate_lexicon",
    "read_frames",
]


class PredicateLexicon:
    """The frames of one language by the lemma of their head word."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.frames = tuple(frames)
        self._by_head: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        for frame in self.frames:
            self._by_head[frame.head.lower(), frame.pos].append(frame)
        for found in self._by_head.values():
            found.sort(key=lambda frame: -frame.weight)

    def lookup(self, lemma: str, pos: str) -> list[Frame]:
        """Return the frames of a head word, the most specific first, own ones before shipped ones."""
        return self._by_head.get((lemma.lower(), pos), [])

    def heads(self, pos: str) -> frozenset[str]:
        """Return the lower-case head lemmas of a part of speech."""
        return frozenset(head for head, own in self._by_head if own == pos)


def predicate_lexicon(language: str) -> PredicateLexicon:
    """Return the lexicon of a language: the user's own rows that are in use, and after them the shipped ones.

    Raises TableError if a shipped table is broken.
    """
    return _lexicon(knowledge_base(), language)


@lru_cache(maxsize=2 * len(LANGUAGES))
def _lexicon(kb: KnowledgeBase, language: str) -> PredicateLexicon:
    return PredicateLexicon((*kb.predicates.get(language, ()), *_shipped(language)))


@lru_cache(maxsize=len(LANGUAGES))
def _shipped(language: str) -> tuple[Frame, ...]:
    return tuple(read_frames(resource("data/lexicon/predicates") / language, language))


def read_frames(folder: Path, language: str) -> Iterator[Frame]:
    """Yield the frames of all tables of a folder. Raises TableError naming file and row."""
    for path in sorted(folder.glob("*.tsv")):
        for row in read_table(path, COLUMNS):
            yield frame_of(row, language, f"{path.parent.name}/{path.name}:{row.number}")


def frame_of(row: Row, language: str, source: str) -> Frame:
    """Return a row with the cells ``COLUMNS`` as a frame. Raises TableError naming the cell and its cure."""
    types = relation_types()
    for column in ("relation", "negated"):
        if row[column] not in types and (row[column] or column == "relation"):
            near = get_close_matches(row[column], types, n=1)
            such = f", such as {near[0]}" if near else ""
            raise row.error(f"unknown {column} {row[column]!r}; use a relation of ontology/plover.ttl{such}")
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
        source=source,
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
    named = f"name a slot ({', '.join(sorted(NAMED_SLOTS))}) or a preposition"
    if not slots:
        raise row.error(f"{column} is empty; {named}")
    for slot in slots:
        if slot not in NAMED_SLOTS and (slot.startswith(_LIKE_SLOTS) or not _PREPOSITION.fullmatch(slot)):
            raise row.error(f"{column} {slot!r} is none; {named}, one word, several by |")
    return slots
