"""The prefixes that queries know without writing them, and short names for IRIs."""

import re
from typing import Final

from rdflib import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS, TIME, XSD

from kg.ontology import ARTICLE, CLAIM, DK, ENT, EVENT, GRAPH, OA, RUN, SCHEMA, SEM, WD

PREFIXES: Final[dict[str, str]] = {
    name: str(namespace)
    for name, namespace in (
        ("article", ARTICLE), ("claim", CLAIM), ("dcterms", DCTERMS), ("dk", DK), ("ent", ENT),
        ("event", EVENT), ("graph", GRAPH), ("oa", OA), ("org", ORG), ("owl", OWL), ("prov", PROV),
        ("rdf", RDF), ("rdfs", RDFS), ("run", RUN), ("schema", SCHEMA), ("sem", SEM), ("skos", SKOS),
        ("time", TIME), ("wd", WD), ("xsd", XSD),
    )
}  # fmt: skip

LOCAL: Final = re.compile(r"[\w%-](?:[\w%.-]*[\w%-])?")
"""What may stand behind a prefix as it is, in a query too."""


def shorten(iri: str) -> str:
    """Return an IRI with a known prefix, or unchanged where none fits.

    >>> shorten("https://w3id.org/diplokg/entity/abbas-araghchi")
    'ent:abbas-araghchi'
    """
    for name, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and LOCAL.fullmatch(local):
            return f"{name}:{local}"
    return iri


def expand(name: str) -> str:
    """Return the IRI of a short name such as "ent:iran", or "" if its prefix is not known."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES and LOCAL.fullmatch(local) else ""
