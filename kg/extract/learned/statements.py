"""Scores of pairs -> statements: who stands in which relation, with the word that says so.

The layer names actors, root and word. What the word says more exactly (the relation below the root) comes from the
lexicon; modality, speakers, time and place are read as for the rules, from the syntax around the word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.actors.chunks import Chunk
from kg.extract.learned.layer import PairScores, RelationLayer
from kg.extract.learned.scheme import GENERAL, MODALITIES, MUTUAL, ROOTS
from kg.extract.relations.circumstances import place_of, time_of
from kg.extract.relations.clauses import Clauses
from kg.extract.relations.fillers import Filler, parts_of
from kg.extract.relations.frames import Match
from kg.extract.relations.modality import modality_of
from kg.extract.relations.speakers import speakers_of
from kg.extract.syntax.doc import Sentence, Token
from kg.extract.syntax.pieces import Pieced
from kg.knowledge.predicates import Frame, predicate_lexicon
from kg.model import LEARNED, Mention, Modality, Span, Statement
from kg.ontology import relation_types

_MOST_ACTORS: Final = 24  # of one sentence: beyond that it is a list of names
_POS: Final = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_UNSURE: Final = 0.6  # probability from which the layer's modality counts where syntax shows no sign


@dataclass(frozen=True, slots=True)
class Pair:
    """An ordered pair of actors of a sentence that stands in a relation.

    Attributes:
        actor, recipient: their chunks.
        root: of PLOVER.
        score: probability of this root.
        modality: the layer's own, with its probability.
        token: the word that bears the relation.
    """

    actor: Chunk
    recipient: Chunk
    root: str
    score: float
    modality: tuple[Modality, float]
    token: Token


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """The actors of a sentence, and what the layer says of their pairs."""

    sentence: Sentence
    chunks: tuple[Chunk, ...]
    scores: PairScores

    def none(self, actor: Mention, recipient: Mention) -> float:
        """Return the probability that two actors stand in no relation, either way; 0 for others than were scored."""
        spans = [chunk.mention.span for chunk in self.chunks]
        if actor.span not in spans or recipient.span not in spans or actor.span == recipient.span:
            return 0.0
        i, j = spans.index(actor.span), spans.index(recipient.span)
        return float(min(self.scores.roots[i, j, 0], self.scores.roots[j, i, 0]))


def score_sentences(
    clauses: Clauses, pieced: Sequence[Pieced], layer: RelationLayer
) -> dict[Span, SentenceScores]:
    """Return the scores of all sentences with two actors or more, by their span."""
    doc = clauses.doc
    actors: dict[int, list[Chunk]] = {}
    for chunk in clauses.chunks.all:
        actors.setdefault(doc.sentence_number(chunk.start), []).append(chunk)
    numbers = [number for number, chunks in actors.items() if 2 <= len(chunks) <= _MOST_ACTORS]
    spans = [
        [(c.start - doc.sentences[n].start, c.end - doc.sentences[n].start) for c in actors[n]]
        for n in numbers
    ]
    scores = layer([(pieced[n], own) for n, own in zip(numbers, spans, strict=True)])
    return {
        doc.sentences[n].span: SentenceScores(doc.sentences[n], tuple(actors[n]), own)
        for n, own in zip(numbers, scores, strict=True)
    }


def pairs_of(found: SentenceScores, clauses: Clauses, alone: float, known: float) -> Iterator[Pair]:
    """Yield the pairs of a sentence that the layer is sure of.

    Their best root has at least the probability ``alone``, or ``known`` where the lexicon gives the word that bears
    the relation the same root.
    """
    roots = found.scores.roots
    for i, actor in enumerate(found.chunks):
        for j, recipient in enumerate(found.chunks):
            if i == j:
                continue
            best = int(roots[i, j, 1:].argmax())
            score, back = float(roots[i, j, 1 + best]), float(roots[j, i, 1 + best])
            if score < min(alone, known):
                continue  # before words are looked up: most pairs end here
            root = ROOTS[best]
            token = clauses.doc[found.sentence.start + int(found.scores.words[i, j])]
            least = known if _frame_of(token, root, clauses) else alone
            turned = back > score or (back == score and j < i)
            if score < least or (turned and (root in MUTUAL or back >= least)):
                continue
            if not _are_two_parties(actor, recipient, root, clauses):
                continue
            modality = found.scores.modalities[i, j]
            yield Pair(
                actor=actor,
                recipient=recipient,
                root=root,
                score=score,
                modality=(MODALITIES[int(modality.argmax())], float(modality.max())),
                token=token,
            )


def _are_two_parties(actor: Chunk, recipient: Chunk, root: str, clauses: Clauses) -> bool:
    """Tell whether two actors can face each other.

    One that hangs on the other belongs to it ("das Auswärtige Amt der Bundesrepublik"); those of one list act together,
    unless what they do is mutual; "beide Seiten" is the two of them already.
    """
    if "both" in {actor.mention.head, recipient.mention.head}:
        return False
    for one, other in ((actor, recipient), (recipient, actor)):
        if other.start <= clauses.doc[one.head].head < other.end and clauses.doc[one.head].rel != "conj":
            return False
    return root in MUTUAL or _first_of_list(actor, clauses) != _first_of_list(recipient, clauses)


def _first_of_list(chunk: Chunk, clauses: Clauses) -> int:
    """Return the head of the first member of the list that a chunk stands in: its own, if it stands alone."""
    token = clauses.doc[chunk.head]
    while token.rel == "conj":
        token = clauses.doc[token.head]
    return token.i


def statements_of(pair: Pair, clauses: Clauses) -> Iterator[Statement]:
    """Yield a pair as statements: one for each of those whom a plural names."""
    frame = _frame_of(pair.token, pair.root, clauses) or _plain_frame(pair, clauses)
    for actor in parts_of(Filler(pair.actor, True, "subj")):
        for recipient in parts_of(Filler(pair.recipient, True, "obj")):
            yield _statement(pair, Match(frame, pair.token, (actor,), (recipient,)), clauses)


def _statement(pair: Pair, match: Match, clauses: Clauses) -> Statement:
    actor, recipient = match.actors[0].chunk.mention, match.recipients[0].chunk.mention
    frame = match.frame
    modality, signs = modality_of(match, clauses)
    if modality is Modality.ACTUAL and pair.modality[1] >= _UNSURE:
        modality = pair.modality[0]
    speakers = speakers_of(match, clauses)
    return Statement(
        relation=frame.relation,
        actor=actor,
        recipient=recipient,
        modality=modality,
        trigger=pair.token.span,
        quote=clauses.doc.sentence(pair.token.i).span,
        speakers=tuple(speaker for speaker in speakers if speaker != actor),
        when=time_of(match, clauses),
        place=place_of(match, clauses),
        confidence=round(pair.score, 2),
        cues=(LEARNED, frame.source, *signs) if frame.source else (LEARNED, *signs),
    )


def _frame_of(token: Token, root: str, clauses: Clauses) -> Frame | None:
    """Return the frame of the lexicon for a word in one of the relations of a root."""
    frames = predicate_lexicon(clauses.language).lookup(_lemma(token, clauses), _pos(token))
    return next((f for f in frames if not f.fixed and relation_types()[f.relation].root == root), None)


def _plain_frame(pair: Pair, clauses: Clauses) -> Frame:
    """Return a frame that says just the root of a pair."""
    return Frame(
        head=_lemma(pair.token, clauses),
        fixed=(),
        reflexive=False,
        pos=_pos(pair.token),
        relation=GENERAL[pair.root],
        actor=("subj",),
        recipient=("obj",),
        modality=Modality.ACTUAL,
        negated="",
        example="",
        source="",
    )


def _pos(token: Token) -> str:
    return _POS.get(token.upos, "verb")


def _lemma(token: Token, clauses: Clauses) -> str:
    return clauses.lemma(token) if _pos(token) == "verb" else token.lemma
