"""Reads HTML pages: trafilatura finds the article among menus and footers. Nothing is fetched."""

import codecs
import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from kg.errors import ReadError
from kg.read.draft import Draft
from kg.read.text import UTF8_MARK, decode, read_bytes

HEAD: Final = 4096
"""Bytes in which a page declares its encoding; browsers look at 1,024."""

DECLARATION: Final = rb"""<(?:meta\b[^>]*\bcharset|\?xml[^>]*\bencoding)\s*=\s*["']?\s*([\w.:-]+)"""

WEB_NAMES: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""What browsers take a declared encoding for (https://encoding.spec.whatwg.org)."""

DATES: Final = {"original_date": True, "extensive_search": False}
"""Only dates that the page declares: a day guessed from a footer would move all its events."""

SENTENCE: Final = re.compile(r"\w[^\n]{20,}[.!?…]")
"""What an article has and a menu has not; without an article, trafilatura takes what it finds."""

SITE_NAME: Final = "//meta[@property='og:site_name' or @name='og:site_name']/@content"


def read_html(path: Path) -> Iterator[Draft]:
    """Yield the one article of a page, its paragraphs parted by empty lines, with what its head says of it.

    Raises ReadError for a page that is empty, too large, wrongly encoded or without an article, OSError if it
    cannot be opened.
    """
    data = read_bytes(path)
    page = decode(data, path, declared_encoding(data, path))
    tree = _trafilatura().load_html(page)
    sites = [] if tree is None else tree.xpath(SITE_NAME)
    document = None if tree is None else _extract(tree, path)
    if document is None or not SENTENCE.search(document.text or ""):
        raise ReadError(
            path, "no article found in the page; save the page with its text, or the text as .txt"
        )
    yield Draft(
        text="\n\n".join(document.text.split("\n")),
        source=str(path),
        stem=path.stem,
        title=document.title or "",
        published=document.date or "",
        publisher=next((name.strip() for name in sites), "") or document.sitename or "",
        url=document.url or "",
    )


def declared_encoding(data: bytes, source: Path | str) -> str:
    """Return the encoding that a page declares, as browsers understand it; UTF-8 where it declares none.

    Raises ReadError for a name that is no encoding.

    >>> declared_encoding(b'<meta charset="ISO-8859-1">', "a.html")
    'cp1252'
    """
    found = re.search(DECLARATION, data[:HEAD], re.IGNORECASE)
    if found is None or data.startswith(UTF8_MARK):
        return "utf-8"
    name = found[1].decode("ascii")
    try:
        codec = codecs.lookup(name).name
        b"".decode(codec)
    except LookupError:
        raise ReadError(
            source, f"declares the encoding {name!r}, which is none; write charset=utf-8"
        ) from None
    return WEB_NAMES.get(codec, codec)


def _extract(tree: Any, path: Path) -> Any:
    try:
        return _trafilatura().bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=DATES,
        )
    except (
        Exception
    ) as error:  # trafilatura promises nothing about broken pages, and one page must not stop the rest
        raise ReadError(
            path, f"the page cannot be taken apart ({type(error).__name__}); save its text as .txt"
        ) from error


@lru_cache(maxsize=1)
def _trafilatura() -> ModuleType:
    """Import trafilatura on first use, which takes half a second, and keep its log to itself."""
    import trafilatura  # noqa: PLC0415

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    module: ModuleType = trafilatura
    return module
