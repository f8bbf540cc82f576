"""Brings a folder of an older format or vocabulary up to date, where it is certain what its record means.

The record is kept, line for line; all else is made of it anew. Nothing is guessed: a line that this version does
not understand stops the migration before anything has changed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.config import Settings
from kg.errors import StoreError
from kg.files import replace_file
from kg.folder import ENTRIES, with_kept
from kg.index import INDEX
from kg.knowledge.entities import using
from kg.knowledge.own import knowledge_of
from kg.ontology import VOCABULARY, relation_types
from kg.records import Entry, dumps, line_of
from kg.results import Graph, Summary
from kg.store import FORMAT, mark_format, mark_of
from kg.writer import Writer

FIRST: Final = "0.1.0"
"""The one version of diplokg that made folders of format 1, which did not name it."""


def migrate(folder: str | Path, *, page_language: str = "de", files: str = "auto") -> Graph | None:
    """Bring a folder up to date and return its graph, None where there was nothing to do.

    Raises StoreError for a folder without build, one that a newer diplokg made, and a line that is not
    understood; then nothing has changed. An interrupted migration goes on when it is run again.
    """
    path = Path(folder)
    mark = mark_of(path)
    if mark is None or not (path / ENTRIES).is_file():
        raise StoreError(f"no build in {path}; name the folder that kg build -o made")
    if (mark.format, mark.vocabulary) == (FORMAT, VOCABULARY):
        return None
    if mark.is_newer:
        raise StoreError(f"{path} was made by a newer diplokg (format {mark.format}); install that one")
    replace_file(path / ENTRIES, _lines(path / ENTRIES))
    (path / INDEX).unlink(missing_ok=True)
    mark_format(path, mark.server)
    with using(knowledge_of(with_kept(Settings(), path))), Writer(path) as writer:
        return writer.finish(Summary(), page_language=page_language, files=files)


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a record in this format. Raises StoreError for the first that is not understood."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.endswith(b"\n"):
                yield _line(line, f"{path}, line {number}")


def _line(line: bytes, where: str) -> bytes:
    try:
        record = json.loads(line)
        if not record.get("withdrawn"):
            record.setdefault("version", FIRST)
        found = line_of(record)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"{where}: not understood ({error}); build the articles anew in another folder"
        ) from None
    for claim in found.claims if isinstance(found, Entry) else ():
        known = relation_types().get(claim.relation)
        if known is None or known.root != claim.type:
            problem = f"the vocabulary {VOCABULARY} has no relation {claim.relation!r} under {claim.type!r}"
            raise StoreError(f"{where}: {problem}; build the articles anew in another folder")
    return f"{dumps(record)}\n".encode()
