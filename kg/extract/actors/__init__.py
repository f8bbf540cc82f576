"""Finds who is spoken of: names, offices, governments, described groups and pronouns."""

from kg.extract.actors.chunks import Chunk, Chunks, find_chunks

__all__ = ["Chunk", "Chunks", "find_chunks"]
