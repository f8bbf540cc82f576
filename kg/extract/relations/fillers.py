"""Finds the actors that a phrase names: itself, its coordinates, or somebody inside it."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from kg.extract.actors.chunks import Chunk, Chunks
from kg.extract.relations.asides import asides_of
from kg.extract.syntax.doc import Doc, Token
from kg.knowledge.words import word_set
from kg.model import Kind, Mention

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


@dataclass(frozen=True, slots=True)
class Filler:
    """Who fills a slot. ``direct`` is False where the actor was found inside the phrase ("die Politik der USA")."""

    chunk: Chunk
    direct: bool
    slot: str


def case_word(token: Token, doc: Doc) -> str:
    """Return the preposition of a phrase in lower case ("im Namen" gives the first word), or ""."""
    cases = doc.children(token.i, "case")
    return cases[0].form.lower() if cases else ""


class FillerFinder:
    """Finds who fills slots in one article."""

    def __init__(self, doc: Doc, chunks: Chunks) -> None:
        self.doc, self.chunks = doc, chunks
        self.language = doc.article.language
        self.asides = asides_of(doc, chunks)

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
        return [part for filler in found for part in parts_of(filler)]

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

    def _adjective_before(self, noun: Token) -> Chunk | None:
        """Return the nationality before a noun, however the parser joined the adjectives: "neue russische Angriffe"."""
        i = noun.i - 1
        while i >= 0 and self.doc[i].upos in {"ADJ", "ADV", "NUM", "CCONJ"}:
            chunk = self.chunks.at(i)
            if chunk and chunk.mention.head == "adjective":
                return chunk
            i -= 1
        return None

    def _nested(self, token: Token, slot: str) -> list[Filler]:
        """Look inside a phrase for a genitive, possessor or adjective of an actor, nearest first."""
        adjective = self._adjective_before(token)
        if adjective:
            return [Filler(adjective, False, slot)]
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
                        if child.rel == "nmod" and case_word(child, self.doc) in word_set(
                            "unrelated_case", self.language
                        ):
                            continue
                        return [Filler(chunk, False, slot)]
                    following.append(child)
            level = following
        return []


def parts_of(filler: Filler) -> list[Filler]:
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


def together(fillers: Iterable[Filler]) -> list[Chunk]:
    """Return the speakers of one list, marked as saying it together: "Merkel und Macron sagten"."""
    chunks = [filler.chunk for filler in fillers]
    return chunks[:1] + [replace(c, mention=replace(c.mention, joint=True)) for c in chunks[1:]]


def without(speakers: Iterable[Chunk], starts: Container[int]) -> tuple[Mention, ...]:
    """Return speakers as mentions, without those that start there; who spoke together with one of these stays."""
    found = []
    joined = False  # whether somebody of the link is there already
    for speaker in speakers:
        joined = joined and speaker.mention.joint
        if speaker.start not in starts:
            found.append(replace(speaker.mention, joint=joined))
            joined = True
    return tuple(found)
