"""Matches the frames of the predicate lexicon to words of an article and fills their roles."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.actors.chunks import Chunk
from kg.extract.relations.case import case_of
from kg.extract.relations.clauses import Clauses, Filler
from kg.extract.syntax.doc import Token
from kg.extract.syntax.lemmas import lemma_of, verb_guesses
from kg.knowledge.predicates import NAMED_SLOTS, Frame, PredicateLexicon
from kg.knowledge.words import word_set
from kg.model import Kind, Mention
from kg.ontology import relation_types

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_CLAUSAL = frozenset({"acl", "advcl", "ccomp", "parataxis"})
_DIRECT = frozenset("hosts telephones congratulates thanks arrests deports kills releases abducts".split())
"""Done to somebody, not to something of theirs: "begrüßte den Beschluss der IAEA" receives nobody."""
_TRANSPARENT_CASES = {"de": frozenset({"auf", "zu", "an", "über", "von"}), "en": frozenset({"on", "to", "for", "about", "of"})}
_IMPLIED = {"protests": {"de": "Demonstranten", "en": "protesters"}}
_SHORTEST_HEAD = 5  # letters of a noun that may be the last part of a compound


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found at a word, with the actors in its two roles."""

    frame: Frame
    token: Token
    actors: tuple[Filler, ...]
    recipients: tuple[Filler, ...]
    support: Token | None = None

    @property
    def both(self) -> bool:
        """Tell whether one phrase fills both roles ("beide Seiten trafen sich")."""
        return bool(self.actors) and self.recipients == self.actors


class FrameMatcher:
    """Finds the best frame of every word of an article."""

    def __init__(self, clauses: Clauses, lexicon: PredicateLexicon) -> None:
        self.clauses, self.doc, self.lexicon = clauses, clauses.doc, lexicon
        self.language = clauses.language
        self.types = relation_types()
        self._noun_heads = lexicon.heads("noun")
        self._fixed: set[int] = set()

    def run(self) -> Iterator[Match]:
        """Yield matches in text order; a noun that is the fixed part of a verb's frame is not read again."""
        verbs = [t for t in self.doc.tokens if _POS.get(t.upos) in {"verb", "adj"}]
        found = [match for token in verbs if (match := self._best(token)) is not None]
        found += [
            match
            for token in self.doc.tokens
            if _POS.get(token.upos) == "noun" and token.i not in self._fixed and (match := self._best(token)) is not None
        ]
        yield from sorted(found, key=lambda match: match.token.i)

    def _best(self, token: Token) -> Match | None:
        candidates = []
        for order, frame in enumerate(self._frames(token)):
            fixed = self._fixed_words(token, frame)
            if fixed is None:
                continue
            actors, recipients, support = self._roles(token, frame, fixed)
            if not actors or not recipients:
                continue
            if frame.relation in _DIRECT and not any(f.direct for f in recipients):
                continue
            directness = sum(f.direct for f in (*actors[:1], *recipients[:1]))
            rank = self._slot_rank(frame.actor, actors) + self._slot_rank(frame.recipient, recipients)
            candidates.append(((frame.weight, directness, -rank, -order), Match(frame, token, actors, recipients, support), fixed))
        if not candidates:
            return None
        _, match, fixed = max(candidates, key=lambda c: c[0])
        self._fixed.update(t.i for t in fixed)
        return match

    @staticmethod
    def _slot_rank(slots: tuple[str, ...], fillers: tuple[Filler, ...]) -> int:
        return slots.index(fillers[0].slot) if fillers[0].slot in slots else len(slots)

    def _frames(self, token: Token) -> list[Frame]:
        pos = _POS[token.upos]
        chunk = self.clauses.chunks.at(token.i)
        if pos == "verb":
            return self._verb_frames(token)
        if pos == "adj":
            clausal = token.rel in {"acl", "advcl", "root", "ccomp", "conj"}
            verb = lemma_of(token.form, "VERB", self.language)
            return [*self.lexicon.lookup(token.lemma, "adj"), *(self.lexicon.lookup(verb, "verb") if clausal else [])]
        if chunk and chunk.mention.name:
            return []
        own = self.lexicon.lookup(token.lemma, "noun") or self.lexicon.lookup(token.form, "noun")
        if own or self.language != "de":
            return own
        word = token.lemma.lower().rpartition("-")[2]
        if word != token.lemma.lower() and (own := self.lexicon.lookup(word, "noun")):
            return own
        if word in word_set("not_compound", "de"):
            return []
        return next(
            (self.lexicon.lookup(word[cut:], "noun") for cut in range(2, len(word) - _SHORTEST_HEAD + 1) if word[cut:] in self._noun_heads),
            [],
        )

    def _verb_frames(self, token: Token) -> list[Frame]:
        particle = self.clauses.particle(token)
        frames = self.lexicon.lookup(self.clauses.lemma(token), "verb")
        if frames or self.language != "de":
            return frames
        stems = dict.fromkeys((token.lemma, *verb_guesses(token.form)))
        candidates = [particle + stem for stem in stems if particle]
        candidates += [c.form.lower() + token.lemma for c in self.doc.children(token.i, "advmod", "case", "mark", "obl") if c.upos in {"ADP", "ADV"}][::-1]
        candidates += stems
        return next((found for lemma in candidates if (found := self.lexicon.lookup(lemma, "verb"))), [])

    def _fixed_words(self, token: Token, frame: Frame) -> list[Token] | None:
        """Return the tokens of the frame's fixed words; None where one is missing."""
        if frame.reflexive and not any(
            c.form.lower() in {"sich", "uns", "mich"} for c in self.doc.children(token.i)
        ):
            return None
        if not frame.fixed:
            return []
        near: dict[str, Token] = {}
        for child in self.doc.children(token.i):
            if child.rel in {"punct", "conj", "ccomp", "advcl", "parataxis"}:
                continue
            for i in self.doc.subtree(child.i, without=_CLAUSAL):
                self._collect(self.doc[i], near)
        found = []
        for word in frame.fixed:
            if word.lower() in {"der", "die", "das", "den", "dem", "the", "a", "an"}:
                continue
            hit = near.get(word.lower()) or near.get(lemma_of(word, "NOUN", self.language).lower()) or near.get(_expanded(word))
            if hit is None:
                return None
            found.append(hit)
        return found

    def _collect(self, token: Token, near: dict[str, Token]) -> None:
        near.setdefault(token.form.lower(), token)
        near.setdefault(token.lemma.lower(), token)

    def _roles(
        self, token: Token, frame: Frame, fixed: list[Token]
    ) -> tuple[tuple[Filler, ...], tuple[Filler, ...], Token | None]:
        symmetric = self.types[frame.relation].symmetric
        taken: set[int] = {t.i for t in fixed}
        recipients = self._fill(token, frame.recipient, fixed, taken, symmetric=symmetric)
        taken |= {f.chunk.start for f in recipients}
        actors = self._fill(token, frame.actor, fixed, taken, symmetric=symmetric)
        support = None
        if not actors and frame.pos == "noun":
            actors, support = self._support_subject(token, taken)
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

    def _first_part(self, token: Token, taken: set[int]) -> tuple[Filler, ...]:
        """Return whom the first part of a compound names: "Israelbesuch", "Iran-Sanktionen"."""
        chunk = self.clauses.chunks.at(token.i)
        if chunk and chunk.mention.head == "prefix" and chunk.start not in taken:
            return (Filler(chunk, False, "prefix"),)
        return ()

    def _implied(self, token: Token, frame: Frame) -> Filler:
        """Return the actor that a noun itself implies: a protest has protesters."""
        mention = Mention(token.span, Kind.GROUP, plural=True, head=_IMPLIED[frame.relation][self.language])
        return Filler(Chunk(token.i, token.i + 1, token.i, mention), False, "implied")

    def _fill(
        self, token: Token, slots: tuple[str, ...], fixed: list[Token], taken: set[int], *, symmetric: bool
    ) -> tuple[Filler, ...]:
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
            bare = (c for c in self.doc.children(token.i, "obj", "obl", "iobj", "dep") if not self.clauses.case(c))
            return self._free(token, (c for c in bare if self.clauses.chunks.at(c.i)), "subj", taken)
        return ()

    def _free(self, token: Token, phrases: Iterator[Token], slot: str, taken: set[int]) -> tuple[Filler, ...]:
        """Return the actors of the first phrases that hold any and are not taken by another role."""
        found = [
            filler
            for phrase in phrases
            if phrase.i not in taken
            for filler in self.clauses.fillers(phrase, slot)
            if filler.chunk.start not in taken and not filler.chunk.start <= token.i < filler.chunk.end
        ]
        return tuple(dict.fromkeys(found))

    def _phrases(self, host: Token, slot: str, *, own: bool) -> Iterator[Token]:  # noqa: PLR0912 - one case a slot
        """Yield the heads of the phrases in a slot. Slots are those of the active voice."""
        doc, clauses = self.doc, self.clauses
        verbal = host.upos in {"VERB", "AUX"} or (host.upos == "ADJ" and host.rel in {"acl", "root", "conj", "advcl", "ccomp"})
        passive = verbal and clauses.is_passive(host)
        if slot == "subj":
            if not own and not verbal:
                return
            if passive:
                yield from clauses.agent(host)
            elif verbal or doc.children(host.i, "cop"):
                subject = clauses.subject(host)
                if subject is not None:
                    yield subject
        elif slot == "obj":
            if passive:
                subject = clauses.subject(host) or (doc[host.head] if host.rel == "acl" else None)
                if subject is not None:
                    yield subject
            yield from self._objects(host, ("obj",), ("iobj", "obl"))
        elif slot == "dat":
            if passive and self.language == "de":
                yield from (c for c in doc.children(host.i, "nsubj") if case_of(c, doc, clauses.chunks) == "dat")
            yield from self._objects(host, ("iobj",), ("obl", "obj"))
        elif slot == "gen":
            yield from self._genitives(host)
        elif slot == "poss":
            yield from doc.children(host.i, "det", "amod", "compound", "nmod:poss")
            yield from (c for c in doc.children(host.i, "nmod") if c.deprel == "nmod:poss")
            if clauses.chunks.at(host.i) is not None:
                yield host
        elif slot == "clause":
            for child in doc.children(host.i, "ccomp", "xcomp", "advcl", "acl", "parataxis"):
                own_subject = doc.children(child.i, "nsubj")
                if own_subject:
                    yield own_subject[0]
        else:
            yield from clauses.phrases(host, {slot})

    def _objects(self, host: Token, first: tuple[str, ...], then: tuple[str, ...]) -> Iterator[Token]:
        """Yield objects, the likelier relations first; what German case shows to be the subject is none."""
        clauses = self.clauses
        subject = clauses.subject(host) if host.upos in {"VERB", "AUX"} else None
        others = [c for c in self.doc.children(host.i, "nsubj") if subject is not None and c.i != subject.i]
        for child in (*clauses.bare(host, *first), *clauses.bare(host, *then), *others):
            nominative = self.language == "de" and case_of(child, self.doc, clauses.chunks) == "nom"
            if not nominative and (subject is None or child.i != subject.i):
                yield child

    def _genitives(self, host: Token) -> Iterator[Token]:
        for child in self.doc.children(host.i, "nmod"):
            case = self.clauses.case(child)
            if not case or case in {"'s", "’s", "'", "of"}:
                yield child

    def _support_subject(self, noun: Token, taken: set[int]) -> tuple[tuple[Filler, ...], Token | None]:
        """Return the subject of the verb that a noun depends on: "kündigte ein Treffen mit X an"."""
        current = noun
        for ancestor in self.doc.ancestors(noun.i):
            if current.rel not in {"nmod", "obj", "obl", "iobj", "conj", "xcomp", "nsubj", "appos"}:
                return (), None
            if current.rel == "nsubj":
                return (), ancestor
            if ancestor.upos in {"VERB", "AUX", "ADJ"}:
                if current.rel == "obl" and not self._supports(noun, current):
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


def _halves(fillers: tuple[Filler, ...]) -> tuple[tuple[Filler, ...], tuple[Filler, ...]]:
    """Return actors and recipients of coordinated or plural parties: the first is the actor."""
    if len(fillers) > 1:
        return fillers[:1], fillers[1:]
    if fillers[0].chunk.mention.head == "both":
        return fillers, fillers
    return fillers, ()


def _expanded(word: str) -> str:
    """Return the preposition of a German contraction ("zur" -> "zu")."""
    return {"zur": "zu", "zum": "zu", "im": "in", "ins": "in", "am": "an", "ans": "an", "vom": "von", "beim": "bei", "aufs": "auf"}.get(
        word.lower(), word.lower()
    )
