"""The linking gold: which words of an article mean which entity, as offsets into a text that is kept elsewhere."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.evaluate.gold import GoldError
from kg.knowledge.tables import Row, read_table
from kg.model import Kind, Span
from kg.resources import resource

COLUMNS: Final = ("article", "start", "end", "head_start", "head_end", "entity", "kind", "state", "form")
UNSCORED: Final = "unscored"
"""Form of a phrase that means several: neither asked for nor held against a linker."""


@dataclass(frozen=True, slots=True)
class GoldLink:
    """A mention with the entity that a reader takes it for.

    ``span`` is the whole phrase, ``head`` its name or noun. ``entity`` is "" where ``form`` is unscored. ``state`` is
    the code that the entity counts for at the article's date.
    """

    span: Span
    head: Span
    entity: str
    kind: Kind | None
    state: str
    form: str

    @property
    def scored(self) -> bool:
        """Whether a linker is asked for it."""
        return self.form != UNSCORED


def load_links(folder: Path | None = None) -> dict[str, tuple[GoldLink, ...]]:
    """Return the linking gold by article id, in text order, by default that of ``data/gold/links``.

    Raises GoldError if there is none, TableError for a damaged row.
    """
    path = (folder / "links" if folder else _shipped()) / "mentions.tsv"
    if not path.is_file():
        raise GoldError(
            f"{path}: no linking gold; it is part of the checkout, and --gold names another folder"
        )
    found: dict[str, list[GoldLink]] = defaultdict(list)
    for row in read_table(path, COLUMNS):
        found[row["article"]].append(_link(row))
    return {article: tuple(sorted(links, key=lambda link: link.span)) for article, links in found.items()}


def _shipped() -> Path:
    try:
        return resource("data/gold/links")
    except FileNotFoundError:
        raise GoldError("the linking gold is not part of this installation; use --gold FOLDER") from None


def _link(row: Row) -> GoldLink:
    try:
        span = Span(int(row["start"]), int(row["end"]))
        head = Span(int(row["head_start"]), int(row["head_end"]))
        kind = Kind(row["kind"]) if row["kind"] else None
    except ValueError as error:
        raise row.error(f"{error}; offsets are whole numbers, kinds those of the data model") from None
    if not span.covers(head):
        raise row.error(f"the head {head.start}-{head.end} lies outside {span.start}-{span.end}")
    return GoldLink(span, head, row["entity"], kind, row["state"], row["form"])
