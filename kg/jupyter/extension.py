"""``%load_ext kg``: displays of claims and articles, ``%%sparql`` and what completes it."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from IPython.core.magic import no_var_expand

from kg.jupyter.articles import MarkedArticle
from kg.jupyter.cards import claim_html
from kg.jupyter.magics import ask, complete
from kg.model import Article, Claim

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext, SimpleMatcherResult
    from IPython.core.interactiveshell import InteractiveShell

DISPLAYS: Final = {
    Claim: claim_html,
    Article: lambda article: MarkedArticle(article, ())._repr_html_(),
}
"""How the values that know nothing of notebooks are shown."""


def load_ipython_extension(shell: "InteractiveShell") -> None:
    """Make ``shell`` show claims and articles, and know ``%sparql`` and ``%%sparql``. Raises nothing.

    Tables of pandas are from then on not searched for mathematics: "$5 million" in a quote is no formula, and
    in formulas links may run.
    """
    magic = partial(ask, shell)
    no_var_expand(magic)  # braces are SPARQL, and names are data
    shell.register_magic_function(magic, "line_cell", "sparql")  # type: ignore[arg-type]
    shell.Completer.custom_matchers.append(Matcher(shell))
    for kind, shown in DISPLAYS.items():
        _html(shell).for_type(kind, shown)
    pd.set_option("display.html.use_mathjax", False)


def unload_ipython_extension(shell: "InteractiveShell") -> None:
    """Take back what ``load_ipython_extension`` added. Raises nothing."""
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop("sparql", None)
    shell.Completer.custom_matchers[:] = [
        matcher for matcher in shell.Completer.custom_matchers if not isinstance(matcher, Matcher)
    ]
    for shown in DISPLAYS:
        _html(shell).type_printers.pop(shown, None)


class Matcher:
    """Completes the cells of ``%%sparql``; IPython calls it with each context."""

    matcher_api_version = 2
    matcher_identifier = "kg.sparql"

    def __init__(self, shell: "InteractiveShell") -> None:
        self._shell = shell
        self.__qualname__ = "kg.sparql"  # IPython asks it of all matchers

    def __call__(self, context: "CompletionContext") -> "SimpleMatcherResult":
        """Return what may come next. Raises nothing."""
        return complete(self._shell, context)


def _html(shell: "InteractiveShell") -> Any:
    assert shell.display_formatter
    return shell.display_formatter.formatters["text/html"]
