"""What the commands do, each a function from its options to an exit status."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from rdflib import Dataset

from kg.build import PAGE, TRIG, extract, load
from kg.config import Settings
from kg.errors import KgError, QueryError, ReadError, ValidationError
from kg.graph import validate as check
from kg.knowledge.entities import knowledge_base
from kg.model import Article, Claim
from kg.query import named_queries, run_query
from kg.records import contract_line
from kg.store import open_store
from kg.view import write_page


def extract_lines(found: Iterable[tuple[Article, Claim] | ReadError], form: str) -> int:
    """Print claims as JSON lines or as readable lines; errors go to standard error and count."""
    errors = articles = 0
    for outcome in found:
        if isinstance(outcome, ReadError):
            print(f"kg: {outcome}", file=sys.stderr)
            errors += 1
            continue
        article, claim = outcome
        articles += 1
        print(contract_line(claim, article, _country(claim)) if form == "jsonl" else _readable(claim))
    return 1 if errors and not articles else 0


def _country(claim: Claim) -> str:
    record = knowledge_base().records.get(claim.place.id) if claim.place else None
    return record.country if record else ""


def _readable(claim: Claim) -> str:
    speakers = " < ".join(s.entity.label("en") for s in claim.speakers) or "narrator"
    when = f" on {claim.time.start}" if claim.time else ""
    where = f" in {claim.place.label('en')}" if claim.place else ""
    return (
        f"{claim.actor.entity.label('en')} {claim.relation} {claim.recipient.entity.label('en')} "
        f"({claim.modality}){when}{where} [{speakers}]: {' '.join(claim.quote.split())}"
    )


def query(options: argparse.Namespace) -> int:
    """Answer a query over a store."""
    if options.list:
        for name, known in named_queries().items():
            wanted = " ".join(f"{p.name}=…" for p in known.parameters)
            print(f"{name:24} {known.title}" + (f"   [{wanted}]" if wanted else ""))
        return 0
    if not options.query:
        raise QueryError("no query; name one of kg query --list, a file, or SPARQL")
    params = {}
    for pair in options.param:
        name, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(f"parameter {pair!r} has no value; write NAME=VALUE")
        params[name] = value
    with open_store(options.store) as store:
        table = run_query(store, options.query, params)
    text = {"table": table.to_text, "csv": table.to_csv, "json": table.to_json}[options.format]()
    print(text.rstrip("\n"))
    return 0


def validate(options: argparse.Namespace) -> int:
    """Check a graph; findings are printed one a line."""
    path: Path = options.file or options.store / TRIG
    if not path.is_file():
        raise ValidationError(f"no file {path}; build one with: kg build FILES -o {options.store}")
    dataset = Dataset()
    try:
        dataset.parse(path, format="nquads" if path.suffix == ".nq" else "trig" if path.suffix == ".trig" else None)
    except Exception as error:
        raise ValidationError(f"{path}: cannot be read as RDF ({' '.join(str(error).split())[:200]})") from None
    findings = check(dataset)
    for finding in findings:
        print(finding)
    print(f"{path}: {len(findings)} findings" if findings else f"{path}: conforms to the shapes")
    return 1 if findings else 0


def view(options: argparse.Namespace) -> int:
    """Write the network page of a store."""
    known = load(options.store)
    path = options.out or options.store / PAGE
    write_page(
        path, known.claims, known.entities, known.articles, known.events, language=options.language, title=options.title
    )
    print(path)
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Score predictions against gold."""
    from kg.evaluate import cli as scoring  # noqa: PLC0415 - only this command needs it

    if options.predictions:
        lines = options.predictions.read_text("utf-8").splitlines()
    else:
        found = extract(options.texts, Settings(extractor=options.extractor))
        lines = [contract_line(o[1], o[0], _country(o[1])) for o in found if not isinstance(o, ReadError)]
    return scoring.score([json.loads(line) for line in lines if line.strip()], options)


__all__ = ["KgError", "evaluate", "extract_lines", "query", "validate", "view"]
