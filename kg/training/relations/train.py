"""Trains the relation network on examples."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.training.loop import run
from kg.training.relations.data import IGNORE, Item, alone, batch_of, batches
from kg.training.relations.network import RelationNetwork

SEED = 7
LAYER_RATE, HEAD_RATE = 1.5e-4, 1e-3
WARM_UP = 0.08  # share of the steps in which the rate rises
BATCH = 1200  # padded pieces
SMOOTHING = 0.05
ALONE = 0.5  # of the articles that are read sentence by sentence, as the layer reads the actors of a sentence
PREDICATE_WEIGHT, MODALITY_WEIGHT = 0.1, 0.5
ACROSS_WEIGHT = (
    0.15  # of a pair across sentences that is unrelated: of these there are many times more than of others
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long to train, and whether in 16 bits (bfloat16)."""

    epochs: int = 6
    bf16: bool = False


def train(
    network: RelationNetwork, words: nn.Embedding, items: Sequence[Sequence[Item]], recipe: Recipe, save: Path
) -> None:
    """Train in place over frozen word embeddings, and write the weights to ``save`` after each epoch.

    An item comes in versions, of which each epoch takes one. The same items, recipe and threads give the same
    weights. Raises OSError.
    """
    rng = random.Random(SEED)  # noqa: S311 - an order to train in, no secret
    plan = [batches(_drawn(items, rng), BATCH, rng) for _ in range(recipe.epochs)]
    network.train()
    run(
        plan,
        network,
        lambda batch: loss_of(network, words, batch),
        _optimizer(network),
        warm_up=WARM_UP,
        save=save,
        bf16=recipe.bf16,
    )
    network.eval()


def _drawn(items: Sequence[Sequence[Item]], rng: random.Random) -> list[Item]:
    """Return what an epoch reads: a version of each item, articles whole or sentence by sentence."""
    found: list[Item] = []
    for versions in items:
        item = rng.choice(versions)
        if len(item) > 1 and rng.random() < ALONE:
            found += alone(item)
        else:
            found.append(item)
    return found


def loss_of(network: RelationNetwork, words: nn.Embedding, items: Sequence[Item]) -> Tensor:
    """Return the joint loss of roots, modalities and predicates."""
    batch = batch_of(items)
    roots, modalities, attention = (scores.float() for scores in network(words(batch.ids), batch))
    across = (batch.back[:, :, None] > 0) | (batch.back[:, None] > 0)
    weights = torch.where(across & (batch.roots == 0), ACROSS_WEIGHT, 1.0) * (batch.roots != IGNORE)
    each = functional.cross_entropy(
        roots.flatten(0, 2), batch.roots.clamp(min=0).flatten(), label_smoothing=SMOOTHING, reduction="none"
    )
    total = (each * weights.flatten()).sum() / weights.sum().clamp(min=1)
    for scores, wanted, weight in (
        (modalities, batch.modalities, MODALITY_WEIGHT),
        (attention, batch.words, PREDICATE_WEIGHT),
    ):
        if bool((wanted != IGNORE).any()):
            total = total + weight * _entropy(scores, wanted)
    return total


def _entropy(scores: Tensor, wanted: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, 2), wanted.flatten(), ignore_index=IGNORE)


def _optimizer(network: RelationNetwork) -> torch.optim.Optimizer:
    layers = [*network.layers.parameters(), *network.positions.parameters(), *network.norm.parameters()]
    known = {id(parameter) for parameter in layers}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in known]
    groups = [{"params": layers, "lr": LAYER_RATE}, {"params": heads, "lr": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
