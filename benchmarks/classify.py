"""How well roots are told where source and target are given: macro-F1 over 15 roots, and a table by root.

python -m benchmarks.classify plv-development.tsv --language en

The file has the columns ``marked_sentence`` and ``gold_root``; CONCEDE and RETREAT count as YIELD, as in the set.
"""

import argparse
import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

from kg.extract.learned.classify import Classifier, unmarked
from kg.extract.learned.scheme import ROOTS

YIELD: Final = frozenset({"CONCEDE", "RETREAT"})
CLASSES: Final = tuple(dict.fromkeys("YIELD" if root in YIELD else root for root in ROOTS))


def main() -> None:
    """Print precision, recall and F1 of each root, their mean, and what each is taken for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--language", choices=("de", "en"), default="en")
    options = parser.parse_args()
    pairs = _pairs(options.file, options.language)
    for root in CLASSES:
        precision, recall, f1, count = _figures(root, pairs)
        others = Counter({told: n for (gold, told), n in pairs.items() if gold == root != told})
        taken = ", ".join(f"{told} {n}" for told, n in others.most_common(3))
        print(f"{root:10} P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}  of {count:4}  taken for {taken}")
    right = sum(n for (gold, told), n in pairs.items() if gold == told) / pairs.total()
    print(f"macro-F1 {_mean(pairs):.3f}, right {right:.3f} of {pairs.total()}")


def macro_f1(file: Path, language: str) -> float:
    """Return the mean F1 of the roots on a file of marked sentences. Raises OSError."""
    return _mean(_pairs(file, language))


def _pairs(file: Path, language: str) -> Counter[tuple[str, str]]:
    """Return how often each gold root was told as each root."""
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [row for row in rows if unmarked(row["marked_sentence"])[1]]
    answers = Classifier()([row["marked_sentence"] for row in rows], language)
    return Counter((_class(row["gold_root"]), _best(a.scores)) for row, a in zip(rows, answers, strict=True))


def _mean(pairs: Counter[tuple[str, str]]) -> float:
    return sum(_figures(root, pairs)[2] for root in CLASSES) / len(CLASSES)


def _class(root: str) -> str:
    return "YIELD" if root in YIELD else root


def _best(scores: dict[str, float]) -> str:
    merged: dict[str, float] = defaultdict(float)
    for root, score in scores.items():
        merged[_class(root)] += score
    return max(merged, key=lambda root: merged[root])


def _figures(root: str, pairs: Counter[tuple[str, str]]) -> tuple[float, float, float, int]:
    right = pairs[root, root]
    told = sum(n for (_, other), n in pairs.items() if other == root)
    gold = sum(n for (other, _), n in pairs.items() if other == root)
    return (
        right / told if told else 0.0,
        right / gold if gold else 0.0,
        2 * right / (told + gold) if told + gold else 0.0,
        gold,
    )


if __name__ == "__main__":
    main()
