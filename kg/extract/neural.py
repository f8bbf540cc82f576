"""The back ends ``neural`` and ``rules+neural``: the learned relation layer alone, and beside the rules.

Together, the rules' statements stand unless the layer is sure that their pair has no relation or another one, and the
layer adds the pairs that no rule read. The thresholds were chosen on the development and validation parts of the gold.
"""

from collections.abc import Iterator
from typing import Final

from kg import __version__
from kg.extract.actors import find_chunks
from kg.extract.base import Extractor
from kg.extract.learned.layer import RelationLayer, relation_layer
from kg.extract.learned.parties import SentenceScores, score_sentences
from kg.extract.learned.scheme import ROOTS
from kg.extract.learned.statements import Act, Bars, act_of, pairs_of, statements_of
from kg.extract.relations.clauses import Clauses
from kg.extract.rules import fingerprint, rule_statements
from kg.extract.syntax import SyntaxReader, syntax_reader
from kg.knowledge.values import OWN
from kg.model import Article, Reading, Span, Statement
from kg.ontology import relation_types

BESIDE_RULES: Final = Bars(alone=0.4, known=0.3, across=0.45)
ALONE: Final = Bars(alone=0.3, known=0.2, across=0.5)
VETO: Final = 0.9
"""Probability of "no relation" from which a rule's statement falls."""
OTHER: Final = 0.8
UNLIKELY: Final = 0.05
"""A rule's statement falls too where another root has this probability, and its own is less likely than the second."""


class NeuralExtractor:
    """Reads articles by the learned relation layer; with ``rules``, by the rules too."""

    def __init__(self, reader: SyntaxReader, layer: RelationLayer, bars: Bars, *, rules: bool) -> None:
        self._reader, self._layer, self._bars, self._rules = reader, layer, bars, rules

    @property
    def name(self) -> str:
        """Name and version, with a hash of models and tables."""
        return f"{'rules+neural' if self._rules else 'neural'}@{__version__}+{fingerprint()}"

    def read(self, article: Article) -> Reading:
        """Return the mentions and statements of an article."""
        doc, pieced = self._reader.read(article)
        chunks = find_chunks(doc)
        clauses = Clauses(doc, chunks)
        scores = score_sentences(clauses, pieced, self._layer)
        found = [s for s in rule_statements(clauses) if not self._vetoed(s, scores)] if self._rules else []
        found += self._learned(clauses, scores, tuple(found))
        found.sort(key=lambda s: (s.trigger, s.actor.span, s.recipient.span))
        return Reading(article, tuple(chunk.mention for chunk in chunks.all), tuple(found), self.name)

    def _learned(
        self, clauses: Clauses, scores: dict[Span, SentenceScores], found: tuple[Statement, ...]
    ) -> Iterator[Statement]:
        """Yield what the layer adds to what was found."""
        read = {frozenset((s.actor.span, s.recipient.span)) for s in found}
        known = [act for statement in found for act in _acts(statement)]
        for sentence in scores.values():
            for pair in pairs_of(sentence, clauses, self._bars, known):
                if frozenset((pair.actor.mention.span, pair.recipient.mention.span)) not in read:
                    yield from statements_of(pair, clauses)

    def _vetoed(self, statement: Statement, scores: dict[Span, SentenceScores]) -> bool:
        if any(cue.startswith(OWN) for cue in statement.cues):
            return False  # what a user said of a word goes before what a model learned
        scored = scores.get(statement.quote)
        pair = scored.between(statement.actor, statement.recipient) if scored else None
        if pair is None:
            return False
        own = pair[:, 1 + ROOTS.index(relation_types()[statement.relation].root)].max()
        return bool(pair[:, 0].min() >= VETO or (pair[:, 1:].max() >= OTHER and own < UNLIKELY))


def _acts(statement: Statement) -> Iterator[Act]:
    root = relation_types()[statement.relation].root
    yield act_of(statement.actor, root, acts=True)
    yield act_of(statement.recipient, root, acts=False)


def make() -> Extractor:
    """Make the extractor ``neural`` with the shipped models."""
    return NeuralExtractor(syntax_reader(), relation_layer(), ALONE, rules=False)


def make_with_rules() -> Extractor:
    """Make the extractor ``rules+neural`` with the shipped models."""
    return NeuralExtractor(syntax_reader(), relation_layer(), BESIDE_RULES, rules=True)
