"""What the words around an act say of it: modal verbs, adverbs, negation, conditions, purposes.

Each sign is a modality with the word that gave it. ``modality`` says how far they reach and which of them counts.
"""

from collections.abc import Iterator

from kg.extract.relations.clauses import Clauses
from kg.extract.syntax.doc import Token
from kg.knowledge.words import stems_of, word_set, word_table
from kg.model import Modality

PURPOSE = frozenset({"purpose", "um zu"})
_SHIFTED = frozenset({"would", "'d", "würde", "würden"})
_OPEN = frozenset({"planned", "possible", "conditional"})
Sign = tuple[Modality, str]


def verb_signs(verb: Token, clauses: Clauses, *, own: bool, of: Token | None = None) -> Iterator[Sign]:
    """Yield what auxiliaries, adverbs, conjunctions and negation say of a verb, or of a part of it where given.

    ``own``: it is the predicate.
    """
    language = clauses.language
    modal = word_table("modal", language)
    infinitive_after_will = False
    for child in clauses.doc.children(verb.i, "aux", "advmod", "mark", "cop"):
        form, lemma = child.form.lower(), child.lemma.lower()
        value = modal.get(form) or modal.get(lemma)
        if child.rel in {"aux", "cop"} and value:
            passive = form.startswith(("wurd", "worden")) or clauses.is_passive(verb)
            if lemma == "werden" and passive and value == "planned":
                continue  # "wird ... festgenommen": the passive, not the future
            infinitive_after_will = True
            if value == "conditional" and _is_reported_future(child, verb, clauses):
                value = "planned"
            if not _is_hearsay(child, verb, clauses):
                yield Modality(value), form
        hedge = word_table("hedge", language).get(form)
        if child.rel == "advmod" and hedge:
            yield Modality(hedge), form
        if child.rel == "mark" and form in word_set("condition", language):
            yield Modality.CONDITIONAL, form
        if child.rel == "mark" and form in word_set("lacking", language):
            yield Modality.NEGATED, form
    if verb.upos in {"VERB", "ADJ"} and modal.get(verb.lemma.lower()) and not own:
        yield Modality(modal[verb.lemma.lower()]), verb.form
    negation = negation_of(verb, clauses, of=of)
    if negation:
        yield Modality.NEGATED, negation
    if own and _is_to_come(verb, clauses):
        yield Modality.PLANNED, "to"
    yield from _condition_of(verb, clauses)
    if not infinitive_after_will and own and clauses.is_infinitive(verb) and _is_purpose(verb, clauses):
        yield Modality.PLANNED, "um zu"


def _condition_of(verb: Token, clauses: Clauses) -> Iterator[Sign]:
    """Read the condition that an act to come hangs on: "will withdraw if", "Sollte ..., will"."""
    modal = word_table("modal", clauses.language)
    modals = (modal.get(child.form.lower()) for child in clauses.doc.children(verb.i, "aux"))
    if not clauses.is_infinitive(verb) and _OPEN.isdisjoint(modals):
        return
    for word in _conditions(verb, clauses):
        yield Modality.CONDITIONAL, word


def _conditions(verb: Token, clauses: Clauses) -> list[str]:
    """Return the words that make clauses beside a verb its conditions."""
    words = (_opens_condition(clause, clauses) for clause in clauses.doc.children(verb.i, "advcl"))
    return [word for word in words if word]


def _is_to_come(verb: Token, clauses: Clauses) -> bool:
    """Tell "is to ratify" from "ratified"."""
    marks = (child for child in clauses.doc.children(verb.i, "mark") if child.form.lower() == "to")
    to = next(marks, None)
    be = (child for child in clauses.doc.children(verb.i, "cop", "aux") if child.lemma == "be")
    return clauses.language == "en" and verb.upos == "VERB" and bool(to and any(c.i < to.i for c in be))


def _opens_condition(clause: Token, clauses: Clauses) -> str:
    """Return the word that makes a clause a condition, or "": a conjunction, or its verb in front of all else."""
    for mark in clauses.doc.children(clause.i, "mark"):
        if mark.form.lower() in word_set("condition", clauses.language):
            return mark.form
    parts = [clause, *(child for child in clauses.doc.children(clause.i) if child.rel != "punct")]
    first = min(parts, key=lambda token: token.i)
    inverted = word_set("inverted_condition", clauses.language)
    return first.form if first.rel in {"aux", "cop"} and first.form.lower() in inverted else ""


def _is_hearsay(modal: Token, verb: Token, clauses: Clauses) -> bool:
    """Tell "soll getroffen haben" (it is said to have happened) from "soll treffen" (it is planned)."""
    if clauses.language != "de" or modal.lemma.lower() != "sollen":
        return False
    return any(child.i > verb.i for child in _perfect(verb, clauses))


def lies_behind(verb: Token, clauses: Clauses) -> bool:
    """Tell whether an act is over if it took place at all: "may have met", "könnte getroffen haben"."""
    modal = word_table("modal", clauses.language)
    modals = (child for child in clauses.doc.children(verb.i, "aux") if child.form.lower() in modal)
    return any(modals) and bool(_perfect(verb, clauses))


def _perfect(verb: Token, clauses: Clauses) -> list[Token]:
    """Return the infinitives that put a verb into the perfect: "must have met"."""
    forms = word_set("perfect", clauses.language)
    return [child for child in clauses.doc.children(verb.i, "aux") if child.form.lower() in forms]


def _is_reported_future(modal: Token, verb: Token, clauses: Clauses) -> bool:
    """Tell the future that a report shifts ("announced that she would visit") from a condition."""
    head = clauses.doc[verb.head]
    if modal.form.lower() not in _SHIFTED or verb.rel not in {"ccomp", "parataxis"}:
        return False
    return clauses.is_speech(head) and not _perfect(verb, clauses) and not _conditions(verb, clauses)


def takes_part(noun: Token, clauses: Clauses) -> bool:
    """Tell whether a negated verb reaches its phrase: "nicht an dem Krieg beteiligen", "nicht an Gespräche gedacht"."""
    return noun.rel == "obl" and clauses.language == "de" and clauses.case(noun) == "an"


def noun_signs(noun: Token, clauses: Clauses, *, own: bool) -> Iterator[Sign]:
    """Yield what adjectives, determiners and a clause say of a noun; ``own``: it is the predicate."""
    hedges = word_table("hedge", clauses.language)
    for child in clauses.doc.children(noun.i, "amod", "det", "advmod"):
        forms = (child.lemma.lower(), *stems_of(child.form, clauses.language))
        hedge = next((hedges[form] for form in forms if form in hedges), "")
        if hedge:
            yield Modality(hedge), child.form
        if child.lemma.lower() in word_set("negative_determiner", clauses.language):
            yield Modality.NEGATED, child.form
    if own and clauses.case(noun) in word_set("lacking", clauses.language):
        yield Modality.NEGATED, clauses.case(noun)
    for clause in (
        clauses.doc.children(noun.i, "acl") if own else ()
    ):  # "ein Treffen sei nicht geplant gewesen"
        if clauses.doc.children(clause.i, "aux") and (negation := negation_of(clause, clauses)):
            yield Modality.NEGATED, negation
    operator = word_table("operator", clauses.language).get(noun.lemma.lower())
    if operator and noun.upos == "NOUN" and not own:
        yield Modality(operator), noun.form


def linking_signs(clause: Token, host: Token, clauses: Clauses) -> Iterator[Sign]:
    """Read what the link between a clause and its host says: purpose, condition, a noun such as "plan"."""
    condition = _opens_condition(clause, clauses)
    if condition:
        yield Modality.CONDITIONAL, condition
    if clause.rel == "advcl" and clauses.is_infinitive(clause) and not _is_done_by(host, clauses):
        yield Modality.PLANNED, "purpose"
    if (
        clause.rel == "acl"
        and host.upos == "NOUN"
        and clauses.is_infinitive(clause)
        and not clauses.is_party(host)
    ):
        value = word_table("operator", clauses.language).get(host.lemma.lower(), "planned")
        yield Modality(value), host.form


def shared_signs(verb: Token, first: Token, clauses: Clauses) -> Iterator[Sign]:
    """Read the auxiliaries that a coordinated verb shares with the first: "wird A treffen und B besuchen"."""
    if clauses.doc.children(verb.i, "aux", "cop") or clauses.doc.children(verb.i, "nsubj"):
        return
    finite = verb.form.lower() != verb.lemma.lower()
    for child in clauses.doc.children(first.i, "aux"):
        value = word_table("modal", clauses.language).get(child.form.lower())
        if value and not (finite and (clauses.language == "de" or not clauses.is_passive(first))):
            yield Modality(value), child.form


def negation_of(token: Token, clauses: Clauses, *, of: Token | None = None) -> str:
    """Return the word that negates a predicate, or ""; where ``of`` is given, only what negates that part of it.

    "An investigation found no proof" has an investigation, and no proof.
    """
    negations = word_set("negation", clauses.language)
    for child in clauses.doc.children(token.i, "advmod", "det", "case", "cc", "obl"):
        if child.form.lower() in negations or child.lemma.lower() in negations:
            return child.form
    beside = clauses.doc.children(token.i, "xcomp", "conj")  # "weder vereinbart noch geplant"
    for child in (token, *beside):
        for before in clauses.doc.children(child.i, "cc"):
            if before.deprel == "cc:preconj" and before.form.lower() in negations:
                return before.form
    for child in clauses.doc.children(token.i, "obj", "nsubj", "obl"):
        if of is not None and of.rel == "nsubj" and child.i != of.i:
            continue
        for determiner in clauses.doc.children(child.i, "det"):
            if determiner.lemma.lower() in word_set("negative_determiner", clauses.language):
                return determiner.form
    return ""


def _is_purpose(verb: Token, clauses: Clauses) -> bool:
    opens = any(child.form.lower() == "um" for child in clauses.doc.children(verb.i, "mark"))
    return opens and not _is_done_by(clauses.doc[verb.head], clauses)


def _is_done_by(host: Token, clauses: Clauses) -> bool:
    """Tell a verb that does what it is for: "voted to censure", "wrote to thank her"."""
    return clauses.lemma(host) in word_set("means", clauses.language)
