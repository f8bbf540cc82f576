"""The derived graph: persons rolled up to the state they act for, relations to their root and quad class.

It is made of the other graphs by SPARQL CONSTRUCT, whole, and stands in ``graph:rollup``: who does not want
what is derived leaves that graph out. What it holds is documented in docs/rollup.md.
"""

from typing import Final

from rdflib import Graph, Literal, URIRef

from kg.graph.names import ROLLUP, Quad
from kg.graph.serialise import nquads
from kg.query.prefixes import PREFIXES
from kg.store import Store

PARTIES: Final = """
CONSTRUCT { ?agent dk:countsFor ?party } WHERE {
  GRAPH graph:entities {
    ?agent a ?class FILTER(?class != dk:Place)
    ?agent dk:actsFor* ?party FILTER NOT EXISTS { ?party dk:actsFor ?beyond FILTER(?beyond != ?party) }
  }
}"""
"""One party for everybody: the end of the chain."""

TIES: Final = """
CONSTRUCT {
  ?tie a dk:Tie ; dk:tieFrom ?from ; dk:tieTo ?to ; dk:tieType ?type ; dk:tieClass ?class ;
    dk:tieModality ?modality ; dk:bundles ?claim .
} WHERE {
  ?claim dk:actor ?actor ; dk:recipient ?recipient ; dk:eventType ?type ; dk:modality ?modality .
  GRAPH graph:rollup { ?actor dk:countsFor ?from } GRAPH graph:rollup { ?recipient dk:countsFor ?to }
  FILTER(?from != ?to)
  GRAPH graph:ontology { ?type skos:broader ?class }
  BIND(REPLACE(STR(?from), "^.*/", "") AS ?one) BIND(REPLACE(STR(?to), "^.*/", "") AS ?other)
  BIND(REPLACE(STR(?type), "^.*#", "") AS ?root) BIND(REPLACE(STR(?modality), "^.*#", "") AS ?how)
  BIND(IRI(CONCAT("https://w3id.org/diplokg/tie/", ?one, ".", ?other, ".", ?root, ".", ?how)) AS ?tie)
}"""
"""What stays within one party is no tie. The IRI says all that the tie is made of."""

COUNTS: Final = """
CONSTRUCT { ?tie dk:claimCount ?claims ; dk:start ?first ; dk:end ?last } WHERE {
  { SELECT ?tie (COUNT(DISTINCT ?claim) AS ?claims) { ?tie dk:bundles ?claim } GROUP BY ?tie }
  OPTIONAL {
    SELECT ?tie (MIN(?day) AS ?first) (MAX(?day) AS ?last) {
      ?tie dk:bundles ?claim . ?claim prov:wasDerivedFrom ?article .
      OPTIONAL { ?article schema:datePublished ?published } OPTIONAL { ?claim dk:start ?start }
      BIND(COALESCE(?start, ?published) AS ?day) FILTER(BOUND(?day))
    } GROUP BY ?tie
  }
}"""


def rollup(store: Store) -> int:
    """Make the derived graph of a store anew, and return the number of its triples.

    A store that has not changed keeps it byte for byte. Raises StoreError if the store is open for reading.
    """
    quads: set[Quad] = set()
    for query in (PARTIES, TIES, COUNTS):  # each builds on what the ones before it wrote
        quads |= _derived(store, query)
        store.replace_graph(str(ROLLUP), nquads(quads))
    return len(quads)


def _derived(store: Store, query: str) -> set[Quad]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, Graph), "CONSTRUCT gives a graph"
    return {
        (subject, predicate, term, ROLLUP)
        for subject, predicate, term in found
        if isinstance(subject, URIRef)
        and isinstance(predicate, URIRef)
        and isinstance(term, URIRef | Literal)
    }
