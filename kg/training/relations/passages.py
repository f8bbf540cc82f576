"""Reads the written articles of ``data/training/passages``: sentences, and under each what it says of its actors.

    [1 Togo] has recalled [2 its ambassador to Ghana].
    [3 The opposition] called the step a mistake.
      3>1 ACCUSE actual mistake

A sentence is a line; a claim is an indented line ``ACTOR>RECIPIENT TYPE MODALITY WORD``, with ``by N`` where another
actor says so; an empty line ends an article. An actor has one number in an article; one of the two at least stands in
the sentence itself, the other may stand up to ``BACK`` sentences before. An indented line ``names`` is read by
``kg.training.written_names``.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kg.errors import TableError
from kg.extract.learned.scenes import MOST_EARLIER, Earlier
from kg.extract.learned.scheme import BACK, ROOTS
from kg.knowledge.predicates import LANGUAGES
from kg.model import Modality
from kg.training.relations.sentences import MODALITY_NAMES, Marked, Passage, Relation, marked, unmarked

_CLAIM: Final = re.compile(r" +(\d+)>(\d+) ([A-Z]+) ([a-z]+) (\S+)(?: by (\d+)(?:<(\d+))?)?")
_NAMES: Final = "  names "


def passages(folder: Path) -> Iterator[Passage]:
    """Yield the articles of ``de*.txt`` and ``en*.txt``. Raises TableError, naming file and line."""
    for language in LANGUAGES:
        for path in sorted(folder.glob(f"{language}*.txt")):
            sentences: list[Marked] = []
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                if not line.strip():
                    yield from _passage(language, sentences)
                    sentences = []
                    continue
                if line.startswith(_NAMES):
                    continue
                try:
                    if line.startswith(" "):
                        sentences = _with_claim(sentences, line.rstrip())
                    else:
                        text, spans = unmarked(line.strip())
                        sentences.append(marked(text, language, spans, ()))
                except ValueError as error:
                    raise TableError(path, number, str(error)) from None
            yield from _passage(language, sentences)


def _passage(language: str, sentences: list[Marked]) -> Iterator[Passage]:
    if sentences:
        yield Passage(language, tuple(sentences), complete=True)


def _with_claim(sentences: list[Marked], line: str) -> list[Marked]:
    """Return the sentences with a claim added to the last of them. Raises ValueError."""
    found = _CLAIM.fullmatch(line)
    if not found or not sentences:
        raise ValueError(f"{line.strip()!r}; write 1>2 ACCUSE actual criticised, under its sentence")
    actor, recipient, root, modality, word = found.groups()[:5]
    if root not in ROOTS or modality not in MODALITY_NAMES:
        raise ValueError(f"{root} {modality}; a PLOVER root and a modality are expected")
    sentence = sentences[-1]
    here = {a.name for a in sentence.actors}
    before = {a.name for s in sentences[-1 - BACK : -1] for a in s.actors}
    if not {actor, recipient} & here or not {actor, recipient} <= here | before:
        raise ValueError(f"{actor} or {recipient} is not marked here, nor in the {BACK} sentences before")
    numbers = [i for i, w in enumerate(sentence.words) if word in {w.form, w.form.rstrip(".")}]
    relation = Relation(actor, recipient, root, Modality(modality), numbers[0] if numbers else None)
    changed = Marked(sentence.text, sentence.words, sentence.actors, (*sentence.relations, relation))
    return [*sentences[:-1], changed]


def earlier_actors(sentences: Sequence[Marked], number: int, company: int) -> list[Earlier]:
    """Return the actors of the sentences before one that it does not name itself, each where it was named last.

    ``company`` is how many sentences before it the sentence is encoded with.
    """
    seen = {actor.name for actor in sentences[number].actors}
    found: list[Earlier] = []
    for back in range(1, min(BACK, company) + 1):
        for i, actor in reversed(list(enumerate(sentences[number - back].actors))):
            if actor.name not in seen:
                seen.add(actor.name)
                found.append(Earlier(back, i))
    return found[:MOST_EARLIER]
