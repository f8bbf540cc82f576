"""The relation network: an encoder over the word embeddings of the reading model, and a scorer of pairs of actors.

Actors are marked by an embedding added to their pieces, so that one pass reads all pairs of a sentence. A pair is the
means of its two actors and what it finds in the sentence: an attention whose query are the two (one head of it is
taught the predicate where the lexicon names it). Pair scoring over spans follows Eberts and Ulges, "Span-based Joint
Entity and Relation Extraction with Transformer Pre-training", ECAI 2020; the pair's attention is ours.

The encoder is the base model's, not the reading model's: training on syntax costs the layers what they know of meaning
(after 200 steps on the lexicon's examples the loss is 1.34 from the base and 1.61 from the reader's layers).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.learned.marks import MARKS
from kg.extract.learned.scheme import MODALITIES, ROOTS
from kg.training.base import BaseModel
from kg.training.network import Encoder

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
        nn.init.normal_(self.marks.weight, std=0.02)

    def forward(self, words: Tensor, there: Tensor, marks: Tensor, actors: Tensor) -> tuple[Tensor, ...]:
        """Map word embeddings [b, p, hidden] to scores of pairs.

        ``there`` [b, p] is 1 for pieces and 0 for padding, ``marks`` [b, p] the mark of each piece, ``actors``
        [b, a, p] the weight of each piece in the mean of an actor. Returns roots [b, a, a, 17], modalities
        [b, a, a, 5] and the taught attention [b, a, a, p] before softmax.
        """
        mask = (there.to(words.dtype) - 1) * 1e4
        place = torch.arange(words.shape[1], device=words.device)[None]
        hidden = self.drop(self.norm(words + self.positions(place) + self.marks(marks)))
        for layer in self.layers:
            hidden = layer(hidden, mask[:, None, None, :])
        hidden = self.drop(hidden)
        means = torch.einsum("bap,bph->bah", actors, hidden)
        first, second = self.actor(means), self.recipient(means)
        asked = self.ask_actor(means)[:, :, None] + self.ask_recipient(means)[:, None]
        batch, count = means.shape[0], means.shape[1]
        asked = asked.reshape(batch, count * count, HEADS, SIZE // HEADS)
        keys = self.key(hidden).reshape(batch, -1, HEADS, SIZE // HEADS)
        values = self.value(hidden).reshape(batch, -1, HEADS, SIZE // HEADS)
        scores = (
            torch.einsum("bqhd,bphd->bqhp", asked, keys) / (SIZE // HEADS) ** 0.5 + mask[:, None, None, :]
        )
        found = torch.einsum("bqhp,bphd->bqhd", scores.softmax(-1), values)
        context = self.context(found.reshape(batch, count, count, SIZE))
        product = self.product(first[:, :, None] * second[:, None])
        pair = functional.gelu(first[:, :, None] + second[:, None] + product + context)
        pair = self.drop(pair)
        return self.root(pair), self.modality(pair), scores[:, :, 0].reshape(batch, count, count, -1)
