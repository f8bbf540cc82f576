"""A job on its way through the pool."""

import asyncio
from contextlib import suppress
from pathlib import Path

from kg.serve.jobs import Answer, Job, Problem
from kg.serve.places import Place
from kg.serve.process import Process
from kg.serve.processes import Processes


class Attempt:
    """A job on its way: the process that works on it, and the places that it holds."""

    def __init__(self, processes: Processes, job: Job, store: Path, deadline: float) -> None:
        self.deadline = deadline
        self._processes, self._job, self._store = processes, job, store
        self._before = 0.0
        self._held: list[Place] = []
        self._process: Process | None = None
        self._path: Path | None = None
        self._work: asyncio.Task[str] | None = None

    @property
    def holds(self) -> bool:
        """Tell whether it holds a place that it must give back."""
        return bool(self._held)

    def hold(self, place: Place) -> None:
        """Remember a place, which ``stop`` gives back."""
        self._held.append(place)

    async def begin(self) -> None:
        """Start the work in a process that is free."""
        self._process = await self._processes.take(self.deadline)
        self._before = self._process.used()
        self._path = self._processes.new_path()
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
                self._processes.give(process)
            else:
                self._processes.discard(process)
                if work is not None:
                    work.cancel()
                    with suppress(asyncio.CancelledError, Problem):
                        await work
        if path is not None:
            path.unlink(missing_ok=True)

    def _left(self) -> float:
        return max(0.0, self.deadline - asyncio.get_running_loop().time())
