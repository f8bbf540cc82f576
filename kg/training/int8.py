"""Writes a network as ONNX in eight bits."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.training.smooth import Feed, smooth

OPSET: Final = 17
Axes = dict[int, str]


def write_int8(
    network: nn.Module,
    inputs: Mapping[str, Tensor],
    axes: Mapping[str, Axes],
    path: Path,
    sample: Sequence[Feed] = (),
) -> None:
    """Write a network whose products are in eight bits, weights in seven of them. Raises OSError.

    In eight bits, sums overflow on processors without VNNI, and each would read otherwise.

    Args:
        network: what is called with the inputs in their order.
        inputs: examples, by their names.
        axes: which axes of which input or output change from call to call; every output is named here.
        path: the file.
        sample: real inputs by which the weights are made ready for eight bits, see ``smooth``.
    """
    network.eval()
    for parameter in network.parameters():
        parameter.requires_grad = False
    with tempfile.TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        torch.onnx.export(
            network,
            tuple(inputs.values()),
            str(full),
            input_names=list(inputs),
            output_names=[name for name in axes if name not in inputs],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
        if sample:
            onnx.save(smooth(onnx.load(full), sample), full)
        quantize_dynamic(
            full,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )
