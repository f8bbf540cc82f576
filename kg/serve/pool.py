"""The pool: every job in a process of its own, within its limits, while others are served.

A query begins in one of a few quick places. One that takes longer than the limits' patience gives its place
back and goes on in a long place, with less of the processor; if these are taken it is stopped, and begins
anew when one is free. So a few heavy queries cannot hold up all others, and a query is answered or refused
when its seconds are over, whatever the others do.

Places are shared out by client, and no client holds all of them. The pages have places of their own: their
queries are ours, and end soon.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final, Self

from kg.serve.attempt import Attempt
from kg.serve.jobs import Answer, Job, Problem
from kg.serve.limits import Limits
from kg.serve.places import Place, Places
from kg.serve.processes import Processes, busy_if_late
from kg.serve.snapshots import Snapshots

STEPS: Final = 10
"""A query that others wait for keeps its place for a tenth of the patience."""

PATIENT: Final = 3600.0
"""Seconds that a snapshot may take."""


class Pool:
    """Runs jobs over the snapshots of a store."""

    def __init__(self, snapshots: Snapshots, limits: Limits) -> None:
        self._snapshots = snapshots
        self._limits = limits
        self._processes = Processes(limits, snapshots.scratch)
        self._quick = Places(limits.workers, max(1, limits.workers - 1))
        self._long = Places(limits.long, max(1, limits.long - 1))
        self._pages = Places(limits.pages, max(1, limits.pages - 1))
        self._present: Counter[str] = Counter()
        self._closed = False

    async def __aenter__(self) -> Self:
        """Take the first snapshot and start the workers. Raises Problem if the store cannot be read."""
        self._processes.start()
        await self._snapshots.renew(self._prepare)
        self._processes.later(self._snapshots.follow(self._prepare))
        return self

    async def __aexit__(self, *error: object) -> None:
        """End all workers, whatever they do."""
        self._closed = True
        await self._processes.close()
        self._snapshots.close()

    async def run(self, job: Job, client: str = "", *, page: bool = False) -> Answer:
        """Return the answer to a job of a client, or of a page that it looks at.

        Raises Problem if it has none, or none within the limits.
        """
        deadline = asyncio.get_running_loop().time() + self._limits.seconds
        with self._admitted(f"{client} page" if page else client), self._snapshots.use() as store:
            attempt = Attempt(self._processes, job, store, deadline)
            try:
                await (self._run_page if page else self._run)(attempt, client)
                return attempt.answer()
            except Problem as problem:
                raise self._explained(problem) from None
            finally:
                await attempt.stop()

    async def _run_page(self, attempt: Attempt, client: str) -> None:
        """Let the query of a page finish, in a place that no other query can take."""
        async with _held(self._pages, client, attempt.deadline):
            await attempt.begin()
            if not await attempt.finished(self._limits.seconds):
                raise Problem("time", "")

    async def _run(self, attempt: Attempt, client: str) -> None:
        """Let a job finish, first in a quick place, then in a long one."""
        async with _held(self._quick, client, attempt.deadline):
            await attempt.begin()
            if await self._finished_soon(attempt):
                return
            if self._long.free_for(client):
                attempt.hold(await self._long.acquire(client))  # at once
            else:
                await attempt.stop()
        if not attempt.holds:
            attempt.hold(await _acquired(self._long, client, attempt.deadline))
            await attempt.begin()
        attempt.give_way()
        if not await attempt.finished(self._limits.seconds):
            raise Problem("time", "")

    def _explained(self, problem: Problem) -> Problem:
        """Return a problem with the words for the limit that was hit."""
        limits = self._limits
        words = {
            "time": f"the query took longer than {limits.seconds:g} s; narrow it, or use LIMIT",
            "memory": f"the query needed more than {limits.memory} MB of memory; narrow it",
            "size": f"the answer is larger than {limits.answer} MB; narrow the query, or use LIMIT and OFFSET",
        }
        return Problem(problem.kind, words.get(problem.kind, str(problem)))

    async def _finished_soon(self, attempt: "Attempt") -> bool:
        """Tell whether a job is done before patience ends, which is sooner where others wait for its place.

        What counts is the time of the processor that it used: a busy machine makes no query long.
        """
        patience = self._limits.patience
        for _ in range(5 * STEPS):
            if await attempt.finished(patience / STEPS):
                return True
            used = attempt.used()
            if used > patience or (used > patience / STEPS and self._quick.wanted):
                return False
        return False

    async def _prepare(self, source: Path, target: Path) -> None:
        """Let a worker make a snapshot. Raises Problem."""
        process = await self._processes.take(asyncio.get_running_loop().time() + PATIENT)
        job = Job(kind="prepare", text=str(source))
        try:
            await process.ask(job.record(store=target, answer=target, seconds=PATIENT))
        finally:
            self._processes.give(process)

    @contextmanager
    def _admitted(self, client: str) -> Iterator[None]:
        """Count a job that waits or runs. Raises Problem if there are too many.

        A client may have half of all, and one that has none is let in even where all are taken.
        """
        most, own = self._limits.waiting + self._limits.processes, self._present[client]
        if self._closed or own >= max(1, most // 2) or (own and self._present.total() >= most):
            raise Problem("busy", "too many queries are waiting; try again later")
        self._present[client] += 1
        try:
            yield
        finally:
            self._present[client] -= 1
            if not self._present[client]:
                del self._present[client]


async def _acquired(places: Places, client: str, deadline: float) -> Place:
    with busy_if_late():
        async with asyncio.timeout_at(deadline):
            return await places.acquire(client)


@asynccontextmanager
async def _held(places: Places, client: str, deadline: float) -> AsyncIterator[None]:
    place = await _acquired(places, client, deadline)
    try:
        yield
    finally:
        place.release()
