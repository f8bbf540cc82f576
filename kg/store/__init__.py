"""Keeps a graph and answers SPARQL: in memory, or in a folder. Both are Oxigraph; terms come out as rdflib's.

memory_store() | create_store(folder) -> add_quads, replace_graph
open_store(folder)                    -> query, dump, as_rdflib
"""

from kg.store.base import Answer, Solutions, Store
from kg.store.disk import QUADS, create_store, open_store
from kg.store.memory import memory_store

__all__ = ["QUADS", "Answer", "Solutions", "Store", "create_store", "memory_store", "open_store"]
