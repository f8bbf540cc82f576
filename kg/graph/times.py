"""Times as RDF: first and last day on the thing itself, and an OWL-Time interval with the words for it."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, TIME, URIRef

from kg.graph.names import Triple, day, text
from kg.model import Interval
from kg.ontology import DK


def interval_triples(thing: URIRef, node: URIRef, interval: Interval) -> Iterator[Triple]:
    """Yield the days of ``thing`` and the interval ``node`` with its two instants. Raises nothing."""
    yield thing, DK.start, day(interval.start)
    yield thing, DK.end, day(interval.end)
    yield node, RDF.type, TIME.Interval
    if interval.text:
        yield node, RDFS.label, text(interval.text)
    bounds = (
        (TIME.hasBeginning, "start", interval.start),
        (TIME.hasEnd, "end", interval.end),
    )
    for predicate, name, date in bounds:
        instant = URIRef(f"{node}.{name}")
        yield node, predicate, instant
        yield instant, RDF.type, TIME.Instant
        yield instant, TIME.inXSDDate, day(date)
