"""Reads articles in several processes of this machine. What a process that dies had before it is read again."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread

from kg.config import Settings
from kg.engines.shards import AHEAD, Outcome, Shard, died, read_shard, shards_of, worker_extractor
from kg.model import Article

Pending = dict[Future[list[Outcome]], Shard]


def read_in_processes(
    articles: Iterable[Article], settings: Settings, workers: int
) -> Iterator[tuple[Article, Outcome]]:
    """Yield each article with its outcome, in the order in which they are done.

    When a process dies, nobody knows which article it was reading. So each that was handed out is read again
    by itself, twice if need be; one that kills its reader both times is reported. Raises what ``read_shard``
    raises.
    """
    new = shards_of(articles)
    alone: deque[Article] = deque()
    deadly = ""
    while True:
        pending: Pending = {}
        with _pool(settings, workers) as pool:
            try:
                yield from _each_alone(pool, alone, settings)
                yield from _all(pool, new, pending, settings, workers)
                return
            except BrokenProcessPool:
                if alone and alone[0].id == deadly:
                    yield alone[0], died(alone.popleft())
                elif alone:
                    deadly = alone[0].id
                done = [future for future in pending if not future.exception()]
                for future in done:
                    yield from _outcomes(pending, future)
                alone.extend(article for shard in pending.values() for article in shard)


def _pool(settings: Settings, workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start, initargs=(settings,)
    )


def _start(settings: Settings) -> None:
    """Prepare a worker: the parent alone answers Ctrl-C, and no worker outlives it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    worker_extractor(settings)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _each_alone(
    pool: ProcessPoolExecutor, alone: deque[Article], settings: Settings
) -> Iterator[tuple[Article, Outcome]]:
    """Read one article at a time; the first of ``alone`` is the one that is being read."""
    while alone:
        (outcome,) = pool.submit(read_shard, settings, (alone[0],)).result()
        yield alone.popleft(), outcome


def _all(
    pool: ProcessPoolExecutor, shards: Iterator[Shard], pending: Pending, settings: Settings, workers: int
) -> Iterator[tuple[Article, Outcome]]:
    """Read shards; ``pending`` holds those that were handed out and have not come back."""
    while True:
        while len(pending) < workers * AHEAD and (shard := next(shards, None)):
            pending[_submitted(pool, shard, settings)] = shard
        if not pending:
            return
        done, _ = wait(pending, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=list(pending).index):
            future.result()
            yield from _outcomes(pending, future)


def _submitted(pool: ProcessPoolExecutor, shard: Shard, settings: Settings) -> Future[list[Outcome]]:
    """Hand out a shard; where the pool is broken already, return what fails as the pool does."""
    try:
        return pool.submit(read_shard, settings, shard)
    except BrokenProcessPool as error:
        failed: Future[list[Outcome]] = Future()
        failed.set_exception(error)
        return failed


def _outcomes(pending: Pending, future: Future[list[Outcome]]) -> Iterator[tuple[Article, Outcome]]:
    yield from zip(pending.pop(future), future.result(), strict=True)
