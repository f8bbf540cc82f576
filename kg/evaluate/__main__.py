"""Runs an evaluation from the command line: ``python -m kg.evaluate --help``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kg.errors import KgError
from kg.evaluate import join, load_gold, load_predictions, score
from kg.evaluate.options import add_options, report

EXAMPLE = """example:
  kg extract articles.jsonl --format jsonl > claims.jsonl
  python -m kg.evaluate --predictions claims.jsonl --texts articles.jsonl --part dev --html errors.html
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(
        prog="python -m kg.evaluate",
        description="Score claims against the gold set.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--predictions", type=Path, required=True, metavar="FILE", help="claims, one a line")
    add_options(made)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 1 with one line of explanation where it cannot be done."""
    options = parser().parse_args(arguments)
    try:
        annotated = join(load_gold(options.gold, part=options.part), options.texts)
        report(score(annotated, load_predictions(options.predictions)), options)
    except (KgError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
