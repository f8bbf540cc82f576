"""Reads what became of a plan: cancelled, postponed, confirmed, by the words of ``words/standing.tsv``.

The finding is a cue of the statement, beside its modality: a plan that is confirmed stays a plan, and who merely
threatens to call a meeting off, or denies having done so, has not called it off.
"""

from collections.abc import Iterator

from kg.extract.relations.clauses import Clauses
from kg.extract.relations.frames import Match
from kg.extract.relations.modality import signs_of
from kg.extract.relations.signs import verb_signs
from kg.extract.syntax.doc import Token
from kg.knowledge.words import stems_of, word_table
from kg.model import CANCELLED, CONFIRMED, POSTPONED, Modality

_CUES = {"cancelled": CANCELLED, "postponed": POSTPONED, "confirmed": CONFIRMED}
_SAYS = frozenset({"ccomp", "obj", "nsubj", "xcomp"})
_CHANGES = frozenset({"cancelled", "postponed"})


def standing_of(match: Match, modality: Modality, clauses: Clauses) -> tuple[str, ...]:
    """Return the cue of a match that says what became of a plan; none where nothing does."""
    if modality in {Modality.NEGATED, Modality.PLANNED}:
        for value in _changes(match, clauses):
            return (_CUES[value],)
    if modality is Modality.PLANNED and _is_confirmed(match.token, clauses):
        return (CONFIRMED,)
    return ()


def _changes(match: Match, clauses: Clauses) -> Iterator[str]:
    """Yield "cancelled" or "postponed" where a word says so and no word above it takes that back."""
    own = _value(_lemma(match.token, clauses), clauses.language)
    signs = list(signs_of(match, clauses))
    if own in _CHANGES and match.frame.modality is not Modality.ACTUAL:
        if all(found is Modality.ACTUAL for found, _ in signs):
            yield own
        return
    for number, (_, word) in enumerate(signs, start=1):
        value = _value(word, clauses.language)
        above = signs[number:]
        if value in _CHANGES and all(found is Modality.ACTUAL or other == word for found, other in above):
            yield value


def _is_confirmed(token: Token, clauses: Clauses) -> bool:
    """Tell whether somebody confirms it outright: "confirm" stands above it, not negated and with no "may"."""
    current = token
    for ancestor in clauses.doc.ancestors(token.i):
        if current.rel not in _SAYS:
            return False
        if _value(_lemma(ancestor, clauses), clauses.language) == "confirmed":
            return not list(verb_signs(ancestor, clauses, own=False))
        current = ancestor
    return False


def _lemma(token: Token, clauses: Clauses) -> str:
    phrase = clauses.phrase(token)
    return phrase if phrase in word_table("standing", clauses.language) else clauses.lemma(token)


def _value(word: str, language: str) -> str:
    """Return what a word says of a plan, "" for nothing; German adjectives may carry an ending."""
    table = word_table("standing", language)
    return next((table[stem] for stem in stems_of(word, language) if stem in table), "")
