"""Small words by language: modal verbs, verbs of speech, prepositions of source, months, abbreviations.

Each table under ``data/lexicon/words`` has the columns language, word and value; its name says what the words
do.
"""

from functools import lru_cache
from pathlib import Path

from kg.knowledge.tables import read_table
from kg.resources import resource

_COLUMNS = ("language", "word", "value")
_LANGUAGES = ("de", "en")
_GERMAN_ENDINGS = ("e", "en", "er", "es", "em")


@lru_cache(maxsize=256)
def word_table(name: str, language: str) -> dict[str, str]:
    """Return word -> value of a shipped table for one language. Raises TableError, FileNotFoundError."""
    return read_words(resource(f"data/lexicon/words/{name}.tsv"), language)


def read_words(path: Path, language: str) -> dict[str, str]:
    """Return word -> value of a table for one language.

    Raises TableError, naming file and row, for a word that stands twice or a language that is not read.
    """
    found: dict[str, str] = {}
    for row in read_table(path, _COLUMNS):
        if row["language"] not in _LANGUAGES:
            raise row.error(f"language {row['language']!r} must be one of {', '.join(_LANGUAGES)}")
        if row["language"] != language:
            continue
        if row["word"] in found:
            raise row.error(f"{row['word']!r} is there already; remove one of the two rows")
        found[row["word"]] = row["value"]
    return found


def word_set(name: str, language: str) -> frozenset[str]:
    """Return the words of a shipped table for one language. Raises as ``word_table``."""
    return frozenset(word_table(name, language))


def stems_of(word: str, language: str) -> tuple[str, ...]:
    """Return a word in lower case, and what it is without the ending of a German adjective. Raises nothing.

    >>> stems_of("Abgesagtes", "de")
    ('abgesagtes', 'abgesagt')
    """
    word = word.lower()
    endings = _GERMAN_ENDINGS if language == "de" else ()
    return (word, *(word.removesuffix(ending) for ending in endings if word.endswith(ending)))
