"""``kg evaluate``: scores claims against the gold annotations, of one extractor or of several side by side."""

import argparse
import sys
from pathlib import Path
from time import perf_counter

from kg.commands.llm_options import llm_of
from kg.commands.options import add_extractor, add_knowledge, add_predicates
from kg.config import DEFAULT_EXTRACTOR, Settings
from kg.contract import contract_record
from kg.engines import claims_in
from kg.errors import ReadError
from kg.evaluate import (
    Annotated,
    GoldError,
    Run,
    comparison,
    comparison_json,
    join,
    load_gold,
    load_predictions,
    predicted,
    score,
)
from kg.evaluate.linked import LinkScore, links_text
from kg.evaluate.links import load_links
from kg.evaluate.options import add_options as add_gold_options
from kg.evaluate.options import report
from kg.extract import Extractor, make_extractor, read_ahead, spent_by, workers_of
from kg.knowledge.entities import using
from kg.knowledge.own import knowledge_of
from kg.model import Article
from kg.records import Entry, Record
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
    add_extractor(parser, several=True)
    add_knowledge(parser)
    add_predicates(parser)


def run(options: argparse.Namespace) -> int:
    """Print the measures. Raises GoldError, ExtractorError, TableError, OSError."""
    if options.links:
        return _links(options)
    annotated = join(load_gold(options.gold, part=options.part), options.texts)
    names = list(dict.fromkeys(options.extractor or [DEFAULT_EXTRACTOR]))
    if options.predictions:
        report(score(annotated, load_predictions(options.predictions)), options)
    elif len(names) == 1:
        measured = _measured(names[0], annotated, options)
        report(measured.score, options)
        for line in measured.spent.lines():
            print(line)
    else:
        _compare(names, annotated, options)
    return 0


def _compare(names: list[str], annotated: tuple[Annotated, ...], options: argparse.Namespace) -> None:
    if options.html:
        raise GoldError("--html shows the errors of one extractor; name only one with --extractor")
    runs = [_measured(name, annotated, options) for name in names]
    if options.json:
        options.json.write_text(comparison_json(runs), encoding="utf-8")
    print(comparison(runs), end="")


def _measured(name: str, annotated: tuple[Annotated, ...], options: argparse.Namespace) -> Run:
    """Return how well and at what cost an extractor reads the gold articles."""
    settings = _settings(name, options)
    with using(knowledge_of(settings)):
        return _run(annotated, make_extractor(settings))


def _settings(name: str, options: argparse.Namespace) -> Settings:
    return Settings(
        extractor=name,
        llm=llm_of(options),
        entities=tuple(options.entities),
        judgements=options.judgements,
        predicates=tuple(options.predicates),
    ).with_answers_in(Path())


def _run(annotated: tuple[Annotated, ...], extractor: Extractor) -> Run:
    def read(article: Article) -> Entry | ReadError:
        return claims_in(article, extractor)

    begin = perf_counter()
    articles = [one.article for one in annotated]
    outcomes = [outcome for _, outcome in read_ahead(articles, read, workers_of(extractor))]
    seconds = perf_counter() - begin
    entries = [outcome for outcome in outcomes if isinstance(outcome, Entry)]
    for outcome in outcomes:
        if isinstance(outcome, ReadError):
            print(f"kg: {outcome}", file=sys.stderr)
    return Run(
        extractor=extractor.name,
        score=score(annotated, predicted(record for entry in entries for record in _records(entry))),
        rejected=sum(entry.rejected for entry in entries),
        unread=len(outcomes) - len(entries),
        seconds=seconds,
        spent=spent_by(extractor),
    )


def _records(entry: Entry) -> list[Record]:
    return [contract_record(claim, entry.article) for claim in entry.claims]


def _links(options: argparse.Namespace) -> int:
    """Print how well mentions are linked: by language and kind, states of actors, persons merged."""
    gold = load_links(options.gold)
    annotated = join(load_gold(options.gold, part="dev"), options.texts)
    settings = _settings((options.extractor or [DEFAULT_EXTRACTOR])[0], options)
    scored = LinkScore()
    with using(knowledge_of(settings)):
        extractor = make_extractor(settings)
        for one in annotated:
            reading = extractor.read(one.article)
            links = gold.get(one.gold.id, ())
            scored.add(one.article, links, links_of(reading), claims_of(reading).claims)
    print(links_text(scored), end="")
    return 0
