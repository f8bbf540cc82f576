"""Who may take part in what a sentence says: its actors and those of the sentences before, with the scores of pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.actors.chunks import Chunk
from kg.extract.learned.layer import PairScores, RelationLayer
from kg.extract.learned.marks import Floats
from kg.extract.learned.scenes import MOST_EARLIER, Earlier, Scene, company_of
from kg.extract.learned.scheme import BACK
from kg.extract.relations.clauses import Clauses
from kg.extract.syntax.doc import Sentence
from kg.extract.syntax.pieces import Pieced
from kg.model import Mention, Span

_MOST_ACTORS: Final = 24  # of one sentence: beyond that it is a list of names


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

    def between(self, actor: Mention, recipient: Mention) -> Floats | None:
        """Return the probabilities [2, 17] of a pair, as it is and the other way round; None if it was not scored."""
        spans = [chunk.mention.span for chunk in self.chunks]
        if actor.span not in spans or recipient.span not in spans or actor.span == recipient.span:
            return None
        i, j = spans.index(actor.span), spans.index(recipient.span)
        return self.scores.roots[[i, j], [j, i]]


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
