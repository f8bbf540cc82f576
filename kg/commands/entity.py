"""``kg entity``: asks what is known of entities, why a mention is linked, and imports from Wikidata."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.asking import explained, explanation_lines, found_lines, record_lines, surest
from kg.commands.options import add_knowledge, day
from kg.config import DEFAULT_EXTRACTOR
from kg.extract import make_extractor
from kg.files import replace_file
from kg.knowledge.entities import KnowledgeBase, shipped, using
from kg.knowledge.lookup import UnknownIdError, find, record_of_id
from kg.knowledge.own import with_own
from kg.knowledge.wikidata import import_wikidata
from kg.model import Article
from kg.read import read_articles

EXAMPLE = 'kg entity explain "Außenminister Lawrow" --date 2024-05-01 --state RUS'


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    asked = parser.add_subparsers(dest="asked", required=True, metavar="WHAT")
    one = asked.add_parser("explain", help="candidates of a mention, with points and reasons")
    one.add_argument("words", help='the mention, as it stands in a text ("Außenminister Lawrow")')
    one.add_argument("--date", type=day, metavar="DATE", help="day of the article (YYYY-MM-DD)")
    one.add_argument(
        "--state", action="append", default=[], metavar="ISO", help="state that the article names"
    )
    one.add_argument("--context", type=Path, metavar="FILE", help="article in which the mention stands last")
    one.add_argument(
        "--language",
        choices=("de", "en"),
        default="",
        help="language of the words (default: the one in which more is known of them)",
    )
    one.add_argument("--extractor", default=DEFAULT_EXTRACTOR, help=argparse.SUPPRESS)
    show = asked.add_parser("show", help="all that is known of an entity")
    show.add_argument("id", help="its id, such as sergey-lavrov")
    search = asked.add_parser("search", help="entities by name, in any spelling")
    search.add_argument("name", help="a name or a part of one")
    search.add_argument("--limit", type=int, default=20, metavar="N", help="at most so many (default: 20)")
    offices = asked.add_parser("offices", help="the ids of offices, with their names")
    take = asked.add_parser("import", help="a result of the Wikidata query service as a table for --entities")
    take.add_argument("result", type=Path, metavar="RESULT", help="SPARQL result, as JSON or CSV")
    take.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help="table to write")
    for own in (one, show, search, offices, take):
        add_knowledge(own)


def run(options: argparse.Namespace) -> int:
    """Print the answer. Returns 1 if nothing was found. Raises KgError, OSError."""
    kb = with_own(shipped(), options.entities, options.judgements)
    with using(kb):
        match options.asked:
            case "explain":
                return _explain(options, kb)
            case "show":
                return _print(record_lines(record_of_id(options.id, kb), kb))
            case "search":
                return _search(options, kb)
            case "offices":
                return _print(
                    f"{id:32} {' | '.join(office.labels.values())}" for id, office in kb.offices.items()
                )
            case _:
                return _import(options, kb)


def _explain(options: argparse.Namespace, kb: KnowledgeBase) -> int:
    states = [_state(code, kb) for code in options.state]
    article = _context(options)
    extractor = make_extractor(options.extractor)
    languages = [article.language] if article.language else ["de", "en"]
    readings = [
        explained(options.words, extractor, kb, context=replace(article, language=language), states=states)
        for language in languages
    ]
    for explanation in max(readings, key=surest):
        _print(explanation_lines(explanation, kb))
    return 0


def _context(options: argparse.Namespace) -> Article:
    """Return the article that is asked about, an empty one where none is given."""
    if options.context:
        for outcome in read_articles([options.context], published=options.date, language=options.language):
            if isinstance(outcome, Article):
                return outcome
            raise UnknownIdError(f"no context: {outcome}")
    return Article("asked", "", "", options.language, options.date)


def _state(code: str, kb: KnowledgeBase) -> str:
    id = kb.by_iso3.get(code.upper(), code)
    if id not in kb.records:
        raise UnknownIdError(f"no state {code!r}; write its ISO alpha-3 code, such as RUS, or its id")
    return id


def _search(options: argparse.Namespace, kb: KnowledgeBase) -> int:
    found = find(options.name, kb, options.limit)
    if not found:
        print(
            f"kg: nobody is called {options.name!r} in any spelling; add a row to a table for --entities",
            file=sys.stderr,
        )
        return 1
    return _print(found_lines(found))


def _import(options: argparse.Namespace, kb: KnowledgeBase) -> int:
    imported = import_wikidata(options.result, kb)
    replace_file(options.out, imported.table().encode("utf-8"))
    with_own(kb, [*options.entities, options.out])  # what was written must load
    for position, count in sorted(imported.unknown_positions.items(), key=lambda pair: (-pair[1], pair[0])):
        print(f"kg: no office for {position!r} ({count} times); add a row of kind office", file=sys.stderr)
    known = sum(row["kind"] == "addition" for row in imported.rows)
    print(f"{options.out}: {len(imported.rows) - known} new entities, {known} additions to known ones")
    return 0


def _print(lines: Iterable[str]) -> int:
    for line in lines:
        print("".join(sign for sign in line if sign.isprintable()))
    return 0
