"""The back end ``rules``: syntax by the reading model, relations by the predicate lexicon."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from kg import __version__
from kg.extract.actors import find_chunks
from kg.extract.base import Extractor
from kg.extract.relations.circumstances import place_of, time_of
from kg.extract.relations.clauses import Clauses, Filler
from kg.extract.relations.demands import demands_of
from kg.extract.relations.frames import FrameMatcher, Match
from kg.extract.relations.modality import modality_of
from kg.extract.relations.refusals import refusal_of
from kg.extract.relations.signs import lies_behind
from kg.extract.relations.speakers import speakers_of
from kg.extract.relations.standing import standing_of
from kg.extract.syntax import SyntaxReader, syntax_reader
from kg.knowledge.predicates import predicate_lexicon
from kg.model import Article, Modality, Reading, Statement
from kg.resources import resource

_BASE_CONFIDENCE = 0.9  # a frame whose actors both stand directly in its slots
_INDIRECT = 0.15  # off for each actor found inside a phrase
_SUPPORT = 0.15  # off where the actor is the subject of another verb
_NOUN = 0.05  # off for nominal predicates


class RulesExtractor:
    """Reads articles by syntax and lexicon."""

    def __init__(self, reader: SyntaxReader) -> None:
        self._reader = reader

    @property
    def name(self) -> str:
        """Name and version, with a hash of model and tables: claims of other tables are read again."""
        return f"rules@{__version__}+{fingerprint()}"

    def read(self, article: Article) -> Reading:
        """Return the mentions and statements of an article."""
        doc = self._reader(article)
        chunks = find_chunks(doc)
        statements = rule_statements(Clauses(doc, chunks))
        statements.sort(key=lambda s: (s.trigger, s.actor.span, s.recipient.span))
        mentions = tuple(chunk.mention for chunk in chunks.all)
        return Reading(article, mentions, tuple(statements), self.name)


def make() -> Extractor:
    """Make the extractor with the shipped reading model."""
    return RulesExtractor(syntax_reader())


def rule_statements(clauses: Clauses) -> list[Statement]:
    """Return what the rules read in an article."""
    matcher = FrameMatcher(clauses, predicate_lexicon(clauses.language))
    found = [statement for match in matcher.run() for statement in _statements(match, clauses)]
    return [*found, *demands_of(clauses)]


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return a hash of all tables and models."""
    digest = hashlib.sha256()
    for folder in ("data/lexicon", "data/models/reader"):
        root = resource(folder)
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _statements(match: Match, clauses: Clauses) -> Iterator[Statement]:
    match = refusal_of(match, clauses) or match
    modality, signs = modality_of(match, clauses)
    standing = standing_of(match, modality, clauses)
    relation = match.frame.relation
    if modality is Modality.NEGATED and match.frame.negated:  # "did not accept"
        relation, modality = match.frame.negated, Modality.ACTUAL
    quote = clauses.doc.sentence(match.token.i).span
    speakers, when, place = speakers_of(match, clauses), time_of(match, clauses), place_of(match, clauses)
    over = lies_behind(match.token, clauses)
    for actor in match.actors:
        for recipient in match.recipients:
            if actor.chunk is recipient.chunk and not match.both:
                continue
            yield Statement(
                relation=relation,
                actor=actor.chunk.mention,
                recipient=recipient.chunk.mention,
                modality=modality,
                trigger=match.token.span,
                quote=quote,
                speakers=speakers,
                when=when,
                over=over,
                place=place,
                confidence=_confidence(match, actor, recipient),
                cues=tuple(dict.fromkeys((match.frame.source, *signs, *standing))),
            )


def _confidence(match: Match, actor: Filler, recipient: Filler) -> float:
    score = _BASE_CONFIDENCE
    score -= _INDIRECT * ((not actor.direct) + (not recipient.direct))
    score -= _SUPPORT * (match.support is not None)
    score -= _NOUN * (match.frame.pos == "noun")
    return round(score, 2)
