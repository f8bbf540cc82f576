"""Tells spellings of one name from names of two: transliterations, lost marks, turned order, left-out parts."""

from kg.knowledge.spelling.compare import ENOUGH, Likeness, compare_names, is_spelling
from kg.knowledge.spelling.index import NameIndex

__all__ = ["ENOUGH", "Likeness", "NameIndex", "compare_names", "is_spelling"]
