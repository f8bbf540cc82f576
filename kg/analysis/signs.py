"""Friends and foes: dyads with a sign, and whether their triads are balanced."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import pandas as pd

from kg.analysis.tables import Column, Drawing, frame
from kg.analysis.ties import CONFLICT, Level, Ties, ties_of
from kg.ontology import COOPERATION
from kg.selection import ACTUAL, Claims, Selection

PATTERNS: Final = {"+++": (True, True), "+--": (True, True), "++-": (False, False), "---": (False, True)}
"""Signs of a triad, and whether it is balanced by Heider's rule, and by Davis's weaker one."""


def triads(
    source: Claims, selection: Selection = ACTUAL, *, level: Level = "state", language: str = "en"
) -> pd.DataFrame:
    """Return a row a triad of actors who all have ties with a sign: ``first second third signs balanced weak``.

    The sign of a dyad is that of its happenings of cooperation less those of conflict; where both are as many
    it has none (their number is ``attrs["unsigned"]``). ``signs`` lists those of first-second, first-third and
    second-third. ``balanced``: friends of friends are friends, and foes of foes too (Heider 1946, "Attitudes and
    cognitive organization"; Cartwright and Harary 1956, "Structural balance"). ``weak`` allows that three are
    all foes of each other (Davis 1967, "Clustering and structural balance in graphs").

    Raises SelectionError, and ValueError for another level.
    """
    ties = ties_of(source, selection, level=level, language=language)
    signs, unsigned = _signs(ties)
    name = {id: actor.name for id, actor in ties.actors.items()}
    rows = [
        (name[a], name[b], name[c], pattern, *PATTERNS["".join(sorted(pattern))])
        for a, b, c, pattern in _triads(signs)
    ]
    return frame(
        "Triads",
        "Heider 1946; Cartwright and Harary 1956 (balance); Davis 1967 (weak balance)",
        (
            Column("first", "str", "name of an actor"),
            Column("second", "str", "name of another"),
            Column("third", "str", "name of the third"),
            Column("signs", "str", "signs of first-second, first-third, second-third"),
            Column("balanced", "bool", "whether the product of the signs is positive"),
            Column("weak", "bool", "whether it is, or all three are foes"),
        ),
        rows,
        Drawing("bars", ("first", "second", "third"), ("balanced",)),
        unsigned=unsigned,
    )


def balance(
    source: Claims, selection: Selection = ACTUAL, *, level: Level = "state", language: str = "en"
) -> pd.DataFrame:
    """Return a row a kind of triad, four in all: ``signs triads share balanced weak``, as in ``triads``.

    ``signs`` are the kind, sorted; ``share`` is of all triads with signs, 0 to 1. ``attrs["balance"]`` is the share
    of balanced ones (Cartwright and Harary 1956). Raises as ``triads``.
    """
    found = triads(source, selection, level=level, language=language)
    kinds = ["".join(sorted(signs)) for signs in found["signs"]]
    rows = [
        (kind, kinds.count(kind), kinds.count(kind) / max(len(kinds), 1), *PATTERNS[kind])
        for kind in PATTERNS
    ]
    return frame(
        "Structural balance",
        found.attrs["method"],
        (
            Column("signs", "str", "kind of triad: + a dyad of more cooperation, - of more conflict"),
            Column("triads", "int64", "how many there are"),
            Column("share", "float64", "share of all triads with signs, 0 to 1"),
            Column("balanced", "bool", "whether the product of the signs is positive"),
            Column("weak", "bool", "whether it is, or all three are foes"),
        ),
        rows,
        Drawing("bars", ("signs",), ("triads",)),
        balance=round(sum(row[2] for row in rows if row[3]), 4),
        unsigned=int(found.attrs["unsigned"]),
    )


def _signs(ties: Ties) -> tuple[dict[tuple[str, str], str], int]:
    """Return the sign of each dyad that has one, and how many have none."""
    cooperation = ties.happenings(lambda tie: tie.pair, COOPERATION)
    conflict = ties.happenings(lambda tie: tie.pair, CONFLICT)
    pairs = sorted(cooperation.keys() | conflict.keys())
    net = {pair: cooperation[pair] - conflict[pair] for pair in pairs}
    return {pair: "+" if net[pair] > 0 else "-" for pair in pairs if net[pair]}, list(net.values()).count(0)


def _triads(signs: dict[tuple[str, str], str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield three actors, in order, and the signs between them."""
    after: dict[str, list[str]] = {}
    for a, b in signs:
        after.setdefault(a, []).append(b)
    for a, others in after.items():
        for b, c in combinations(sorted(others), 2):
            if (b, c) in signs:
                yield a, b, c, signs[a, b] + signs[a, c] + signs[b, c]
