"""Scores of pairs -> statements: who stands in which relation, with the word that says so.

The layer names actors, root and word. What the word says more exactly (the relation below the root) comes from the
lexicon; modality, speakers, time and place are read as for the rules, from the syntax around the word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.actors.chunks import Chunk
from kg.extract.learned.layer import PairScores, RelationLayer
from kg.extract.learned.scenes import MOST_EARLIER, Earlier, Scene, company_of
from kg.extract.learned.scheme import BACK, GENERAL, MODALITIES, MUTUAL, ROOTS
from kg.extract.relations.circumstances import place_of, time_of
from kg.extract.relations.clauses import Clauses
from kg.extract.relations.fillers import Filler, parts_of
from kg.extract.relations.frames import Match
from kg.extract.relations.modality import modality_of
from kg.extract.relations.speakers import speakers_of
from kg.extract.syntax.doc import Sentence, Token
from kg.extract.syntax.pieces import Pieced
from kg.knowledge.predicates import Frame, predicate_lexicon
from kg.model import CONTEXT, LEARNED, Mention, Modality, Span, Statement
from kg.ontology import relation_types

_MOST_ACTORS: Final = 24  # of one sentence: beyond that it is a list of names
_POS: Final = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_UNSURE: Final = 0.6  # probability from which the layer's modality counts where syntax shows no sign


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


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """The parties of a sentence, and what the layer says of their pairs.

    Attributes:
        sentence: the sentence.
        chunks: its own actors, then those of sentences before.
        own: how many are its own.
        scores: of the pairs.
    """

    sentence: Sentence
    chunks: tuple[Chunk, ...]
    own: int
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
    """Return the scores of all sentences with an actor and another party, by their span."""
    doc = clauses.doc
    actors: list[list[Chunk]] = [[] for _ in doc.sentences]
    for chunk in clauses.chunks.all:
        actors[doc.sentence_number(chunk.start)].append(chunk)
    actors = [chunks if len(chunks) <= _MOST_ACTORS else [] for chunks in actors]
    scenes, parties = [], []
    for number, company in enumerate(company_of([len(one) for one in pieced])):
        earlier = list(_earlier(number, min(company, BACK), actors, clauses))
        start = doc.sentences[number].start
        scenes.append(
            Scene(pieced[number], [(c.start - start, c.end - start) for c in actors[number]], earlier)
        )
        parties.append((*actors[number], *(actors[number - e.back][e.actor] for e in earlier)))
    return {
        sentence.span: SentenceScores(sentence, found, len(own), scores)
        for sentence, own, found, scores in zip(doc.sentences, actors, parties, layer(scenes), strict=True)
        if scores
    }


def _earlier(number: int, most: int, actors: list[list[Chunk]], clauses: Clauses) -> Iterator[Earlier]:
    """Yield the actors named shortly before a sentence and not in it, the nearest first.

    Pronouns are left out: whom they mean stands before them.
    """
    seen = {_known_as(chunk, clauses) for chunk in actors[number]}
    found = 0
    for back in range(1, most + 1):
        for i, chunk in reversed(list(enumerate(actors[number - back]))):
            name = _known_as(chunk, clauses)
            if name in seen or clauses.doc[chunk.head].upos == "PRON":
                continue
            seen.add(name)
            yield Earlier(back, i)
            found += 1
            if found == MOST_EARLIER:
                return


def _known_as(chunk: Chunk, clauses: Clauses) -> str:
    """Return what tells one actor from another before they are linked: whom a name can mean, or else its words."""
    mention = chunk.mention
    return next(iter(mention.candidates), "") or clauses.doc.text(mention.span).casefold()


def pairs_of(found: SentenceScores, clauses: Clauses, bars: Bars) -> Iterator[Pair]:
    """Yield the pairs of a sentence whose best root reaches its bar."""
    roots = found.scores.roots
    for i, actor in enumerate(found.chunks):
        for j, recipient in enumerate(found.chunks):
            within = i < found.own and j < found.own
            if i == j or (i >= found.own and j >= found.own):
                continue
            best = int(roots[i, j, 1:].argmax())
            score, back = float(roots[i, j, 1 + best]), float(roots[j, i, 1 + best])
            if score < (min(bars.alone, bars.known) if within else bars.across):
                continue  # before words are looked up: most pairs end here
            root = ROOTS[best]
            token = clauses.doc[found.sentence.start + int(found.scores.words[i, j])]
            least = bars.across
            if within:
                least = bars.known if _frame_of(token, root, clauses) else bars.alone
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
                within=within,
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
        cues=tuple(filter(None, (LEARNED, "" if pair.within else CONTEXT, frame.source, *signs))),
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
