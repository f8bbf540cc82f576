"""Labels the words of a sentence: which are names, offices, nationality adjectives, collective nouns."""

from collections import Counter
from dataclasses import dataclass

from kg.extract.actors.gazetteer import Gazetteer, Match
from kg.extract.syntax.doc import Doc, Sentence, Token
from kg.knowledge.words import word_set, word_table
from kg.model import Kind

_NOMINAL = frozenset({"NOUN", "PROPN", "X"})
_NO_NAMES = frozenset({"office", "adjective", "collective"})


@dataclass(frozen=True, slots=True)
class Label:
    """What a stretch of words is: adjective, demonym, name, person, office, collective or prefix."""

    start: int
    end: int
    what: str
    ids: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Votes:
    """What the reading model mostly takes a one-word name for in an article: its single mentions vote."""

    places: frozenset[str]
    persons: frozenset[str]

    def for_place(self, token: Token) -> bool:
        """Tell whether most mentions of a word, with or without genitive s, are a place or body."""
        return _plain(token) in self.places

    def for_person(self, token: Token) -> bool:
        """Tell whether most mentions of a word, with or without genitive s, are a person."""
        return _plain(token) in self.persons


def votes_of(doc: Doc) -> Votes:
    """Count how often each one-word name is read as a person, or as a place or body."""
    votes: Counter[str] = Counter()
    for token in doc.tokens:
        if token.name.startswith("B-"):
            votes[_plain(token)] += -1 if token.name == "B-PER" else 1
    return Votes(
        frozenset(form for form, vote in votes.items() if vote > 0),
        frozenset(form for form, vote in votes.items() if vote < 0),
    )


def _plain(token: Token) -> str:
    return token.form.removesuffix("s")


def label_sentence(doc: Doc, sentence: Sentence, gazetteer: Gazetteer, votes: Votes) -> dict[int, Label]:
    """Return the labels of a sentence by every token number that they cover.

    A single word is a person or not as most of its mentions are, whatever the model says of this one.
    """
    tokens = doc.tokens_of(sentence)
    labels: dict[int, Label] = {}
    by_place: dict[tuple[int, int], list[Match]] = {}
    for match in gazetteer.matches(tokens):
        by_place.setdefault((match.start, match.end), []).append(match)
    for start, end in _names(tokens, votes):
        _put_name(labels, doc, start, end, by_place)
    longer = _longer_names(tokens, by_place, doc.article.language)
    for (start, end), matches in by_place.items():
        if any(i in labels or i in longer for i in range(start, end)):
            continue
        label = _choose(doc, start, end, matches)
        if label:
            labels.update(dict.fromkeys(range(start, end), label))
    return labels


def without_money(doc: Doc, labels: dict[int, Label]) -> dict[int, Label]:
    """Return the labels without those that say whose money something is: "US-Dollar", "Canadian dollars", "US$"."""
    money = word_set("currency", doc.article.language)

    def is_money(label: Label) -> bool:
        if label.what not in {"adjective", "prefix", "name"}:
            return False
        _, hyphen, rest = doc[label.end - 1].form.casefold().rpartition("-")
        if hyphen and rest in money:
            return True
        after = doc[label.end] if label.end < len(doc) else None
        # "Israel pounds Gaza" is no money
        return after is not None and after.upos != "VERB" and after.form.casefold() in money

    return {i: label for i, label in labels.items() if not is_money(label)}


def _longer_names(
    tokens: tuple[Token, ...], by_place: dict[tuple[int, int], list[Match]], language: str
) -> set[int]:
    """Return the tokens of bodies that begin with a known name and are none that is known: "Nevada Independent".

    Where a known noun ends one ("Iranian Foreign Ministry"), it is that of the state.
    """
    found: set[int] = set()
    for start, end in _bodies(tokens):
        inside = {
            place: matches for place, matches in by_place.items() if start <= place[0] and place[1] <= end
        }
        whole = any(last - first == end - start for first, last in inside)
        nouns = any(match.how in {"office", "collective"} for matches in inside.values() for match in matches)
        nouns = nouns or tokens[end - 1 - tokens[0].i].form in word_set("no_name", language)
        if end - start > 1 and inside and not whole and not nouns and max(last for _, last in inside) < end:
            found |= set(range(start, end))
    return found


def _bodies(tokens: tuple[Token, ...]) -> list[tuple[int, int]]:
    """Return the stretches that the reading model takes for bodies."""
    found: list[tuple[int, int]] = []
    for token in tokens:
        if token.name == "B-ORG":
            found.append((token.i, token.i + 1))
        elif token.name == "I-ORG" and found and found[-1][1] == token.i:
            found[-1] = (found[-1][0], token.i + 1)
    return found


def _names(tokens: tuple[Token, ...], votes: Votes) -> list[tuple[int, int]]:
    """Return the stretches that the reading model takes for persons, here or in most mentions of the article."""
    found: list[tuple[int, int]] = []
    for token in tokens:
        if token.name == "I-PER" and found and found[-1][1] == token.i:
            found[-1] = (found[-1][0], token.i + 1)
        elif token.name.endswith("PER") or (token.name != "O" and votes.for_person(token)):
            found.append((token.i, token.i + 1))
    by_number = {token.i: token for token in tokens}
    return [(start, end) for start, end in found if end - start > 1 or not votes.for_place(by_number[start])]


def _put_name(
    labels: dict[int, Label], doc: Doc, start: int, end: int, by_place: dict[tuple[int, int], list[Match]]
) -> None:
    """Label a person's name, without an office that the model took into it and with known ids."""
    for (first, last), matches in sorted(by_place.items()):
        hows = {match.how for match in matches}
        if first == start and last <= end and hows & _NO_NAMES and not hows & {"person", "family"}:
            start = last
    while start < end and doc[start].upos in {"PUNCT", "DET", "ADP"}:
        start += 1
    if start >= end:
        return
    ids: list[str] = []
    for (first, last), matches in by_place.items():
        if first < end and start < last:
            known = {match.how: match.ids for match in matches}
            if (
                last - first >= end - start
                and "name" in known
                and "person" not in known
                and "family" not in known
            ):
                return  # a known state or organisation of that very name
            if "person" in known:
                start, end = min(start, first), max(end, last)
                ids = [*known["person"], *ids]
            elif "family" in known and last == end:
                ids.extend(known["family"])
    label = Label(start, end, "person", tuple(dict.fromkeys(ids)), kind=Kind.PERSON)
    labels.update(dict.fromkeys(range(start, end), label))


def _choose(doc: Doc, start: int, end: int, matches: list[Match]) -> Label | None:
    """Choose the reading that the word's tag and neighbours speak for."""
    known = {match.how: match for match in matches}
    last = doc[end - 1]
    adjectival = last.upos in {"ADJ", "DET"} or (
        "adjective" in known
        and _before_noun(doc, end)
        and last.rel not in {"nsubj", "obj", "obl", "conj", "nmod"}
    )
    if "adjective" in known and (adjectival or not known.keys() & {"demonym", "name"}):
        return Label(start, end, "adjective", known["adjective"].ids)
    if "person" in known and last.upos in _NOMINAL:
        return Label(start, end, "person", known["person"].ids, kind=Kind.PERSON)
    if "name" in known and not _common_word(doc, start, end):
        match = known["name"]
        return Label(start, end, "name", match.ids, kind=match.kind)
    group = "collective" in known and known["collective"].ids[0] == "group"
    for how in ("collective", "office") if group else ("office", "collective"):
        if how in known and last.upos in _NOMINAL | {"ADJ"}:
            return Label(start, end, how, known[how].ids, known[how].of)
    if "demonym" in known and last.upos in _NOMINAL | {"ADJ"}:
        return Label(start, end, "demonym", known["demonym"].ids)
    if "adjective" in known:
        return Label(start, end, "adjective", known["adjective"].ids)
    governs = "family" in known and _before_government(doc, end)
    if "family" in known and last.upos == "PROPN" and (last.name.endswith("PER") or governs):
        return Label(start, end, "person", known["family"].ids, kind=Kind.PERSON)
    if "prefix" in known:
        return Label(start, end, "prefix", known["prefix"].ids, known["prefix"].of)
    return None


def _before_government(doc: Doc, end: int) -> bool:
    """Tell whether a word like "administration" follows: "the Bush administration"."""
    language = doc.article.language
    following = doc[end].form.lower() if end < len(doc) else ""
    return language == "en" and word_table("collective", language).get(following) == "state"


def _before_noun(doc: Doc, end: int) -> bool:
    return (
        end < len(doc)
        and doc[end].upos in {"NOUN", "ADJ", "PROPN"}
        and doc[end - 1].span.end < doc[end].span.start
    )


def _common_word(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a one-word name is an ordinary word here ("us", "who", "der Bund")."""
    token = doc[start]
    if end < len(doc) and doc[end].form.startswith("$"):
        return True  # "US$400"
    if end - start > 1:
        return False
    return (
        token.upos in {"PRON", "ADV", "VERB", "AUX", "ADP", "DET", "CCONJ", "SCONJ"} or token.form.islower()
    )
