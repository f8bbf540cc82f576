"""One worker process, seen from the server: started, asked, killed.

Workers are forked from a process that has imported all they need (``multiprocessing``'s fork server), so that
a new one takes milliseconds, not half a second of a processor, when another had to be killed.
"""

import asyncio
import json
import multiprocessing
import os
import socket
import time
from contextlib import suppress
from functools import lru_cache
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, Self

from kg.serve.jobs import Problem
from kg.serve.limits import MEGABYTE, Limits
from kg.serve.worker import main

NICER: Final = 10
"""How much a long query gives way to others, in the unit of ``nice``."""

SIGABRT: Final = -6
"""Exit code of a process that Oxigraph ends because it gets no memory."""

LONGEST_LINE: Final = 4 * MEGABYTE
LAST_BREATH: Final = 5.0
"""Seconds that a process may take to end once it is killed."""


@lru_cache(maxsize=1)
def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kg.serve.warm"])
    return context


class Process:
    """A worker process. It answers one job at a time."""

    def __init__(
        self, inner: BaseProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._inner = inner
        self._reader, self._writer = reader, writer
        self.memory = 0

    @classmethod
    async def start(cls, limits: Limits) -> Self:
        """Return a new process that is ready to work. Raises OSError, or Problem if it ends at once."""
        ours, theirs = socket.socketpair()
        inner = await asyncio.to_thread(_start, theirs, limits)
        reader, writer = await asyncio.open_connection(sock=ours, limit=LONGEST_LINE)
        process = cls(inner, reader, writer)
        if not await reader.readline():
            raise await process._death()
        return process

    async def ask(self, record: dict[str, object]) -> str:
        """Return the media type of the answer to a job. Raises Problem."""
        try:
            self._writer.write(json.dumps(record).encode() + b"\n")
            await self._writer.drain()
            line = await self._reader.readline()
        except (BrokenPipeError, ConnectionResetError):
            line = b""
        if not line:
            raise await self._death()
        reply: dict[str, Any] = json.loads(line)
        self.memory = reply["memory"]
        if "problem" in reply:
            raise Problem(reply["problem"], reply["message"])
        return str(reply["media"])

    @property
    def alive(self) -> bool:
        """Tell whether the process runs."""
        return self._inner.is_alive()

    def used(self) -> float:
        """Return the seconds of the processor that it used, those of the clock where the system does not tell."""
        try:
            fields = Path(f"/proc/{self._inner.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def give_way(self) -> None:
        """Let others have the processor first, where the system knows how."""
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._inner.pid or 0, NICER)

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._inner.kill()
        self._writer.close()

    async def ended(self) -> int | None:
        """Wait until the process is gone, and return its exit code."""
        await asyncio.to_thread(self._inner.join, LAST_BREATH)
        return self._inner.exitcode

    async def _death(self) -> Problem:
        code = await self.ended()
        if code == SIGABRT:
            return Problem("memory", "")
        return Problem("failed", f"the query ended its worker (status {code})")


def _start(theirs: socket.socket, limits: Limits) -> BaseProcess:
    with theirs:
        process: BaseProcess = _context().Process(  # type: ignore[attr-defined]
            target=main, args=(theirs, limits.memory, limits.answer), daemon=True
        )
        process.start()
    return process
