"""``kg evaluate``: scores claims against the gold annotations."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.build import claims_in, knowledge_of
from kg.commands.options import add_extractor, add_knowledge
from kg.config import Settings
from kg.contract import contract_record
from kg.errors import ReadError
from kg.evaluate import Annotated, join, load_gold, load_predictions, predicted, score
from kg.evaluate.options import add_options as add_gold_options
from kg.evaluate.options import report
from kg.extract import make_extractor
from kg.knowledge.entities import using
from kg.records import Record

EXAMPLE = "kg evaluate --texts articles.jsonl --part dev --html errors.html"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command, those of ``python -m kg.evaluate`` among them."""
    add_gold_options(parser)
    parser.add_argument(
        "--predictions", type=Path, metavar="FILE", help="lines of kg extract (default: extract now)"
    )
    add_extractor(parser)
    add_knowledge(parser)


def run(options: argparse.Namespace) -> int:
    """Print the measures. Raises GoldError, ExtractorError, TableError, OSError."""
    annotated = join(load_gold(options.gold, part=options.part), options.texts)
    if options.predictions:
        predictions = load_predictions(options.predictions)
    else:
        settings = Settings(
            options.extractor, entities=tuple(options.entities), judgements=options.judgements
        )
        with using(knowledge_of(settings)):
            predictions = predicted(_extracted(annotated, settings.extractor))
    report(score(annotated, predictions), options)
    return 0


def _extracted(annotated: Iterable[Annotated], name: str) -> Iterator[Record]:
    extractor = make_extractor(name)
    for one in annotated:
        entry = claims_in(one.article, extractor)
        if isinstance(entry, ReadError):
            print(f"kg: {entry}", file=sys.stderr)
            continue
        yield from (contract_record(claim, entry.article) for claim in entry.claims)
