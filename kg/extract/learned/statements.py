"""Scores of pairs -> statements: who stands in which relation, with the word that says so.

The layer names actors, root and word. What the word says more exactly (the relation below the root) comes from the
lexicon; modality, speakers, time and place are read as for the rules, from the syntax around the word.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract.actors.chunks import Chunk
from kg.extract.learned.parties import SentenceScores
from kg.extract.learned.scheme import MODALITIES, MUTUAL, ROOTS
from kg.extract.relations.circumstances import place_of, time_of
from kg.extract.relations.clauses import Clauses
from kg.extract.relations.fillers import Filler, parts_of
from kg.extract.relations.frames import Match
from kg.extract.relations.modality import modality_of
from kg.extract.relations.signs import lies_behind
from kg.extract.relations.speakers import speakers_of
from kg.extract.syntax.doc import Token
from kg.knowledge.predicates import Frame, predicate_lexicon
from kg.model import CONTEXT, LEARNED, Mention, Modality, Span, Statement
from kg.ontology import GENERAL, relation_types

_POS: Final = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_UNSURE: Final = 0.6  # probability from which the layer's modality counts where syntax does not decide

Act = tuple[Span, str, bool]
"""A mention, a PLOVER root, and whether the mention is who does it."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Probabilities of a root from which a pair counts.

    Attributes:
        alone: for two actors of a sentence.
        known: the same where the lexicon gives the word that bears the relation this root.
        across: for an actor of a sentence before.
    """

    alone: float
    known: float
    across: float


@dataclass(frozen=True, slots=True)
class Pair:
    """An ordered pair of actors of a sentence that stands in a relation.

    Attributes:
        actor, recipient: their chunks.
        root: of PLOVER.
        score: probability of this root.
        modality: the layer's own, with its probability.
        token: the word that bears the relation.
        within: whether both stand in the sentence of that word.
    """

    actor: Chunk
    recipient: Chunk
    root: str
    score: float
    modality: tuple[Modality, float]
    token: Token
    within: bool


def pairs_of(
    found: SentenceScores, clauses: Clauses, bars: Bars, known: Iterable[Act] = ()
) -> Iterator[Pair]:
    """Yield the pairs of a sentence whose best root reaches its bar.

    Somebody of a sentence before is looked for only where an act lacks him: where neither another pair nor ``known``
    says with whom the actor of this sentence does it. Of several, the likeliest is taken.
    """
    pairs = list(_likely(found, clauses, bars))
    done = set(known)
    for pair in sorted(pairs, key=lambda pair: (not pair.within, -pair.score)):
        ends = ((pair.actor, True), (pair.recipient, False))
        acts = [act_of(end.mention, pair.root, acts=acts) for end, acts in ends if _is_in(end, found)]
        if pair.within or done.isdisjoint(acts):
            done.update(acts)
            yield pair


def act_of(party: Mention, root: str, *, acts: bool) -> Act:
    """Return what somebody does, or what is done to him; of what is mutual, he does both."""
    return party.span, root, acts or root in MUTUAL


def _is_in(chunk: Chunk, found: SentenceScores) -> bool:
    return found.sentence.start <= chunk.start < found.sentence.end


def _likely(found: SentenceScores, clauses: Clauses, bars: Bars) -> Iterator[Pair]:
    for i, actor in enumerate(found.chunks):
        for j, recipient in enumerate(found.chunks):
            best = _best(found, (i, j), clauses, bars)
            if best is None or _is_told_turned(best, _best(found, (j, i), clauses, bars), first=i < j):
                continue
            root, score, token = best
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
                within=i < found.own and j < found.own,
            )


def _best(
    found: SentenceScores, ends: tuple[int, int], clauses: Clauses, bars: Bars
) -> tuple[str, float, Token] | None:
    """Return the likeliest root of an ordered pair with its probability and word, if it reaches its bar."""
    i, j = ends
    within = i < found.own and j < found.own
    if i == j or (i >= found.own and j >= found.own):
        return None
    best = int(found.scores.roots[i, j, 1:].argmax())
    score = float(found.scores.roots[i, j, 1 + best])
    if score < (min(bars.alone, bars.known) if within else bars.across):
        return None  # before words are looked up: most pairs end here
    token = clauses.doc[found.sentence.start + int(found.scores.words[i, j])]
    least = bars.across
    if within:
        least = bars.known if _frame_of(token, ROOTS[best], clauses) else bars.alone
    return (ROOTS[best], score, token) if score >= least else None


def _is_told_turned(
    best: tuple[str, float, Token], back: tuple[str, float, Token] | None, *, first: bool
) -> bool:
    """Tell whether the other direction says the same root, and says it more surely."""
    return bool(back and back[0] == best[0] and (back[1] > best[1] or (back[1] == best[1] and not first)))


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
    known = _frame_of(pair.token, pair.root, clauses)
    frame = known or _plain_frame(pair, clauses)
    for actor in parts_of(Filler(pair.actor, True, "subj")):
        for recipient in parts_of(Filler(pair.recipient, True, "obj")):
            yield _statement(
                pair, Match(frame, pair.token, (actor,), (recipient,)), clauses, sure=bool(known)
            )


def _statement(pair: Pair, match: Match, clauses: Clauses, *, sure: bool) -> Statement:
    """Return a statement; ``sure`` says that the word itself has this root, so that "not" negates the root.

    Else the root may be what the word and its "not" say together: "did not accept" rejects.
    """
    actor, recipient = match.actors[0].chunk.mention, match.recipients[0].chunk.mention
    frame = match.frame
    modality, signs = modality_of(match, clauses)
    open_to = (Modality.ACTUAL,) if sure else (Modality.ACTUAL, Modality.NEGATED)
    if modality in open_to and pair.modality[1] >= _UNSURE:
        modality = pair.modality[0]
    return Statement(
        relation=frame.relation,
        actor=actor,
        recipient=recipient,
        modality=modality,
        trigger=pair.token.span,
        quote=clauses.doc.sentence(pair.token.i).span,
        speakers=speakers_of(match, clauses),
        when=time_of(match, clauses),
        over=lies_behind(pair.token, clauses),
        place=place_of(match, clauses),
        confidence=round(pair.score, 2),
        cues=tuple(
            dict.fromkeys(filter(None, (LEARNED, "" if pair.within else CONTEXT, frame.source, *signs)))
        ),
    )


def _frame_of(token: Token, root: str, clauses: Clauses) -> Frame | None:
    """Return the frame of the lexicon for a word in one of the relations of a root."""
    frames = predicate_lexicon(clauses.language).lookup(_lemma(token, clauses), _pos(token))
    return next((f for f in frames if not f.fixed and relation_types()[f.relation].root == root), None)


def _relation_of(pair: Pair, clauses: Clauses) -> str:
    """Return the relation of a word that has no frame of the pair's root: what its negation is, or the root alone."""
    frames = predicate_lexicon(clauses.language).lookup(_lemma(pair.token, clauses), _pos(pair.token))
    turned = (f.negated for f in frames if not f.fixed and f.negated)
    return next((r for r in turned if relation_types()[r].root == pair.root), GENERAL[pair.root])


def _plain_frame(pair: Pair, clauses: Clauses) -> Frame:
    """Return a frame that says just the root of a pair."""
    return Frame(
        head=_lemma(pair.token, clauses),
        fixed=(),
        reflexive=False,
        pos=_pos(pair.token),
        relation=_relation_of(pair, clauses),
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
