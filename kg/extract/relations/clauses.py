"""Reads clause structure: voice, particles, subjects that are not said again, who stands in which slot."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.actors.chunks import Chunk, Chunks
from kg.extract.relations.asides import asides_of
from kg.extract.relations.case import case_of
from kg.extract.relations.participles import looks_like_participle
from kg.extract.syntax.doc import Doc, Token
from kg.knowledge.words import word_set
from kg.model import Kind

_CLAUSAL = frozenset({"acl", "advcl", "ccomp", "parataxis"})
_RELATIVE = frozenset(
    {
        "der",
        "die",
        "das",
        "welcher",
        "dem",
        "den",
        "denen",
        "dessen",
        "deren",
        "who",
        "which",
        "that",
        "whom",
        "whose",
    }
)
_NESTED_STOP = frozenset({"acl", "advcl", "ccomp", "parataxis", "appos", "conj"})
_AGENT = {"de": frozenset({"von", "durch", "seitens"}), "en": frozenset({"by"})}


@dataclass(frozen=True, slots=True)
class Filler:
    """Who fills a slot. ``direct`` is False where the actor was found inside the phrase ("die Politik der USA")."""

    chunk: Chunk
    direct: bool
    slot: str


class Clauses:
    """Answers questions about the clauses of one article."""

    def __init__(self, doc: Doc, chunks: Chunks) -> None:
        self.doc, self.chunks = doc, chunks
        self.language = doc.article.language
        self.asides = asides_of(doc, chunks)

    def lemma(self, verb: Token) -> str:
        """Return the lemma with its separated particle ("lehnte ... ab" -> ablehnen)."""
        particle = self.particle(verb)
        return (particle + verb.lemma if particle and self.language == "de" else verb.lemma).lower()

    def particle(self, verb: Token) -> str:
        """Return the separated particle of a verb, or ""."""
        for child in self.doc.children(verb.i, "compound"):
            if child.deprel == "compound:prt":
                return child.form.lower()
        return ""

    def is_passive(self, verb: Token) -> bool:
        """Tell whether a verb stands in the passive.

        German goes by "werden" and the form of the verb, since the parser takes the perfect with "sein" for a passive.
        """
        auxiliaries = self.doc.children(verb.i, "aux")
        if self.language == "de":
            if any(child.lemma == "werden" for child in auxiliaries):
                return self._is_participle(verb) and verb.form.lower() != verb.lemma.lower()
        elif any(child.deprel == "aux:pass" for child in auxiliaries) or any(
            child.deprel in {"nsubj:pass", "csubj:pass"} for child in self.doc.children(verb.i)
        ):
            return True
        return verb.rel == "acl" and verb.upos == "VERB" and not auxiliaries and self._is_participle(verb)

    def _is_participle(self, verb: Token) -> bool:
        if self.language == "en":
            return (
                verb.form.endswith(("ed", "en", "n", "t"))
                and not verb.form.endswith("ing")
                and not any(c.form.lower() == "to" for c in self.doc.children(verb.i, "mark"))
            )
        return looks_like_participle(verb.form) and not self.doc.children(verb.i, "mark")

    def subject(self, verb: Token, *, depth: int = 0) -> Token | None:
        """Return the subject of a clause, also where another clause says it; None if nothing does."""
        own = [c for c in self.doc.children(verb.i, "nsubj") if c.form.lower() not in {"es", "it"} or depth]
        if own:
            return self._nominative(verb, own)
        if depth > 4 or verb.head == verb.i:
            return None
        head = self.doc[verb.head]
        if verb.rel == "conj" and head.upos in {"VERB", "AUX", "ADJ", "NOUN"}:
            return self.subject(head, depth=depth + 1)
        if verb.rel == "xcomp":
            return self._controller(head, depth)
        if verb.rel in {"advcl", "acl", "ccomp"} and self._is_infinitive(verb):
            if self.is_party(head):
                return head
            verbal = head.upos in {"VERB", "AUX", "ADJ"}
            return self._controller(head, depth) if verbal else self.owner(head, depth=depth + 1)
        if verb.rel == "advcl" and verb.form.endswith("ing") and self.language == "en":
            return self.subject(head, depth=depth + 1)
        if verb.rel == "acl" and not self.is_passive(verb):
            return head
        return None

    def _controller(self, head: Token, depth: int) -> Token | None:
        """Return who does what an infinitive under a verb says: its object ("urged X to ..."), else its subject."""
        objects = self.doc.children(head.i, "obj", "iobj") if self._controls_object(head) else []
        return objects[0] if objects else self.subject(head, depth=depth + 1)

    def is_party(self, noun: Token) -> bool:
        """Tell whether a noun is an actor: "the first official to visit" visits, "the plan to visit" does not."""
        chunk = self.chunks.at(noun.i)
        return (
            chunk is not None
            and noun.upos in {"NOUN", "PROPN"}
            and chunk.mention.head not in {"adjective", "prefix"}
        )

    def _nominative(self, verb: Token, subjects: list[Token]) -> Token:
        """Return the subject that German case agrees with, where the parser's choice shows another case."""
        if self.language != "de":
            return subjects[0]
        cases = {c.i: case_of(c, self.doc, self.chunks) for c in subjects}
        subjects = [c for c in subjects if not self._is_aside(c)] or subjects
        open_subjects = [c for c in subjects if cases[c.i] in {"nom", ""}]
        nominative = [c for c in subjects if cases[c.i] == "nom"] or [
            c for c in self.bare(verb, "obj", "iobj", "obl") if case_of(c, self.doc, self.chunks) == "nom"
        ]
        return (nominative or open_subjects or subjects)[0]

    def _is_aside(self, token: Token) -> bool:
        chunk = self.chunks.at(token.i)
        return chunk is not None and chunk.start in self.asides

    def bare(self, verb: Token, *rels: str) -> list[Token]:
        """Return the children without preposition that stand in one of the relations."""
        return [
            c
            for c in self.doc.children(verb.i, *rels)
            if not self.case(c) and c.form.lower() not in {"sich", "es"}
        ]

    def owner(self, noun: Token, *, depth: int = 0) -> Token | None:
        """Return who a noun belongs to: its genitive or possessor, else the subject of the verb it depends on."""
        for child in self.doc.children(noun.i, "nmod"):
            if not self.doc.children(child.i, "case") or self.case(child) in {"von", "of", "'s"}:
                return child
        for ancestor in self.doc.ancestors(noun.i):
            if ancestor.upos in {"VERB", "AUX"}:
                return self.subject(ancestor, depth=depth + 1)
        return None

    def _is_infinitive(self, verb: Token) -> bool:
        marks = {c.form.lower() for c in self.doc.children(verb.i, "mark", "aux", "case")}
        return bool(marks & {"zu", "to", "um"}) or (
            self.language == "de" and "zu" in verb.form and verb.form.endswith("en")
        )

    def _controls_object(self, verb: Token) -> bool:
        return self.lemma(verb) in word_set("object_control", self.language)

    def case(self, token: Token) -> str:
        """Return the preposition of a phrase in lower case ("im Namen" gives the first word), or ""."""
        cases = self.doc.children(token.i, "case")
        return cases[0].form.lower() if cases else ""

    def phrases(self, host: Token, prepositions: set[str]) -> Iterator[Token]:
        """Yield the phrases under a word that one of the prepositions opens."""
        for child in self.doc.children(
            host.i, "obl", "nmod", "obj", "advmod", "iobj", "xcomp", "advcl", "nsubj", "conj"
        ):
            cases = {c.form.lower() for c in self.doc.children(child.i, "case")}
            if cases & prepositions and not (child.rel == "conj" and child.upos == "VERB"):
                yield child
        yield from self._before_verb(host, prepositions)

    def _before_verb(self, noun: Token, prepositions: set[str]) -> Iterator[Token]:
        """Yield phrases between a German subject and its verb: the verb stands second, so they are the noun's.

        "Die Festnahme des Autors | durch Algerien | vergiftete das Klima": parsers hang the phrase to the verb.
        """
        verb = self.doc[noun.head]
        if self.language != "de" or noun.upos != "NOUN" or noun.rel != "nsubj" or noun.i > verb.i:
            return
        for child in self.doc.children(verb.i, "obl"):
            if noun.i < child.i < verb.i and self.case(child) in prepositions:
                yield child

    def far_phrases(self, host: Token, prepositions: set[str]) -> Iterator[Token]:
        """Yield such phrases that the parser hung to a word below: "zog seine Truppen | aus der Region ab"."""
        clausal = frozenset({"acl", "advcl", "ccomp", "parataxis", "conj"})
        for child in self.doc.children(host.i, "obl", "nmod", "obj", "nsubj", "appos"):
            for i in self.doc.subtree(child.i, without=clausal):
                if (
                    i != child.i
                    and i > host.i - 12
                    and {c.form.lower() for c in self.doc.children(i, "case")} & prepositions
                ):
                    yield self.doc[i]

    def agent(self, verb: Token) -> Iterator[Token]:
        """Yield who does it in a passive clause."""
        for child in self.doc.children(verb.i, "obl", "nmod"):
            if self.case(child) in _AGENT[self.language] and self._holds_actor(child):
                yield child

    def _holds_actor(self, token: Token) -> bool:
        return self.chunks.at(token.i) is not None or bool(self.fillers(token, ""))

    def fillers(self, token: Token, slot: str) -> list[Filler]:
        """Return the actors that a phrase names: itself with its coordinates, else one inside it."""
        antecedent = self._antecedent(token)
        if antecedent is not None:
            token = antecedent
        chunk = self.chunks.at(token.i)
        if chunk and chunk.start in self.asides and slot not in {"speaker", "source"}:
            return []
        found = [Filler(chunk, True, slot)] if chunk and self._is_core(chunk, token) else []
        if not found and chunk is None:
            found = [Filler(name, True, slot) for name in self._named(token)]
        if not found:
            found = self._nested(token, slot)
        for other in self.doc.children(token.i, "conj"):
            if other.upos in {"NOUN", "PROPN", "PRON", "ADJ", "X"}:
                found.extend(f for f in self._own(other, slot) if f not in found)
        if chunk:
            for i in range(chunk.start, chunk.end):
                for other in self.doc.children(i, "conj"):
                    if i != token.i and not chunk.start <= other.i < chunk.end:
                        found.extend(f for f in self._own(other, slot) if f not in found)
        return [part for filler in found for part in _parts(filler)]

    def _named(self, noun: Token) -> list[Chunk]:
        """Return the name that stands beside a common noun: "des Schriftstellers Boualem Sansal"."""
        beside = (self.chunks.at(child.i) for child in self.doc.children(noun.i, "appos", "flat"))
        return [chunk for chunk in beside if chunk and chunk.mention.name and chunk.start == noun.i + 1][:1]

    def _own(self, token: Token, slot: str) -> list[Filler]:
        chunk = self.chunks.at(token.i)
        if chunk and self._is_core(chunk, token):
            return [Filler(chunk, True, slot), *self._chained(token, slot)]
        return self._nested(token, slot)

    def _chained(self, token: Token, slot: str) -> list[Filler]:
        return [f for other in self.doc.children(token.i, "conj") for f in self._own(other, slot)]

    def _is_core(self, chunk: Chunk, token: Token) -> bool:
        return chunk.mention.head not in {"adjective", "prefix"} or (
            chunk.head == token.i and token.upos == "PROPN"
        )

    def _antecedent(self, token: Token) -> Token | None:
        """Return what a relative pronoun stands for."""
        if token.upos not in {"PRON", "DET"} or token.form.lower() not in _RELATIVE:
            return None
        for ancestor in self.doc.ancestors(token.i):
            if ancestor.rel == "acl":
                return self.doc[ancestor.head]
        return None

    def _nested(self, token: Token, slot: str) -> list[Filler]:
        """Look inside a phrase for a genitive, possessor or adjective of an actor, nearest first."""
        level = [token]
        for _ in range(3):
            following: list[Token] = []
            for host in level:
                own = self.chunks.at(host.i)
                if own and own.mention.head in {"adjective", "prefix"} and host is token:
                    return [Filler(own, False, slot)]
                for child in self.doc.children(host.i):
                    if child.rel in _NESTED_STOP:
                        continue
                    chunk = self.chunks.at(child.i)
                    if chunk and child.rel in {"nmod", "amod", "det", "compound", "flat", "appos", "obl"}:
                        if child.rel == "nmod" and self.case(child) in word_set(
                            "unrelated_case", self.language
                        ):
                            continue
                        return [Filler(chunk, False, slot)]
                    following.append(child)
            level = following
        return []

    def governing(self, token: Token) -> Token | None:
        """Return the nearest verb above a word."""
        return next((a for a in self.doc.ancestors(token.i) if a.upos in {"VERB", "AUX"}), None)

    def clause_of(self, token: Token) -> Iterator[Token]:
        """Yield a predicate and the words above it up to the clause's own verb."""
        yield token
        for ancestor in self.doc.ancestors(token.i):
            yield ancestor
            if ancestor.upos in {"VERB", "AUX"} and ancestor.rel in _CLAUSAL | {"root", "xcomp"}:
                return


def _parts(filler: Filler) -> list[Filler]:
    """Return one filler for each owner of a plural: "die Außenminister Norlands und Suderias" are two."""
    mention = filler.chunk.mention
    if (
        not mention.plural
        or len(mention.of) < 2
        or mention.kind not in {Kind.OFFICE, Kind.STATE, Kind.ORGANISATION}
    ):
        return [filler]
    mentions = (replace(mention, of=(owner,), plural=False) for owner in mention.of)
    return [replace(filler, chunk=replace(filler.chunk, mention=one)) for one in mentions]
