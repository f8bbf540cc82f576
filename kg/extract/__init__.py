"""Article -> Reading: mentions and statements in the text. Back ends are found by name through entry points."""

from importlib.metadata import entry_points

from kg.errors import ExtractorError
from kg.extract.base import Extractor, Informed
from kg.knowledge.entities import knowledge_base

_GROUP = "diplokg.extractors"


def extractor_names() -> list[str]:
    """Return the names of all installed extractors."""
    return sorted({point.name for point in entry_points(group=_GROUP)})


def make_extractor(name: str) -> Extractor:
    """Make an extractor by its name; where a user added to the knowledge base, its version says so.

    Raises ExtractorError for an unknown name or a missing extra.
    """
    for point in entry_points(group=_GROUP):
        if point.name == name:
            try:
                maker = point.load()
            except ImportError as error:
                raise ExtractorError(f"extractor {name!r} needs more: {error}; install its extra") from error
            extractor: Extractor = maker()
            stamp = knowledge_base().stamp
            return Informed(extractor, stamp) if stamp else extractor
    raise ExtractorError(f"no extractor {name!r}; installed: {', '.join(extractor_names())}")


__all__ = ["Extractor", "extractor_names", "make_extractor"]
