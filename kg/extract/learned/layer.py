"""The learned relation layer at run time: which of the actors of a sentence stand in which relation.

It reads the same pieces and embeddings as the reading model. ``kg.training.relations`` trains it; scores stand in the
model card.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from kg.extract.learned.marks import Actors, Floats, Numbers, marks_of
from kg.extract.syntax.embeddings import Embeddings
from kg.extract.syntax.pieces import Pieced, batches_of, padded_ids
from kg.extract.syntax.reader import syntax_reader
from kg.resources import resource

FILE: Final = "relations.onnx"
_OUTPUTS: Final = ["roots", "modalities", "attention"]


@dataclass(frozen=True, slots=True)
class PairScores:
    """What the layer says of the ordered pairs of a actors.

    Attributes:
        roots: [a, a, 17] probabilities of "no relation" and of ``scheme.ROOTS``.
        modalities: [a, a, 5] probabilities of ``scheme.MODALITIES``, given a relation.
        words: [a, a] the word of the sentence that bears the relation, given one.
    """

    roots: Floats
    modalities: Floats
    words: Numbers


class RelationLayer:
    """Scores pairs of actors. One instance is enough for a process; it keeps no state."""

    def __init__(self, folder: Path, embeddings: Embeddings, *, threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._embeddings = embeddings
        self._session = ort.InferenceSession(str(folder / FILE), options, providers=["CPUExecutionProvider"])

    def __call__(self, sentences: Sequence[tuple[Pieced, Actors]]) -> list[PairScores]:
        """Return the scores of sentences, in their order. Raises nothing."""
        found: list[PairScores | None] = [None] * len(sentences)
        for batch in batches_of([len(pieced) for pieced, _ in sentences]):
            for i, scores in zip(batch, self._run([sentences[i] for i in batch]), strict=True):
                found[i] = scores
        return [scores for scores in found if scores is not None]

    def _run(self, sentences: list[tuple[Pieced, Actors]]) -> Iterator[PairScores]:
        marks = marks_of(sentences)
        words = self._embeddings(padded_ids([pieced for pieced, _ in sentences]))
        inputs = {"words": words, "there": marks.there, "marks": marks.marks, "actors": marks.actors}
        roots, modalities, attention = self._session.run(_OUTPUTS, inputs)
        for i, (pieced, actors) in enumerate(sentences):
            pairs = (i, slice(len(actors)), slice(len(actors)))
            pieces = attention[pairs][..., 1 : len(pieced) - 1].argmax(-1) + 1
            bearing = np.searchsorted(pieced.last, pieces)
            yield PairScores(_softmax(roots[pairs]), _softmax(modalities[pairs]), bearing)


def _softmax(scores: NDArray[np.float32]) -> Floats:
    risen = np.exp(scores - scores.max(-1, keepdims=True))
    found: Floats = risen / risen.sum(-1, keepdims=True)
    return found


@lru_cache(maxsize=1)
def relation_layer() -> RelationLayer:
    """Return the layer of the shipped model, loaded once."""
    return RelationLayer(resource("data/models/reader"), syntax_reader().embeddings)
