"""The pool: every job in a process of its own, within its limits, while others are served.

A query begins in one of a few quick places. One that takes longer than the limits' patience gives its place
back and goes on in a long place, with less of the processor; if these are taken it is stopped, and begins
anew when one is free. So a few heavy queries cannot hold up all others, and a query is answered or refused
when its seconds are over, whatever the others do.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final, Self

from kg.serve.jobs import Answer, Job, Problem
from kg.serve.limits import Limits
from kg.serve.process import Process
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
        self._quick = asyncio.Semaphore(limits.workers)
        self._long = asyncio.Semaphore(limits.long)
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._waiting = self._in_quick = self._starting = 0
        self._numbers = count()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        """Take the first snapshot and start the workers. Raises Problem if the store cannot be read."""
        for _ in range(self._size):
            self._later(self._refill())
        await self._snapshots.renew(self._prepare)
        self._later(self._snapshots.follow(self._prepare))
        return self

    async def __aexit__(self, *error: object) -> None:
        """End all workers, whatever they do."""
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for process in self._all:
            process.kill()
        await asyncio.gather(*(process.ended() for process in self._all))
        self._snapshots.close()

    async def run(self, job: Job) -> Answer:
        """Return the answer to a job. Raises Problem if it has none, or none within the limits."""
        deadline = self._now() + self._limits.seconds
        with self._place(), self._snapshots.use() as store:
            attempt = Attempt(self, job, store, deadline)
            try:
                await self._run(attempt)
                return attempt.answer()
            except Problem as problem:
                raise self._explained(problem) from None
            finally:
                await attempt.stop()

    async def _run(self, attempt: "Attempt") -> None:
        """Let a job finish, first in a quick place, then in a long one."""
        async with self._quick_place(attempt.deadline):
            await attempt.begin()
            if await self._finished_soon(attempt):
                return
            if self._long.locked():
                await attempt.stop()
            else:
                attempt.hold(self._long)
                await self._long.acquire()  # at once: it is not locked
        if not attempt.holds:
            await self._acquire(self._long, attempt.deadline)
            attempt.hold(self._long)
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
            if used > patience or (used > patience / STEPS and self._in_quick > self._limits.workers):
                return False
        return False

    async def take(self, deadline: float) -> Process:
        """Return a process that nobody uses. Raises Problem if there is none until the deadline."""
        with _busy_if_late():
            async with asyncio.timeout_at(deadline):
                while True:
                    process = await self._idle.get()
                    if process.alive:
                        return process
                    self.discard(process)

    def give(self, process: Process) -> None:
        """Take a process back that has answered; one that has become large is replaced."""
        if not process.alive or process.memory > self._limits.memory // 2 or len(self._all) > self._size:
            self.discard(process)
        else:
            self._idle.put_nowait(process)

    def discard(self, process: Process) -> None:
        """End a process, and start another in its place."""
        self._all.discard(process)
        process.kill()
        self._later(_until_gone(process))
        self._later(self._refill())

    def new_path(self) -> Path:
        """Return the path of an answer that is not there yet."""
        return self._snapshots.scratch / f"answer-{next(self._numbers)}"

    @property
    def _size(self) -> int:
        return self._limits.workers + self._limits.long

    async def _prepare(self, source: Path, target: Path) -> None:
        """Let a worker make a snapshot. Raises Problem."""
        process = await self.take(self._now() + PATIENT)
        job = Job(kind="prepare", text=str(source))
        try:
            await process.ask(job.record(store=target, answer=target, seconds=PATIENT))
        finally:
            self.give(process)

    async def _refill(self) -> None:
        """Start a process if one is missing."""
        if self._closed or len(self._all) + self._starting >= self._size:
            return
        self._starting += 1
        try:
            process = await Process.start(self._limits)
        finally:
            self._starting -= 1
        self._all.add(process)
        self._idle.put_nowait(process)

    def _later(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Count a job that waits or runs. Raises Problem if there are too many."""
        if self._waiting >= self._limits.waiting + self._size or self._closed:
            raise Problem("busy", "too many queries are waiting; try again later")
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1

    @asynccontextmanager
    async def _quick_place(self, deadline: float) -> AsyncIterator[None]:
        self._in_quick += 1
        try:
            await self._acquire(self._quick, deadline)
            try:
                yield
            finally:
                self._quick.release()
        finally:
            self._in_quick -= 1

    async def _acquire(self, places: asyncio.Semaphore, deadline: float) -> None:
        with _busy_if_late():
            async with asyncio.timeout_at(deadline):
                await places.acquire()

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


async def _until_gone(process: Process) -> None:
    await process.ended()


@contextmanager
def _busy_if_late() -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise Problem("busy", "no place became free in time; try again later") from None


class Attempt:
    """A job on its way: the process that works on it, and the places that it holds."""

    def __init__(self, pool: Pool, job: Job, store: Path, deadline: float) -> None:
        self.deadline = deadline
        self._pool, self._job, self._store = pool, job, store
        self._before = 0.0
        self._held: list[asyncio.Semaphore] = []
        self._process: Process | None = None
        self._path: Path | None = None
        self._work: asyncio.Task[str] | None = None

    @property
    def holds(self) -> bool:
        """Tell whether it holds a place that it must give back."""
        return bool(self._held)

    def hold(self, places: asyncio.Semaphore) -> None:
        """Remember a place, which ``stop`` gives back."""
        self._held.append(places)

    async def begin(self) -> None:
        """Start the work in a process that is free."""
        self._process = await self._pool.take(self.deadline)
        self._before = self._process.used()
        self._path = self._pool.new_path()
        record = self._job.record(store=self._store, answer=self._path, seconds=self._left())
        self._work = asyncio.ensure_future(self._process.ask(record))

    async def finished(self, seconds: float) -> bool:
        """Wait so long, not beyond the deadline, and tell whether the work is done."""
        assert self._work
        done, _ = await asyncio.wait({self._work}, timeout=min(seconds, self._left()))
        return bool(done)

    def answer(self) -> Answer:
        """Return the answer of finished work. Raises its Problem."""
        assert self._work and self._path
        media = self._work.result()
        answer, self._path = Answer(media, self._path), None
        return answer

    def used(self) -> float:
        """Return the seconds of the processor that went into it."""
        return self._process.used() - self._before if self._process else 0.0

    def give_way(self) -> None:
        """Let others have the processor first."""
        if self._process:
            self._process.give_way()

    async def stop(self) -> None:
        """Give back what is held; work that is not done is ended, and its answer removed."""
        process, work, path = self._process, self._work, self._path
        self._process = self._work = self._path = None
        while self._held:
            self._held.pop().release()
        if process is not None:
            if work is not None and work.done():
                work.exception()  # seen, whether or not anybody asks for the answer
                self._pool.give(process)
            else:
                self._pool.discard(process)
                if work is not None:
                    work.cancel()
                    with suppress(asyncio.CancelledError, Problem):
                        await work
        if path is not None:
            path.unlink(missing_ok=True)

    def _left(self) -> float:
        return max(0.0, self.deadline - asyncio.get_running_loop().time())
