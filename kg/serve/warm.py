"""Imported once by the process from which workers are forked: what every worker needs is there already."""

from kg.query.checks import known_terms
from kg.serve import worker

known_terms()

__all__ = ["worker"]
