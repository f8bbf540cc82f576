"""Settings of a build: what the user chose. They are frozen."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose.

    Attributes:
        extractor: name of the back end.
        published: day of publication of articles that do not say it.
        language: language of articles that do not say it ("de", "en"); found where empty.
        publisher: publisher of articles that do not say it.
        page_language: language in which the network page opens ("de", "en").
        entities: tables of the user's own entities, see ``docs/entities.md``; the folder keeps the last ones.
        judgements: table of what reviewers judged the same or different; the folder keeps the last one.
    """

    extractor: str = "rules"
    published: date | None = None
    language: str = ""
    publisher: str = ""
    page_language: str = "de"
    entities: tuple[Path, ...] = ()
    judgements: Path | None = None
