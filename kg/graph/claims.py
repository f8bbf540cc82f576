"""Claims as RDF: participants, type, modality, speakers, time, place, and the quote with its offsets."""

from collections.abc import Iterator

from rdflib import PROV, RDF, URIRef

from kg.graph.names import Triple, article_iri, claim_iri, decimal, entity_iri, number, text
from kg.graph.runs import Run, run_iri
from kg.graph.times import interval_triples
from kg.model import Article, Claim, Role, Span
from kg.ontology import DK, OA


def claim_triples(claim: Claim, article: Article, run: Run) -> Iterator[Triple]:
    """Yield all that a claim says; nothing of it is asserted as a fact. Raises nothing.

    The quote's wording is the claim's, that of the other passages the article's.
    """
    node = claim_iri(claim.id)
    yield node, RDF.type, DK.Claim
    yield node, DK.relation, DK[claim.relation]
    yield node, DK.eventType, DK[claim.type]
    yield node, DK.modality, DK[claim.modality.value]
    yield node, DK.confidence, decimal(claim.confidence)
    yield node, PROV.wasDerivedFrom, article_iri(article.id)
    yield node, PROV.wasGeneratedBy, run_iri(run)
    if claim.extractor:
        yield node, DK.extractor, text(claim.extractor)
    for cue in claim.cues:
        yield node, DK.cue, text(cue)
    yield from _role(claim, "actor", claim.actor, article)
    yield from _role(claim, "recipient", claim.recipient, article)
    yield from _speakers(claim, article)
    yield from _evidence(claim, article)
    yield from _time_and_place(claim)


def _role(claim: Claim, name: str, role: Role, article: Article) -> Iterator[Triple]:
    node = claim_iri(claim.id)
    yield node, DK[name], entity_iri(role.entity.id)
    if role.state:
        yield node, DK[f"{name}State"], text(role.state)
    if role.mention:
        mention = claim_iri(claim.id, name)
        yield node, DK[f"{name}Mention"], mention
        yield from _passage(mention, role.mention, role.mention.of(article.text))


def _speakers(claim: Claim, article: Article) -> Iterator[Triple]:
    """Yield one attribution per speaker, the outermost last; the narrator where there is none.

    Who says it together shares a position.
    """
    if not claim.speakers:
        yield from _attribution(claim, 1, 1, DK.narrator)
    placed = [(position, role) for position, link in enumerate(claim.chain, start=1) for role in link]
    for nth, (position, speaker) in enumerate(placed, start=1):
        yield from _attribution(claim, nth, position, entity_iri(speaker.entity.id))
        node = claim_iri(claim.id, "speaker", nth)
        if speaker.state:
            yield node, DK.speakerState, text(speaker.state)
        if speaker.mention:
            mention = claim_iri(claim.id, "speaker", nth, "mention")
            yield node, OA.hasSelector, mention
            yield from _passage(mention, speaker.mention, speaker.mention.of(article.text))


def _attribution(claim: Claim, nth: int, position: int, speaker: URIRef) -> Iterator[Triple]:
    node = claim_iri(claim.id, "speaker", nth)
    yield claim_iri(claim.id), DK.speaker, node
    yield node, RDF.type, DK.Attribution
    yield node, DK.by, speaker
    yield node, DK.position, number(position)


def _evidence(claim: Claim, article: Article) -> Iterator[Triple]:
    node, passage = claim_iri(claim.id, "quote"), claim_iri(claim.id, "quote", "passage")
    yield claim_iri(claim.id), DK.quote, node
    yield node, RDF.type, DK.Quote
    yield node, OA.hasSource, article_iri(article.id)
    yield node, OA.hasSelector, passage
    yield from _passage(passage, claim.span, claim.quote)
    trigger = claim_iri(claim.id, "trigger")
    yield claim_iri(claim.id), DK.trigger, trigger
    yield from _passage(trigger, claim.trigger, claim.trigger.of(article.text))


def _passage(node: URIRef, span: Span, exact: str) -> Iterator[Triple]:
    yield node, RDF.type, DK.Passage
    yield node, OA.start, number(span.start)
    yield node, OA.end, number(span.end)
    yield node, OA.exact, text(exact)


def _time_and_place(claim: Claim) -> Iterator[Triple]:
    node = claim_iri(claim.id)
    if claim.time:
        interval = claim_iri(claim.id, "time")
        yield node, DK.time, interval
        yield from interval_triples(node, interval, claim.time)
    if claim.place:
        yield node, DK.place, entity_iri(claim.place.id)
