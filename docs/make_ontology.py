"""Writes ``docs/ontology``, a page for each term of the vocabulary: ``python docs/make_ontology.py``.

With ``--check`` nothing is written, and a page that would change is an error.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Final

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg.ontology import DK, scheme, terms
from kg.query import PREFIXES, named_queries, shorten

PAGES: Final = Path(__file__).resolve().parent / "ontology"
CAMEO: Final = "https://w3id.org/diplokg/cameo/"

KINDS: Final = (
    ("class", "Classes", "Klasse", OWL.Class),
    ("relation", "Relations", "Beziehung", None),
    ("property", "Properties of claims, events and entities", "Eigenschaft", OWL.ObjectProperty),
    ("property", "", "Eigenschaft", OWL.DatatypeProperty),
    ("value", "Values", "Wert", OWL.NamedIndividual),
    ("scheme", "Schemes", "Schema", SKOS.ConceptScheme),
    ("type", "Event types", "Ereignistyp", SKOS.Concept),
)
"""File name, chapter, German word and RDF type of each kind of term, the first that fits."""

FACTS: Final = (
    ("kind of", RDFS.subClassOf),
    ("kind of", RDFS.subPropertyOf),
    ("of", RDFS.domain),
    ("value", RDFS.range),
    ("below", SKOS.broader),
    ("in", SKOS.inScheme),
    ("same as", OWL.equivalentProperty),
    ("same as", SKOS.exactMatch),
    ("near to", SKOS.closeMatch),
    ("narrower than", SKOS.broadMatch),
    ("wider than", SKOS.narrowMatch),
    ("nothing is also", OWL.disjointWith),
)
"""What a page says of a term, in this order."""

TRAITS: Final = (
    (OWL.SymmetricProperty, "symmetric: it holds in both directions"),
    (OWL.FunctionalProperty, "at most one"),
)


def pages() -> dict[str, str]:
    """Return the pages by file name."""
    graph = terms() + scheme()
    names = {term: file_name(graph, term) for term in own_terms(graph)}
    found = {name: page(graph, term, names) for term, name in names.items()}
    return found | {"index.md": index(graph, names)}


def own_terms(graph: Graph) -> list[URIRef]:
    """Return the terms of our vocabulary, sorted."""
    return sorted(
        {term for term in graph.subjects(RDF.type) if isinstance(term, URIRef) and term.startswith(DK)}
    )


def kind(graph: Graph, term: URIRef) -> tuple[str, str]:
    """Return file name and German word of the kind of a term."""
    if (term, SKOS.inScheme, DK.plover) in graph and (term, RDF.type, OWL.ObjectProperty) in graph:
        return "relation", "Beziehung"
    return next((name, word) for name, _, word, type in KINDS if type and (term, RDF.type, type) in graph)


def file_name(graph: Graph, term: URIRef) -> str:
    """Return the name of a term's page; its kind keeps dk:Actor and dk:actor apart on every disk."""
    return f"{kind(graph, term)[0]}-{term.removeprefix(DK)}.md"


def page(graph: Graph, term: URIRef, names: dict[URIRef, str]) -> str:
    """Return the page of a term."""
    name, word = kind(graph, term)
    lines = [f"# {shorten(term)}", ""]
    for language, what in (("en", name), ("de", word)):
        label = text(graph, term, RDFS.label, language)
        lines += [
            f"*{what}* · **{label}** ({language})  ",
            f"{text(graph, term, SKOS.definition, language)}",
            "",
        ]
    lines += ["| | |", "|---|---|", f"| IRI | `{term}` |"]
    for what, predicate in FACTS:
        values = sorted(value for value in graph.objects(term, predicate) if isinstance(value, URIRef))
        if values:
            lines.append(f"| {what} | {', '.join(link(value, names) for value in values)} |")
    traits = [words for type, words in TRAITS if (term, RDF.type, type) in graph]
    if traits:
        lines.append(f"| is | {'; '.join(traits)} |")
    narrower = sorted(each for each in graph.subjects(SKOS.broader, term) if isinstance(each, URIRef))
    if narrower:
        lines.append(f"| above | {', '.join(link(each, names) for each in narrower)} |")
    queries = asked_by(term)
    if queries:
        lines.append(f"| asked by | {', '.join(f'[{each}](../queries.md#{each})' for each in queries)} |")
    return "\n".join((*lines, "", "[All terms](index.md)", ""))


def index(graph: Graph, names: dict[URIRef, str]) -> str:
    """Return the page that lists all terms."""
    lines = [
        "# The vocabulary, term by term",
        "",
        "Made from `ontology/diplokg.ttl` and `ontology/plover.ttl` by `python docs/make_ontology.py`; change those",
        "files, not these pages. How the terms fit together is on the page about the [data model](../data-model.md).",
    ]
    for name, title in {name: title for name, title, _, _ in reversed(KINDS) if title}.items():
        members = [term for term in names if kind(graph, term)[0] == name]
        lines += ["", f"## {title}", "", "| term | English | Deutsch |", "|---|---|---|"]
        lines += [
            f"| {link(term, names)} | {text(graph, term, RDFS.label, 'en')} | {text(graph, term, RDFS.label, 'de')} |"
            for term in members
        ]
    return "\n".join((*lines, ""))


def text(graph: Graph, term: URIRef, predicate: URIRef, language: str) -> str:
    """Return a label or definition in a language, "" if there is none."""
    found = graph.objects(term, predicate)
    return next((str(each) for each in found if isinstance(each, Literal) and each.language == language), "")


def link(term: URIRef, names: dict[URIRef, str]) -> str:
    """Return a link to the page of a term, or to where another vocabulary defines it."""
    if term in names:
        return f"[{shorten(term)}]({names[term]})"
    if term.startswith(CAMEO):
        return f"CAMEO {term.removeprefix(CAMEO)}"
    for prefix, namespace in (*PREFIXES.items(), ("wdt", "http://www.wikidata.org/prop/direct/")):
        if term.startswith(namespace):
            target = f"https://www.wikidata.org/wiki/Property:{term.removeprefix(namespace)}"
            return f"[{prefix}:{term.removeprefix(namespace)}]({target if prefix == 'wdt' else term})"
    return f"<{term}>"


def asked_by(term: URIRef) -> list[str]:
    """Return the names of the named queries that use a term."""
    word = re.compile(rf"(?<![\w:]){re.escape(shorten(term))}(?![\w-])")
    return [name for name, query in named_queries().items() if word.search(query.text)]


def main() -> int:
    """Write or check the pages, and return 1 if a check finds one that is not of now."""
    parser = argparse.ArgumentParser(description="Write a page for each term of the vocabulary.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is old")
    check = parser.parse_args().check
    wanted = pages()
    present = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.md")}
    old = sorted(name for name in present.keys() | wanted.keys() if present.get(name) != wanted.get(name))
    if not check:
        PAGES.mkdir(exist_ok=True)
        for name in old:
            path = PAGES / name
            path.write_text(wanted[name], "utf-8") if name in wanted else path.unlink()
    state = "old; renew them with: python docs/make_ontology.py" if check else "renewed"
    print(f"{len(wanted)} pages, {len(old)} {state}")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
