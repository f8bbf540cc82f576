"""Reported obligations are demands: "Der Iran müsse die Anreicherung beenden, so Rice" is Rice's demand to Iran."""

from collections.abc import Iterator

from kg.extract.relations.clauses import Clauses, Filler
from kg.extract.relations.speakers import speech_subjects
from kg.extract.syntax.doc import Token
from kg.knowledge.words import word_set
from kg.model import OBLIGATION, Kind, Modality, Statement

_CONFIDENCE = 0.6  # the verb may be no act that can be asked for
_RELATION = "demands"


def demands_of(clauses: Clauses) -> Iterator[Statement]:
    """Yield a demand for every clause that obliges an actor and that another actor says."""
    for token in clauses.doc.tokens:
        if token.upos != "AUX" or token.form.lower() not in word_set("obligation", clauses.language):
            continue
        verb = clauses.doc[token.head]
        obliged = _obliged(verb, clauses)
        if obliged is None or clauses.is_passive(verb):
            continue
        speakers = [s for s in speech_subjects(verb, clauses) if s.mention.kind not in {Kind.PRONOUN}]
        for speaker in speakers[:1]:
            if (
                speaker.start == obliged.chunk.start
                or speaker.mention.candidates == obliged.chunk.mention.candidates != ()
            ):
                continue
            yield Statement(
                relation=_RELATION,
                actor=speaker.mention,
                recipient=obliged.chunk.mention,
                modality=Modality.ACTUAL,
                trigger=token.span,
                quote=clauses.doc.sentence(token.i).span,
                confidence=_CONFIDENCE,
                cues=(OBLIGATION, token.form),
            )


def _obliged(verb: Token, clauses: Clauses) -> Filler | None:
    """Return the actor that is subject of an obligation and could be asked: no bystander, no crowd."""
    subject = clauses.subject(verb)
    if subject is None:
        return None
    fillers = [
        f for f in clauses.fillers(subject, "subj") if f.direct and f.chunk.mention.kind is not Kind.PRONOUN
    ]
    asked = [f for f in fillers if f.chunk.mention.candidates or f.chunk.mention.kind is Kind.STATE]
    return asked[0] if asked else None
