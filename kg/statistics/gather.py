"""Counts by SPARQL: every count is of distinct things, so that what stands in two graphs counts once."""

import json
from dataclasses import dataclass
from typing import Final

from kg.ontology import DK
from kg.query import PREFIXES
from kg.query.table import visible
from kg.store import Solutions, Store

TOTALS: Final = {
    "articles": "?x a dk:Article",
    "claims": "?x a dk:Claim",
    "events": "?x a dk:Event",
    "entities": "GRAPH graph:entities { ?x a ?class }",
    "outlets": "?article schema:publisher ?x",
    "speakers": "?attribution dk:by ?x FILTER(?x != dk:narrator)",
    "plain edges": "GRAPH graph:edges { ?s ?p ?o } BIND(CONCAT(STR(?s), ' ', STR(?p), ' ', STR(?o)) AS ?x)",
}
"""What is counted once, by name, with the pattern that binds it to ``?x``."""

BREAKDOWNS: Final = {
    "articles by language": "?x a dk:Article ; schema:inLanguage ?value",
    "articles by outlet": "?x a dk:Article OPTIONAL { ?x schema:publisher ?value }",
    "articles by month": "?x a dk:Article OPTIONAL { ?x schema:datePublished ?d } "
    "BIND(SUBSTR(STR(?d), 1, 7) AS ?value)",
    "claims by modality": "?x a dk:Claim ; dk:modality ?value",
    "claims by quad class": "?x a dk:Claim ; dk:eventType/skos:broader ?value",
    "claims by type": "?x a dk:Claim ; dk:eventType ?value",
    "claims by relation": "?x a dk:Claim ; dk:relation ?value",
    "claims by language": "?x a dk:Claim ; prov:wasDerivedFrom/schema:inLanguage ?value",
    "claims by outlet": "?x a dk:Claim ; prov:wasDerivedFrom ?a OPTIONAL { ?a schema:publisher ?value }",
    "claims by month": "?x a dk:Claim ; prov:wasDerivedFrom ?a OPTIONAL { ?x dk:start ?s } "
    "OPTIONAL { ?a schema:datePublished ?d } BIND(SUBSTR(STR(COALESCE(?s, ?d)), 1, 7) AS ?value)",
    "events by status": "?x a dk:Event ; dk:status ?value",
    "entities by class": "GRAPH graph:entities { ?x a ?value }",
    "claims by state acting": "?x a dk:Claim OPTIONAL { ?x dk:actorState ?value }",
}
"""What is counted by value: the month is that of the act if the text says it, else of publication."""

UNKNOWN: Final = "not said"
"""The value of what has none."""

IN_ORDER: Final = " by month"
"""Ending of the names of breakdowns that stand in the order of their values, not of their counts."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts: totals by name, and breakdowns, each with pairs of value and count, the largest first.

    ``triples`` counts quads by named graph, the graphs of articles as one, ``first`` and ``last`` are the days
    of the articles, "" if none says its day.
    """

    totals: dict[str, int]
    breakdowns: dict[str, tuple[tuple[str, int], ...]]
    triples: int
    first: str
    last: str

    def to_json(self) -> str:
        """Return all counts as JSON."""
        found = {
            "triples": self.triples,
            "first": self.first,
            "last": self.last,
            "totals": self.totals,
            "breakdowns": {name: dict(rows) for name, rows in self.breakdowns.items()},
        }
        return json.dumps(found, ensure_ascii=False, indent=1)

    def to_text(self, most: int = 10) -> str:
        """Return lines to read, of each breakdown the ``most`` first rows. No control characters."""
        lines = [f"{count:>9}  {name}" for name, count in (("triples", self.triples), *self.totals.items())]
        if self.first:
            lines.append(f"\narticles from {self.first} to {self.last}")
        for name, rows in self.breakdowns.items():
            lines.append(f"\n{name}")
            lines += [f"{count:>9}  {visible(value)}" for value, count in rows[:most]]
            if len(rows) > most:
                lines.append(f"{'…':>9}  {len(rows) - most} more")
        return "\n".join(lines)


def statistics(store: Store) -> Statistics:
    """Return the counts of a store. Raises StoreError if it is closed."""
    totals = {
        name: int(_one(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"))
        for name, pattern in TOTALS.items()
    }
    days = "SELECT (MIN(?d) AS ?first) (MAX(?d) AS ?last) { ?article schema:datePublished ?d }"
    first, last = _rows(store, days)[0]
    breakdowns = {name: _counted(store, name, pattern) for name, pattern in BREAKDOWNS.items()}
    return Statistics(totals, breakdowns, len(store), first, last)


def _counted(store: Store, name: str, pattern: str) -> tuple[tuple[str, int], ...]:
    found = _rows(store, f"SELECT ?value (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }} GROUP BY ?value")
    rows = [(value.removeprefix(DK) or UNKNOWN, int(count)) for value, count in found if int(count)]
    in_order = name.endswith(IN_ORDER)
    return tuple(sorted(rows, key=lambda row: (row[0] if in_order else -row[1], row)))


def _one(store: Store, query: str) -> str:
    return _rows(store, query)[0][0]


def _rows(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, Solutions), "SELECT gives solutions"
    return [tuple("" if term is None else str(term) for term in row) for row in found]
