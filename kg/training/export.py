"""Writes the trained network as int8 ONNX with embeddings, tokenizer and inventory: what the reader loads."""

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from kg.extract.syntax.embeddings import packed
from kg.extract.syntax.pieces import PAD
from kg.training.batches import Batch, Coder
from kg.training.int8 import write_int8
from kg.training.network import Reader
from kg.training.smooth import Feed
from kg.training.treebank import NAME_TAGS, Sentence


class _Exported(nn.Module):
    """The network with the label weights multiplied into the children, so that numpy picks labels cheaply."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        self.labels, _, self.size = reader.label_weight.shape
        # One matrix, because only what is multiplied as such goes into eight bits.
        self.weight = nn.Parameter(
            reader.label_weight.permute(1, 0, 2).flatten(1).clone(), requires_grad=False
        )

    def forward(self, words: Tensor, there: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        tags, names, arcs, children, heads = self.reader.scores(words, there, first, last)
        labelled = (children @ self.weight).unflatten(-1, (self.labels, self.size))
        return tags, names, arcs, labelled, heads


def export(
    reader: Reader,
    tokenizer: Tokenizer,
    coder: Coder,
    folder: Path,
    sample: Sequence[Sentence] = (),
) -> None:
    """Write ``reader.onnx``, ``embeddings.npz``, ``tokenizer.json`` and ``inventory.json``. Raises OSError.

    ``sample`` holds sentences by which the eight bits are used well, see ``kg.training.smooth``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    inputs = {
        "words": torch.zeros(2, 6, reader.encoder.words.embedding_dim),
        "there": torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 0]]),
        "first": torch.tensor([[1, 2, 4], [1, 3, 0]]),
        "last": torch.tensor([[1, 3, 4], [2, 3, 0]]),
    }
    axes = {
        "words": {0: "batch", 1: "pieces"}, "there": {0: "batch", 1: "pieces"},
        "first": {0: "batch", 1: "words"}, "last": {0: "batch", 1: "words"},
        "tags": {0: "batch", 1: "words"}, "names": {0: "batch", 1: "words"},
        "arcs": {0: "batch", 1: "words", 2: "heads"}, "children": {0: "batch", 1: "words"},
        "heads": {0: "batch", 1: "heads"},
    }  # fmt: skip
    feeds = [_feed(reader, coder.batch([sentence])) for sentence in sample]
    write_int8(_Exported(reader), inputs, axes, folder / "reader.onnx", feeds)
    packed(reader.encoder.words.weight.numpy()).save(folder)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    inventory = {"tags": list(coder.tags), "labels": list(coder.labels), "names": list(NAME_TAGS)}
    (folder / "inventory.json").write_text(json.dumps(inventory, indent=1) + "\n", "utf-8")


def _feed(reader: Reader, batch: Batch) -> Feed:
    with torch.no_grad():
        words = reader.encoder.words(batch.ids)
    values = {"words": words, "there": (batch.ids != PAD).long(), "first": batch.first, "last": batch.last}
    return {name: value.numpy() for name, value in values.items()}
