"""Reads articles on a Dask cluster, or on workers of Dask that are started here. Needs the extra ``dask``.

Dask hands the work of a worker that dies to another one. After the second death it gives up; then each article of
the shard is read by itself, and one that kills its reader is reported.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from kg.config import Settings
from kg.engines.shards import AHEAD, Outcome, Shard, died, read_shard, shards_of
from kg.errors import EngineError
from kg.model import Article

PATIENCE = 10.0
"""Seconds in which a scheduler must answer."""


def read_on_cluster(
    articles: Iterable[Article], settings: Settings, workers: int
) -> Iterator[tuple[Article, Outcome]]:
    """Yield each article with its outcome, in the order in which they are done.

    Raises EngineError if Dask is missing or its scheduler cannot be reached, and what ``read_shard`` raises.
    """
    try:
        import dask  # noqa: PLC0415 - an extra
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ImportError:
        raise EngineError("the engine dask needs more; pip install 'diplokg[dask]'") from None
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        if settings.scheduler:
            try:
                client = Client(settings.scheduler, timeout=PATIENCE)
            except (OSError, TimeoutError, ValueError) as error:
                problem = f"no Dask scheduler answers at {settings.scheduler} ({error})"
                raise EngineError(f"{problem}; start one with: dask scheduler") from None
            with client:
                yield from _read(client, articles, settings)
            return
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            yield from _read(client, articles, settings)


def _read(client: Any, articles: Iterable[Article], settings: Settings) -> Iterator[tuple[Article, Outcome]]:
    from distributed import KilledWorker, as_completed  # noqa: PLC0415 - as above

    def submitted(shard: Shard) -> Any:
        return client.submit(read_shard, settings, shard, pure=False)

    shards = shards_of(articles)
    pending: dict[Any, Shard] = {}
    alone: list[Article] = []
    coming = as_completed()
    while True:
        limit = max(1, sum(client.nthreads().values())) * AHEAD
        while len(pending) < limit and (shard := next(shards, None)):
            future = submitted(shard)
            pending[future] = shard
            coming.add(future)
        if not pending:
            break
        future = next(coming)
        shard = pending.pop(future)
        try:
            yield from zip(shard, future.result(), strict=True)
        except KilledWorker:
            alone.extend(shard)
    for article in alone:  # one after the other: who dies now was not killed by a neighbour's article
        try:
            (outcome,) = submitted((article,)).result()
        except KilledWorker:
            outcome = died(article)
        yield article, outcome
