"""Reads clause structure: voice, particles, subjects that are not said again, who stands in which slot."""

from collections.abc import Iterator

from kg.extract.actors.chunks import Chunk, Chunks
from kg.extract.relations.case import case_of
from kg.extract.relations.fillers import Filler, FillerFinder, case_word, together
from kg.extract.relations.participles import looks_like_participle
from kg.extract.syntax.doc import Doc, Sentence, Token
from kg.knowledge.words import word_set

_BRANCHES = frozenset({"acl", "advcl", "ccomp", "parataxis", "conj"})  # clauses and coordinates of their own
_FAR_BACK = 12  # words: a phrase further before its host belongs to something else
_AGENT = {"de": frozenset({"von", "durch", "seitens"}), "en": frozenset({"by"})}


class Clauses:
    """Answers questions about the clauses of one article."""

    def __init__(self, doc: Doc, chunks: Chunks) -> None:
        self.doc, self.chunks = doc, chunks
        self.language = doc.article.language
        self._finder = FillerFinder(doc, chunks)
        self.asides = self._finder.asides
        self.fillers = self._finder.fillers

    def lemma(self, verb: Token) -> str:
        """Return the lemma with its separated particle ("lehnte ... ab" -> ablehnen)."""
        particle = self.particle(verb)
        return (particle + verb.lemma if particle and self.language == "de" else verb.lemma).lower()

    def is_speech(self, verb: Token) -> bool:
        """Tell whether a verb says that somebody says something."""
        words = word_set("speech", self.language)
        return self.lemma(verb) in words or any(  # "gab bekannt"
            child.form.lower() + self.lemma(verb) in words for child in self.doc.children(verb.i, "xcomp")
        )

    def particle(self, verb: Token) -> str:
        """Return the separated particle of a verb, or ""."""
        for child in self.doc.children(verb.i, "compound"):
            if child.deprel == "compound:prt":
                return child.form.lower()
        return ""

    def speaking(self, verb: Token) -> list[Chunk]:
        """Return whom the subject of a verb names, as speakers who say it together."""
        subject = self.subject(verb)
        return together(self.fillers(subject, "speaker")) if subject is not None else []

    def phrase(self, verb: Token) -> str:
        """Return the lemma with its particle in any language: "call off" is not "call"."""
        particle = self.particle(verb) if self.language == "en" else ""
        return f"{self.lemma(verb)} {particle}".rstrip()

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
        if verb.rel in {"advcl", "acl", "ccomp"} and self.is_infinitive(verb):
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
        cases = {c.i: self.german_case(c) for c in subjects}
        subjects = [c for c in subjects if not self._is_aside(c)] or subjects
        open_subjects = [c for c in subjects if cases[c.i] in {"nom", ""}]
        nominative = [c for c in subjects if cases[c.i] == "nom"] or [
            c for c in self.bare(verb, "obj", "iobj", "obl") if self.german_case(c) == "nom"
        ]
        unmarked = [
            c
            for c in self.bare(verb, "obj", "iobj", "obl")
            if self.chunks.at(c.i) and not self.german_case(c)
        ]
        return (nominative or open_subjects or unmarked or subjects)[0]

    def german_case(self, token: Token) -> str:
        """Return the case that the words around a German noun show, or ""; English shows none."""
        return case_of(token, self.doc, self.chunks) if self.language == "de" else ""

    def asides_in(self, sentence: Sentence) -> list[Chunk]:
        """Return the sources that are put into a sentence without a verb, in text order."""
        return [chunk for start, chunk in self.asides.items() if sentence.start <= start < sentence.end]

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

    def is_infinitive(self, verb: Token) -> bool:
        """Tell whether a clause stands in the infinitive with "zu" or "to"."""
        marks = {c.form.lower() for c in self.doc.children(verb.i, "mark", "aux", "case")}
        if self.language == "en":
            return "to" in marks
        joined = (
            "zu" in verb.form.lower() and verb.form.endswith("en") and "dass" not in marks
        )  # "abzuziehen"
        return joined or bool(marks & {"zu", "um"})

    def _controls_object(self, verb: Token) -> bool:
        return self.lemma(verb) in word_set("object_control", self.language)

    def case(self, token: Token) -> str:
        """Return the preposition of a phrase in lower case, or ""."""
        return case_word(token, self.doc)

    def phrases(self, host: Token, prepositions: set[str]) -> Iterator[Token]:
        """Yield the phrases under a word that one of the prepositions opens."""
        for child in self.doc.children(
            host.i, "obl", "nmod", "obj", "advmod", "iobj", "xcomp", "advcl", "nsubj", "conj"
        ):
            cases = {c.form.lower() for c in self.doc.children(child.i, "case")}
            if cases & prepositions and not (child.rel == "conj" and child.upos == "VERB"):
                yield child
        yield from self._beside_noun(host, prepositions)

    def _beside_noun(self, noun: Token, prepositions: set[str]) -> Iterator[Token]:
        """Yield phrases that the parser hung to the verb although they stand with the noun.

        Such are those that follow it at once ("verurteilte die Angriffe | auf Städte"), and in German all between a
        subject and its verb, which stands second ("Die Festnahme des Autors | durch Algerien | vergiftete das Klima").
        """
        verb = self.doc[noun.head]
        if noun.upos != "NOUN" or verb.upos not in {"VERB", "AUX"}:
            return
        before_verb = self.language == "de" and noun.rel == "nsubj" and noun.i < verb.i
        for child in self.doc.children(verb.i, "obl"):
            follows = min(self.doc.subtree(child.i)) == noun.i + 1
            between = before_verb and noun.i < child.i < verb.i
            if (follows or between) and self.case(child) in prepositions:
                yield child

    def far_phrases(self, host: Token, prepositions: set[str]) -> Iterator[Token]:
        """Yield such phrases that the parser hung to a word below: "zog seine Truppen | aus der Region ab"."""
        for child in self.doc.children(host.i, "obl", "nmod", "obj", "nsubj", "appos"):
            for i in self.doc.subtree(child.i, without=_BRANCHES):
                if (
                    i != child.i
                    and i > host.i - _FAR_BACK
                    and {c.form.lower() for c in self.doc.children(i, "case")} & prepositions
                ):
                    yield self.doc[i]
        yield from self._across(host, prepositions)

    def _across(self, host: Token, prepositions: set[str]) -> Iterator[Token]:
        """Yield phrases that the parser hung to a noun over words that are not the noun's.

        "könnten sich der Minister und der Gesandte | in den kommenden Tagen | in der Türkei treffen": no noun
        reaches so far.
        """
        sentence = self.doc.sentence(host.i)
        for token in self.doc.tokens[sentence.start : host.i]:
            if token.rel == "nmod" and token.head < token.i:
                cases = {c.form.lower() for c in self.doc.children(token.i, "case")}
                over = {a.i for a in self.doc.ancestors(token.i)}
                own = set(self.doc.subtree(token.head))
                if cases & prepositions and host.i in over and not own.issuperset(range(token.head, token.i)):
                    yield token

    def agent(self, verb: Token) -> Iterator[Token]:
        """Yield who does it in a passive clause."""
        for child in self.doc.children(verb.i, "obl", "nmod"):
            if self.case(child) in _AGENT[self.language] and self._holds_actor(child):
                yield child

    def _holds_actor(self, token: Token) -> bool:
        return self.chunks.at(token.i) is not None or bool(self.fillers(token, ""))


__all__ = ["Clauses", "Filler"]
