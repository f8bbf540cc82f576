"""Claims as a table for spreadsheets."""

import csv
import io
from collections.abc import Iterable
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
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)  # else "\r" breaks rows
    writer.writerow(COLUMNS)
    for claim in claims:
        cells = _cells(claim, article_of[claim.article], event_of[claim.id])
        writer.writerow(f"'{cell}" if _is_formula(cell) else cell for cell in cells)
    return file.getvalue().encode("utf-8-sig")


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
        " < ".join(speaker.entity.label("en") for speaker in claim.speakers),
        claim.confidence,
        claim.quote,
        article.url,
    )


def _is_formula(cell: Cell) -> bool:
    return isinstance(cell, str) and FORMULA.match(cell) is not None
