"""Pairs predicted claims with gold claims, one to one.

match -> candidates (who could pair with whom, and how well) -> pair (the most pairs, then the best)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx

from kg.evaluate.actors import same_pair
from kg.evaluate.gold import Annotated, GoldClaim
from kg.evaluate.predictions import Predicted

COVERED: Final = 16
SAME_SENTENCE: Final = 8
SAME_RELATION: Final = 4
SAME_MODALITY: Final = 2
SAME_NAMES: Final = 1
"""Weights that choose between matchings of equal size; they decide which claims pair, never how many. Their
order says what tells two acts of one type between the same actors apart: the sentence first."""


@dataclass(frozen=True, slots=True)
class Match:
    """What became of the claims of one article. ``pairs`` are right claims; indices count gold and found.

    ``pair_found`` are the gold claims whose actor and recipient were found, whatever the type.
    """

    annotated: Annotated
    gold: tuple[GoldClaim, ...]
    found: tuple[Predicted, ...]
    pairs: tuple[tuple[int, int], ...]
    pair_found: frozenset[int]

    @property
    def missed(self) -> tuple[int, ...]:
        """Gold claims that no predicted claim is."""
        right = {gold for gold, _ in self.pairs}
        return tuple(index for index in range(len(self.gold)) if index not in right)

    @property
    def wrong(self) -> tuple[int, ...]:
        """Predicted claims that are no gold claim."""
        right = {found for _, found in self.pairs}
        return tuple(index for index in range(len(self.found)) if index not in right)


def match(annotated: Annotated, found: Sequence[Predicted]) -> Match:
    """Return the largest one-to-one matching of the claims of an article; of several, the one that fits best.

    The order of ``found`` does not matter.
    """
    gold, text = annotated.gold.claims, annotated.article.text
    ordered = tuple(sorted(found, key=_order))
    right = pair(gold, ordered, lambda one, other: is_right(one, other, text))
    covered = frozenset(index for index, _ in right)
    pairs = pair(gold, ordered, lambda one, other: has_pair(one, other, text), covered=covered)
    return Match(annotated, gold, ordered, right, frozenset(index for index, _ in pairs))


def is_right(gold: GoldClaim, found: Predicted, text: str) -> bool:
    """Tell whether actor, recipient and PLOVER root agree; the direction is free for symmetric relations."""
    return gold.type == found.type and has_pair(gold, found, text)


def has_pair(gold: GoldClaim, found: Predicted, text: str) -> bool:
    """Tell whether actor and recipient agree, whatever the type."""
    return all(same_pair(gold, found, text)) or (
        gold.symmetric and all(same_pair(gold, found, text, swapped=True))
    )


def pair(
    gold: Sequence[GoldClaim],
    found: Sequence[Predicted],
    fits: Callable[[GoldClaim, Predicted], bool],
    *,
    covered: frozenset[int] = frozenset(),
) -> tuple[tuple[int, int], ...]:
    """Return the largest set of pairs that fit, each claim at most once, by index, in the order of gold.

    The gold claims ``covered`` by a smaller set of pairs that fit stay covered: some largest set does so.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(gold) + len(found)))
    graph.add_weighted_edges_from(
        (i, len(gold) + j, _closeness(one, other) + COVERED * len(gold) * (i in covered))
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if fits(one, other)
    )
    chosen = nx.max_weight_matching(graph, maxcardinality=True)
    return tuple(sorted((min(edge), max(edge) - len(gold)) for edge in chosen))


def _closeness(gold: GoldClaim, found: Predicted) -> int:
    same_names = (gold.actor.name, gold.recipient.name) == (found.actor.label, found.recipient.label)
    return (
        SAME_SENTENCE * gold.evidence.overlaps(found.evidence)
        + SAME_RELATION * (gold.relation == found.relation)
        + SAME_MODALITY * (gold.modality is found.modality)
        + SAME_NAMES * same_names
    )


def _order(claim: Predicted) -> tuple[object, ...]:
    return (
        claim.evidence,
        claim.relation,
        claim.actor.label,
        claim.recipient.label,
        claim.modality,
        repr(claim),
    )
