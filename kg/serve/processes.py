"""The processes of the pool: started, lent, and replaced when they end or grow."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from kg.serve.jobs import Problem
from kg.serve.limits import Limits
from kg.serve.process import Process


class Processes:
    """As many worker processes as there are places. ``scratch`` is where they write their answers."""

    def __init__(self, limits: Limits, scratch: Path) -> None:
        self._limits = limits
        self._scratch = scratch
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._starting = 0
        self._numbers = count()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def start(self) -> None:
        """Begin to start all processes."""
        for _ in range(self._limits.processes):
            self.later(self._refill())

    async def close(self) -> None:
        """End all of them, whatever they do."""
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for process in self._all:
            process.kill()
        await asyncio.gather(*(process.ended() for process in self._all))

    async def take(self, deadline: float) -> Process:
        """Return a process that nobody uses. Raises Problem if there is none until the deadline."""
        with busy_if_late():
            async with asyncio.timeout_at(deadline):
                while True:
                    process = await self._idle.get()
                    if process.alive:
                        return process
                    self.discard(process)

    def give(self, process: Process) -> None:
        """Take a process back that has answered; one that has become large is replaced."""
        if (
            not process.alive
            or process.memory > self._limits.memory // 2
            or len(self._all) > self._limits.processes
        ):
            self.discard(process)
        else:
            self._idle.put_nowait(process)

    def discard(self, process: Process) -> None:
        """End a process, and start another in its place."""
        self._all.discard(process)
        process.kill()
        self.later(_until_gone(process))
        self.later(self._refill())

    def new_path(self) -> Path:
        """Return the path of an answer that is not there yet."""
        return self._scratch / f"answer-{next(self._numbers)}"

    def later(self, work: Coroutine[object, object, None]) -> None:
        """Do something beside all else, until the end."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _refill(self) -> None:
        """Start a process if one is missing."""
        if self._closed or len(self._all) + self._starting >= self._limits.processes:
            return
        self._starting += 1
        try:
            process = await Process.start(self._limits)
        finally:
            self._starting -= 1
        self._all.add(process)
        self._idle.put_nowait(process)


async def _until_gone(process: Process) -> None:
    await process.ended()


@contextmanager
def busy_if_late() -> Iterator[None]:
    """Raise Problem in the place of TimeoutError."""
    try:
        yield
    except TimeoutError:
        raise Problem("busy", "no place became free in time; try again later") from None
