"""The classes of the learned relation layer, in the order of its outputs."""

from typing import Final

from kg.model import Modality

ROOTS: Final = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""The roots of PLOVER; class 0 of the layer is "no relation", class 1 the first root."""

MUTUAL: Final = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Roots in which the direction is often free; the layer is not taught that their reverse is wrong."""

MODALITIES: Final = tuple(Modality)

BACK: Final = 3
"""Sentences before its own in which an actor of a relation may stand, counted back."""
