"""Writes the trained network as int8 ONNX with embeddings, tokenizer and inventory: what the reader loads."""

import json
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from kg.extract.syntax.embeddings import packed
from kg.training.network import Reader
from kg.training.treebank import NAME_TAGS

OPSET = 17


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


def export(reader: Reader, tokenizer: Tokenizer, tags: list[str], labels: list[str], folder: Path) -> None:
    """Write ``reader.onnx``, ``embeddings.npz``, ``tokenizer.json`` and ``inventory.json``. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    reader.eval()
    for parameter in reader.parameters():
        parameter.requires_grad = False
    words = torch.zeros(2, 6, reader.encoder.words.embedding_dim)
    there = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 0]])
    first = torch.tensor([[1, 2, 4], [1, 3, 0]])
    last = torch.tensor([[1, 3, 4], [2, 3, 0]])
    axes = {
        "words": {0: "batch", 1: "pieces"}, "there": {0: "batch", 1: "pieces"},
        "first": {0: "batch", 1: "words"}, "last": {0: "batch", 1: "words"},
        "tags": {0: "batch", 1: "words"}, "names": {0: "batch", 1: "words"},
        "arcs": {0: "batch", 1: "words", 2: "heads"}, "children": {0: "batch", 1: "words"},
        "heads": {0: "batch", 1: "heads"},
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        torch.onnx.export(
            _Exported(reader), (words, there, first, last), str(full),
            input_names=["words", "there", "first", "last"],
            output_names=["tags", "names", "arcs", "children", "heads"], dynamic_axes=axes,
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(  # seven bits: in eight, sums overflow on processors without VNNI, and each reads otherwise
            full, folder / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )  # fmt: skip
    packed(reader.encoder.words.weight.numpy()).save(folder)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    inventory = {"tags": tags, "labels": labels, "names": list(NAME_TAGS)}
    (folder / "inventory.json").write_text(json.dumps(inventory, indent=1) + "\n", "utf-8")
