"""Reads articles from files and folders: plain text, HTML, JSON Lines and JSON.

    read_articles -> files_in -> read_text | read_html | read_jsonl | read_json -> finish -> Article

What cannot be read comes out as a value beside the articles and never stops the rest.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeAlias

from kg.errors import ReadError
from kg.model import Article
from kg.read.draft import Defaults, Draft, Skipped, finish
from kg.read.folder import READERS, files_in

__all__ = ["Outcome", "Skipped", "read_articles"]

Outcome: TypeAlias = Article | ReadError | Skipped
"""An article; or why a file, a line or a record gave none; or what was left out on purpose."""


def read_articles(
    paths: str | Path | Iterable[str | Path],
    *,
    published: date | None = None,
    language: str = "",
    publisher: str = "",
) -> Iterator[Outcome]:
    """Yield the articles of files and folders, in the order given; folders in the order of their names.

    ``published``, ``language`` and ``publisher`` count where an article does not say its own. Ids that are
    given stay; others are made of the file's stem and a hash of the content, so they depend on neither the
    folder nor the order. An article that comes twice is read once; of two texts under one id the first stays,
    the second is an error.

    Yields an ``Article``; or a ``ReadError`` as a value, one line that names its place; or a ``Skipped``.
    Raises ReadError only if ``language`` is none that can be read, before anything is read.
    """
    defaults = Defaults.of(published=published, language=language, publisher=publisher)
    return _distinct(_outcomes(_listed(paths), defaults))


def _listed(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    return [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]


def _outcomes(paths: Iterable[Path], defaults: Defaults) -> Iterator[Outcome]:
    for found in files_in(paths):
        if isinstance(found, Path):
            yield from _articles_of(found, defaults)
        else:
            yield found


def _articles_of(path: Path, defaults: Defaults) -> Iterator[Article | ReadError]:
    for draft in _drafts_of(path):
        if isinstance(draft, ReadError):
            yield draft
            continue
        try:
            yield finish(draft, defaults)
        except ReadError as error:
            yield error


def _drafts_of(path: Path) -> Iterator[Draft | ReadError]:
    try:
        yield from READERS[path.suffix.lower()](path)
    except ReadError as error:
        yield error
    except OSError as error:
        yield ReadError(path, f"cannot be opened: {error.strerror or error}")


def _distinct(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Let each article through once, and no second text under an id that is taken."""
    first: dict[str, tuple[str, str]] = {}
    for outcome in outcomes:
        if not isinstance(outcome, Article):
            yield outcome
            continue
        digest, source = first.get(outcome.id, ("", ""))
        if not digest:
            first[outcome.id] = (outcome.sha256, outcome.source)
            yield outcome
        elif outcome.sha256 == digest:
            yield Skipped(outcome.source, f"the same article as in {source}")
        else:
            problem = f"id {outcome.id!r} is taken by another text in {source}; change one of the two ids"
            yield ReadError(outcome.source, problem)
