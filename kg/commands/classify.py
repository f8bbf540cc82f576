"""``kg classify``: tells the PLOVER root of sentences in which source and target are marked."""

import argparse
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Final, TextIO

from kg.errors import ReadError
from kg.extract.learned.classify import Classifier, unmarked
from kg.read.jsonl import parse
from kg.read.language import LANGUAGES, language_of
from kg.records import Record, dumps

EXAMPLE = 'kg classify marked.jsonl    # a line: {"id": 1, "marked": "<s>Iran</s> warned <t>the USA</t>"}'
_SHORT: Final = 4  # digits of a probability


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
        for number, line in enumerate(lines, start=1):
            try:
                if line.strip():
                    source = f"{options.file}, line {number}"
                    print(dumps(_answer(line, source, options.language, classifier)), flush=True)
            except ReadError as error:
                failed = True
                print(f"kg: {error}", file=sys.stderr)
    return 1 if failed else 0


def _opened(name: str) -> AbstractContextManager[Iterable[str]]:
    lines: TextIO = sys.stdin
    return nullcontext(lines) if name == "-" else Path(name).open(encoding="utf-8", errors="replace")


def _answer(line: str, source: str, language: str, classifier: Classifier) -> Record:
    record = parse(line, source)
    text = record.get("marked") if isinstance(record, dict) else None
    if not isinstance(record, dict) or not isinstance(text, str):
        raise ReadError(source, 'expected {"id": 1, "marked": "<s>Iran</s> warned <t>the USA</t>"}')
    try:
        (answer,) = classifier([text], language or _language(unmarked(text)[0]))
    except ValueError as error:
        raise ReadError(source, str(error)) from None
    scores = {root: round(score, _SHORT) for root, score in answer.scores.items()}
    return {"id": record.get("id"), "type": answer.type, "scores": scores}


def _language(plain: str) -> str:
    try:
        return language_of(plain, "")
    except ReadError:  # a few words can look like anything
        return "en"
