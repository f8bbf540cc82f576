"""The relation network: an encoder over the word embeddings of the reading model, and a scorer of pairs of actors.

Actors are marked by an embedding added to their pieces, so that one pass reads all pairs of a sentence. A pair is the
means of its two actors and what it finds in the sentence: an attention whose query are the two (one head of it is
taught the predicate where it is known). An actor of a sentence before takes part with the mean it has there, and an
embedding of how far back that is. Pair scoring over spans follows Eberts and Ulges, "Span-based Joint
Entity and Relation Extraction with Transformer Pre-training", ECAI 2020; the pair's attention is ours.

The encoder is the base model's, not the reading model's: training on syntax costs the layers what they know of meaning
(after 200 steps on the lexicon's examples the loss is 1.34 from the base and 1.61 from the reader's layers).
"""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.learned.marks import MARKS
from kg.extract.learned.scheme import BACK, MODALITIES, ROOTS
from kg.training.base import BaseModel
from kg.training.network import Encoder
from kg.training.relations.data import RelationBatch

LAYERS = 10  # of 12: with all of them in four bits the models would pass 60 MB
SIZE = 256
HEADS = 4
DROPOUT = 0.2


class RelationNetwork(nn.Module):
    """Scores all ordered pairs of actors of a sentence."""

    def __init__(self, base: BaseModel) -> None:
        super().__init__()
        size = base.hidden
        encoder = Encoder(base)
        self.positions, self.norm = encoder.positions, encoder.norm
        self.layers = encoder.layers[:LAYERS]
        self.marks = nn.Embedding(MARKS, size)
        self.drop = nn.Dropout(DROPOUT)
        self.actor, self.recipient = nn.Linear(size, SIZE), nn.Linear(size, SIZE)
        self.ask_actor, self.ask_recipient = nn.Linear(size, SIZE), nn.Linear(size, SIZE)
        self.key, self.value = nn.Linear(size, SIZE), nn.Linear(size, SIZE)
        self.product = nn.Linear(SIZE, SIZE)
        self.context = nn.Linear(SIZE, SIZE)
        self.root = nn.Linear(SIZE, len(ROOTS) + 1)
        self.modality = nn.Linear(SIZE, len(MODALITIES))
        self.back = nn.Embedding(BACK + 1, size)
        nn.init.normal_(self.marks.weight, std=0.02)
        nn.init.zeros_(self.back.weight)

    def encode(self, words: Tensor, there: Tensor, marks: Tensor) -> Tensor:
        """Map word embeddings [b, p, hidden] to states of the same shape.

        ``there`` [b, p] is 1 for pieces and 0 for padding, ``marks`` [b, p] the mark of each piece.
        """
        mask = (there.to(words.dtype) - 1) * 1e4
        place = torch.arange(words.shape[1], device=words.device)[None]
        hidden = self.drop(self.norm(words + self.positions(place) + self.marks(marks)))
        for layer in self.layers:
            hidden = layer(hidden, mask[:, None, None, :])
        return cast("Tensor", self.drop(hidden))

    def pairs(
        self, states: Tensor, there: Tensor, means: Tensor, back: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Score the ordered pairs of the parties of sentences.

        ``states`` [b, p, hidden] are those of the sentence, ``means`` [b, a, hidden] those of the parties, and ``back``
        [b, a] says how many sentences before this one each stands. Returns roots [b, a, a, 17], modalities
        [b, a, a, 5] and the taught attention [b, a, a, p] before softmax.
        """
        mask = (there.to(states.dtype) - 1) * 1e4
        means = means + self.back(back)
        first, second = self.actor(means), self.recipient(means)
        asked = self.ask_actor(means)[:, :, None] + self.ask_recipient(means)[:, None]
        batch, count = means.shape[0], means.shape[1]
        asked = asked.reshape(batch, count * count, HEADS, SIZE // HEADS)
        keys = self.key(states).reshape(batch, -1, HEADS, SIZE // HEADS)
        values = self.value(states).reshape(batch, -1, HEADS, SIZE // HEADS)
        scores = (
            torch.einsum("bqhd,bphd->bqhp", asked, keys) / (SIZE // HEADS) ** 0.5 + mask[:, None, None, :]
        )
        found = torch.einsum("bqhp,bphd->bqhd", scores.softmax(-1), values)
        context = self.context(found.reshape(batch, count, count, SIZE))
        product = self.product(first[:, :, None] * second[:, None])
        pair = functional.gelu(first[:, :, None] + second[:, None] + product + context)
        pair = self.drop(pair)
        return self.root(pair), self.modality(pair), scores[:, :, 0].reshape(batch, count, count, -1)

    def forward(self, words: Tensor, batch: RelationBatch) -> tuple[Tensor, Tensor, Tensor]:
        """Read the blocks of a batch, given the embeddings of their pieces, and score the pairs of its sentences."""
        states = self.encode(words, batch.there, batch.marks)
        means = torch.einsum("bap,bph->bah", batch.actors, states).flatten(0, 1)
        sentences = states.flatten(0, 1)[batch.pieces]
        return self.pairs(sentences, batch.within, means[batch.parties], batch.back)
