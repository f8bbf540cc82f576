"""``%%sparql``: a query in a cell, its answer a DataFrame with readable names."""

import argparse
import shlex
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from IPython.core.completer import CompletionContext, SimpleCompletion, SimpleMatcherResult
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from kg.errors import KgError, QueryError
from kg.jupyter.answers import Answer
from kg.jupyter.graphs import Displays
from kg.query import Table, find_query, parse_query, run_query
from kg.query.complete import beginning, completions
from kg.query.readable import readable
from kg.store import Store, open_store

if TYPE_CHECKING:
    import pandas as pd

MAGIC: Final = "%%sparql"
CONTROLS: Final = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)), "\ufffd"
)
"""Characters that steer a terminal, where IPython prints answers too, or that UTF-8 cannot write."""

HELP: Final = """Ask a graph in SPARQL.

  %%sparql                            a query in the cell, to the graph whose name was given last
  %%sparql --graph crisis --to rows   to the graph called crisis; the answer is kept as rows
  %%sparql --store demo               to a folder that kg build made
  %sparql who-met-whom actor=Iran     a named query, with its parameters
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see %sparql --help")


def parser() -> argparse.ArgumentParser:
    """Return the parser of what stands behind the magic's name."""
    made = _Parser(prog=MAGIC, description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument(
        "words", nargs="*", metavar="WORD", help="name of a query, and parameters as NAME=VALUE"
    )
    made.add_argument("--store", type=Path, metavar="DIR", help="folder that kg build made")
    made.add_argument("--graph", metavar="NAME", help="name of a graph in this notebook")
    made.add_argument("--to", metavar="NAME", help="name by which the answer is kept")
    made.add_argument("--language", default="en", help="language of names: de, en")
    made.add_argument("--iris", action="store_true", help="leave IRIs as they are")
    return made


def ask(shell: InteractiveShell, line: str, cell: str = "") -> "pd.DataFrame | None":
    """Return the answer to a query as a DataFrame. Raises UsageError, one line, for all that can be mended.

    ``--help`` prints and returns None.
    """
    try:
        options = parser().parse_args(shlex.split(line))
    except SystemExit:
        return None
    except ValueError as error:
        raise UsageError(f"{error} in {line!r}") from None
    names = [word for word in options.words if "=" not in word]
    given = dict(word.split("=", 1) for word in options.words if "=" in word)
    try:
        query = parse_query(cell) if cell.strip() else find_query(_named(names))
        with open_store(options.store or _folder(shell.user_ns, options.graph)) as store:
            table = run_query(store, query, given)
            shown = table if options.iris else readable(table, store, language=options.language)
    except KgError as error:
        raise UsageError(str(error).translate(CONTROLS)) from None
    frame = answer_frame(shown)
    if options.to:
        shell.user_ns[options.to] = frame
    return frame


def complete(shell: InteractiveShell, context: CompletionContext) -> SimpleMatcherResult:
    """Return what may come next in a cell of ``%%sparql``, as IPython's matchers do (API version 2)."""
    before = _before(context)
    if not before.lstrip().startswith(MAGIC) or "\n" not in before:
        return {"completions": []}
    found: list[str] = []
    try:
        options, _ = parser().parse_known_args(shlex.split(before.lstrip().split("\n", 1)[0])[1:])
        with _store(shell, options) as store:
            found = completions(before.split("\n", 1)[1], store, after=context.full_text)
    except (KgError, UsageError, ValueError, OSError):  # a key pressed must not end in an error
        found = completions(before.split("\n", 1)[1], after=context.full_text)
    return {
        "completions": [SimpleCompletion(text=text, type="sparql") for text in found],
        "matched_fragment": beginning(before),
        "suppress": True,
    }


def _store(shell: InteractiveShell, options: argparse.Namespace) -> AbstractContextManager[Store | None]:
    try:
        return open_store(options.store or _folder(shell.user_ns, options.graph))
    except (KgError, UsageError):
        return nullcontext()


def _before(context: CompletionContext) -> str:
    """Return the text of the cell up to the cursor."""
    lines = str(context.full_text).split("\n")[: context.cursor_line + 1]
    lines[-1] = lines[-1][: context.cursor_position]
    return "\n".join(lines)


def _named(names: list[str]) -> str:
    if len(names) != 1:
        raise QueryError(f"write a query below {MAGIC}, or name one: %sparql who-met-whom actor=Iran")
    return names[0]


def _folder(names: Mapping[str, object], wanted: str | None) -> Path:
    """Return the folder of the graph that is meant: the one of this name, else whose name was given last."""
    graphs = {name: value for name, value in names.items() if isinstance(value, Displays)}
    own = [name for name in graphs if not name.startswith("_")]
    if wanted is None and own:
        return graphs[own[-1]].folder
    if wanted in graphs:
        return graphs[wanted].folder
    have = f"; there is {', '.join(own)}" if own else "; open one: graph = kg.open_graph('demo')"
    raise UsageError(
        f"no graph {wanted!r}{have}" if wanted else f"no graph{have}, or name a folder with --store"
    )


def answer_frame(table: Table) -> "pd.DataFrame":
    """Return an answer as a DataFrame whose texts a terminal and a page can show. Raises nothing."""
    frame = Answer(table.to_pandas())
    for name in frame.columns:
        frame[name] = [
            value.translate(CONTROLS) if isinstance(value, str) else value for value in frame[name]
        ]
    return frame
