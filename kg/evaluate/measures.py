"""Scores predicted claims against gold: the measures of claims, in all and by language, root and modality.

score -> match (for each article) -> Counts -> Score
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.evaluate.causes import flaws, why_missed, why_wrong
from kg.evaluate.gold import Annotated
from kg.evaluate.matching import Match, match
from kg.evaluate.predictions import Predicted
from kg.evaluate.values import speakers_agree, time_agrees


def ratio(part: int, whole: int) -> float:
    """Return a share, 0 of an empty whole."""
    return part / whole if whole else 0.0


@dataclass(slots=True)
class Counts:
    """What is counted; the measures are shares of these. Shares are between 0 and 1."""

    gold: int = 0
    predicted: int = 0
    right: int = 0
    pairs: int = 0
    modality: int = 0
    speakers: int = 0
    time: int = 0
    timed_gold: int = 0
    timed_found: int = 0
    timed_right: int = 0

    @property
    def precision(self) -> float:
        """Share of predicted claims that are right."""
        return ratio(self.right, self.predicted)

    @property
    def recall(self) -> float:
        """Share of gold claims that were found."""
        return ratio(self.right, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return ratio(2 * self.right, self.predicted + self.gold)

    @property
    def time_f1(self) -> float:
        """F1 of times over the right claims: a time is right when first and last day are."""
        return ratio(2 * self.timed_right, self.timed_gold + self.timed_found)

    def measures(self) -> dict[str, float]:
        """Return all measures by name."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "pair_recall": ratio(self.pairs, self.gold),
            "modality_accuracy": ratio(self.modality, self.right),
            "speaker_accuracy": ratio(self.speakers, self.right),
            "time_accuracy": ratio(self.time, self.right),
            "time_f1": self.time_f1,
        }


@dataclass(frozen=True, slots=True)
class Score:
    """The result: counts in all and by group, causes of errors with numbers, the matches behind them."""

    total: Counts
    by_language: Mapping[str, Counts]
    by_root: Mapping[str, Counts]
    by_modality: Mapping[str, Counts]
    missed: Mapping[str, int]
    wrong: Mapping[str, int]
    flaws: Mapping[str, int]
    matches: tuple[Match, ...]
    left_out: int = 0


@dataclass(slots=True)
class _Tables:
    total: Counts = field(default_factory=Counts)
    language: dict[str, Counts] = field(default_factory=dict)
    root: dict[str, Counts] = field(default_factory=dict)
    modality: dict[str, Counts] = field(default_factory=dict)

    def of(self, language: str, root: str, modality: str) -> list[Counts]:
        """Return the counts that a claim belongs to."""
        return [
            self.total,
            self.language.setdefault(language, Counts()),
            self.root.setdefault(root, Counts()),
            self.modality.setdefault(modality, Counts()),
        ]


def score(annotated: Iterable[Annotated], predictions: Sequence[Predicted]) -> Score:
    """Return how well the predictions render the gold claims of the articles.

    Predictions for articles that are not among ``annotated`` are left out and counted.
    """
    articles = sorted(annotated, key=lambda one: one.gold.id)
    by_article: dict[str, list[Predicted]] = {one.gold.id: [] for one in articles}
    left_out = 0
    for claim in predictions:
        if claim.article in by_article:
            by_article[claim.article].append(claim)
        else:
            left_out += 1
    return _score([match(one, by_article[one.gold.id]) for one in articles], left_out)


def _score(matches: list[Match], left_out: int) -> Score:
    tables = _Tables()
    for one in matches:
        _count(one, tables)
    return Score(
        total=tables.total,
        by_language=dict(sorted(tables.language.items())),
        by_root=dict(sorted(tables.root.items())),
        by_modality=dict(sorted(tables.modality.items())),
        missed=_most(why_missed(one, index) for one in matches for index in one.missed),
        wrong=_most(why_wrong(one, index) for one in matches for index in one.wrong),
        flaws=_most(flaw for one in matches for flaw in _flaws_of(one)),
        matches=tuple(matches),
        left_out=left_out,
    )


def _count(one: Match, tables: _Tables) -> None:
    """Add an article's claims. In groups, a right claim counts for gold's root and modality on both sides."""
    language = one.annotated.gold.language
    for index, gold in enumerate(one.gold):
        for counts in tables.of(language, gold.type, gold.modality):
            counts.gold += 1
            counts.pairs += index in one.pair_found
    for index in one.wrong:
        found = one.found[index]
        for counts in tables.of(language, found.type, found.modality):
            counts.predicted += 1
    for gold_index, found_index in one.pairs:
        gold, found = one.gold[gold_index], one.found[found_index]
        for counts in tables.of(language, gold.type, gold.modality):
            counts.predicted += 1
            counts.right += 1
            counts.modality += gold.modality is found.modality
            counts.speakers += speakers_agree(gold, found, one.annotated.article.text)
            counts.time += time_agrees(gold, found)
            counts.timed_gold += gold.time is not None
            counts.timed_found += found.time is not None
            counts.timed_right += gold.time is not None and time_agrees(gold, found)


def _flaws_of(one: Match) -> list[str]:
    text = one.annotated.article.text
    return [flaw for gold, found in one.pairs for flaw in flaws(one.gold[gold], one.found[found], text)]


def _most(causes: Iterable[str]) -> dict[str, int]:
    """Return causes with their numbers, the most frequent first."""
    return dict(sorted(Counter(causes).items(), key=lambda item: (-item[1], item[0])))
