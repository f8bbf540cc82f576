"""A store in a folder, the one that ``kg build -o`` makes: ``diplokg.json`` marks it, ``store/`` holds it.

One process may write while others read. A reader sees the store as it was when it was opened.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph

from kg.errors import StoreError
from kg.files import replace_file
from kg.ontology import VOCABULARY
from kg.store.base import Store
from kg.store.oxigraph import OxigraphStore

FORMAT: Final = 2
"""Version of the layout; another version is refused. 2: the record names the version that read an article."""

FIRST_VOCABULARY: Final = "0.1.0"
"""Version of the vocabulary of folders that do not name it."""

MARK: Final = "diplokg.json"
QUADS: Final = "store"
LOCKED: Final = ("lock hold by current process", "No locks available", "Resource temporarily unavailable")
"""What RocksDB says of a lock that this process holds, and that another one holds."""


def open_store(folder: str | Path) -> Store:
    """Return the store in ``folder``, open for reading, even while another process writes to it.

    Raises StoreError if there is none, or one of another version, or a damaged one.
    """
    path = Path(folder)
    if not (path / MARK).is_file():
        missing = "no store in" if path.is_dir() else "no folder"
        raise StoreError(f"{missing} {path}; make one with: kg build FILES -o {path}")
    check_format(path)
    try:
        return OxigraphStore(pyoxigraph.Store.read_only(str(path / QUADS)), path)
    except (OSError, RuntimeError) as error:
        raise StoreError(_problem(path, error)) from None


def create_store(folder: str | Path) -> Store:
    """Return the store in ``folder``, open for writing; folder and store are made where they are missing.

    Raises StoreError if the store is of another version, damaged, or open for writing elsewhere, or if the
    folder cannot be made.
    """
    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
        check_format(path)
        store = OxigraphStore(pyoxigraph.Store(str(path / QUADS)), path)
        _remove_orphans(path / QUADS)
        mark_format(path)
    except (OSError, RuntimeError) as error:
        raise StoreError(_problem(path, error)) from None
    return store


def back_up_store(folder: Path, target: Path) -> None:
    """Write what the store in ``folder`` holds at this moment to a new folder, even while another process writes.

    Where nobody writes, files that never change are shared, and it takes no space on the same disk; else every
    quad is copied. Raises StoreError.
    """
    try:
        pyoxigraph.Store(str(folder / QUADS)).backup(str(target))
        return
    except (OSError, RuntimeError) as error:
        if not any(sign in str(error) for sign in LOCKED):
            raise StoreError(_problem(folder, error)) from None
    try:
        copy = pyoxigraph.Store(str(target))
        copy.bulk_extend(pyoxigraph.Store.read_only(str(folder / QUADS)))
        copy.flush()
    except (OSError, RuntimeError) as error:
        raise StoreError(_problem(folder, error)) from None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a folder says of itself: versions of its layout and of its vocabulary, and who keeps its graph.

    ``server`` is the URL of a SPARQL server, without password; "" where the folder keeps its graph itself.
    """

    format: int
    vocabulary: str
    server: str = ""

    @property
    def is_newer(self) -> bool:
        """Whether a newer diplokg than this one made the folder."""
        return self.format > FORMAT or _numbers(self.vocabulary) > _numbers(VOCABULARY)


def mark_of(folder: Path) -> Mark | None:
    """Return the mark of a folder, None where it holds no store. Raises StoreError for a damaged one."""
    if not (folder / MARK).is_file():
        return None
    try:
        found = json.loads((folder / MARK).read_text(encoding="utf-8"))
        vocabulary = str(found.get("vocabulary", FIRST_VOCABULARY))
        return Mark(int(found["format"]), vocabulary, str(found.get("server", "")))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise StoreError(f"{folder / MARK} is damaged; {_again(folder)}") from None


def check_format(folder: Path) -> None:
    """Raise StoreError if a folder is of another version than this diplokg makes, and say what to do."""
    mark = mark_of(folder)
    if mark is None or (mark.format, mark.vocabulary) == (FORMAT, VOCABULARY):
        return
    found = f"format {mark.format}, vocabulary {mark.vocabulary}"
    cure = (
        "a newer diplokg made it: install that one, or choose another folder"
        if mark.is_newer
        else f"bring it up to date with: kg migrate --store {folder}"
    )
    raise StoreError(
        f"the store in {folder} has {found}, this diplokg reads format {FORMAT}, vocabulary {VOCABULARY}; {cure}"
    )


def mark_format(folder: Path, server: str = "") -> None:
    """Mark a folder as one of this version, with the graph on a server if one is given. Raises OSError."""
    mark = {"format": FORMAT, "vocabulary": VOCABULARY, "made by": "diplokg"}
    replace_file(folder / MARK, f"{json.dumps(mark | ({'server': server} if server else {}))}\n".encode())


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _remove_orphans(store: Path) -> None:
    """Remove what bulk loads left that were killed: Oxigraph renames these files when a load is done.

    Only while the store is locked for writing, so that no load is under way.
    """
    for file in store.glob("bulk-*.sst"):
        file.unlink(missing_ok=True)


def _problem(path: Path, error: Exception) -> str:
    message = " ".join(str(error).split())
    if any(sign in message for sign in LOCKED):
        return (
            f"the store in {path} is being written by another process; wait for it, or choose another folder"
        )
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{path} is a file; name a folder"
    if isinstance(error, PermissionError):
        return f"no permission to write in {path}; choose another folder"
    return f"the store in {path} cannot be opened; {_again(path)} ({message})"


def _again(path: Path) -> str:
    return f"remove the folder and make it anew with: kg build FILES -o {path}"
