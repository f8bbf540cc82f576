"""The training loop."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from kg.extract.syntax.pieces import UNKNOWN
from kg.training.batches import Batch, Coder, shuffled_batches
from kg.training.corrected import with_syntax
from kg.training.loop import run
from kg.training.marked_names import read_with_names
from kg.training.network import Reader
from kg.training.treebank import NAME_TAGS, Sentence, forms_of, read_conllu, read_iob2, with_names
from kg.training.written_names import written_names

__all__ = ["NAME_TAGS", "Corpora", "Recipe", "inventory", "load_corpora", "loss_of", "train"]

SEED = 7
RARE_LABEL = 15  # a subtype seen less often is trained as its base relation
LONGEST = 90  # words; longer training sentences cost much and teach little
ENCODER_RATE, HEAD_RATE = 1.5e-4, 2e-3
WARM_UP = 0.06  # share of the steps in which the rate rises
MOST_PIECES = 1100
HIDDEN = 1 / 17  # share of word pieces that a step hides, so that context is read too
NAMES_WEIGHT = 2.0  # of the loss of names: they are in half of the sentences, and most words are none

Plan = list[list[list[Sentence]]]
"""Epochs of batches of sentences."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long to train, and on what: the defaults made the shipped model.

    Attributes:
        epochs: how often the corpora are gone through.
        german_times: how often an epoch sees the German treebanks.
        names_part: share of the German sentences with names alone that it sees, another one each time.
        english_part: the same of the English sentences.
        bf16: whether products are in 16 bits (bfloat16).
    """

    epochs: int = 8
    german_times: int = 2
    names_part: float = 0.5
    english_part: float = 0.3
    bf16: bool = False


@dataclass(frozen=True, slots=True)
class Corpora:
    """Training sentences: with syntax, German and English, and German ones with names alone."""

    german: list[Sentence]
    english: list[Sentence]
    names: list[Sentence]

    def all(self) -> list[Sentence]:
        """Return every sentence once."""
        return [*self.german, *self.english, *self.names]


def load_corpora(data: Path, written: Path) -> Corpora:
    """Load the training sets; GSD test, German PUD names and English EWT test stay unseen.

    ``written`` is the folder of what was written and corrected for this project, ``data/training``. Raises
    FileNotFoundError where a set is missing, TableError for a broken row of ``written``.
    """
    ud, ner = data / "ud", data / "ner"
    marked = written / "names"
    german = read_with_names(ud / "de_gsd-ud-dev.conllu", marked / "de_gsd-ud-dev.tsv")
    german += read_conllu(ud / "de_pud-ud-test.conllu")
    named = list(written_names(written, "de"))
    corrected = with_names(read_conllu(written / "syntax" / "de-meldung.conllu"), named)
    parsed = {forms_of(sentence) for sentence in corrected}
    named = [sentence for sentence in named if forms_of(sentence) not in parsed]
    named += with_syntax(read_iob2(ner / "germeval2014-dev.tsv"), written / "syntax" / "germeval2014-dev.tsv")
    german += corrected + [sentence for sentence in named if _has_syntax(sentence)]
    english = with_names(read_conllu(ud / "en_ewt-ud-dev.conllu"), read_iob2(ner / "en_ewt-ud-dev.iob2"))
    english += with_names(read_conllu(ud / "en_pud-ud-test.conllu"), read_iob2(ner / "en_pud-ud-test.iob2"))
    english += read_conllu(ud / "en_gum-wikinews.conllu")
    english += read_with_names(ud / "en_ewt-ud-train.conllu", marked / "en_ewt-ud-train.tsv")
    names = [sentence for sentence in named if not _has_syntax(sentence)]

    def usable(sentences: list[Sentence]) -> list[Sentence]:
        return [s for s in sentences if 2 <= len(s) <= LONGEST]

    return Corpora(usable(german), [s for s in usable(english) if len(s) > 3], usable(names))


def _has_syntax(sentence: Sentence) -> bool:
    return any(word.deprel for word in sentence)


def inventory(sentences: Sequence[Sentence]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the numbers of tags and of dependency labels."""
    tags = sorted({w.upos for s in sentences for w in s if w.upos})
    counted = Counter(w.deprel for s in sentences for w in s if w.deprel)
    labels = {r for r, n in counted.items() if n >= RARE_LABEL} | {r.split(":")[0] for r in counted}
    return {t: i for i, t in enumerate(tags)}, {r: i for i, r in enumerate(sorted(labels))}


def train(reader: Reader, corpora: Corpora, coder: Coder, recipe: Recipe, save: Path) -> None:
    """Train in place, and write the weights to ``save`` after each epoch. Raises OSError."""
    run(
        _plan(corpora, coder, recipe),
        reader,
        lambda sentences: loss_of(reader, _with_hidden(coder.batch(sentences))),
        _optimizer(reader),
        warm_up=WARM_UP,
        save=save,
        bf16=recipe.bf16,
    )


def loss_of(reader: Reader, batch: Batch) -> Tensor:
    """Return the joint loss over whatever targets the batch has."""
    tags, names, arcs, children, heads = reader(batch.ids, batch.first, batch.last)
    total = torch.zeros(())
    if bool((batch.tags >= 0).any()):
        there = torch.cat([torch.ones(len(batch.ids), 1, dtype=torch.bool), batch.words], 1)
        arcs = arcs.float().masked_fill(~there[:, None], -1e4)
        labels = reader.labels(children, heads, batch.heads.clamp(min=0))
        total = total + _entropy(arcs, batch.heads) + _entropy(labels, batch.labels)
        total = total + 0.5 * _entropy(tags, batch.tags)
    if bool((batch.names >= 0).any()):
        total = total + NAMES_WEIGHT * _entropy(names, batch.names)
    return total


def _with_hidden(batch: Batch) -> Batch:
    """Return a batch some of whose pieces are unknown."""
    ids = batch.ids
    hidden = (torch.rand(ids.shape) < HIDDEN) & (ids > UNKNOWN)
    return replace(batch, ids=ids.masked_fill(hidden, UNKNOWN))


def _plan(corpora: Corpora, coder: Coder, recipe: Recipe) -> Plan:
    rng = random.Random(SEED)  # noqa: S311 - an order to train in, no secret
    schedule = []
    for _ in range(recipe.epochs):
        english = rng.sample(corpora.english, int(len(corpora.english) * recipe.english_part))
        names = rng.sample(corpora.names, int(len(corpora.names) * recipe.names_part))
        schedule.append([*corpora.german * recipe.german_times, *english, *names])
    return [
        [
            [sentences[i] for i in batch]
            for batch in shuffled_batches([coder.size(s) for s in sentences], MOST_PIECES, rng)
        ]
        for sentences in schedule
    ]


def _optimizer(reader: Reader) -> torch.optim.Optimizer:
    trained = [(name, p) for name, p in reader.named_parameters() if p.requires_grad]
    encoder = [p for name, p in trained if name.startswith("encoder")]
    heads = [p for name, p in trained if not name.startswith("encoder")]
    groups = [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))


def _entropy(scores: Tensor, targets: Tensor) -> Tensor:
    return functional.cross_entropy(scores.float().flatten(0, 1), targets.flatten(), ignore_index=-1)
