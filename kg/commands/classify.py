"""``kg classify``: tells the PLOVER root of sentences in which source and target are marked."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

from kg.errors import ReadError
from kg.extract.learned.classify import Classifier, unmarked
from kg.read.jsonl import parse
from kg.read.language import LANGUAGES, language_of
from kg.records import Record, dumps

EXAMPLE = 'kg classify marked.jsonl    # a line: {"id": 1, "marked": "<s>Iran</s> warned <t>the USA</t>"}'
_AT_ONCE: Final = 64  # lines that are read before the first is answered
_SHORT: Final = 4  # digits of a probability


@dataclass(frozen=True, slots=True)
class _Marked:
    id: object
    text: str
    language: str


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", metavar="FILE", help='lines {"id": …, "marked": …}; - reads standard input')
    parser.add_argument(
        "--language", choices=sorted(LANGUAGES), default="", help="of the sentences (default: told by each)"
    )


def run(options: argparse.Namespace) -> int:
    """Print a line for each sentence. Returns 1 if a line could not be read; the others are answered."""
    classifier, failed = Classifier(), False
    with _opened(options.file) as lines:
        numbered = enumerate(lines, start=1)
        while some := list(islice(numbered, _AT_ONCE)):
            marked = []
            for number, line in some:
                try:
                    if line.strip():
                        marked.append(_marked(line, f"{options.file}, line {number}", options.language))
                except ReadError as error:
                    failed = True
                    print(f"kg: {error}", file=sys.stderr)
            for record in _answers(marked, classifier):
                print(dumps(record), flush=True)
    return 1 if failed else 0


def _opened(name: str) -> AbstractContextManager[Iterable[str]]:
    lines: TextIO = sys.stdin
    return nullcontext(lines) if name == "-" else Path(name).open(encoding="utf-8", errors="replace")


def _marked(line: str, source: str, language: str) -> _Marked:
    record = parse(line, source)
    text = record.get("marked") if isinstance(record, dict) else None
    if not isinstance(record, dict) or not isinstance(text, str):
        raise ReadError(source, 'expected {"id": 1, "marked": "<s>Iran</s> warned <t>the USA</t>"}')
    plain, spans = unmarked(text)
    if not spans:
        raise ReadError(source, "no actor is marked; write <s>source</s> and <t>target</t>")
    return _Marked(record.get("id"), text, language or _language(plain))


def _language(plain: str) -> str:
    try:
        return language_of(plain, "")
    except ReadError:  # a few words can look like anything
        return "en"


def _answers(marked: list[_Marked], classifier: Classifier) -> Iterator[Record]:
    found: dict[int, Record] = {}
    for language in LANGUAGES:
        own = [i for i, sentence in enumerate(marked) if sentence.language == language]
        for i, answer in zip(own, classifier([marked[i].text for i in own], language), strict=True):
            scores = {root: round(score, _SHORT) for root, score in answer.scores.items()}
            found[i] = {"id": marked[i].id, "type": answer.type, "scores": scores}
    yield from (found[i] for i in sorted(found))
