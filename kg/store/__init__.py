"""Keeps a graph and answers SPARQL: in memory, in a folder (both Oxigraph), or on a server. Terms are rdflib's.

memory_store() | create_store(folder, server) -> add_quads, replace_graph, change
open_store(folder or URL)                     -> query, dump, as_rdflib
"""

from rdflib import Dataset

from kg.store.base import Answer, Change, Solutions, Store
from kg.store.disk import FORMAT, MARK, QUADS, back_up_store, check_format, mark_format, mark_of
from kg.store.memory import memory_store
from kg.store.places import create_store, open_store, server_of_folder
from kg.store.remote import RemoteStore
from kg.store.servers import is_url

__all__ = [
    "FORMAT",
    "MARK",
    "QUADS",
    "Answer",
    "Change",
    "Dataset",
    "RemoteStore",
    "Solutions",
    "Store",
    "back_up_store",
    "check_format",
    "create_store",
    "is_url",
    "mark_format",
    "mark_of",
    "memory_store",
    "open_store",
    "server_of_folder",
]
