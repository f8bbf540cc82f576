"""Runs of the software as RDF, without a clock time: equal input gives equal bytes."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rdflib import RDF, URIRef

from kg.graph.names import RUNS, Quad, Triple, into, text
from kg.ontology import DK, RUN, SCHEMA


@dataclass(frozen=True, slots=True)
class Run:
    """What made the claims: version of diplokg, extractor ("rules@1.0"), settings that change the result."""

    version: str
    extractor: str
    settings: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=64)
def run_iri(run: Run) -> URIRef:
    """Return the IRI of a run, a hash of all that it consists of."""
    content = json.dumps([run.version, run.extractor, sorted(run.settings)])
    return RUN[hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]]


def run_quads(run: Run) -> Iterator[Quad]:
    """Yield the description of a run, in the graph of runs. Raises nothing."""
    return into(RUNS, _run_triples(run))


def _run_triples(run: Run) -> Iterator[Triple]:
    node = run_iri(run)
    yield node, RDF.type, DK.Run
    yield node, SCHEMA.softwareVersion, text(run.version)
    yield node, DK.extractor, text(run.extractor)
    for name, value in run.settings:
        yield node, DK.setting, text(f"{name}={value}")
