"""Writes the trained relation network as int8 ONNX beside the reading model: the encoder, and the scorer of pairs."""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from kg.extract.learned.layer import ENCODER_FILE, PAIRS_FILE
from kg.training.int8 import write_int8
from kg.training.relations.network import RelationNetwork


class _Part(nn.Module):
    """A method of the network as a module of its own."""

    def __init__(self, network: RelationNetwork, run: Callable[..., Tensor | tuple[Tensor, ...]]) -> None:
        super().__init__()
        self.network, self._run = network, run

    def forward(self, *inputs: Tensor) -> Tensor | tuple[Tensor, ...]:
        return self._run(*inputs)


def export_relations(network: RelationNetwork, folder: Path) -> None:
    """Write ``relations.onnx`` and ``pairs.onnx`` to a folder that exists. Raises OSError."""
    size = network.marks.embedding_dim
    there = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0]])
    marks = torch.tensor([[0, 1, 2, 0, 1, 0], [0, 1, 0, 0, 0, 0]])
    sentence, pieces = {0: "batch", 1: "pieces"}, {0: "batch", 1: "parties", 2: "parties", 3: "pieces"}
    parties = {0: "batch", 1: "parties"}
    write_int8(
        _Part(network, network.encode),
        {"words": torch.zeros(2, 6, size), "there": there, "marks": marks},
        {"words": sentence, "there": sentence, "marks": sentence, "states": sentence},
        folder / ENCODER_FILE,
    )
    write_int8(
        _Part(network, network.pairs),
        {
            "states": torch.zeros(2, 6, size),
            "there": there,
            "means": torch.zeros(2, 3, size),
            "back": torch.tensor([[0, 0, 1], [0, 2, 3]]),
        },
        {
            "states": sentence,
            "there": sentence,
            "means": parties,
            "back": parties,
            "roots": {**parties, 2: "others"},
            "modalities": {**parties, 2: "others"},
            "attention": {**pieces, 2: "others"},
        },
        folder / PAIRS_FILE,
    )
