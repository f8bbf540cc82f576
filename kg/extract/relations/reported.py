"""Reported speech that goes on: German Konjunktiv in a sentence that names no speaker of its own."""

from kg.extract.actors.chunks import Chunk
from kg.extract.relations.clauses import Clauses
from kg.extract.relations.fillers import together
from kg.extract.syntax.doc import Sentence, Token
from kg.knowledge.predicates import predicate_lexicon
from kg.knowledge.words import word_set
from kg.ontology import relation_types

_UTTERED = frozenset({"SUPPORT", "ACCUSE", "REJECT", "REQUEST", "THREATEN"})  # mostly done by saying so
_LOOK_BACK = 3  # sentences: longer reports name their speaker again


def is_reported(token: Token, clauses: Clauses) -> bool:
    """Tell whether the clause of a predicate stands in Konjunktiv ("Moskau habe gewarnt", "er warne").

    Konjunktiv II stands for it where the plural of Konjunktiv I is like the indicative ("die Soldaten hätten ihn
    empfangen"), if nothing in the sentence makes it unreal.
    """
    if clauses.language != "de":
        return False
    verbs = [t for t in (token, *clauses.doc.ancestors(token.i)) if t.upos in {"VERB", "AUX", "ADJ"}]
    return bool(verbs) and _reports(verbs[0], clauses)


def speaker_before(token: Token, clauses: Clauses) -> list[Chunk]:
    """Return who was last said to speak in the sentences before, or nothing where the report broke off."""
    number = clauses.doc.sentence_number(token.i)
    for earlier in range(number - 1, max(number - 1 - _LOOK_BACK, -1), -1):
        sentence = clauses.doc.sentences[earlier]
        found = _speaker_of(sentence, clauses)
        if found:
            return found
        if not _goes_on(sentence, clauses):
            return []
    return []


def _speaker_of(sentence: Sentence, clauses: Clauses) -> list[Chunk]:
    asides = clauses.asides_in(sentence)
    if asides:
        return asides[-1:]
    for token in reversed(clauses.doc.tokens_of(sentence)):
        if token.upos == "VERB" and _speaks(token, clauses):
            subject = clauses.subject(token)
            if subject is not None and not _is_subjunctive(token, clauses):
                return together(clauses.fillers(subject, "speaker"))
    return []


def _goes_on(sentence: Sentence, clauses: Clauses) -> bool:
    roots = [t for t in clauses.doc.tokens_of(sentence) if t.head == t.i]
    return any(_reports(root, clauses) for root in roots)


def _speaks(verb: Token, clauses: Clauses) -> bool:
    """Tell whether who does what a verb says speaks: a verb of speech, or of an act done by saying so."""
    if clauses.is_speech(verb):
        return True
    frames = predicate_lexicon(clauses.language).lookup(clauses.lemma(verb), "verb")
    roots = {relation_types()[frame.relation].root for frame in frames if not frame.fixed}
    return bool(roots) and roots <= _UTTERED and verb.head == verb.i and not clauses.is_passive(verb)


def _reports(verb: Token, clauses: Clauses) -> bool:
    return _is_subjunctive(verb, clauses) or _stands_for_it(verb, clauses)


def _stands_for_it(verb: Token, clauses: Clauses) -> bool:
    """Tell whether a verb stands in the Konjunktiv II that reports of several use."""
    plural = word_set("subjunctive_plural", "de")
    if not any(child.form.lower() in plural for child in clauses.doc.children(verb.i, "aux", "cop")):
        return False
    unreal = word_set("condition", "de") | word_set("unreal", "de")
    sentence = clauses.doc.tokens_of(clauses.doc.sentence(verb.i))
    return all(token.form.lower() not in unreal for token in sentence)


def _is_subjunctive(verb: Token, clauses: Clauses) -> bool:
    """Read the finite verb: an auxiliary of the table, or a full verb in -e beside a subject that is not "ich"."""
    auxiliaries = clauses.doc.children(verb.i, "aux", "cop")
    if any(child.form.lower() in word_set("subjunctive", "de") for child in auxiliaries):
        return True
    if auxiliaries or verb.upos != "VERB":
        return False
    form, stem = verb.form.lower(), verb.lemma.lower()
    subject = next(iter(clauses.doc.children(verb.i, "nsubj")), None)
    return form.endswith("e") and form + "n" == stem and subject is not None and subject.form.lower() != "ich"
