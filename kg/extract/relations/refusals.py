"""Reads who refuses or ends what would be cooperation: "lehnte Gespräche mit den Rebellen ab", "froze aid to Mali".

The annotation guide has the refusal as the act, and a plain "not" as the act negated: "refuses to recognise" rejects,
"does not recognise" recognises, negated.
"""

from dataclasses import replace

from kg.extract.relations.clauses import Clauses
from kg.extract.relations.frames import Match
from kg.extract.syntax.doc import Token
from kg.knowledge.words import word_table
from kg.model import Modality
from kg.ontology import COOPERATION, relation_types

_PARTS = frozenset({"obj", "xcomp", "ccomp", "obl", "nmod"})  # how the act hangs on what refuses it


def refusal_of(match: Match, clauses: Clauses) -> Match | None:
    """Return the refusal or the end of an act of cooperation by those who would act; None where nothing says so."""
    if relation_types()[match.frame.relation].quad not in COOPERATION:
        return None
    if match.frame.modality is Modality.NEGATED:
        return None
    current = match.token
    for ancestor in clauses.doc.ancestors(current.i):
        if current.rel not in _PARTS:
            return None
        if ancestor.upos in {"VERB", "AUX"}:
            relation = word_table("refusal", clauses.language).get(clauses.phrase(ancestor))
            if not relation or not _is_subject(match, ancestor, clauses):
                return None
            frame = replace(match.frame, relation=relation, modality=Modality.ACTUAL, negated="")
            return replace(match, frame=frame, token=ancestor)
        current = ancestor
    return None


def _is_subject(match: Match, verb: Token, clauses: Clauses) -> bool:
    subject = clauses.subject(verb)
    if subject is None or clauses.is_passive(verb):
        return False
    starts = {filler.chunk.start for filler in clauses.fillers(subject, "subj")}
    return any(filler.chunk.start in starts for filler in match.actors)
