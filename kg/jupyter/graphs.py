"""What a graph shows of itself in a notebook."""

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SelectionError
from kg.jupyter.articles import MarkedArticle
from kg.jupyter.cards import graph_html
from kg.jupyter.view import HEIGHT, View
from kg.selection import EVERYTHING, Selection
from kg.view.bundles import Level

if TYPE_CHECKING:
    from kg.model import Article, Claim, Entity, Event


class Displays:
    """The displays of a graph, for its class to inherit: it has the values below and nothing more to do."""

    if TYPE_CHECKING:
        folder: Path

        @property
        def articles(self) -> tuple[Article, ...]:
            """The articles."""

        @property
        def claims(self) -> tuple[Claim, ...]:
            """The claims."""

        @property
        def events(self) -> tuple[Event, ...]:
            """The events."""

        @property
        def entities(self) -> tuple[Entity, ...]:
            """The entities."""

    def show(
        self,
        selection: Selection = EVERYTHING,
        *,
        language: str = "en",
        title: str = "",
        level: Level | None = None,
        height: int = HEIGHT,
    ) -> View:
        """Return the network page for a notebook; ``height`` is in pixels, ``level`` on which it opens.

        Raises nothing; the display raises SelectionError, or ValueError for another language.
        """
        return View(self, selection, language, title, level, height)

    def text(self, article: str, *, language: str = "en") -> MarkedArticle:
        """Return an article, named by its id, with its claims marked in the text.

        Raises SelectionError, with the nearest id, if there is none.
        """
        known = {one.id: one for one in self.articles}
        if article not in known:
            near = get_close_matches(article, sorted(known), n=1)
            raise SelectionError(
                f"no article {article!r}" + (f"; the nearest is {near[0]!r}" if near else "")
            )
        claims = tuple(claim for claim in self.claims if claim.article == article)
        return MarkedArticle(known[article], claims, language)

    def _repr_html_(self) -> str:
        return graph_html(self)
