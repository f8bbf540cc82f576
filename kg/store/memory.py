"""A store in memory, for notebooks and tests. It is gone when the program ends."""

import pyoxigraph
from rdflib import Dataset

from kg.graph import nquads
from kg.store.base import Store
from kg.store.oxigraph import OxigraphStore


def memory_store(content: bytes | Dataset = b"") -> Store:
    """Return a store in memory that holds N-Quads or an rdflib Dataset.

    Raises StoreError for malformed N-Quads, ValueError for a Dataset with blank nodes or without named graphs.

    >>> len(memory_store(b'<urn:a> <urn:b> "c" <urn:g> .'))
    1
    """
    store = OxigraphStore(pyoxigraph.Store())
    store.add_quads(nquads(content) if isinstance(content, Dataset) else content)
    return store
