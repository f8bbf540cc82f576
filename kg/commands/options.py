"""Options that several commands share."""

import argparse
from datetime import date
from pathlib import Path

from kg.commands.llm_options import add_llm, llm_of
from kg.config import DEFAULT_EXTRACTOR, Settings
from kg.extract import extractor_names
from kg.model import Modality
from kg.selection import Selection
from kg.store import is_url


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add what says which articles to read, and how."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="files (.txt .html .jsonl .json) or folders"
    )
    parser.add_argument(
        "--published", type=day, metavar="DATE", help="day of articles that do not say it (YYYY-MM-DD)"
    )
    parser.add_argument(
        "--language", choices=("de", "en"), default="", help="language of articles that do not say it"
    )
    parser.add_argument("--publisher", default="", help="publisher of articles that do not say it")
    add_extractor(parser)
    add_knowledge(parser)
    add_predicates(parser)


def add_knowledge(parser: argparse.ArgumentParser) -> None:
    """Add the user's own entities and judgements."""
    parser.add_argument(
        "--entities",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="table of your own entities (may be given again); later builds of a folder keep it",
    )
    parser.add_argument(
        "--judgements",
        type=Path,
        metavar="FILE",
        help="table of what reviewers judged the same or different; later builds of a folder keep it",
    )


def add_predicates(parser: argparse.ArgumentParser) -> None:
    """Add the user's own predicates."""
    parser.add_argument(
        "--predicates",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="table of your own words for relations (may be given again); later builds of a folder keep it",
    )


def add_extractor(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """Add the choice of the extractor, or of several to be compared."""
    names = ", ".join(extractor_names())
    many = "; name it again for each further one" if several else ""
    parser.add_argument(
        "--extractor",
        action="append" if several else "store",
        default=None if several else DEFAULT_EXTRACTOR,
        help=f"one of: {names} (default: {DEFAULT_EXTRACTOR}{many})",
    )
    add_llm(parser)


def add_store(parser: argparse.ArgumentParser, *, servers: bool = False) -> None:
    """Add the folder to work on; where ``servers``, it may be the URL of a SPARQL server, a str, too."""
    parser.add_argument(
        "--store",
        type=place if servers else folder,
        default=Path("graph"),
        metavar="DIR|URL" if servers else "DIR",
        help=f"folder that kg build made{', or SPARQL server' if servers else ''} (default: graph)",
    )


def add_selection(parser: argparse.ArgumentParser, *, modality: str = "") -> None:
    """Add what says which claims are meant; ``modality`` is the one that is meant where none is named."""
    parser.add_argument(
        "--relation",
        action="append",
        default=[],
        metavar="NAME",
        help="relation or PLOVER root; again for more",
    )
    parser.add_argument(
        "--modality",
        action="append",
        default=[],
        choices=[*(modality.value for modality in Modality), "all"],
        help=f"certainty; again for more (default: {modality or 'all'})",
    )
    parser.add_argument("--from", dest="first", type=day, metavar="DATE", help="first day (YYYY-MM-DD)")
    parser.add_argument("--to", dest="last", type=day, metavar="DATE", help="last day (YYYY-MM-DD)")
    parser.add_argument(
        "--actor", action="append", default=[], metavar="NAME", help="name, id or code (DEU); again for more"
    )


def selection_of(options: argparse.Namespace, *, modality: str = "") -> Selection:
    """Return the selection that the options of ``add_selection`` choose."""
    modalities = options.modality or [modality or "all"]
    return Selection(
        relations=tuple(options.relation),
        modalities=() if "all" in modalities else tuple(modalities),
        first=options.first,
        last=options.last,
        actors=tuple(options.actor),
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings that the options of ``add_reading`` choose."""
    return Settings(
        extractor=options.extractor,
        published=options.published,
        language=options.language,
        publisher=options.publisher,
        page_language=getattr(options, "page_language", "de"),
        files=getattr(options, "files", "auto"),
        engine=getattr(options, "engine", "serial"),
        workers=getattr(options, "workers", None) or 0,
        scheduler=getattr(options, "scheduler", ""),
        llm=llm_of(options),
        entities=tuple(options.entities),
        judgements=options.judgements,
        predicates=tuple(options.predicates),
    )


def place(text: str) -> Path | str:
    """Return a folder, or the URL of a server."""
    return text if is_url(text) else Path(text)


def folder(text: str) -> Path:
    """Return a folder. Raises ArgumentTypeError for the URL of a server."""
    if is_url(text):
        raise argparse.ArgumentTypeError("this needs the folder that kg build -o made; it knows its server")
    return Path(text)


def server(text: str) -> str:
    """Return the URL of a server. Raises ArgumentTypeError if it is none."""
    if not is_url(text):
        raise argparse.ArgumentTypeError("no URL of a server; the folder to write goes with -o")
    return text


def day(text: str) -> date:
    """Return a day. Raises ArgumentTypeError if ``text`` is none.

    >>> day("2026-02-03")
    datetime.date(2026, 2, 3)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write YYYY-MM-DD") from None
