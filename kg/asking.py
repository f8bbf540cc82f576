"""What ``kg entity`` says: explanations of links, and entities, as lines to read."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from kg.extract import Extractor
from kg.knowledge.entities import KnowledgeBase
from kg.knowledge.lookup import Found, find
from kg.knowledge.values import Record, Tenure
from kg.model import Article, Kind, Mention, Reading, Span
from kg.resolve.linking import ArticleLinker
from kg.resolve.linking.explain import THRESHOLD, Explanation, explain


def explained(
    words: str, extractor: Extractor, kb: KnowledgeBase, *, context: Article, states: Iterable[str] = ()
) -> tuple[Explanation, ...]:
    """Return how the mentions in ``words`` are linked, as if they stood at the end of an article.

    ``states`` are ids of states that the article names besides. Words in which the extractor sees nobody are taken for
    a name.
    """
    start = len(context.text) + 2 if context.text else 0
    text = f"{context.text}\n\n{words}" if context.text else words
    reading = extractor.read(replace(context, text=text))
    asked = [mention for mention in reading.mentions if mention.span.start >= start]
    if not asked:
        asked = [_named(words, Span(start, len(text)), kb)]
    besides = [Mention(Span(start, len(text)), Kind.STATE, candidates=(id,), head="besides") for id in states]
    mentions = tuple(m for m in reading.mentions if m not in asked)
    linker = ArticleLinker(Reading(reading.article, (*mentions, *besides, *asked), (), reading.extractor), kb)
    return tuple(explain(mention, text, linker) for mention in asked)


def _named(words: str, span: Span, kb: KnowledgeBase) -> Mention:
    """Return a mention of whoever has this very name, of a person where nobody has."""
    known = [one.record.entity for one in find(words, kb) if one.how == "name"]
    kind = known[0].kind if known else Kind.PERSON
    return Mention(span, kind, name=words, candidates=tuple(one.id for one in known if one.kind is kind))


def surest(explanations: tuple[Explanation, ...]) -> tuple[int, float]:
    """Return what is greater the more is known: how many mentions have candidates, and the points of the best."""
    scores = [one.candidates[0].score for one in explanations if one.candidates]
    return len(scores), max(scores, default=0.0)


def explanation_lines(explanation: Explanation, kb: KnowledgeBase) -> Iterator[str]:
    """Yield what a mention means, and the candidates with their points and reasons."""
    entity, actor = explanation.entity, explanation.actor
    words = explanation.words
    if entity is None:
        yield f"{words}: nobody; what it points back to is not there"
    else:
        acts = f", acts as {actor.id}" if actor and actor.id != entity.id else ""
        known = "" if entity.id in kb.records else ", in no table"
        yield f"{words}: {entity.id} ({entity.label()}, {entity.kind}, {explanation.state or 'no state'}{acts}{known})"
    for candidate in explanation.candidates:
        yield f"  {candidate.score:5.1f}  {candidate.id}"
        for reason in candidate.reasons:
            yield f"         {reason.points:+5.1f}  {reason.feature}: {reason.detail}"
    if explanation.kind is Kind.PERSON:
        yield f"  {THRESHOLD:5.1f}  points are needed"


def found_lines(found: Iterable[Found]) -> Iterator[str]:
    """Yield a line an entity: id, kind, label, state, and how it was found."""
    for one in found:
        entity = one.record.entity
        label = f"{entity.label('en')} / {entity.label('de')}"
        state = one.record.country or entity.code or "-"
        yield f"{entity.id:32} {entity.kind:13} {state:6} {label}  [{one.how}: {one.name}]"


def record_lines(record: Record, kb: KnowledgeBase) -> Iterator[str]:
    """Yield all that is known of an entity."""
    entity = record.entity
    yield f"ent:{entity.id}   {entity.kind}" + (f", {record.subkind}" if record.subkind else "")
    facts = {
        "label": " / ".join(label for _, label in entity.labels),
        "names": " | ".join(dict.fromkeys(name for names in record.names.values() for name in names)),
        "called": " | ".join(record.family_names),
        "adjectives": " | ".join(stem for stems in record.adjectives.values() for stem in stems),
        "demonyms": " | ".join(dict.fromkeys(name for names in record.demonyms.values() for name in names)),
        "acts for": entity.acts_for,
        "counts as": kb.code(entity.id),
        "country": record.country,
        "stands for": record.metonym,
        "capital": record.capital,
        "ISO 3166-1": entity.iso3,
        "COW": entity.cow,
        "Wikidata": entity.wikidata,
    }
    for name, value in facts.items():
        if value:
            yield f"  {name:11} {value}"
    for tenure in sorted(kb.tenures_of.get(entity.id, ()), key=lambda one: (one.start, one.office)):
        yield f"  {'held':11} {_tenure(tenure)}"


def _tenure(tenure: Tenure) -> str:
    start = "" if tenure.start == date.min else str(tenure.start)
    end = "" if tenure.end == date.max else str(tenure.end)
    return f"{tenure.office} of {tenure.of or '-'}, {start}..{end}"
