"""The command ``kg``: finds in ``kg.commands`` what is asked for, runs it, and says what went wrong."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final, NoReturn, Protocol, cast

from kg import __version__
from kg.errors import KgError

COMMANDS: Final = {
    "build": "read articles and write store, graph, table and page",
    "extract": "print the claims of articles, one a line",
    "query": "ask a store: a named query, a file, or SPARQL",
    "rollup": "derive ties between states from the claims, in a graph of their own",
    "search": "find names, quotes and titles by their words",
    "stats": "count what a graph holds, by type, language, month, outlet and modality",
    "serve": "answer SPARQL over HTTP, and show pages to explore a store",
    "validate": "check a graph against the SHACL shapes",
    "withdraw": "remove articles from a store, with all that only they said",
    "migrate": "bring a store up to date that an older version made",
    "entity": "ask what is known of entities, and why a mention is linked",
    "backup": "write a store to one file, even while a build runs",
    "restore": "make a store of a backup",
    "view": "write the network page of a store",
    "export": "write the graph for Gephi, spreadsheets, statistics, linked data",
    "analyse": "measure who is central, with whom, when: tables and charts",
    "classify": "tell the relation of a source and a target that are marked in a sentence",
    "evaluate": "score claims against the gold annotations",
}
"""The commands, each a module of ``kg.commands``, with what they do."""

START: Final = """to begin with:
  kg build articles/ -o graph        read articles, and open graph/view.html in a browser
  kg query who-met-whom --store graph"""

STOPPED: Final = 130
"""Exit status after Ctrl-C, as shells give it."""


class Command(Protocol):
    """What a module of ``kg.commands`` has."""

    EXAMPLE: str

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of the command."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it, and return the exit status. Raises KgError or OSError for what a user can mend."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong, and exit with status 2."""
        self.exit(2, f"kg: {message}; see {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; an error that a user can mend is one line."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    options = parser(words).parse_args(words)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except KgError as error:
        return _failed(str(error))
    except BrokenPipeError:  # the reader, such as head, has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _failed(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        return _failed("stopped; nothing is lost, the same command goes on from here", STOPPED)
    return status


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of the command line, with the options of those commands that ``words`` may name."""
    made = Parser(
        prog="kg",
        description="Diplomatic news as a graph: who met, warned or supported whom, and who says so.",
        epilog=START,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"kg {__version__}")
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        description = f"{purpose[0].upper()}{purpose[1:]}."
        own = commands.add_parser(name, help=purpose, description=description)
        if name in words:
            command = cast(Command, import_module(f"kg.commands.{name}"))
            own.epilog = f"example: {command.EXAMPLE}"
            command.add_options(own)
            own.set_defaults(run=command.run)
    return made


def _speak_utf8() -> None:
    """Write UTF-8 whatever the terminal's encoding: the lines go to files and other programs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _failed(problem: str, status: int = 1) -> int:
    print(f"kg: {problem}", file=sys.stderr)
    return status
