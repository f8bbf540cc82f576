"""What every extractor is: a name with a version, and a reading of an article."""

from dataclasses import dataclass, replace
from typing import Protocol

from kg.model import Article, Reading


class Extractor(Protocol):
    """Reads an article into mentions and statements. The same article must give the same reading."""

    @property
    def name(self) -> str:
        """Name and version, as in ``rules@0.1.0``."""
        ...

    def read(self, article: Article) -> Reading:
        """Return the mentions and statements of an article. Raises nothing for any article with text."""
        ...


@dataclass(frozen=True, slots=True)
class Informed:
    """An extractor with knowledge of a user's own: when that changes, articles are read again."""

    extractor: Extractor
    stamp: str

    @property
    def name(self) -> str:
        """Name and version of the extractor, with the stamp of what the user added."""
        return f"{self.extractor.name}+own.{self.stamp}"

    def read(self, article: Article) -> Reading:
        """Return the reading of the extractor under this name."""
        return replace(self.extractor.read(article), extractor=self.name)
