"""The whole path of the relation layer: examples -> training over the base encoder -> int8 ONNX."""

from pathlib import Path

import numpy as np
import torch

from kg.extract.syntax import SyntaxReader
from kg.extract.syntax.pieces import Pieces
from kg.training.base import load_base
from kg.training.network import Encoder
from kg.training.relations.data import item_of
from kg.training.relations.export import export_relations
from kg.training.relations.network import RelationNetwork
from kg.training.relations.sentences import of_lexicon, written
from kg.training.relations.train import SEED, Recipe, train
from kg.training.run import VOCABULARY

WEIGHTS = "relations.pt"


def make_relations(
    sentences: Path, model: Path, work: Path, recipe: Recipe, *, weights: Path | None = None
) -> None:
    """Train the layer and export it beside a reading model; with ``weights``, export these without training.

    ``work`` must hold the vocabulary of the reading model, as ``make_model`` leaves it there. Raises FileNotFoundError
    where it is missing, TableError for a broken sentence, RuntimeError for weights of another shape.
    """
    torch.manual_seed(SEED)
    base = load_base().pruned(np.load(work / VOCABULARY))
    network = RelationNetwork(base)
    if weights:
        network.load_state_dict(torch.load(weights, weights_only=True))
    else:
        pieces = Pieces(base.tokenizer())
        reader = SyntaxReader(model)
        items = [item_of(example, pieces, reader) for example in (*of_lexicon(), *written(sentences))]
        train(network, Encoder(base).words, items, recipe, work / WEIGHTS)
    export_relations(network, model)
