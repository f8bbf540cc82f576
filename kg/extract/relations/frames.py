"""Matches the frames of the predicate lexicon to words of an article and fills their roles."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.relations.clauses import Clauses, Filler
from kg.extract.relations.roles import RoleFiller
from kg.extract.syntax.doc import Token
from kg.extract.syntax.lemmas import lemma_of, verb_guesses
from kg.knowledge.predicates import Frame, PredicateLexicon
from kg.knowledge.words import word_set

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_CLAUSAL = frozenset({"acl", "advcl", "ccomp", "parataxis"})
_DIRECT = frozenset(
    "hosts telephones congratulates thanks arrests deports kills releases abducts".split()  # noqa: SIM905
)
"""Done to somebody, not to something of theirs: "begrüßte den Beschluss der IAEA" receives nobody."""
_EXPULSION = "expelsDiplomats"
_CONTRACTED = {
    "zur": "zu", "zum": "zu", "im": "in", "ins": "in", "am": "an", "ans": "an", "vom": "von", "beim": "bei",
    "aufs": "auf",
}  # fmt: skip
_ARTICLES = frozenset({"der", "die", "das", "den", "dem", "the", "a", "an"})
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
        self.roles = RoleFiller(clauses)
        self._noun_heads = lexicon.heads("noun")
        self._fixed: set[int] = set()

    def run(self) -> Iterator[Match]:
        """Yield matches in text order; a noun that is the fixed part of a verb's frame is not read again."""
        verbs = [t for t in self.doc.tokens if _POS.get(t.upos) in {"verb", "adj"}]
        found = [match for token in verbs if (match := self._best(token)) is not None]
        found += [
            match
            for token in self.doc.tokens
            if _POS.get(token.upos) == "noun"
            and token.i not in self._fixed
            and (match := self._best(token)) is not None
        ]
        yield from sorted(found, key=lambda match: match.token.i)

    def _best(self, token: Token) -> Match | None:
        candidates = []
        for order, frame in enumerate(self._frames(token)):
            fixed = self._fixed_words(token, frame)
            if fixed is None:
                continue
            actors, recipients, support = self.roles.fill(token, frame, fixed)
            if not actors or not recipients:
                continue
            if frame.relation in _DIRECT and not any(f.direct for f in recipients):
                continue
            directness = sum(f.direct for f in (*actors[:1], *recipients[:1]))
            rank = self._slot_rank(frame.actor, actors) + self._slot_rank(frame.recipient, recipients)
            candidates.append(
                (
                    (
                        frame.weight,
                        frame.own,
                        self._is_expulsion(frame, recipients),
                        directness,
                        -rank,
                        -order,
                    ),
                    Match(frame, token, actors, recipients, support),
                    fixed,
                )
            )
        if not candidates:
            return None
        _, match, fixed = max(candidates, key=lambda c: c[0])
        self._fixed.update(t.i for t in fixed)
        return match

    def _is_expulsion(self, frame: Frame, recipients: tuple[Filler, ...]) -> bool:
        """Tell "expelled the consul" from "expelled hundreds of Afghans"."""
        if frame.relation != _EXPULSION:
            return False
        words = {t.lemma.lower() for f in recipients for t in self.doc.tokens[f.chunk.start : f.chunk.end]}
        return not words.isdisjoint(word_set("diplomat", self.language))

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
            return [
                *self.lexicon.lookup(token.lemma, "adj"),
                *(self.lexicon.lookup(verb, "verb") if clausal else []),
            ]
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
            (
                self.lexicon.lookup(word[cut:], "noun")
                for cut in range(2, len(word) - _SHORTEST_HEAD + 1)
                if word[cut:] in self._noun_heads
            ),
            [],
        )

    def _verb_frames(self, token: Token) -> list[Frame]:
        particle = self.clauses.particle(token)
        frames = self.lexicon.lookup(self.clauses.lemma(token), "verb")
        if frames or self.language != "de":
            return frames
        stems = dict.fromkeys((token.lemma, *verb_guesses(token.form)))
        candidates = [particle + stem for stem in stems if particle]
        candidates += [
            c.form.lower() + token.lemma
            for c in self.doc.children(token.i, "advmod", "case", "mark", "obl")
            if c.upos in {"ADP", "ADV"}
        ][::-1]
        candidates += stems
        return next((found for lemma in candidates if (found := self.lexicon.lookup(lemma, "verb"))), [])

    def _fixed_words(self, token: Token, frame: Frame) -> list[Token] | None:
        """Return the tokens of the frame's fixed words; None where one is missing."""
        if self.language == "en" and not self._has_particle(token, frame):
            return None
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
            if word.lower() in _ARTICLES:
                continue
            hit = (
                near.get(word.lower())
                or near.get(lemma_of(word, "NOUN", self.language).lower())
                or near.get(_CONTRACTED.get(word.lower(), ""))
            )
            if hit is None:
                return None
            found.append(hit)
        return found

    def _has_particle(self, token: Token, frame: Frame) -> bool:
        """Tell "called off" from "called", and "took in refugees" from "took hostages in 1979"."""
        particle = self.clauses.particle(token)
        if particle:
            return particle in frame.fixed
        named = word_set("particle", "en").intersection(frame.fixed)
        beside = self.doc.children(token.i, "advmod", "compound")
        return not named or any(child.form.lower() in named for child in beside)

    def _collect(self, token: Token, near: dict[str, Token]) -> None:
        near.setdefault(token.form.lower(), token)
        near.setdefault(token.lemma.lower(), token)
