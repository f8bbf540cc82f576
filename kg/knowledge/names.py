"""Compares names of persons and makes readable ids of them."""

import re
import unicodedata
from functools import lru_cache

_PARTICLES = frozenset({"al", "el", "bin", "ben", "ibn", "von", "van", "de", "da", "di", "la", "le"})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """Return a readable ASCII id.

    >>> slug("Štefan Füle"), slug("Nikolás Maduro")
    ('stefan-fuele', 'nikolas-maduro')
    """
    lower = text.lower().translate(_GERMAN)
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x" + text.encode("utf-8").hex()[:12]


def family_name(name: str) -> str:
    """Return the part of a name by which short mentions call a person, as a slug.

    >>> family_name("Abbas Araghtschi"), family_name("Mohammed bin Salman")
    ('araghtschi', 'bin-salman')
    """
    words = [word for word in re.split(r"\s+", name.strip()) if word]
    if len(words) > 2 and words[-2].lower().strip("-") in _PARTICLES:
        return slug(" ".join(words[-2:]))
    return slug(words[-1]) if words else ""


def bare(name: str, language: str) -> str:
    """Return a name without a German or English genitive s that its other mentions lack."""
    if name.endswith(("'s", "’s")):
        return name[:-2]
    if name.endswith(("'", "’")):
        return name[:-1]
    if (
        language == "de"
        and name.endswith("s")
        and len(name) > 4
        and not name.endswith(("ss", "us", "is", "as", "os"))
    ):
        return name[:-1]
    return name
