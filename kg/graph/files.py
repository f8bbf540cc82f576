"""Reads RDF files."""

from pathlib import Path
from typing import Final

from rdflib import Dataset

from kg.errors import ValidationError

FORMATS: Final = {".nq": "nquads", ".trig": "trig"}
"""Formats that rdflib would not take for datasets, by suffix; it knows the others."""


def read_dataset(path: Path) -> Dataset:
    """Return what an RDF file holds. Raises ValidationError if it cannot be read."""
    found = Dataset()
    try:
        found.parse(path, format=FORMATS.get(path.suffix))
    except Exception as error:  # rdflib's parsers raise errors of many kinds
        reason = " ".join(str(error).split())[:200]
        raise ValidationError(f"{path}: cannot be read as RDF ({reason}); use .trig, .nq or .ttl") from None
    return found
