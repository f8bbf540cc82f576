"""The embeddings of the pieces: two fifths of all weights, in a file of their own that both models read.

They are kept as the base model carries them, four bits a weight with a float16 scale for each 32, so nothing is lost:
training leaves them as they are. Only the rows that a batch needs are unpacked.
"""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

FILE: Final = "embeddings.npz"
BLOCK: Final = 32
"""Weights that share a scale."""

_ZERO: Final = 8  # the nibble that stands for weight 0


class Embeddings:
    """Piece ids -> float32 vectors."""

    def __init__(self, packed: NDArray[np.uint8], scales: NDArray[np.float16]) -> None:
        """Take [pieces, hidden / 2] bytes of two weights each, and [pieces, hidden / 32] scales."""
        self._packed, self._scales = packed, scales

    @classmethod
    def load(cls, folder: Path) -> "Embeddings":
        """Return the embeddings of a folder. Raises FileNotFoundError."""
        with np.load(folder / FILE) as arrays:
            return cls(arrays["packed"], arrays["scales"])

    def save(self, folder: Path) -> None:
        """Write ``embeddings.npz``, the same bytes for the same weights. Raises OSError."""
        np.savez(folder / FILE, packed=self._packed, scales=self._scales)

    def __call__(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of ids of any shape, [..., hidden].

        Raises IndexError for an id beyond the vocabulary.
        """
        packed, scales = self._packed[ids], self._scales[ids].astype(np.float32)
        half = BLOCK // 2
        blocks = packed.reshape(*packed.shape[:-1], -1, half)
        weights = np.concatenate([blocks & 15, blocks >> 4], axis=-1).astype(np.float32) - _ZERO
        weights *= scales[..., None]
        found: NDArray[np.float32] = weights.reshape(*packed.shape[:-1], -1)
        return found


def packed(weights: NDArray[np.float32]) -> Embeddings:
    """Pack [pieces, hidden] weights that are multiples of one scale in each block, else raise ValueError."""
    blocks = weights.reshape(len(weights), -1, BLOCK)
    scales = _scales(blocks)
    divisors = np.where(scales == 0, 1, scales.astype(np.float32))[..., None]
    numbers = np.rint(blocks / divisors)
    if numbers.min() < -_ZERO or numbers.max() > _ZERO - 1 or not np.allclose(numbers * divisors, blocks):
        raise ValueError("these weights are no four-bit blocks; keep the embeddings frozen in training")
    nibbles = (numbers + _ZERO).astype(np.uint8)
    half = BLOCK // 2
    both: NDArray[np.uint8] = nibbles[..., :half] | (nibbles[..., half:] * 16).astype(np.uint8)
    return Embeddings(both.reshape(len(weights), -1), scales)


def _scales(blocks: NDArray[np.float32]) -> NDArray[np.float16]:
    """Return the scale of each block: its largest weight stands at -8, as in the Q4_0 layout of ggml."""
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)[..., 0]
    found: NDArray[np.float16] = (largest / -_ZERO).astype(np.float16)
    return found
