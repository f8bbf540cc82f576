"""A backup of a folder: one file that holds what cannot be made anew, and the store as it was at one moment.

It may be made while a build runs. The record is copied up to its last whole line, the store by Oxigraph's own
backup of what is committed; where the two differ, the next build of the restored folder evens it out. What a build
makes of the record (index, graph files, table, page) is left out.
"""

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from kg.config import ANSWERS
from kg.errors import StoreError
from kg.folder import ENTRIES, JUDGEMENTS, OWN, PREDICATES
from kg.store import MARK, QUADS, back_up_store, check_format, mark_of, server_of_folder

KEPT: Final = (MARK, ENTRIES, OWN, PREDICATES, JUDGEMENTS, ANSWERS)
"""Files that a backup holds, besides the store; those that are there."""


def backup(folder: str | Path, out: str | Path) -> Path:
    """Write a backup of a folder to a file, and return its path.

    Raises StoreError if there is no build in the folder, or the file exists; OSError. A backup that fails leaves
    no file.
    """
    source, target = Path(folder), Path(out)
    if mark_of(source) is None or not (source / ENTRIES).is_file():
        raise StoreError(f"no build in {source}; name the folder that kg build -o made")
    check_format(source)
    if target.exists():
        raise StoreError(f"{target} exists; a backup overwrites nothing, name another file")
    with _draft_of(target) as draft, tempfile.TemporaryDirectory(dir=source, prefix=".backup-") as place:
        if not server_of_folder(source):
            back_up_store(source, Path(place) / QUADS)
        with tarfile.open(draft, "w:gz", compresslevel=1) as archive:
            for name in filter(lambda name: (source / name).is_file(), KEPT):
                content = _whole_lines(source / name, Path(place)) if name == ENTRIES else source / name
                archive.add(content, name)
            if (Path(place) / QUADS).is_dir():
                archive.add(Path(place) / QUADS, QUADS)
    return target


def restore(file: str | Path, out: str | Path) -> Path:
    """Make a folder of a backup, and return its path.

    Raises StoreError if the folder exists and is not empty, or the file is no backup; OSError. What fails leaves
    no folder.
    """
    source, target = Path(file), Path(out)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError(f"{target} exists; a backup is restored to a new folder, name another one")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".restore-") as place:
        made = Path(place) / "graph"
        try:
            with tarfile.open(source) as archive:
                for member in archive:
                    _check(member, source)
                    archive.extract(member, made, filter="data")
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise StoreError(f"{source} is no whole backup of diplokg ({error})") from None
        if not (made / ENTRIES).is_file():
            raise StoreError(f"{source} is no backup of diplokg: it holds no {ENTRIES}")
        check_format(made)
        if target.exists():
            target.rmdir()
        made.rename(target)
    return target


def _check(member: tarfile.TarInfo, source: Path) -> None:
    """Raise StoreError for anything that no backup holds."""
    path = PurePosixPath(member.name)
    known = member.name in KEPT or (path.parts[:1] == (QUADS,) and ".." not in path.parts)
    if not known or not (member.isfile() or member.isdir()):
        raise StoreError(f"{source} is no backup of diplokg: it holds {member.name[:60]!r}")


def _whole_lines(path: Path, place: Path) -> Path:
    """Return a copy of a file that others may be adding to, up to its last whole line."""
    copy = place / path.name
    with path.open("rb") as file, copy.open("wb") as lines:
        for line in file:
            if line.endswith(b"\n"):
                lines.write(line)
    return copy


@contextmanager
def _draft_of(target: Path) -> Iterator[Path]:
    """Give a file to write, which takes its place when all went well."""
    draft = target.with_name(f".{target.name}.part")
    try:
        yield draft
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
