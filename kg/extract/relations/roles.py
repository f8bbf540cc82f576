"""Fills the roles of a frame: who stands in which slot of a clause or noun phrase."""

from collections.abc import Iterator

from kg.extract.actors.chunks import Chunk
from kg.extract.relations.clauses import Clauses, Filler
from kg.extract.relations.others import GENITIVES, POSSESSIVES, is_done_to, is_of_others, speaks_of_others
from kg.extract.syntax.doc import Token
from kg.knowledge.predicates import NAMED_SLOTS, Frame
from kg.model import Kind, Mention
from kg.ontology import VERBAL, relation_types

Fillers = tuple[Filler, ...]

_TRANSPARENT_CASES = {
    "de": frozenset({"auf", "zu", "an", "über", "von"}),
    "en": frozenset({"on", "to", "for", "about", "of"}),
}
"""Prepositions under which a noun still takes the subject of its verb: "bereitet sich auf Gespräche vor"."""
_SPEAKING = frozenset({Kind.STATE, Kind.ORGANISATION, Kind.PERSON, Kind.OFFICE, Kind.PLACE})
_IMPLIED = {"protests": {"de": "Demonstranten", "en": "protesters"}}


class RoleFiller:
    """Finds actors and recipients of frames in one article."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses, self.doc = clauses, clauses.doc
        self.language = clauses.language
        self.types = relation_types()
        self._speaks = self._of_others = False
        self._words: set[int] = set()

    def fill(self, token: Token, frame: Frame, fixed: list[Token]) -> tuple[Fillers, Fillers, Token | None]:
        """Return actors, recipients and the verb that lends a noun its subject; empty where nothing fits.

        Recipients are looked for first: "criticism of X" is criticism of the recipient.
        """
        symmetric = self.types[frame.relation].symmetric
        self._speaks = frame.pos == "verb" and self.types[frame.relation].quad in VERBAL
        self._of_others = speaks_of_others(frame)
        taken: set[int] = {t.i for t in fixed}
        self._words = {token.i, *taken}
        recipients = self._fill(token, frame.recipient, fixed, taken)
        taken |= {f.chunk.start for f in recipients}
        actors = self._fill(token, frame.actor, fixed, taken)
        support = None
        if not actors and frame.pos == "noun":
            actors, support = self._support_subject(token, taken, mutual=symmetric)
        if frame.pos == "noun" and not recipients and actors:
            recipients = self._first_part(token, taken)
        if not actors and frame.pos == "noun" and frame.relation in _IMPLIED:
            actors = (self._implied(token, frame),)
        if symmetric and not recipients and actors:
            actors, recipients = _halves(actors)
        if symmetric and not actors and recipients:
            actors, recipients = _halves(recipients)
        return actors, recipients, support

    def _supports(self, noun: Token, phrase: Token) -> bool:
        """Tell whether a phrase with preposition makes the verb's subject the actor: "trat in Gespräche ein"."""
        case = self.clauses.case(phrase)
        return case in _TRANSPARENT_CASES[self.language] or (case in {"in", "into"} and phrase is noun)

    def _first_part(self, token: Token, taken: set[int]) -> Fillers:
        """Return whom the first part of a compound names: "Israelbesuch", "Iran-Sanktionen"."""
        chunk = self.clauses.chunks.at(token.i)
        if chunk and chunk.mention.head == "prefix" and chunk.start not in taken:
            return (Filler(chunk, False, "prefix"),)
        return ()

    def _implied(self, token: Token, frame: Frame) -> Filler:
        """Return the actor that a noun itself implies: a protest has protesters."""
        mention = Mention(token.span, Kind.GROUP, plural=True, head=_IMPLIED[frame.relation][self.language])
        return Filler(Chunk(token.i, token.i + 1, token.i, mention), False, "implied")

    def _fill(self, token: Token, slots: tuple[str, ...], fixed: list[Token], taken: set[int]) -> Fillers:
        for slot in slots:
            for host in (token, *fixed):
                fillers = self._free(token, self._phrases(host, slot, own=host is token), slot, taken)
                if fillers:
                    return fillers
        for slot in slots:
            if slot not in NAMED_SLOTS:
                fillers = self._free(token, self.clauses.far_phrases(token, {slot}), slot, taken)
                if fillers:
                    return fillers
        if "subj" in slots and token.upos in {"VERB", "AUX"} and not self.clauses.is_passive(token):
            bare = (
                c for c in self.doc.children(token.i, "obj", "obl", "iobj", "dep") if not self.clauses.case(c)
            )
            return self._free(token, (c for c in bare if self.clauses.chunks.at(c.i)), "subj", taken)
        return ()

    def _free(self, token: Token, phrases: Iterator[Token], slot: str, taken: set[int]) -> Fillers:
        """Return the actors of the first phrase that holds any which no other role has taken."""
        for phrase in phrases:
            if phrase.i in taken:
                continue
            found = [
                filler
                for filler in self.clauses.fillers(phrase, slot)
                if filler.chunk.start not in taken
                and not filler.chunk.start <= token.i < filler.chunk.end
                and not (self._of_others and self._suffers(filler, phrase))
            ]
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def _suffers(self, filler: Filler, phrase: Token) -> bool:
        """Tell whom an act is done to, inside the phrase or over it: "demanded the release of X" asks not him."""
        if filler.direct and self.clauses.case(phrase) == filler.slot not in GENITIVES:
            return False  # "blamed the bombing on X": the slot is the verb's own, whatever the parser hangs it on
        noun = self.doc[phrase.head] if filler.direct else phrase
        return noun.i not in self._words and is_done_to(noun, self.doc[filler.chunk.head], self.clauses)

    def _phrases(self, host: Token, slot: str, *, own: bool) -> Iterator[Token]:  # noqa: PLR0912 - one case a slot
        """Yield the heads of the phrases in a slot. Slots are those of the active voice."""
        doc, clauses = self.doc, self.clauses
        verbal = host.upos in {"VERB", "AUX"} or (
            host.upos == "ADJ" and host.rel in {"acl", "root", "conj", "advcl", "ccomp"}
        )
        passive = verbal and clauses.is_passive(host)
        if slot == "subj":
            if not own and not verbal:
                return
            if passive:
                yield from clauses.agent(host)
            elif verbal or doc.children(host.i, "cop"):
                subject = self._subject(host)
                if subject is not None:
                    yield subject
        elif slot == "obj":
            if passive:
                subject = clauses.subject(host) or (doc[host.head] if host.rel == "acl" else None)
                if subject is not None:
                    yield subject
            yield from self._objects(host, ("obj",), ("iobj", "obl"))
        elif slot == "dat":
            if passive:
                yield from (c for c in doc.children(host.i, "nsubj") if clauses.german_case(c) == "dat")
            yield from self._objects(host, ("iobj",), ("obl", "obj"))
        elif slot == "gen":
            yield from self._genitives(host)
        elif slot == "poss":
            yield from doc.children(host.i, "det", "amod", "compound")
            yield from (c for c in doc.children(host.i, "nmod") if c.deprel == "nmod:poss")
            if clauses.chunks.at(host.i) is not None:
                yield host
        elif slot == "clause":
            yield from self._in_clause(host)
        else:
            yield from clauses.phrases(host, {slot})

    def _in_clause(self, host: Token) -> Iterator[Token]:
        """Yield who takes part in a dependent clause, its subject first, then those of the clauses beside it."""
        for child in self.doc.children(host.i, "ccomp", "xcomp", "advcl", "acl", "parataxis"):
            for clause in (child, *self.doc.children(child.i, "conj")):
                yield from self.doc.children(clause.i, "nsubj")
                yield from self.clauses.bare(clause, "obj", "iobj", "obl")

    def _subject(self, verb: Token) -> Token | None:
        """Return the subject; in German also the one behind an object that stands first.

        "Die Vorwürfe Kiews wies Minsk zurück": who rejects is an actor, accusations are none.
        """
        subject = self.clauses.subject(verb)
        if subject is None or self.language != "de" or not self._speaks or self.clauses.chunks.at(subject.i):
            return subject
        finite = min([verb.i, *(c.i for c in self.doc.children(verb.i, "aux"))])
        if subject.i > finite or self.clauses.german_case(subject) == "nom":
            return subject
        for child in self.clauses.bare(verb, "obj", "iobj", "obl"):
            chunk = self.clauses.chunks.at(child.i)
            marked = self.clauses.german_case(child) not in {"", "nom"}
            if chunk and chunk.mention.kind in _SPEAKING and child.i > finite and not marked:
                return child
        return subject

    def _objects(self, host: Token, first: tuple[str, ...], then: tuple[str, ...]) -> Iterator[Token]:
        """Yield objects, the likelier relations first; what German case shows to be the subject is none."""
        clauses = self.clauses
        subject = self._subject(host) if host.upos in {"VERB", "AUX"} else None
        others = [c for c in self.doc.children(host.i, "nsubj") if subject is not None and c.i != subject.i]
        for child in (*clauses.bare(host, *first), *clauses.bare(host, *then), *others):
            nominative = clauses.german_case(child) == "nom"
            if not nominative and (subject is None or child.i != subject.i):
                yield child

    def _genitives(self, host: Token) -> Iterator[Token]:
        for child in self.doc.children(host.i, "nmod"):
            case = self.clauses.case(child)
            if not case or case in {*POSSESSIVES, "of"}:
                yield child

    def _support_subject(self, noun: Token, taken: set[int], *, mutual: bool) -> tuple[Fillers, Token | None]:
        """Return the subject of the verb that a noun depends on: "kündigte ein Treffen mit X an".

        It takes part in talks that it asks for; an attack that it condemns is not its own.
        """
        current = noun
        for ancestor in self.doc.ancestors(noun.i):
            if current.rel not in {"nmod", "obj", "obl", "iobj", "conj", "xcomp", "nsubj", "appos"}:
                return (), None
            if current.rel == "nsubj":
                return (), ancestor
            if ancestor.upos in {"VERB", "AUX", "ADJ"}:
                if current.rel == "obl" and not self._supports(noun, current):
                    return (), None
                if not mutual and is_of_others(ancestor, self.clauses):
                    return (), None
                subject = self.clauses.subject(ancestor)
                if self.clauses.is_passive(ancestor):
                    subject = next(self.clauses.agent(ancestor), None)
                if subject is None:
                    return (), None
                fillers = [f for f in self.clauses.fillers(subject, "subj") if f.chunk.start not in taken]
                return tuple(fillers), ancestor
            current = ancestor
        return (), None


def _halves(fillers: Fillers) -> tuple[Fillers, Fillers]:
    """Return actors and recipients of coordinated or plural parties: the first is the actor."""
    if len(fillers) > 1:
        return fillers[:1], fillers[1:]
    if fillers[0].chunk.mention.head == "both":
        return fillers, fillers
    return fillers, ()
