"""Formats of answers, and the choice among them by the Accept header (RFC 9110, section 12.5.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

RESULTS: Final[Mapping[str, str]] = {
    "application/sparql-results+json": "JSON",
    "application/sparql-results+xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "application/json": "JSON",
    "application/xml": "XML",
    "text/xml": "XML",
}
"""Formats of SELECT and ASK, the preferred first, with Oxigraph's names."""

GRAPHS: Final[Mapping[str, str]] = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/n-quads": "N_QUADS",
    "application/trig": "TRIG",
    "application/ld+json": "JSON_LD",
    "application/rdf+xml": "RDF_XML",
    "text/n3": "N3",
    "application/x-turtle": "TURTLE",
    "text/plain": "N_TRIPLES",
    "application/json": "JSON_LD",
    "application/xml": "RDF_XML",
    "text/xml": "RDF_XML",
}
"""Formats of CONSTRUCT, DESCRIBE and whole graphs."""


@dataclass(frozen=True, slots=True)
class Range:
    """A range of media types that a client accepts, with its quality from 0 to 1."""

    type: str
    quality: float

    def fits(self, media: str) -> int:
        """Return how closely the range fits a media type: 3 by name, 2 by its family, 1 by "*/*", else 0."""
        if self.type == media:
            return 3
        if self.type == media.partition("/")[0] + "/*":
            return 2
        return 1 if self.type == "*/*" else 0


def choose(accept: str, offered: Iterable[str]) -> str:
    """Return the best of the offered media types, "" if none is acceptable. Raises nothing.

    >>> choose("text/csv;q=0.5, application/sparql-results+xml", RESULTS)
    'application/sparql-results+xml'
    >>> choose("", RESULTS), choose("image/png", RESULTS)
    ('application/sparql-results+json', '')
    """
    wanted = ranges(accept) or [Range("*/*", 1.0)]
    best, found = 0.0, ""
    for media in offered:
        quality = _quality(wanted, media)
        if quality > best:
            best, found = quality, media
    return found


def ranges(accept: str) -> list[Range]:
    """Return the ranges of an Accept header; what is malformed in it is left out."""
    found = []
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        values = dict(parameter.partition("=")[::2] for parameter in parameters)
        try:
            quality = float(values.get("q", "1"))
        except ValueError:
            continue
        if "/" in name and 0 <= quality <= 1:
            found.append(Range(name.lower(), quality))
    return found


def content_type(media: str) -> str:
    """Return the Content-Type of a media type: texts say that they are UTF-8."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _quality(wanted: Iterable[Range], media: str) -> float:
    """Return the quality of the closest range, 0 if none fits."""
    fitting = [(range.fits(media), range.quality) for range in wanted if range.fits(media)]
    return max(fitting)[1] if fitting else 0.0
