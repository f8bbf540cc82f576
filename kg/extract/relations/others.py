"""Acts of others: who condemns, welcomes or demands an act does not do it, and does not face whom it is done to."""

from typing import Final

from kg.extract.relations.clauses import Clauses
from kg.extract.syntax.doc import Token
from kg.knowledge.predicates import NAMED_SLOTS, Frame, predicate_lexicon
from kg.knowledge.words import word_set
from kg.ontology import relation_types

_OF_OTHERS: Final = frozenset({"ACCUSE", "REQUEST", "SUPPORT"})
_TREATIES: Final = "signs"  # what one signs is one's own
GENITIVES: Final = frozenset({"of", "von"})
"""Prepositions that join a noun to what it is of, where other words would take a genitive."""
_POSSESSIVES: Final = frozenset({"'s", "’s", "'"})


def speaks_of_others(frame: Frame) -> bool:
    """Tell whether the object of a word is somebody else's act: of "condemn", not of "begin"."""
    return relation_types()[frame.relation].root in _OF_OTHERS and frame.relation != _TREATIES


def is_of_others(verb: Token, clauses: Clauses) -> bool:
    """Tell whether a verb takes what others do for its object; who orders an attack attacks."""
    lemma = clauses.lemma(verb)
    apart = clauses.language == "en" and clauses.particle(verb)  # "called off a trip" is another verb
    if apart or lemma in word_set("ordering", clauses.language):
        return False
    frames = predicate_lexicon(clauses.language).lookup(lemma, "verb")
    return any(speaks_of_others(frame) for frame in frames if not frame.fixed)


def is_done_to(noun: Token, party: Token, clauses: Clauses) -> bool:
    """Tell whether somebody suffers the act that a noun names: "attack on Finland", "die Freilassung der Geiseln"."""
    frames = predicate_lexicon(clauses.language).lookup(noun.lemma, "noun")
    if any(relation_types()[frame.relation].symmetric for frame in frames):
        return False
    suffers = [_stands_in(frame.recipient, noun, party, clauses) for frame in frames]
    does = [_stands_in(frame.actor, noun, party, clauses) for frame in frames]
    if clauses.language == "en":  # where a row has a slot "of", its "gen" is the genitive before the noun
        does = [one and not other for one, other in zip(does, suffers, strict=True)]
    return any(suffers) and not any(does)


def _stands_in(slots: tuple[str, ...], noun: Token, party: Token, clauses: Clauses) -> bool:
    """Tell whether a party hangs on a noun in one of these slots."""
    top = party
    while top.head != noun.i and top.rel != "root":
        top = clauses.doc[top.head]
    if top.head != noun.i:
        return False
    case = clauses.case(top)
    if top.rel == "nmod" and case and case not in GENITIVES | _POSSESSIVES:
        return case in slots and case not in NAMED_SLOTS
    genitive = top.rel == "nmod" and top.deprel != "nmod:poss"
    return not {"gen", *GENITIVES}.isdisjoint(slots) if genitive else "poss" in slots
