"""A store in memory, for notebooks and tests. It is gone when the program ends."""

import pyoxigraph

from kg.store.base import Store
from kg.store.oxigraph import OxigraphStore


def memory_store(nquads: bytes = b"") -> Store:
    """Return a store in memory that holds ``nquads``. Raises StoreError if these are malformed.

    >>> len(memory_store(b'<urn:a> <urn:b> "c" <urn:g> .'))
    1
    """
    store = OxigraphStore(pyoxigraph.Store())
    store.add_quads(nquads)
    return store
