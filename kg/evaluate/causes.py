"""Says why a gold claim was missed, and what is wrong with a predicted one: the first cause that applies.

The tables ``MISSED`` and ``WRONG`` are the cascades; a cause looks at one claim and at the claims of the
other side that could explain it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kg.evaluate.actors import same_pair
from kg.evaluate.gold import GoldClaim
from kg.evaluate.matching import Match, has_pair, is_right
from kg.evaluate.predictions import Predicted
from kg.evaluate.values import speakers_agree, time_agrees
from kg.model import Modality

Test = Callable[[GoldClaim, Predicted, str], bool]


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of an error, and how gold and prediction relate where it applies.

    ``free`` causes look at claims that are not right themselves, the others at all.
    """

    name: str
    applies: Test
    free: bool = True


def _swapped(gold: GoldClaim, found: Predicted, text: str) -> bool:
    return gold.type == found.type and all(same_pair(gold, found, text, swapped=True))


def _same_root(gold: GoldClaim, found: Predicted) -> bool:
    return gold.type == found.type and gold.evidence.overlaps(found.evidence)


def _halves(gold: GoldClaim, found: Predicted, text: str) -> set[tuple[bool, bool]]:
    ways = (False, True) if gold.symmetric else (False,)
    return {same_pair(gold, found, text, swapped=swapped) for swapped in ways}


def _actor_differs(gold: GoldClaim, found: Predicted, text: str) -> bool:
    return _same_root(gold, found) and (False, True) in _halves(gold, found, text)


def _recipient_differs(gold: GoldClaim, found: Predicted, text: str) -> bool:
    return _same_root(gold, found) and (True, False) in _halves(gold, found, text)


def _both_differ(gold: GoldClaim, found: Predicted, _text: str) -> bool:
    return _same_root(gold, found)


def _same_sentence(gold: GoldClaim, found: Predicted, _text: str) -> bool:
    return gold.evidence.overlaps(found.evidence)


MISSED: Final = (
    Cause("wrong direction", _swapped),
    Cause("pair found, wrong type", has_pair),
    Cause("actor missed", _actor_differs),
    Cause("recipient missed", _recipient_differs),
    Cause("both actors missed", _both_differ),
    Cause("told as another claim", is_right, free=False),
    Cause("other claims in the sentence", _same_sentence, free=False),
)
NOTHING: Final = "nothing found in the sentence"

WRONG: Final = (
    Cause("repeats a right claim", is_right, free=False),
    Cause("wrong direction", _swapped),
    Cause("wrong type", has_pair),
    Cause("wrong actor", _actor_differs),
    Cause("wrong recipient", _recipient_differs),
    Cause("both actors wrong", _both_differ),
)
NO_CLAIM: Final = "no such claim"


def why_missed(match: Match, index: int) -> str:
    """Return why the gold claim ``index`` is not among the right ones."""
    gold, text = match.gold[index], match.annotated.article.text
    wrong = [match.found[other] for other in match.wrong]
    for cause in MISSED:
        if any(cause.applies(gold, found, text) for found in (wrong if cause.free else match.found)):
            return cause.name
    return NOTHING


def why_wrong(match: Match, index: int) -> str:
    """Return what is wrong with the predicted claim ``index``."""
    found, text = match.found[index], match.annotated.article.text
    missed = [match.gold[other] for other in match.missed]
    for cause in WRONG:
        if any(cause.applies(gold, found, text) for gold in (missed if cause.free else match.gold)):
            return cause.name
    return NO_CLAIM


def flaws(gold: GoldClaim, found: Predicted, text: str) -> tuple[str, ...]:
    """Return what is wrong with a right claim beside actor, recipient and root: modality, speakers, time."""
    return tuple(_flaws(gold, found, text))


def _flaws(gold: GoldClaim, found: Predicted, text: str) -> Iterable[str]:
    if gold.modality is not found.modality:
        yield f"modality: {gold.modality} taken for {found.modality}"
    if gold.speakers and not found.speakers:
        yield "speech taken for fact" if found.modality is Modality.ACTUAL else "speaker missed"
    elif not speakers_agree(gold, found, text):
        yield "wrong speaker" if gold.speakers else "speaker where the narrator speaks"
    if not time_agrees(gold, found):
        yield _time_flaw(gold, found)


def _time_flaw(gold: GoldClaim, found: Predicted) -> str:
    if gold.time and found.time:
        return "wrong time"
    return "time missed" if gold.time else "time where none is said"
