"""Decides how an act stands to the world: actual, planned, possible, conditional or negated.

Signs are gathered along the path from the predicate up to the clause that asserts it (modal verbs, adverbs, negation,
"ankündigen", "um ... zu", "falls"), each with the word that gave it; the strongest counts. Verbs of mere saying end the
path: what is reported stands by itself. So do verbs that answer an act: who turns down a demand has met one.
"""

from collections.abc import Iterator

from kg.extract.relations.clauses import Clauses
from kg.extract.relations.frames import Match
from kg.extract.relations.signs import (
    PURPOSE,
    Sign,
    linking_signs,
    negation_of,
    noun_signs,
    shared_signs,
    takes_part,
    verb_signs,
)
from kg.extract.syntax.doc import Token
from kg.knowledge.words import word_set, word_table
from kg.model import Modality
from kg.ontology import relation_types

_STRENGTH = (Modality.NEGATED, Modality.CONDITIONAL, Modality.POSSIBLE, Modality.PLANNED, Modality.ACTUAL)
_NOMINAL = frozenset({"nmod", "obj", "obl", "iobj", "nsubj", "conj", "appos"})
_ASSERTED = frozenset({"obj", "nsubj", "iobj", "xcomp"})
"""What a verb's modality reaches; not "nach dem Treffen"."""
_UTTERED = frozenset({"REQUEST", "ACCUSE", "THREATEN"})  # has been done when somebody turns it down
_OFFERED = frozenset({"offers", "promises"})  # the same
_VERBS = frozenset({"VERB", "AUX"})


def modality_of(match: Match, clauses: Clauses) -> tuple[Modality, tuple[str, ...]]:
    """Return the modality of a match and the words that decide it."""
    signs = list(signs_of(match, clauses))
    doubts = tuple(word for found, word in signs if found is not Modality.ACTUAL)
    if match.frame.modality is Modality.NEGATED and doubts:  # "threatened to cancel", "did not cancel"
        negated = any(found is Modality.NEGATED for found, _ in signs)
        return (Modality.PLANNED if negated else Modality.POSSIBLE), doubts
    if match.frame.modality is not Modality.ACTUAL:
        signs.append((match.frame.modality, match.frame.source))
    for modality in _STRENGTH:
        words = tuple(word for found, word in signs if found is modality)
        if words:
            return modality, words
    return Modality.ACTUAL, ()


def signs_of(match: Match, clauses: Clauses) -> Iterator[Sign]:
    """Yield what the words around a match say of it, from the predicate upwards."""
    protests = _root(match) == "PROTEST"
    for modality, word in _signs(match, clauses):
        if not (protests and word in PURPOSE):  # who marches in order to protest protests
            yield modality, word


def _signs(match: Match, clauses: Clauses) -> Iterator[Sign]:
    token, doc = match.token, clauses.doc
    if token.upos in {*_VERBS, "ADJ"}:
        yield from verb_signs(token, clauses, own=True)
    else:
        yield from noun_signs(token, clauses, own=True)
    current = token
    for ancestor in doc.ancestors(token.i):
        if current.upos in {*_VERBS, "ADJ"} and current.rel in {"ccomp", "parataxis", "root", "conj"}:
            if current.rel == "conj" and ancestor.upos in _VERBS:
                yield from shared_signs(current, ancestor, clauses)
                current = ancestor
                continue
            if current.rel != "ccomp":
                return
        if current.rel in {"acl", "advcl", "ccomp", "xcomp"}:
            yield from linking_signs(current, ancestor, clauses)
            yield from _denial_of(current, ancestor, clauses)
            if current.rel in {"acl", "advcl"} and not clauses.is_infinitive(current):
                return
        lemma = clauses.lemma(ancestor) if ancestor.upos in _VERBS else ancestor.lemma.lower()
        told = current.rel in {"ccomp", "parataxis"}
        if told and ancestor.upos in _VERBS and clauses.is_speech(ancestor):
            if word_table("operator", clauses.language).get(lemma) == "negated":
                yield Modality.NEGATED, lemma  # "denied that they had met"
            return
        if current is token and _is_answered(match, ancestor, lemma, clauses):
            return
        yield from _signs_above(current, ancestor, lemma, clauses)
        if ancestor.upos in _VERBS:
            if current.rel in _ASSERTED or takes_part(current, clauses):
                yield from verb_signs(ancestor, clauses, own=False, of=current)
        elif current.rel in _NOMINAL:
            yield from noun_signs(ancestor, clauses, own=False)
        current = ancestor


def _signs_above(current: Token, ancestor: Token, lemma: str, clauses: Clauses) -> Iterator[Sign]:
    """Yield what a word says of the part that hangs on it: "plan", "refuse", "not"."""
    operators = word_table("operator", clauses.language)
    taking = (f"{lemma} {word}" for word in _links(current, clauses))  # "willigte in Gespräche ein"
    phrase = next((phrase for phrase in taking if phrase in operators), "")
    if not phrase and not _is_beside(current, ancestor, clauses):
        phrase = clauses.phrase(ancestor) if ancestor.upos in _VERBS else lemma
    operator = operators.get(phrase)
    negated = negation_of(ancestor, clauses, of=current)
    if operator:
        turned = negated and operator in {"planned", "actual"}
        yield (Modality.NEGATED if turned else Modality(operator)), phrase
    elif negated and _is_negated_with(current, ancestor, clauses):
        yield Modality.NEGATED, negated


def _links(current: Token, clauses: Clauses) -> list[str]:
    """Return the words that open a phrase or clause: "to", "for"."""
    return [child.form.lower() for child in clauses.doc.children(current.i, "case", "mark")]


def _denial_of(clause: Token, host: Token, clauses: Clauses) -> Iterator[Sign]:
    """Read "rejects allegations that it has trained them"."""
    said = host.upos == "NOUN" and host.lemma.lower() in word_set("allegation", clauses.language)
    if clause.rel != "acl" or not said or clauses.is_infinitive(clause):
        return
    verb = clauses.doc[host.head]
    if (
        host.rel in {"obj", "nsubj", "obl"}
        and word_table("operator", clauses.language).get(clauses.lemma(verb)) == "negated"
    ):
        yield Modality.NEGATED, clauses.lemma(verb)


def _is_negated_with(current: Token, ancestor: Token, clauses: Clauses) -> bool:
    """Tell whether what is negated takes this part of it along; "the release is no concession" does not."""
    if current.rel == "nsubj" and ancestor.upos == "NOUN" and clauses.doc.children(ancestor.i, "cop"):
        return False
    return current.rel in {"xcomp", "obj", "ccomp", "nsubj"} or takes_part(current, clauses)


def _is_beside(current: Token, ancestor: Token, clauses: Clauses) -> bool:
    """Tell an act that a verb does not speak of: "announced it despite criticism", "called the move an attack"."""
    if ancestor.upos not in _VERBS:
        return False
    if current.rel == "obl":
        return clauses.case(current) in word_set("circumstance_case", clauses.language)
    named = clauses.doc.children(ancestor.i, "xcomp")
    return current.rel in {"xcomp", "obj"} and any(child.upos in {"NOUN", "ADJ"} for child in named)


def _is_answered(match: Match, ancestor: Token, lemma: str, clauses: Clauses) -> bool:
    """Tell "turned down the demand", "considers a request": the demand was made."""
    if match.token.upos != "NOUN" or match.token.rel not in {"obj", "iobj", "nsubj", "obl"}:
        return False
    uttered = _root(match) in _UTTERED or match.frame.relation in _OFFERED
    return uttered and lemma in word_set("answer", clauses.language) and ancestor.upos in _VERBS


def _root(match: Match) -> str:
    return relation_types()[match.frame.relation].root
