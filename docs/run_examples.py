"""Runs the examples of the documents: ``python docs/run_examples.py --store demo README.md docs/*.md``.

A block ``sparql`` with a block ``text`` after it is an example: the text becomes the answer. So is a block
``console``: what stands below ``$ kg ...`` becomes what the command prints. With ``--check`` nothing is
written, and an answer that would change is an error; ``make examples`` writes.
"""

import argparse
import io
import re
import shlex
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

from kg.cli import main as kg
from kg.query import run_query
from kg.store import open_store

ANSWER: Final = r"(?P<answer>(?:(?!```)[^\n]*\n)*)(?=```)"
SPARQL: Final = re.compile(rf"(?P<head>```sparql\n(?P<query>(?:(?!```)[^\n]*\n)+)```\n+```text\n){ANSWER}")
CONSOLE: Final = re.compile(rf"(?P<head>```console\n\$ (?P<command>kg [^\n]*)\n){ANSWER}")
WIDTH: Final = 110
"""Characters of a line of an answer; what is longer is cut, and ends in "…"."""


def ask(match: re.Match[str], store: Path) -> str:
    """Return the answer to the query of a block. Raises QueryError, StoreError."""
    with open_store(store) as opened:
        return run_query(opened, match["query"]).to_text()


def call(match: re.Match[str], store: Path) -> str:
    """Return what a command prints, with the store of this run. Raises RuntimeError if the command fails."""
    arguments = [str(store) if word == "demo" else word for word in shlex.split(match["command"])[1:]]
    printed = io.StringIO()
    with redirect_stdout(printed):
        status = kg(arguments)
    if status:
        raise RuntimeError(f"{match['command']}: exit status {status}")
    return printed.getvalue()


def renewed(text: str, store: Path) -> str:
    """Return a document with the answers of now. Raises what ``ask`` and ``call`` raise."""
    text = SPARQL.sub(lambda match: match["head"] + shown(ask(match, store)), text)
    return CONSOLE.sub(lambda match: match["head"] + shown(call(match, store)), text)


def shown(answer: str) -> str:
    """Return an answer with its long lines cut and the spaces at their ends gone."""
    lines = (line.rstrip() for line in answer.rstrip().splitlines())
    return "".join(f"{line if len(line) <= WIDTH else line[: WIDTH - 1] + '…'}\n" for line in lines)


def main() -> int:
    """Renew or check the documents, and return 1 if a check finds an answer that is not of now."""
    parser = argparse.ArgumentParser(description="Run the examples of the documents.")
    parser.add_argument("documents", type=Path, nargs="+")
    parser.add_argument("--store", type=Path, default=Path("demo"), help="folder that make demo wrote")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if an answer is old")
    options = parser.parse_args()
    old = 0
    for document in options.documents:
        text = document.read_text("utf-8")
        now = renewed(text, options.store)
        if now == text:
            continue
        old += 1
        if options.check:
            print(f"{document}: an answer is old; renew it with: make examples", file=sys.stderr)
        else:
            document.write_text(now, "utf-8")
            print(f"{document}: renewed")
    return 1 if options.check and old else 0


if __name__ == "__main__":
    raise SystemExit(main())
