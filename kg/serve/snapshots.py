"""The snapshots of a server: one is current, older ones stay while a query runs on them."""

import asyncio
import logging
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import IO, Final

from kg.serve.jobs import Problem
from kg.serve.snapshot import Signature, signature

PREFIX: Final = ".serve-"
"""Beginning of the names of the folders that servers make beside a store."""

INTERVAL: Final = 1.0
"""Seconds between two looks at the store."""

SHARE: Final = 10
"""A snapshot that took a second to make is not made anew for ten: it may cost a tenth of a core, not more."""

Prepare = Callable[[Path, Path], Awaitable[None]]
log = logging.getLogger("kg.serve")


class Snapshots:
    """Keeps a snapshot of a store that others may write to, in a folder beside it."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._numbers = count()
        self._users: Counter[Path] = Counter()
        self._seen: Signature = ()
        self._current: Path | None = None
        _remove_left_behind(store.parent)
        self.scratch = _new_folder(store.parent)
        self._lock = _locked(self.scratch)

    async def renew(self, prepare: Prepare) -> None:
        """Make a snapshot if the store has changed. Raises Problem or OSError if it cannot be read."""
        seen = signature(self._store)
        if seen == self._seen:
            return
        fresh = self.scratch / f"store-{next(self._numbers)}"
        await prepare(self._store, fresh)
        old, self._current, self._seen = self._current, fresh, seen
        if old is not None:
            self._remove_unused(old)

    async def follow(self, prepare: Prepare) -> None:
        """Renew the snapshot whenever the store changes, until cancelled."""
        clock = asyncio.get_running_loop().time
        while True:
            begun = clock()
            try:
                await self.renew(prepare)
            except (OSError, Problem) as error:  # being replaced, or damaged: the old one still answers
                log.warning("the store cannot be read anew, the old state is served: %s", error)
            await asyncio.sleep(max(INTERVAL, SHARE * (clock() - begun)))

    @contextmanager
    def use(self) -> Iterator[Path]:
        """Yield the current snapshot, which stays until it is given back."""
        assert self._current, "there is a snapshot before there are queries"
        snapshot = self._current
        self._users[snapshot] += 1
        try:
            yield snapshot
        finally:
            self._users[snapshot] -= 1
            self._remove_unused(snapshot)

    def close(self) -> None:
        """Remove all that was made beside the store."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        if self._lock:
            self._lock.close()

    def _remove_unused(self, snapshot: Path) -> None:
        if snapshot != self._current and not self._users[snapshot]:
            del self._users[snapshot]
            shutil.rmtree(snapshot, ignore_errors=True)


def _new_folder(beside: Path) -> Path:
    """Return a new folder beside the store, where its files can be linked; elsewhere if none can be made."""
    try:
        return Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside))
    except OSError:
        return Path(tempfile.mkdtemp(prefix=f"kg{PREFIX}"))


def _remove_left_behind(beside: Path) -> None:
    """Remove the folders of servers that were killed: nobody holds their lock."""
    for folder in beside.glob(f"{PREFIX}*"):
        with suppress(OSError):
            lock = _locked(folder)
            if lock:
                shutil.rmtree(folder, ignore_errors=True)
                lock.close()


def _locked(folder: Path) -> IO[bytes] | None:
    """Return the lock of a folder, held until it is closed; None where the system has none.

    Raises OSError if another process holds it.
    """
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return None
    file = (folder / "lock").open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file
