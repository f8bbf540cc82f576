"""Articles -> claims, here or on many workers, which change nothing but the order in which articles come back.

``serial`` reads in this process, ``processes`` in several beside it, ``dask`` on a cluster. A worker makes the
extractor once, and is given a few articles at a time. It writes nothing: whatever happens to it, its articles can
be read again.
"""

from collections.abc import Iterable, Iterator
from os import sched_getaffinity

from kg.config import Settings
from kg.engines.shards import Outcome, claims_in
from kg.errors import EngineError
from kg.extract import Extractor, read_ahead, workers_of
from kg.model import Article

ENGINES = ("serial", "processes", "dask")


def read_all(
    articles: Iterable[Article], extractor: Extractor, settings: Settings
) -> Iterator[tuple[Article, Outcome]]:
    """Yield each article with its claims, or with what kept it from being read.

    ``extractor`` is what ``settings`` choose; workers make their own. Raises EngineError where workers cannot
    be started, and as ``claims_in``.
    """
    if settings.engine == "serial":
        yield from read_ahead(articles, lambda article: claims_in(article, extractor), workers_of(extractor))
        return
    if settings.engine not in ENGINES:
        raise EngineError(f"no engine {settings.engine!r}; there are {', '.join(ENGINES)}")
    if workers_of(extractor) > 1:
        raise EngineError(
            f"{extractor.name} itself reads several articles at once; leave --engine {settings.engine} out"
        )
    workers = settings.workers or len(sched_getaffinity(0))
    if settings.engine == "processes":
        from kg.engines.processes import read_in_processes  # noqa: PLC0415 - on demand

        yield from read_in_processes(articles, settings, workers)
    else:
        from kg.engines.cluster import read_on_cluster  # noqa: PLC0415 - on demand, Dask is an extra

        yield from read_on_cluster(articles, settings, workers)


__all__ = ["ENGINES", "Outcome", "claims_in", "read_all"]
