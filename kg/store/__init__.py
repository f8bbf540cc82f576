"""Keeps a graph and answers SPARQL: in memory, or in a folder. Both are Oxigraph; terms come out as rdflib's.

memory_store() | create_store(folder) -> add_quads, replace_graph, change
open_store(folder)                    -> query, dump, as_rdflib
"""

from kg.store.base import Answer, Change, Solutions, Store
from kg.store.disk import FORMAT, check_format, create_store, mark_format, mark_of, open_store
from kg.store.memory import memory_store

__all__ = [
    "FORMAT",
    "Answer",
    "Change",
    "Solutions",
    "Store",
    "check_format",
    "create_store",
    "mark_format",
    "mark_of",
    "memory_store",
    "open_store",
]
