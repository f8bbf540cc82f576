"""Trains the relation network on examples."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.training.relations.data import IGNORE, Item, batch_of, batches
from kg.training.relations.network import RelationNetwork

SEED = 7
LAYER_RATE, HEAD_RATE = 1.5e-4, 1e-3
WARM_UP = 0.08  # share of the steps in which the rate rises
BATCH = 24  # sentences
REPORT_EVERY = 100  # steps
SMOOTHING = 0.05
PREDICATE_WEIGHT, MODALITY_WEIGHT = 0.1, 0.5


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long to train: the default made the shipped layer."""

    epochs: int = 6


def train(
    network: RelationNetwork, words: nn.Embedding, items: Sequence[Item], recipe: Recipe, save: Path
) -> None:
    """Train in place over frozen word embeddings, and write the weights to ``save`` after each epoch.

    The same items, recipe and threads give the same weights. Raises OSError.
    """
    rng = random.Random(SEED)  # noqa: S311 - an order to train in, no secret
    plan = [batches(items, BATCH, rng=rng) for _ in range(recipe.epochs)]
    total = sum(map(len, plan))
    optimizer = _optimizer(network)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, total))
    start, running, step = time.monotonic(), 0.0, 0
    network.train()
    for epoch, steps in enumerate(plan, start=1):
        for batch in steps:
            loss = loss_of(network, words, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            rate.step()
            step, running = step + 1, 0.98 * running + 0.02 * loss.item()
            if step % REPORT_EVERY == 0:
                spent = time.monotonic() - start
                left = spent / step * (total - step)
                print(f"{step}/{total} {spent:.0f}s loss {running:.3f} left {left:.0f}s", flush=True)
        torch.save(network.state_dict(), save)
        print(f"epoch {epoch} saved", flush=True)
    network.eval()


def loss_of(network: RelationNetwork, words: nn.Embedding, items: Sequence[Item]) -> Tensor:
    """Return the joint loss of roots, modalities and predicates."""
    batch = batch_of(items)
    roots, modalities, attention = network(words(batch.ids), batch.there, batch.marks, batch.actors)
    total = _entropy(roots, batch.roots, smoothing=SMOOTHING)
    for scores, wanted, weight in (
        (modalities, batch.modalities, MODALITY_WEIGHT),
        (attention, batch.predicates, PREDICATE_WEIGHT),
    ):
        if bool((wanted != IGNORE).any()):
            total = total + weight * _entropy(scores, wanted)
    return total


def _entropy(scores: Tensor, wanted: Tensor, *, smoothing: float = 0.0) -> Tensor:
    return functional.cross_entropy(
        scores.flatten(0, 2), wanted.flatten(), ignore_index=IGNORE, label_smoothing=smoothing
    )


def _optimizer(network: RelationNetwork) -> torch.optim.Optimizer:
    layers = [*network.layers.parameters(), *network.positions.parameters(), *network.norm.parameters()]
    known = {id(parameter) for parameter in layers}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in known]
    groups = [{"params": layers, "lr": LAYER_RATE}, {"params": heads, "lr": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))


def _rate(step: int, total: int) -> float:
    """Return the share of the learning rate at a step: up, then down in a line to a hundredth."""
    return min((step + 1) / (WARM_UP * total), max(0.01, (total - step) / ((1 - WARM_UP) * total)))
