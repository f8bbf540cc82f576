"""The network page inside a notebook, and its picture where no page may run."""

import base64
import gzip
from dataclasses import dataclass
from typing import Final

from kg.jupyter.elements import PLAIN, picture
from kg.markup import tag
from kg.selection import EVERYTHING, Claims, Selection, select
from kg.view import network_page, network_svg
from kg.view.bundles import Level
from kg.view.page import TITLES

HEIGHT: Final = 720  # pixels of the frame
LOADER: Final = (
    '<!doctype html><meta charset="utf-8"><script>(async () => {{'
    'const packed = Uint8Array.from(atob("{packed}"), c => c.charCodeAt(0));'
    'const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));'
    "const page = await new Response(stream).text();"
    "document.open(); document.write(page); document.close();"
    "}})();</script>"
)
"""Unpacks the page inside the frame; the page then brings its own Content-Security-Policy."""

SANDBOX: Final = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
"""The page runs its own scripts, saves files, and opens links to articles; it shares nothing with the notebook."""

STYLE: Final = (
    ".diplokg > .diplokg-picture { display: none }"
    "@media print { .diplokg > iframe { display: none } .diplokg > .diplokg-picture { display: block } }"
)
"""Untrusted notebooks drop style sheet and frame, so that the picture remains; print shows the picture too."""


@dataclass(frozen=True, slots=True)
class View:
    """The network page of the chosen claims; a notebook shows it.

    Attributes:
        source: the graph.
        selection: which claims are meant.
        language: "de" or "en".
        title: the title; "" for that of the page.
        level: on which it opens, and that of the picture: "actor", or "state" for whom the actors count for; None for
            what suits the number of actors.
        height: of the frame, in pixels.
    """

    source: Claims
    selection: Selection = EVERYTHING
    language: str = "en"
    title: str = ""
    level: Level | None = None
    height: int = HEIGHT

    def page(self) -> str:
        """Return the page as HTML. Raises SelectionError, ValueError for another language."""
        given = (self.source.entities, self.source.articles, self.source.events)
        claims = select(self.source, self.selection)
        return network_page(claims, *given, language=self.language, title=self.title, level=self.level)

    def svg(self) -> str:
        """Return the picture as SVG. Raises as ``page``."""
        given = (self.source.entities, self.source.articles, self.source.events)
        claims = select(self.source, self.selection)
        return network_svg(
            claims, *given, language=self.language, title=self.title, level=self.level or "actor"
        )

    def _repr_html_(self) -> str:
        """Return a frame that may run its own scripts and reach nothing else, and the picture beneath.

        Without ``allow-same-origin`` the page stands apart from the notebook: it cannot ask its server.
        """
        heading = self.title or TITLES[self.language]
        frame = tag(
            "iframe",
            {
                "sandbox": SANDBOX,
                "referrerpolicy": "no-referrer",
                "title": heading,
                "srcdoc": framed(self.page()),
                "style": f"width: 100%; height: {int(self.height)}px; border: 1px solid #8888",
            },
            "",  # written with an end tag: an empty element would swallow what follows
        )
        shown = picture(self.svg(), heading, style="max-width: 100%; background: #ffffff")
        still = tag("div", {"class": "diplokg-picture"}, shown)
        return tag("div", {"class": PLAIN}, tag("style", {}, STYLE), frame, still)

    def __repr__(self) -> str:
        return f"<View of {len(select(self.source, self.selection))} claims>"


def framed(page: str) -> str:
    """Return a document that unpacks ``page``: a third of its size, and always the same bytes. Raises nothing."""
    packed = gzip.compress(page.encode("utf-8"), mtime=0)
    return LOADER.format(packed=base64.b64encode(packed).decode("ascii"))
