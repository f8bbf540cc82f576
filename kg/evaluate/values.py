"""Compares what right claims say beside their actors and type: speakers and time."""

from kg.evaluate.gold import GoldClaim, GoldSpeaker
from kg.evaluate.names import same_family_name, same_name, share_word
from kg.evaluate.predictions import Predicted


def speakers_agree(gold: GoldClaim, found: Predicted, text: str) -> bool:
    """Tell whether the innermost or the outermost source is right; no source on either side is right too."""
    if not gold.speakers or not found.speakers:
        return not gold.speakers and not found.speakers
    return any(_same_speaker(gold.speakers[end], found.speakers[end], text) for end in (0, -1))


def time_agrees(gold: GoldClaim, found: Predicted) -> bool:
    """Tell whether first and last day are right; no time on either side is right too."""
    if gold.time is None or found.time is None:
        return gold.time is None and found.time is None
    return (gold.time.start, gold.time.end) == (found.time.start, found.time.end)


def _same_speaker(gold: GoldSpeaker, found: tuple[str, ...], text: str) -> bool:
    names = (gold.name, gold.span.of(text))
    return any(
        same(name, words)
        for same in (same_name, same_family_name, share_word)
        for name in names
        for words in found
    )
