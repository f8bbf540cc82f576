"""The whole path: base weights -> pruned vocabulary -> joint training -> int8 ONNX."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kg.extract.syntax.pieces import Pieces
from kg.training.base import BaseModel, load_base
from kg.training.batches import Coder
from kg.training.export import export
from kg.training.network import Reader
from kg.training.train import SEED, Corpora, Recipe, inventory, load_corpora, train
from kg.training.treebank import NAME_TAGS, Sentence, read_iob2, texts_of
from kg.training.vocabulary import pieces_to_keep

VOCABULARY = "keep.npy"
WEIGHTS = "reader.pt"
SAMPLED = 150
"""Sentences of a language by which the exported model is made ready for eight bits."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are.

    Attributes:
        data: treebanks (``ud``) and names (``ner``).
        written: what was written and corrected for this project.
        out: the exported model.
        work: what lies between.
    """

    data: Path
    written: Path
    out: Path
    work: Path


def make_model(
    folders: Folders,
    recipe: Recipe,
    *,
    start: Path | None = None,
    weights: Path | None = None,
    threads: int = 2,
) -> None:
    """Train and export a model; with ``weights``, export these without training.

    With ``start``, training goes on from these weights. The same data, recipe and threads give the same model. Raises
    FileNotFoundError for missing data, RuntimeError for weights of another shape.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    folders.work.mkdir(parents=True, exist_ok=True)
    base = load_base()
    base = base.pruned(_vocabulary(base, folders))
    tokenizer = base.tokenizer()
    corpora = load_corpora(folders.data, folders.written)
    tags, labels = inventory(corpora.all())
    coder = Coder(Pieces(tokenizer), tags, labels)
    reader = Reader(base, tags=len(tags), names=len(NAME_TAGS), labels=len(labels))
    if weights or start:
        reader.load_state_dict(torch.load(weights or start, weights_only=True))
    if not weights:
        train(reader, corpora, coder, recipe, folders.work / WEIGHTS)
    export(reader, tokenizer, coder, folders.out, _sample(corpora))


def _sample(corpora: Corpora) -> list[Sentence]:
    """Return sentences of both languages, the same for the same corpora."""
    rng = random.Random(SEED)  # noqa: S311 - a choice of sentences, no secret
    both = (corpora.german, corpora.english)
    return [sentence for part in both for sentence in rng.sample(part, min(SAMPLED, len(part)))]


def _vocabulary(base: BaseModel, folders: Folders) -> NDArray[np.int64]:
    """Return the pieces to keep, found once for a folder of work."""
    path = folders.work / VOCABULARY
    if path.is_file():
        kept: NDArray[np.int64] = np.load(path)
        return kept
    keep = pieces_to_keep(base, _texts(folders.data))
    np.save(path, keep)
    return keep


def _texts(data: Path) -> Iterator[str]:
    """Yield the sentences of all treebanks and sets of names, without their annotation."""
    for path in sorted((data / "ud").glob("*.conllu")):
        yield from texts_of(path).values()
    for path in sorted((data / "ner").glob("*")):
        yield from (" ".join(word.form for word in sentence) for sentence in read_iob2(path))
