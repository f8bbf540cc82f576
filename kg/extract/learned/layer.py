"""The learned relation layer at run time: which of the actors of a sentence stand in which relation.

It reads the same pieces and embeddings as the reading model: an encoder reads each sentence once, and a scorer of pairs
looks at the sentence for each two of its actors, and for each of them with an actor of the sentences before.
``kg.training.relations`` trains both; scores stand in the model card.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from kg.extract.learned.marks import Floats, Numbers, marks_of
from kg.extract.learned.scenes import Block, Earlier, Scene, blocks_of, joined, joined_actors, starts_of
from kg.extract.syntax.embeddings import Embeddings
from kg.extract.syntax.pieces import Pieced, batches_of, padded_ids
from kg.extract.syntax.reader import syntax_reader
from kg.resources import resource

ENCODER_FILE: Final = "relations.onnx"
PAIRS_FILE: Final = "pairs.onnx"
_OUTPUTS: Final = ["roots", "modalities", "attention"]


@dataclass(frozen=True, slots=True)
class PairScores:
    """What the layer says of the ordered pairs of a parties, the sentence's own actors first.

    Attributes:
        roots: [a, a, 17] probabilities of "no relation" and of ``scheme.ROOTS``.
        modalities: [a, a, 5] probabilities of ``scheme.MODALITIES``, given a relation.
        words: [a, a] the word of the sentence that bears the relation, given one.
    """

    roots: Floats
    modalities: Floats
    words: Numbers


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence as the encoder left it: states of its pieces [p, hidden] and means of its actors [a, hidden]."""

    states: Floats
    means: Floats


class RelationLayer:
    """Scores pairs of actors. One instance is enough for a process; it keeps no state."""

    def __init__(self, folder: Path, embeddings: Embeddings, *, threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._embeddings = embeddings
        self._encoder, self._pairs = (
            ort.InferenceSession(str(folder / file), options, providers=["CPUExecutionProvider"])
            for file in (ENCODER_FILE, PAIRS_FILE)
        )

    def __call__(self, scenes: Sequence[Scene]) -> list[PairScores | None]:
        """Return the scores of sentences that follow each other, in their order; None for one without a pair.

        A sentence is read twice: alone for its own actors, which is surer, and in company for those before it. Earlier
        actors stand no farther back than ``company_of`` says. Raises KeyError for one that does.
        """
        sizes = [len(scene.pieced) for scene in scenes]
        alone = [Block(i, i, i + 1) for i, scene in enumerate(scenes) if len(scene.actors) > 1]
        own = {i: self._scored(scenes[i], (), i, read) for i, read in self._read(alone, scenes)}
        meeting = {i for i, scene in enumerate(scenes) if scene.earlier and scene.actors}
        company = list(blocks_of(sizes)) if meeting else []
        met = {
            i: self._scored(scenes[i], scenes[i].earlier, i, read)
            for i, read in self._read(company, scenes)
            if i in meeting
        }
        return [_both(own.get(i), met.get(i)) for i in range(len(scenes))]

    def _read(self, blocks: list[Block], scenes: Sequence[Scene]) -> Iterator[tuple[int, dict[int, _Read]]]:
        """Yield the number of each sentence of its own block, with what was read of the block."""
        whole = [joined([scene.pieced for scene in scenes[b.start : b.end]]) for b in blocks]
        for batch in batches_of([len(pieced) for pieced in whole]):
            found = self._encoded([whole[n] for n in batch], [blocks[n] for n in batch], scenes)
            for n, read in zip(batch, found, strict=True):
                for i in range(blocks[n].own, blocks[n].end):
                    yield i, read

    def _encoded(
        self, whole: list[Pieced], blocks: list[Block], scenes: Sequence[Scene]
    ) -> Iterator[dict[int, _Read]]:
        """Yield what was read of each block, by the numbers of its sentences."""
        parts = [[(scene.pieced, scene.actors) for scene in scenes[b.start : b.end]] for b in blocks]
        marks = marks_of([(pieced, joined_actors(part)) for pieced, part in zip(whole, parts, strict=True)])
        inputs = {"words": self._embeddings(padded_ids(whole)), "there": marks.there, "marks": marks.marks}
        (states,) = self._encoder.run(["states"], inputs)
        means = marks.actors @ states
        for n, (block, part) in enumerate(zip(blocks, parts, strict=True)):
            found, actor = {}, 0
            for i, (pieced, actors), shift in zip(
                range(block.start, block.end), part, starts_of([p for p, _ in part]), strict=True
            ):
                pieces = states[n, 1 + shift : shift + len(pieced) - 1]
                found[i] = _Read(pieces, means[n, actor : actor + len(actors)])
                actor += len(actors)
            yield found

    def _scored(
        self, scene: Scene, earlier: Sequence[Earlier], number: int, read: dict[int, _Read]
    ) -> PairScores:
        states = read[number].states
        means = [*read[number].means, *(read[number - e.back].means[e.actor] for e in earlier)]
        inputs = {
            "states": states[None],
            "there": np.ones((1, len(states)), np.int64),
            "means": np.array(means)[None],
            "back": np.array([[0] * len(scene.actors) + [e.back for e in earlier]], np.int64),
        }
        roots, modalities, attention = self._pairs.run(_OUTPUTS, inputs)
        bearing = np.searchsorted(scene.pieced.last, attention[0].argmax(-1) + 1)
        return PairScores(_softmax(roots[0]), _softmax(modalities[0]), bearing)


def _both(own: PairScores | None, met: PairScores | None) -> PairScores | None:
    """Return the scores of all parties, of pairs within the sentence as they are without the others."""
    if own is None or met is None:
        return own or met
    within = (slice(len(own.roots)), slice(len(own.roots)))
    met.roots[within], met.modalities[within], met.words[within] = own.roots, own.modalities, own.words
    return met


def _softmax(scores: NDArray[np.float32]) -> Floats:
    risen = np.exp(scores - scores.max(-1, keepdims=True))
    found: Floats = risen / risen.sum(-1, keepdims=True)
    return found


@lru_cache(maxsize=1)
def relation_layer() -> RelationLayer:
    """Return the layer of the shipped model, loaded once."""
    return RelationLayer(resource("data/models/reader"), syntax_reader().embeddings)
