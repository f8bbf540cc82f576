"""Runs an evaluation from the command line: ``python -m kg.evaluate --help``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kg.errors import KgError
from kg.evaluate import as_json, as_page, as_text, join, load_gold, load_predictions, score
from kg.evaluate.gold import PARTS

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
    made.add_argument(
        "--texts",
        type=Path,
        required=True,
        nargs="+",
        metavar="FILE",
        help="files or folders of articles",
    )
    made.add_argument("--part", choices=PARTS, default="dev", help="part of the gold set (default: dev)")
    made.add_argument("--gold", type=Path, metavar="FOLDER", help="another gold set than data/gold")
    made.add_argument("--json", type=Path, metavar="FILE", help="write the measures as JSON")
    made.add_argument("--html", type=Path, metavar="FILE", help="write a page that shows each error")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 1 with one line of explanation where it cannot be done."""
    options = parser().parse_args(arguments)
    try:
        annotated = join(load_gold(options.gold, part=options.part), options.texts)
        result = score(annotated, load_predictions(options.predictions))
        if options.json:
            options.json.write_text(as_json(result), encoding="utf-8")
        if options.html:
            options.html.write_text(as_page(result), encoding="utf-8")
    except (KgError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(as_text(result), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
