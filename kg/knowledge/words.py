"""Small words by language: modal verbs, verbs of speech, prepositions of source, months, abbreviations ...

Each table under ``data/lexicon/words`` has the columns language, word and value; its name says what the words do.
"""

from functools import lru_cache

from kg.knowledge.tables import read_table
from kg.resources import resource

_COLUMNS = ("language", "word", "value")


@lru_cache(maxsize=256)
def word_table(name: str, language: str) -> dict[str, str]:
    """Return word -> value of a table for one language. Raises TableError, FileNotFoundError."""
    path = resource(f"data/lexicon/words/{name}.tsv")
    return {row["word"]: row["value"] for row in read_table(path, _COLUMNS) if row["language"] == language}


def word_set(name: str, language: str) -> frozenset[str]:
    """Return the words of a table for one language."""
    return frozenset(word_table(name, language))
