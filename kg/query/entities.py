"""Finds the entity that a user means: by its IRI, its short name, or its label in any language."""

from urllib.parse import quote

from rdflib import Literal, URIRef

from kg.errors import QueryError
from kg.ontology import ENT, GRAPH
from kg.query.checks import suggestion
from kg.query.terms import written
from kg.store import Solutions, Store


def find_entity(store: Store, wanted: str) -> URIRef:
    """Return the entity of the store that is called ``wanted``: "Iran", "iran", "ent:iran" or its whole IRI.

    Raises QueryError if there is none, with the nearest name, or if several have this label.
    """
    slug = wanted.strip().removeprefix(str(ENT)).removeprefix("ent:")
    entity = ENT[quote(slug, safe="%")]
    if store.query(f"ASK {{ {{ {written(entity)} ?p ?o }} UNION {{ ?s ?p {written(entity)} }} }}") is True:
        return entity
    same = sorted({iri for iri, _ in _labelled(store, wanted)})
    if len(same) == 1:
        return URIRef(same[0])
    if same:
        raise QueryError(f"{wanted!r} may be {' or '.join(map(_slug, same))}; name one of them")
    known = {name.lower() for iri, label in _labelled(store) for name in (_slug(iri), label)}
    raise QueryError(f"nothing in the store is called {wanted!r}{suggestion(slug.lower(), sorted(known))}")


def _labelled(store: Store, label: str = "") -> list[tuple[str, str]]:
    """Return entities and their labels; those alone that are called ``label`` if given, in any case."""
    same = f"FILTER(LCASE(STR(?label)) = {written(Literal(label.strip().lower()))})" if label else ""
    labels = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    pattern = f"GRAPH {written(GRAPH['entities'])} {{ ?entity {labels} ?label }} {same}"
    found = store.query(f"SELECT DISTINCT ?entity ?label {{ {pattern} }}")
    assert isinstance(found, Solutions), "SELECT gives solutions"
    return [(str(entity), str(name)) for entity, name in found]


def _slug(iri: str) -> str:
    return iri.removeprefix(str(ENT))
