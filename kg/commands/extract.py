"""``kg extract``: prints the claims of articles, one a line."""

import argparse
import sys

from kg.build import extract
from kg.commands.options import add_reading, settings_of
from kg.contract import contract_record, readable_line
from kg.errors import ReadError
from kg.knowledge.own import knowledge_of
from kg.records import dumps

EXAMPLE = "kg extract article.txt --published 2026-02-03 --format text"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_reading(parser)
    parser.add_argument(
        "--format",
        choices=("jsonl", "text"),
        default="jsonl",
        help="for programs, or to read (default: jsonl)",
    )


def run(options: argparse.Namespace) -> int:
    """Print the claims. Returns 1 if no article could be read. Raises as ``kg.build.extract``."""
    read, settings = 0, settings_of(options)
    kb = knowledge_of(settings)
    for outcome in extract(options.paths, settings):
        if isinstance(outcome, ReadError):
            print(f"kg: {outcome}", file=sys.stderr)
            continue
        read += 1
        for claim in outcome.claims:
            if options.format == "jsonl":
                print(dumps(contract_record(claim, outcome.article, kb)))
            else:
                print(readable_line(claim))
    if not read:
        print("kg: no article could be read", file=sys.stderr)
    return 0 if read else 1
