"""What can be found in a store: entities by their names, claims by their quotes, articles by their titles."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.query.prefixes import PREFIXES
from kg.store import Solutions, Store

ENTITY, CLAIM, ARTICLE = "entity", "claim", "article"
KINDS: Final = (ENTITY, CLAIM, ARTICLE)

NAMES: Final = """
SELECT ?entity ?name ?language ?class ?about {
  GRAPH graph:entities { ?entity skos:prefLabel ?label . OPTIONAL { ?entity a ?class }
                         OPTIONAL { ?entity schema:description ?about } }
  BIND(STR(?label) AS ?name) BIND(LANG(?label) AS ?language)
} ORDER BY ?entity ?language ?name"""

QUOTES: Final = """
SELECT ?claim ?actor ?relation ?recipient ?modality ?exact ?day ?outlet {
  ?claim dk:actor ?actor ; dk:recipient ?recipient ; dk:relation ?relation ; dk:modality ?modality ;
    dk:quote/oa:hasSelector/oa:exact ?exact ; prov:wasDerivedFrom ?article .
  OPTIONAL { ?article schema:datePublished ?day } OPTIONAL { ?article schema:publisher ?outlet }
} ORDER BY ?claim"""

TITLES: Final = """
SELECT ?article ?title ?day ?outlet {
  ?article a dk:Article ; schema:headline ?title .
  OPTIONAL { ?article schema:datePublished ?day } OPTIONAL { ?article schema:publisher ?outlet }
} ORDER BY ?article"""


@dataclass(frozen=True, slots=True)
class Document:
    """Something to be found: its IRI, what it is called, and the text in which words are looked for."""

    iri: str
    kind: str
    name: str
    text: str
    day: str = ""
    outlet: str = ""


def documents(store: Store) -> Iterator[Document]:
    """Yield all that can be found, in an order that depends on the content alone. Raises StoreError."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    about: dict[str, tuple[str, str]] = {}
    for entity, name, language, kind, description in _rows(store, NAMES):
        names[entity][language] = name
        about[entity] = (kind.rpartition("#")[2].lower(), description)
    for entity, labels in names.items():
        kind, description = about[entity]
        text = " · ".join(dict.fromkeys((*labels.values(), *filter(None, (description,)))))
        yield Document(entity, ENTITY, f"{_label(labels, entity)} ({kind or 'entity'})", text)
    for claim, actor, relation, recipient, modality, exact, day, outlet in _rows(store, QUOTES):
        parts = (
            _label(names.get(actor, {}), actor),
            _local(relation),
            _label(names.get(recipient, {}), recipient),
        )
        yield Document(claim, CLAIM, f"{' '.join(parts)} ({_local(modality)})", exact, day, outlet)
    for article, title, day, outlet in _rows(store, TITLES):
        yield Document(article, ARTICLE, title, title, day, outlet)


def _rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, Solutions), "SELECT gives solutions"
    for row in found:
        yield tuple("" if term is None else str(term) for term in row)


def _label(labels: dict[str, str], iri: str) -> str:
    return labels.get("en") or next(iter(labels.values()), _local(iri))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
