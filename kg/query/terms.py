"""Writes RDF terms into queries, so that no value can become syntax."""

import re
from typing import Final

from rdflib import Literal, URIRef

ILLEGAL_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)


def written(term: URIRef | Literal) -> str:
    r"""Return a term as SPARQL writes it. Raises ValueError for an IRI that none can be.

    >>> print(written(Literal('x" } DROP ALL #')))
    "x\" } DROP ALL #"
    """
    if isinstance(term, URIRef):
        if ILLEGAL_IN_IRI.search(term):
            raise ValueError(f"no IRI can hold the characters of {str(term)!r}")
        return f"<{term}>"
    text = f'"{term.translate(ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^{written(term.datatype)}" if term.datatype else text
