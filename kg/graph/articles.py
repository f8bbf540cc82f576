"""Articles as RDF: one named graph each, with the text, the claims and their evidence."""

from collections.abc import Iterable, Iterator

from rdflib import RDF, XSD, Literal

from kg.graph.claims import claim_triples
from kg.graph.names import Quad, Triple, article_graph_iri, article_iri, day, into, text
from kg.graph.runs import Run
from kg.model import Article, Claim
from kg.ontology import DK, SCHEMA


def article_graph(article: Article, claims: Iterable[Claim], run: Run) -> Iterator[Quad]:
    """Yield the named graph of an article: its metadata and full text, and its claims as ``run`` found them.

    Raises ValueError if a claim belongs to another article.
    """
    graph = article_graph_iri(article.id)
    yield from into(graph, _article_triples(article))
    for claim in claims:
        if claim.article != article.id:
            raise ValueError(f"claim {claim.id} is of article {claim.article!r}, not of {article.id!r}")
        yield from into(graph, claim_triples(claim, article, run))


def _article_triples(article: Article) -> Iterator[Triple]:
    node = article_iri(article.id)
    yield node, RDF.type, DK.Article
    yield node, DK.text, text(article.text)
    yield node, DK.sha256, text(article.sha256)
    if article.title:
        yield node, SCHEMA.headline, text(article.title)
    if article.language:
        yield node, SCHEMA.inLanguage, text(article.language)
    if article.published:
        yield node, SCHEMA.datePublished, day(article.published)
    if article.publisher:
        yield node, SCHEMA.publisher, text(article.publisher)
    if article.url:
        yield node, SCHEMA.url, Literal(article.url, datatype=XSD.anyURI)
    if article.fictional:
        yield node, DK.fictional, Literal("true", datatype=XSD.boolean)
