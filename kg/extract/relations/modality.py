"""Decides how an act stands to the world: actual, planned, possible, conditional or negated.

Signs are gathered along the path from the predicate up to the clause that asserts it (modal verbs, adverbs, negation,
"ankündigen", "um ... zu", "falls"), each with the word that gave it; the strongest counts. Verbs of mere saying end the
path: what is reported stands by itself.
"""

from collections.abc import Iterator

from kg.extract.relations.clauses import Clauses
from kg.extract.relations.frames import Match
from kg.extract.syntax.doc import Token
from kg.knowledge.words import stems_of, word_set, word_table
from kg.model import Modality

_STRENGTH = (Modality.NEGATED, Modality.CONDITIONAL, Modality.POSSIBLE, Modality.PLANNED, Modality.ACTUAL)
_NOMINAL = frozenset({"nmod", "obj", "obl", "iobj", "nsubj", "conj", "appos"})
_ASSERTED = frozenset(
    {"obj", "nsubj", "iobj", "xcomp"}
)  # what a verb's modality reaches; not "nach dem Treffen"
_SHIFTED = frozenset({"would", "'d", "würde", "würden"})
Sign = tuple[Modality, str]


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
    token, doc = match.token, clauses.doc
    if token.upos in {"VERB", "AUX", "ADJ"}:
        yield from verb_signs(token, clauses, own=True)
    else:
        yield from _noun_signs(token, clauses, own=True)
    current = token
    for ancestor in doc.ancestors(token.i):
        if current.upos in {"VERB", "AUX", "ADJ"} and current.rel in {"ccomp", "parataxis", "root", "conj"}:
            if current.rel == "conj" and ancestor.upos in {"VERB", "AUX"}:
                yield from _shared_signs(current, ancestor, clauses)
                current = ancestor
                continue
            if current.rel != "ccomp":
                return
        if current.rel in {"acl", "advcl", "ccomp", "xcomp"}:
            yield from _linking_signs(current, ancestor, clauses)
            if current.rel in {"acl", "advcl"} and not clauses.is_infinitive(current):
                return
        lemma = clauses.lemma(ancestor) if ancestor.upos in {"VERB", "AUX"} else ancestor.lemma.lower()
        if ancestor.upos in {"VERB", "AUX"} and lemma in word_set("speech", clauses.language) and current.rel in {
            "ccomp", "parataxis",
        }:  # fmt: skip
            return
        phrase = f"{lemma} {clauses.particle(ancestor)}"  # "called off" is not "called"
        operators = word_table("operator", clauses.language)
        operator = operators.get(phrase) or operators.get(lemma)
        negated = _negation(ancestor, clauses, of=current)
        if operator:
            yield (
                Modality.NEGATED if negated and operator in {"planned", "actual"} else Modality(operator),
                phrase if phrase in operators else lemma,
            )
        elif negated and (current.rel in {"xcomp", "obj", "ccomp", "nsubj"} or _takes_part(current, clauses)):
            yield Modality.NEGATED, negated
        if ancestor.upos in {"VERB", "AUX"}:
            if current.rel in _ASSERTED or _takes_part(current, clauses):
                yield from verb_signs(ancestor, clauses, own=False, of=current)
        elif current.rel in _NOMINAL:
            yield from _noun_signs(ancestor, clauses, own=False)
        current = ancestor


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
            passive = form.startswith("wurd") or clauses.is_passive(verb)
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
    if verb.upos in {"VERB", "ADJ"} and modal.get(verb.lemma.lower()) and not own:
        yield Modality(modal[verb.lemma.lower()]), verb.form
    negation = _negation(verb, clauses, of=of)
    if negation:
        yield Modality.NEGATED, negation
    if not infinitive_after_will and own and clauses.is_infinitive(verb) and _marked(verb, clauses, "um"):
        yield Modality.PLANNED, "um zu"


def _is_hearsay(modal: Token, verb: Token, clauses: Clauses) -> bool:
    """Tell "soll getroffen haben" (it is said to have happened) from "soll treffen" (it is planned)."""
    if clauses.language != "de" or modal.lemma.lower() != "sollen":
        return False
    perfect = {"haben", "sein"}
    return any(c.form.lower() in perfect and c.i > verb.i for c in clauses.doc.children(verb.i, "aux"))


def _is_reported_future(modal: Token, verb: Token, clauses: Clauses) -> bool:
    """Tell the future that a report shifts ("announced that she would visit") from a condition."""
    head = clauses.doc[verb.head]
    if modal.form.lower() not in _SHIFTED or verb.rel not in {"ccomp", "parataxis"}:
        return False
    marks = (
        mark
        for clause in clauses.doc.children(verb.i, "advcl")
        for mark in clauses.doc.children(clause.i, "mark")
    )
    unreal = any(mark.form.lower() in word_set("condition", clauses.language) for mark in marks)
    perfect = any(
        child.form.lower() in {"have", "haben", "sein"} for child in clauses.doc.children(verb.i, "aux")
    )
    return clauses.is_speech(head) and not unreal and not perfect


def _takes_part(noun: Token, clauses: Clauses) -> bool:
    """Tell whether a negated verb reaches its phrase: "nicht an dem Krieg beteiligen", "nicht an Gespräche gedacht"."""
    return noun.rel == "obl" and clauses.language == "de" and clauses.case(noun) == "an"


def _noun_signs(noun: Token, clauses: Clauses, *, own: bool) -> Iterator[Sign]:
    hedges = word_table("hedge", clauses.language)
    for child in clauses.doc.children(noun.i, "amod", "det", "advmod"):
        forms = (child.lemma.lower(), *stems_of(child.form, clauses.language))
        hedge = next((hedges[form] for form in forms if form in hedges), "")
        if hedge:
            yield Modality(hedge), child.form
        if child.lemma.lower() in word_set("negative_determiner", clauses.language):
            yield Modality.NEGATED, child.form
    for clause in (
        clauses.doc.children(noun.i, "acl") if own else ()
    ):  # "ein Treffen sei nicht geplant gewesen"
        if clauses.doc.children(clause.i, "aux") and (negation := _negation(clause, clauses)):
            yield Modality.NEGATED, negation
    operator = word_table("operator", clauses.language).get(noun.lemma.lower())
    if operator and noun.upos == "NOUN" and not own:
        yield Modality(operator), noun.form


def _linking_signs(clause: Token, host: Token, clauses: Clauses) -> Iterator[Sign]:
    """Read what the link between a clause and its host says: purpose, condition, a noun such as "plan"."""
    for mark in clauses.doc.children(clause.i, "mark"):
        if mark.form.lower() in word_set("condition", clauses.language):
            yield Modality.CONDITIONAL, mark.form
    if clause.rel == "advcl" and clauses.is_infinitive(clause):
        yield Modality.PLANNED, "purpose"
    if (
        clause.rel == "acl"
        and host.upos == "NOUN"
        and clauses.is_infinitive(clause)
        and not clauses.is_party(host)
    ):
        value = word_table("operator", clauses.language).get(host.lemma.lower(), "planned")
        yield Modality(value), host.form


def _shared_signs(verb: Token, first: Token, clauses: Clauses) -> Iterator[Sign]:
    """Read the auxiliaries that a coordinated verb shares with the first: "wird A treffen und B besuchen"."""
    if clauses.doc.children(verb.i, "aux", "cop") or clauses.doc.children(verb.i, "nsubj"):
        return
    finite = verb.form.lower() != verb.lemma.lower()
    for child in clauses.doc.children(first.i, "aux"):
        value = word_table("modal", clauses.language).get(child.form.lower())
        if value and not (finite and clauses.language == "de"):
            yield Modality(value), child.form


def _negation(token: Token, clauses: Clauses, *, of: Token | None = None) -> str:
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


def _marked(verb: Token, clauses: Clauses, word: str) -> bool:
    return any(c.form.lower() == word for c in clauses.doc.children(verb.i, "mark"))
