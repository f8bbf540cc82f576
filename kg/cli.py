"""The command ``kg``: thin over ``kg.build``, ``kg.query`` and ``kg.view``."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tqdm import tqdm

from kg import __version__
from kg.build import PAGE, TRIG, Summary, build, extract, load
from kg.commands import evaluate, extract_lines, query, validate, view
from kg.config import Settings
from kg.errors import KgError
from kg.extract import extractor_names

_EXAMPLES = {
    "build": "kg build articles/ -o graph --published 2026-02-03",
    "extract": "kg extract article.txt --published 2026-02-03",
    "query": "kg query who-warned-whom --store graph --format csv",
    "validate": "kg validate --store graph",
    "view": "kg view --store graph -o network.html --language en",
    "evaluate": "kg evaluate --predictions claims.jsonl --texts articles.jsonl --part dev",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; errors that a user can mend are one line."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("kg: stopped; what was built before is still there", file=sys.stderr)
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kg", description="Diplomatic news as a graph: who met, warned or supported whom, and who says so.")
    parser.add_argument("--version", action="version", version=f"kg {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = _command(commands, "build", "read articles and write store, graph, table and page", _build)
    _reading(command)
    command.add_argument("-o", "--out", type=Path, default=Path("graph"), help="folder to write (default: graph)")
    command.add_argument("--page-language", choices=("de", "en"), default="de", help="language in which the page opens")
    command.add_argument("--quiet", action="store_true", help="no progress bar")

    command = _command(commands, "extract", "print the claims of articles, one a line", _extract)
    _reading(command)
    command.add_argument("--format", choices=("jsonl", "text"), default="jsonl")

    command = _command(commands, "query", "ask a store: a named query, a file, or SPARQL", query)
    command.add_argument("query", nargs="?", help="name, file or SPARQL; --list shows the names")
    _store(command)
    command.add_argument("--format", choices=("table", "csv", "json"), default="table")
    command.add_argument("-p", "--param", action="append", default=[], metavar="NAME=VALUE", help="parameter of a named query")
    command.add_argument("--list", action="store_true", help="list the named queries")

    command = _command(commands, "validate", "check a graph against the SHACL shapes", validate)
    command.add_argument("file", nargs="?", type=Path, help=f"an RDF file (default: {TRIG} of the store)")
    _store(command)

    command = _command(commands, "view", "write the network page", view)
    _store(command)
    command.add_argument("-o", "--out", type=Path, help=f"file to write (default: {PAGE} in the store)")
    command.add_argument("--language", choices=("de", "en"), default="de")
    command.add_argument("--title", default="")

    command = _command(commands, "evaluate", "score claims against the gold annotations", evaluate)
    command.add_argument("--texts", nargs="+", type=Path, required=True, help="JSONL with the texts of the gold articles")
    command.add_argument("--predictions", type=Path, help="lines of kg extract (default: extract now)")
    command.add_argument("--extractor", default="rules")
    command.add_argument("--part", choices=("dev", "test", "all"), default="dev")
    command.add_argument("--page", type=Path, help="write a page that shows each error beside its sentence")
    command.add_argument("--format", choices=("table", "json"), default="table")
    return parser


def _command(commands, name: str, text: str, run) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + ".", epilog=f"example: {_EXAMPLES[name]}"
    )
    command.set_defaults(run=run)
    return command


def _reading(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files (.txt .html .jsonl .json) or folders")
    command.add_argument("--published", type=_day, help="day of publication where an article does not say it (YYYY-MM-DD)")
    command.add_argument("--language", choices=("de", "en"), default="", help="language where an article does not say it")
    command.add_argument("--publisher", default="", help="publisher where an article does not say it")
    command.add_argument("--extractor", default="rules", help=f"back end: {', '.join(extractor_names())}")


def _store(command: argparse.ArgumentParser) -> None:
    command.add_argument("--store", type=Path, default=Path("graph"), metavar="DIR", help="folder that kg build made (default: graph)")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write YYYY-MM-DD") from None


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(
        extractor=options.extractor,
        published=options.published,
        language=options.language,
        publisher=options.publisher,
        page_language=getattr(options, "page_language", "de"),
    )


def _build(options: argparse.Namespace) -> int:
    with tqdm(unit=" articles", disable=options.quiet or not sys.stderr.isatty()) as bar:
        summary = build(options.paths, options.out, _settings(options), progress=lambda _: bar.update() and None)
    _report(summary, options.out)
    return 0 if summary.articles else 1


def _report(summary: Summary, out: Path) -> None:
    for skipped in summary.skipped:
        print(f"kg: skipped {skipped}", file=sys.stderr)
    for error in summary.errors:
        print(f"kg: {error}", file=sys.stderr)
    if not summary.articles:
        print("kg: no article could be read", file=sys.stderr)
        return
    modalities = ", ".join(f"{count} {name}" for name, count in summary.modalities.most_common())
    print(f"{summary.articles} articles ({summary.new} new), {summary.claims} claims ({modalities})")
    print(f"{summary.events} events, {summary.entities} entities; {len(summary.errors)} not read")
    print(f"turned away: {summary.rejected} without verbatim quote, {summary.unlinked} without known actors")
    print(f"graph: {out / TRIG}   page: {out / PAGE}")


def _extract(options: argparse.Namespace) -> int:
    return extract_lines(extract(options.paths, _settings(options)), options.format)


__all__ = ["load", "main"]
