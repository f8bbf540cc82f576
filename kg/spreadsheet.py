"""Tables for spreadsheets, in which no text runs, and the table of all claims."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from kg.model import Article, Claim, Event
from kg.query.table import FORMULA

COLUMNS: Final = (
    "date", "published", "article", "publisher", "type", "relation", "actor", "actor_state", "recipient",
    "recipient_state", "modality", "event_status", "place", "speakers", "confidence", "quote", "url",
)  # fmt: skip

Cell = str | float


def claims_csv(claims: Iterable[Claim], articles: Iterable[Article], events: Iterable[Event]) -> bytes:
    """Return one row a claim, as CSV in UTF-8 with the mark by which Excel knows it.

    Speakers stand innermost first. Texts that a spreadsheet would run begin with an apostrophe.
    Raises KeyError for a claim whose article or event is missing.
    """
    article_of = {article.id: article for article in articles}
    event_of = {id: event for event in events for id in event.claims}
    rows = (_cells(claim, article_of[claim.article], event_of[claim.id]) for claim in claims)
    return b"".join(csv_lines(COLUMNS, rows))


def csv_lines(columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """Yield a table line by line, as CSV in UTF-8 with the mark by which Excel knows it.

    Texts that a spreadsheet would run begin with an apostrophe; halves of surrogate pairs become "?". Raises
    nothing.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)  # else "\r" breaks rows
    yield codecs.BOM_UTF8
    for row in chain([columns], rows):
        writer.writerow(f"'{cell}" if _is_formula(cell) else cell for cell in row)
        yield file.getvalue().encode("utf-8", errors="replace")
        file.seek(0)
        file.truncate()


def _cells(claim: Claim, article: Article, event: Event) -> tuple[Cell, ...]:
    return (
        claim.time.start.isoformat() if claim.time else "",
        article.published.isoformat() if article.published else "",
        article.id,
        article.publisher,
        claim.type,
        claim.relation,
        claim.actor.entity.label("en"),
        claim.actor.state,
        claim.recipient.entity.label("en"),
        claim.recipient.state,
        claim.modality.value,
        event.status.value,
        claim.place.label("en") if claim.place else "",
        claim.said_by(lambda entity: entity.label("en")),
        claim.confidence,
        claim.quote,
        article.url,
    )


def _is_formula(cell: Cell) -> bool:
    return isinstance(cell, str) and FORMULA.match(cell) is not None
