"""What every extractor is: a name with a version, and a reading of an article."""

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
