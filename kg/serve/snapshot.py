"""Snapshots of a store on disk, so that queries see one state of it whatever is written meanwhile.

Oxigraph keeps a store in the files of RocksDB: tables (.sst), which are written once, and logs. Tables are
linked, the rest is copied. ``backup()`` of a store that is open for reading leaves out what stands only in
the log, which after ``kg build`` is everything (measured with pyoxigraph 0.5.13: 0 of 17,679 quads).
"""

import os
import shutil
from pathlib import Path
from typing import Final

import pyoxigraph

TRIES: Final = 20
"""How often a copy is begun anew because the writer removed a file under it."""

OWN: Final = ("LOCK", "LOG")
"""Files that belong to whoever opened the store, and say nothing of its content."""

Signature = tuple[tuple[str, int, int], ...]


def signature(store: Path) -> Signature:
    """Return names, sizes and times of the files of a store: equal while nothing is written. Raises OSError."""
    found = []
    for entry in os.scandir(store):
        try:
            status = entry.stat()
        except FileNotFoundError:
            continue
        if not entry.name.startswith(OWN):
            found.append((entry.name, status.st_size, status.st_mtime_ns))
    return tuple(sorted(found))


def copy_store(source: Path, target: Path) -> None:
    """Make ``target`` a store with the content of ``source``, at some moment of this call.

    Raises OSError or RuntimeError if the source is damaged or gone.
    """
    for attempt in range(TRIES):
        try:
            _copy_files(source, target)
            pyoxigraph.Store(str(target))  # opened for writing once, it takes over the log, and is checked
            return
        except (OSError, RuntimeError):
            shutil.rmtree(target, ignore_errors=True)
            if attempt == TRIES - 1:
                raise


def _copy_files(source: Path, target: Path) -> None:
    """Copy in the order that keeps a store whole beside a writer.

    What leaves the logs stands in tables before the manifest names these, and before the logs go: so logs
    first, then the manifest, then tables. If a table is gone that the manifest names, the store does not
    open, and the copy is made anew.
    """
    target.mkdir(parents=True)
    for log in source.glob("*.log"):
        shutil.copy2(log, target)
    shutil.copy2(source / "CURRENT", target)
    shutil.copy2(source / (source / "CURRENT").read_text("ascii").strip(), target)
    for file in source.iterdir():
        if file.name.startswith("OPTIONS"):
            shutil.copy2(file, target)
        elif file.suffix == ".sst":
            _link(file, target / file.name)


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except FileNotFoundError:
        return  # gone: whether it was still needed, opening will tell
    except OSError:  # another file system, or one without links
        shutil.copy2(file, target)
