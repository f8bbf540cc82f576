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
from kg.evaluate.linked import LinkScore, links_text
from kg.evaluate.links import load_links
from kg.evaluate.options import add_options as add_gold_options
from kg.evaluate.options import report
from kg.extract import make_extractor
from kg.knowledge.entities import using
from kg.records import Record
from kg.resolve import claims_of
from kg.resolve.linking.mentions import links_of

EXAMPLE = "kg evaluate --texts articles.jsonl --part dev --html errors.html"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command, those of ``python -m kg.evaluate`` among them."""
    add_gold_options(parser)
    parser.add_argument(
        "--predictions", type=Path, metavar="FILE", help="lines of kg extract (default: extract now)"
    )
    parser.add_argument(
        "--links", action="store_true", help="score whom the mentions mean, not the claims (part dev alone)"
    )
    add_extractor(parser)
    add_knowledge(parser)


def run(options: argparse.Namespace) -> int:
    """Print the measures. Raises GoldError, ExtractorError, TableError, OSError."""
    if options.links:
        return _links(options)
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


def _links(options: argparse.Namespace) -> int:
    """Print how well mentions are linked: by language and kind, states of actors, persons merged."""
    gold = load_links(options.gold)
    annotated = join(load_gold(options.gold, part="dev"), options.texts)
    settings = Settings(options.extractor, entities=tuple(options.entities), judgements=options.judgements)
    scored = LinkScore()
    with using(knowledge_of(settings)):
        extractor = make_extractor(settings.extractor)
        for one in annotated:
            reading = extractor.read(one.article)
            links = gold.get(one.gold.id, ())
            scored.add(one.article, links, links_of(reading), claims_of(reading).claims)
    print(links_text(scored), end="")
    return 0


def _extracted(annotated: Iterable[Annotated], name: str) -> Iterator[Record]:
    extractor = make_extractor(name)
    for one in annotated:
        entry = claims_in(one.article, extractor)
        if isinstance(entry, ReadError):
            print(f"kg: {entry}", file=sys.stderr)
            continue
        yield from (contract_record(claim, entry.article) for claim in entry.claims)
