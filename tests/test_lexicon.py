"""The predicate lexicon: every row has an example, and the extractor reads it."""

import re

import pytest

from kg.extract.rules import make
from kg.knowledge.predicates import Frame, predicate_lexicon
from kg.model import Article, Span, Statement
from kg.ontology import relation_types

# A sample of every row, so that the test takes seconds; `python -m benchmarks.lexicon` reads all of them.
_EVERY = {"de": 19, "en": 15}
# Share of examples in which root, actor and recipient are found: may rise, not sink.
_FLOOR = {"de": 0.74, "en": 0.82}
_AT_LEAST = {"de": 700, "en": 500}


def marked(example: str) -> tuple[str, Span, Span]:
    """Return the plain sentence and the spans of actor and recipient."""
    plain, places = "", {}
    for part in re.split(r"(</?[st]>)", example):
        if re.fullmatch(r"</?[st]>", part):
            places[part] = len(plain)
        else:
            plain += part
    return plain, Span(places["<s>"], places["</s>"]), Span(places["<t>"], places["</t>"])


def expresses(statement: Statement, frame: Frame, actor: Span, recipient: Span) -> bool:
    types = relation_types()
    relation = types[statement.relation]
    if relation.root not in {types[frame.relation].root, types[frame.negated].root if frame.negated else ""}:
        return False
    straight = statement.actor.span.overlaps(actor) and statement.recipient.span.overlaps(recipient)
    turned = statement.actor.span.overlaps(recipient) and statement.recipient.span.overlaps(actor)
    return straight or (relation.symmetric and turned)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_lexicon_is_large_and_every_row_has_a_marked_example(language: str) -> None:
    frames = predicate_lexicon(language).frames
    assert len({(f.head, f.fixed, f.pos) for f in frames}) >= _AT_LEAST[language]
    for frame in frames:
        plain, actor, recipient = marked(frame.example)
        assert not actor.overlaps(recipient), frame.source
        assert plain.count("<") == 0, frame.source


@pytest.mark.parametrize("language", ["de", "en"])
def test_examples_are_read(language: str) -> None:
    extractor = make()
    frames = predicate_lexicon(language).frames[:: _EVERY[language]]
    misses = []
    for frame in frames:
        plain, actor, recipient = marked(frame.example)
        reading = extractor.read(Article("example", "", plain, language))
        if not any(expresses(s, frame, actor, recipient) for s in reading.statements):
            misses.append(f"{frame.source}: {frame.example}")
    share = 1 - len(misses) / len(frames)
    assert share >= _FLOOR[language], "\n".join(misses)


def test_every_relation_can_be_expressed_in_both_languages() -> None:
    for language in ("de", "en"):
        expressed = {frame.relation for frame in predicate_lexicon(language).frames}
        assert set(relation_types()) - expressed == set(), language
