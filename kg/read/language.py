"""Tells the language of a text: German or English, else a clear no."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import ReadError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES: Final = {"de": "German", "en": "English"}
"""The languages that diplokg reads."""

ALIASES: Final = {"deu": "de", "ger": "de", "german": "de", "deutsch": "de", "eng": "en", "english": "en"}

OTHERS: Final = {
    "ar": "Arabic", "da": "Danish", "el": "Greek", "es": "Spanish", "fa": "Persian", "fr": "French",
    "he": "Hebrew", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish",
    "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
"""Names for messages; others are named by their code."""

FOREIGN: Final = 0.001
"""Below this probability of German and English together a text counts as foreign.

Measured with py3langid 0.4 on UD treebanks: none of 3,977 single sentences of German (PUD, GSD) and English
(PUD, EWT) lies below; all of 1,670 groups of three sentences of French, Spanish, Turkish, Russian and Arabic
(PUD) do.
"""

ENOUGH: Final = 4000
"""Characters that are looked at; more change nothing and cost time."""


def known_language(code: str, source: Path | str) -> str:
    """Return the code of a language that was given, such as "de" for "de-AT".

    Raises ReadError for a language that diplokg does not read.

    >>> known_language("en_US", "a.jsonl")
    'en'
    """
    short = code.strip().lower().replace("_", "-").partition("-")[0]
    short = ALIASES.get(short, short)
    if short not in LANGUAGES:
        name = OTHERS.get(short)
        given = f"{name} ({short})" if name else repr(code[:40])
        raise ReadError(source, f"the language is given as {given}; {_readable()}")
    return short


def language_of(text: str, source: Path | str) -> str:
    """Return "de" or "en", whichever is likelier. Raises ReadError if the text is clearly neither."""
    ranked = _identifier().rank(text[:ENOUGH])
    probability = dict(ranked)
    if sum(probability[code] for code in LANGUAGES) < FOREIGN:
        code = ranked[0][0]
        raise ReadError(
            source, f"the text seems to be {OTHERS.get(code, 'in another language')} ({code}); {_readable()}"
        )
    return max(LANGUAGES, key=lambda code: probability[code])


def _readable() -> str:
    return "diplokg reads " + " and ".join(f"{name} ({code})" for code, name in LANGUAGES.items())


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    """Load the model on first use: it takes a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
