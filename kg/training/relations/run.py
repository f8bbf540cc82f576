"""The whole path of the relation layer: passages -> training over the base encoder -> int8 ONNX."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from kg.extract.syntax import SyntaxReader
from kg.extract.syntax.pieces import Pieces
from kg.training.base import load_base
from kg.training.network import Encoder
from kg.training.relations.aligned import aligned, with_word
from kg.training.relations.data import Item, item_of
from kg.training.relations.export import export_relations
from kg.training.relations.network import RelationNetwork
from kg.training.relations.passages import passages
from kg.training.relations.sentences import of_lexicon, written
from kg.training.relations.standoff import standoff
from kg.training.relations.train import SEED, Recipe, train
from kg.training.run import VOCABULARY

WEIGHTS = "relations.pt"
PASSAGES, TREEBANK = "passages", "treebank"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are: training sentences, the reading model to write beside, what lies between, and corpora.

    Without corpora (the reading model's data), the sentences annotated on them are left out.
    """

    sentences: Path
    model: Path
    work: Path
    corpora: Path | None = None


def make_relations(
    folders: Folders,
    recipe: Recipe,
    *,
    start: Path | None = None,
    weights: Path | None = None,
    threads: int = 2,
) -> None:
    """Train the layer and export it beside a reading model; with ``weights``, export these without training.

    With ``start``, training goes on from these weights. ``folders.work`` must hold the vocabulary of the reading model,
    as ``make_model`` leaves it there. Raises FileNotFoundError where it is missing, TableError for a broken sentence,
    RuntimeError for weights of another shape.
    """
    torch.set_num_threads(threads)  # sums are in another order with others
    torch.manual_seed(SEED)
    base = load_base().pruned(np.load(folders.work / VOCABULARY))
    network = RelationNetwork(base)
    if weights or start:
        network.load_state_dict(torch.load(weights or start, weights_only=True))
    if not weights:
        items = list(items_of(folders, Pieces(base.tokenizer()), SyntaxReader(folders.model)))
        train(network, Encoder(base).words, items, recipe, folders.work / WEIGHTS)
    export_relations(network, folders.model)


def items_of(folders: Folders, pieces: Pieces, reader: SyntaxReader) -> Iterator[tuple[Item, ...]]:
    """Yield all that there is to learn from, each in its versions: as it was marked, and as the reader marks it."""
    for passage in of_lexicon():
        yield (item_of(with_word(passage, reader), pieces),)
    if folders.corpora:
        for passage in standoff(folders.sentences / TREEBANK, folders.corpora):
            yield (item_of(passage, pieces),)  # marked by the reader already
    for passage in (*written(folders.sentences), *passages(folders.sentences / PASSAGES)):
        yield item_of(passage, pieces), item_of(aligned(passage, reader), pieces)
