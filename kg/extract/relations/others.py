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
POSSESSIVES: Final = frozenset({"'s", "’s", "'"})
"""What English puts behind an owner."""


def speaks_of_others(frame: Frame) -> bool:
    """Tell whether the object of a word is somebody else's act: of "condemn", not of "begin"."""
    return relation_types()[frame.relation].root in _OF_OTHERS and frame.relation != _TREATIES


def is_of_others(verb: Token, clauses: Clauses) -> bool:
    """Tell whether a verb takes what others do for its object; who orders an attack attacks."""
    phrase = clauses.phrase(verb)  # "called off a trip" is another verb than "called for a trip"
    if phrase in word_set("ordering", clauses.language):
        return False
    frames = predicate_lexicon(clauses.language).lookup(phrase, "verb")
    return any(speaks_of_others(frame) for frame in frames if not frame.fixed)


def is_done_to(noun: Token, party: Token, clauses: Clauses) -> bool:
    """Tell whether somebody suffers the act that a noun names: "attack on Finland", "die Freilassung der Geiseln"."""
    frames = predicate_lexicon(clauses.language).lookup(noun.lemma, "noun")
    if any(relation_types()[frame.relation].symmetric for frame in frames):
        return False
    slots = _slots_of(party, noun, clauses)
    suffers = [not slots.isdisjoint(frame.recipient) for frame in frames]
    does = [not slots.isdisjoint(frame.actor) for frame in frames]
    if clauses.language == "en":  # where a row has a slot "of", its "gen" is the genitive before the noun
        does = [one and not other for one, other in zip(does, suffers, strict=True)]
    return any(suffers) and not any(does)


def _slots_of(party: Token, noun: Token, clauses: Clauses) -> frozenset[str]:
    """Return the slots of a noun that a party may stand in; none where it does not hang on the noun."""
    above = (party, *clauses.doc.ancestors(party.i))
    top = next((token for token in above if token.head == noun.i), None)
    if top is None:
        return frozenset()
    case = clauses.case(top)
    if top.rel == "nmod" and case and case not in GENITIVES | POSSESSIVES:
        return frozenset({case}) - NAMED_SLOTS
    genitive = top.rel == "nmod" and top.deprel != "nmod:poss"
    return GENITIVES | {"gen"} if genitive else frozenset({"poss"})
