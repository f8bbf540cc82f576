"""Where a store is: in a folder, on a server, or on the server that a folder names in its mark."""

from pathlib import Path
from shutil import rmtree

from kg.errors import StoreError
from kg.store import disk
from kg.store.base import Store
from kg.store.disk import QUADS, mark_format, mark_of
from kg.store.remote import RemoteStore
from kg.store.servers import is_url, server_of


def open_store(place: str | Path) -> Store:
    """Return the store in a folder, or at the URL of a SPARQL server, open for reading.

    The graph of a folder may be on a server; the folder says so. Raises StoreError if there is none, or one of
    another version, or a damaged one. Whether a server answers shows at the first query.
    """
    if isinstance(place, str) and is_url(place):
        return RemoteStore(place)
    path = Path(place)
    server = server_of_folder(path)
    if server:
        disk.check_format(path)
        return RemoteStore(server)
    return disk.open_store(path)


def create_store(folder: str | Path, server: str = "") -> Store:
    """Return the store of ``folder``, open for writing; folder and store are made where they are missing.

    Its graph is kept at the URL of a SPARQL server if one is given or was given before, else in the folder.

    Raises StoreError if the store is of another version, damaged, or open for writing elsewhere, if the folder
    cannot be made, or if the server holds a graph of another folder.
    """
    path = Path(folder)
    known = server_of_folder(path)
    if not server and not known:
        return disk.create_store(path)
    disk.check_format(path)
    store, name = RemoteStore(server or known), server_of(server or known).name
    if name != known:
        if store.graphs():
            store.close()
            raise StoreError(
                f"{name} holds a graph that {path} has not made; name its folder, or empty the server"
            )
        path.mkdir(parents=True, exist_ok=True)
        mark_format(path, name)
        rmtree(path / QUADS, ignore_errors=True)
    return store


def server_of_folder(folder: Path) -> str:
    """Return the server that keeps the graph of a folder, "" if none does. Raises StoreError for a damaged mark."""
    mark = mark_of(folder)
    return mark.server if mark else ""
