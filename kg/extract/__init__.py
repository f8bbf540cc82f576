"""Article -> Reading: mentions and statements in the text. Back ends are found by name through entry points."""

import inspect
from importlib.metadata import EntryPoint, entry_points

from kg.config import Settings
from kg.errors import ExtractorError
from kg.extract.ahead import read_ahead
from kg.extract.base import Extractor, Informed, Spent, spent_by, workers_of
from kg.knowledge.entities import knowledge_base

_GROUP = "diplokg.extractors"


def extractor_names() -> list[str]:
    """Return the names of all installed extractors."""
    return sorted({point.name for point in entry_points(group=_GROUP)})


def make_extractor(chosen: str | Settings) -> Extractor:
    """Make an extractor by its name, or the one that settings choose.

    Its maker is given the settings if it asks for them. Where a user added to the knowledge base, its version
    says so. Raises ExtractorError for an unknown name, a missing extra, or settings that it cannot work with.
    """
    settings = Settings(extractor=chosen) if isinstance(chosen, str) else chosen
    for point in entry_points(group=_GROUP):
        if point.name == settings.extractor:
            return _made(point, settings)
    raise ExtractorError(f"no extractor {settings.extractor!r}; installed: {', '.join(extractor_names())}")


def _made(point: EntryPoint, settings: Settings) -> Extractor:
    """Call a maker, with ``settings`` where it has a parameter of that name."""
    try:
        maker = point.load()
    except ImportError as error:
        cure = "pip install 'diplokg[llm]'" if point.value.startswith("kg.") else "install its extra"
        raise ExtractorError(f"extractor {point.name!r} needs more: {error}; {cure}") from error
    wanted = "settings" in inspect.signature(maker).parameters
    extractor: Extractor = maker(settings=settings) if wanted else maker()
    stamp = knowledge_base().stamp
    return Informed(extractor, stamp) if stamp else extractor


__all__ = [
    "Extractor",
    "Spent",
    "extractor_names",
    "make_extractor",
    "read_ahead",
    "spent_by",
    "workers_of",
]
