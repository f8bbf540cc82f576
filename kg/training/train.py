"""The training loop and its scores."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from kg.training.base import BaseModel
from kg.training.batches import Batch, Pieces, batches_of, collate
from kg.training.network import Reader
from kg.training.treebank import NAME_TAGS, NAME_TYPES, Sentence, read_conllu, read_iob2, with_names

SEED = 7
RARE_LABEL = 15  # a subtype seen less often is trained as its base relation
LONGEST = 90  # words; longer training sentences cost much and teach little
ENCODER_RATE, HEAD_RATE = 1.5e-4, 2e-3
MOST_PIECES = 1100


@dataclass(frozen=True, slots=True)
class Corpora:
    """Training sentences with how often each set is seen in one epoch."""

    german: list[Sentence]
    english: list[Sentence]
    names: list[Sentence]

    def all(self) -> list[Sentence]:
        """Return every sentence once."""
        return [*self.german, *self.english, *self.names]


def load_corpora(data: Path) -> Corpora:
    """Load the training sets; GSD test, German PUD names and English EWT test stay unseen."""
    ud, ner = data / "ud", data / "ner"
    german = read_conllu(ud / "de_gsd-ud-dev.conllu") + read_conllu(ud / "de_pud-ud-test.conllu")
    english = with_names(read_conllu(ud / "en_ewt-ud-dev.conllu"), read_iob2(ner / "en_ewt-ud-dev.iob2"))
    english += with_names(read_conllu(ud / "en_pud-ud-test.conllu"), read_iob2(ner / "en_pud-ud-test.iob2"))
    english += read_conllu(ud / "en_gum-wikinews.conllu") + read_conllu(ud / "en_ewt-ud-train.conllu")
    names = read_iob2(ner / "germeval2014-dev.tsv")

    def usable(sentences: list[Sentence]) -> list[Sentence]:
        return [s for s in sentences if 2 <= len(s) <= LONGEST]

    return Corpora(usable(german), [s for s in usable(english) if len(s) > 3], usable(names))


def inventory(sentences: Sequence[Sentence]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the numbers of tags and of dependency labels."""
    tags = sorted({w.upos for s in sentences for w in s if w.upos})
    counted = Counter(w.deprel for s in sentences for w in s if w.deprel)
    labels = {r for r, n in counted.items() if n >= RARE_LABEL} | {r.split(":")[0] for r in counted}
    return {t: i for i, t in enumerate(tags)}, {r: i for i, r in enumerate(sorted(labels))}


def loss_of(reader: Reader, batch: Batch) -> Tensor:
    """Return the joint loss over whatever targets the batch has."""
    tags, names, arcs, children, heads = reader(batch.ids, batch.first, batch.last)
    total = torch.zeros(())
    if bool((batch.tags >= 0).any()):
        there = torch.cat([torch.ones(len(batch.ids), 1, dtype=torch.bool), batch.words], 1)
        arcs = arcs.masked_fill(~there[:, None], -1e4)
        labels = reader.labels(children, heads, batch.heads.clamp(min=0))
        total = total + _entropy(arcs, batch.heads) + _entropy(labels, batch.labels) + 0.5 * _entropy(tags, batch.tags)
    if bool((batch.names >= 0).any()):
        total = total + _entropy(names, batch.names)
    return total


def train(
    reader: Reader, corpora: Corpora, pieces: Pieces, tags: dict[str, int], labels: dict[str, int], *,
    epochs: int, german_times: int, names_times: int, english_part: float, save: Path,
) -> None:
    """Train in place. An epoch sees German ``german_times``, names ``names_times`` and a part of English."""
    rng = random.Random(SEED)
    start = time.monotonic()
    encoder = [p for n, p in reader.named_parameters() if p.requires_grad and n.startswith("encoder")]
    other = [p for n, p in reader.named_parameters() if p.requires_grad and not n.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": ENCODER_RATE}, {"params": other, "lr": HEAD_RATE}],
        weight_decay=0.01, betas=(0.9, 0.98),
    )
    schedule = []
    for _ in range(epochs):
        part = rng.sample(corpora.english, int(len(corpora.english) * english_part))
        schedule.append([*corpora.german * german_times, *part, *corpora.names * names_times])
    plan = [
        [[sentences[i] for i in b] for b in batches_of([pieces.count(s) for s in sentences], MOST_PIECES, rng=rng)]
        for sentences in schedule
    ]
    total = sum(map(len, plan))
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.06 * total), max(0.01, (total - s) / (0.94 * total)))
    )
    step, running = 0, 0.0
    for epoch, epoch_batches in enumerate(plan):
        for sentences in epoch_batches:
            loss = loss_of(reader, collate(sentences, pieces, tags, labels))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            rate.step()
            step, running = step + 1, 0.98 * running + 0.02 * loss.item()
            if step % 100 == 0:
                spent = time.monotonic() - start
                print(f"{step}/{total} {spent:.0f}s loss {running:.3f} left {spent / step * (total - step):.0f}s", flush=True)
        torch.save(reader.state_dict(), save)
        print(f"epoch {epoch + 1} saved", flush=True)


def _entropy(scores: Tensor, targets: Tensor) -> Tensor:
    return functional.cross_entropy(scores.float().flatten(0, 1), targets.flatten(), ignore_index=-1)


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return the names in a row of IOB2 tags as (first, end, type)."""
    found, i = set(), 0
    while i < len(tags):
        if tags[i] == "O":
            i += 1
            continue
        kind, j = tags[i][2:], i + 1
        while j < len(tags) and tags[j] == f"I-{kind}":
            j += 1
        found.add((i, j, kind))
        i = j
    return found


__all__ = ["NAME_TAGS", "NAME_TYPES", "BaseModel", "Corpora", "inventory", "load_corpora", "loss_of", "spans", "train"]
