"""Writes the trained relation network as int8 ONNX beside the reading model."""

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from kg.extract.learned.layer import FILE
from kg.training.relations.network import RelationNetwork

OPSET = 17
_INPUTS, _OUTPUTS = ["words", "there", "marks", "actors"], ["roots", "modalities", "attention"]


def export_relations(network: RelationNetwork, folder: Path) -> None:
    """Write ``relations.onnx`` to a folder that exists. Raises OSError."""
    network.eval()
    for parameter in network.parameters():
        parameter.requires_grad = False
    words = torch.zeros(2, 6, network.marks.embedding_dim)
    there = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0]])
    marks = torch.tensor([[0, 1, 2, 0, 1, 0], [0, 1, 0, 0, 0, 0]])
    actors = torch.zeros(2, 2, 6)
    axes = {
        "words": {0: "batch", 1: "pieces"}, "there": {0: "batch", 1: "pieces"},
        "marks": {0: "batch", 1: "pieces"}, "actors": {0: "batch", 1: "actors", 2: "pieces"},
        "roots": {0: "batch", 1: "actors", 2: "actors"}, "modalities": {0: "batch", 1: "actors", 2: "actors"},
        "attention": {0: "batch", 1: "actors", 2: "actors", 3: "pieces"},
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        torch.onnx.export(
            network, (words, there, marks, actors), str(full), input_names=_INPUTS, output_names=_OUTPUTS,
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            full, folder / FILE, weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )  # fmt: skip
