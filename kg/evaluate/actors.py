"""Tells whether a predicted actor is the gold one.

What counts depends on what gold names:

    state         the codes agree; a person, an organ or a group counts as the state it acts for
    person        the same name; a part of it where the mentions overlap, the family name where one side gives
                  no more; who is named by office alone may be given as the state
    organisation  the same name, overlapping mentions, or the code alone
    group         overlapping mentions, the same head word, or the code alone

The code alone tells nobody apart when both actors of a claim are of one state: then it does not count for
organisations, groups and offices. It never makes a person who is named.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.evaluate.gold import GoldClaim, GoldRole
from kg.evaluate.names import (
    is_description,
    same_family_name,
    same_head,
    same_name,
    share_name,
    words_of,
)
from kg.evaluate.predictions import Predicted, PredictedRole
from kg.model import Kind

ORGANS: Final = (Kind.STATE, Kind.ORGANISATION)
"""Kinds that may stand for a state or organisation by code alone."""

PERSONS: Final = (Kind.PERSON, Kind.OFFICE, Kind.PRONOUN)


@dataclass(frozen=True, slots=True)
class Sides:
    """A gold actor and a predicted one.

    ``mention`` is gold's own words; ``domestic`` says that both actors of the gold claim have one code.
    """

    gold: GoldRole
    found: PredictedRole
    mention: str
    domestic: bool

    @property
    def overlap(self) -> bool:
        """Whether the mentions share a character."""
        return any(span.overlaps(self.gold.span) for span in self.found.spans)

    @property
    def same_code(self) -> bool:
        """Whether both have the same code, not an empty one."""
        return bool(self.gold.state) and self.gold.state == self.found.state

    @property
    def same_name(self) -> bool:
        """Whether the names are one. With other codes they must be the same: Niger is not Nigeria."""
        gold, found = self.gold.name, self.found.label
        if self.other_code and (self.gold.kind is not Kind.PERSON or is_description(gold)):
            return words_of(gold) == words_of(found)
        return same_name(gold, found)

    @property
    def by_code(self) -> bool:
        """Whether the code is enough: a state or organ is given, and the claim is between two codes."""
        return self.same_code and self.found.kind in ORGANS and not self.domestic

    @property
    def other_code(self) -> bool:
        """Whether both have codes that differ."""
        return bool(self.gold.state and self.found.state) and self.gold.state != self.found.state


def same_actor(sides: Sides) -> bool:
    """Tell whether the predicted actor is the gold one, by the rule for what gold names."""
    return RULES[sides.gold.kind](sides)


def same_pair(gold: GoldClaim, found: Predicted, text: str, *, swapped: bool = False) -> tuple[bool, bool]:
    """Tell for gold's actor and recipient whether the prediction has them; ``swapped`` turns it round."""
    actor, recipient = (found.recipient, found.actor) if swapped else (found.actor, found.recipient)
    domestic = bool(gold.actor.state) and gold.actor.state == gold.recipient.state
    return (
        same_actor(Sides(gold.actor, actor, gold.actor.span.of(text), domestic)),
        same_actor(Sides(gold.recipient, recipient, gold.recipient.span.of(text), domestic)),
    )


def _state(sides: Sides) -> bool:
    if sides.gold.state:
        return sides.same_code
    return sides.overlap or same_name(sides.gold.name, sides.found.label)


def _person(sides: Sides) -> bool:
    gold, found = sides.gold, sides.found
    if sides.same_name:
        return True
    if found.kind in ORGANS:
        return is_description(gold.name) and sides.by_code
    if found.kind not in PERSONS or sides.other_code:
        return False
    if sides.overlap:
        described = is_description(gold.name) or is_description(found.label)
        return described or share_name(gold.name, found.label)
    short = min(len(words_of(gold.name)), len(words_of(found.label))) == 1
    return short and same_family_name(gold.name, found.label)


def _organisation(sides: Sides) -> bool:
    if sides.domestic and sides.found.kind is Kind.STATE:
        return False
    if sides.same_name or (sides.overlap and not sides.other_code):
        return True
    return sides.by_code


def _group(sides: Sides) -> bool:
    gold, found = sides.gold, sides.found
    if found.kind is Kind.STATE or sides.by_code:
        return sides.by_code
    if sides.overlap:
        return True
    if sides.other_code:
        return False
    return same_head(sides.mention, found.mention) or same_head(gold.name, found.label)


RULES: Final[dict[Kind, Callable[[Sides], bool]]] = {
    Kind.STATE: _state,
    Kind.PLACE: _state,
    Kind.PERSON: _person,
    Kind.OFFICE: _person,
    Kind.PRONOUN: _person,
    Kind.ORGANISATION: _organisation,
    Kind.GROUP: _group,
}
"""The rule for each kind that gold can name."""
