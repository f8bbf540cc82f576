"""Finds known names in a row of words: states, organisations, places, persons, offices and collective nouns."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.syntax.doc import Token
from kg.extract.syntax.words import word_forms
from kg.knowledge.entities import KnowledgeBase, knowledge_base
from kg.knowledge.words import word_table
from kg.model import Kind

_ADJECTIVE_ENDINGS = ("", "e", "en", "er", "es", "em")
_LONGEST_NAME = 9  # words
_SHORTEST_NAME, _SHORTEST_REST = 4, 4  # letters of a name and of the rest in a compound without hyphen
_SHORTEST_SUFFIX = 5  # letters; shorter nouns are the end of too many other words


@dataclass(frozen=True, slots=True)
class Match:
    """Known words: half-open token numbers and what they may name.

    ``how`` is name, adjective, demonym, person, family, office or collective. ``ids`` are entity or office ids, and for
    collectives the table's value. ``of`` are ids read from a compound's first part ("US-Botschafter").
    """

    start: int
    end: int
    how: str
    ids: tuple[str, ...]
    of: tuple[str, ...] = ()
    kind: Kind | None = None


class Gazetteer:
    """All known names of one language, looked up word by word, the longest first."""

    def __init__(self, kb: KnowledgeBase, language: str) -> None:
        self._language = language
        self._exact: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._suffix: dict[str, tuple[str, str]] = {}
        self._kinds = {id: record.entity.kind for id, record in kb.records.items()}
        for id, record in kb.records.items():
            how = "person" if record.entity.kind is Kind.PERSON else "name"
            for name in record.names.get(language, ()):
                self._add(name, how, id)
            for name in record.family_names:
                self._add(name, "family", id)
            for stem in record.adjectives.get(language, ()):
                for ending in _ADJECTIVE_ENDINGS if language == "de" and stem[-1:] != "r" else ("",):
                    self._add(stem + ending, "adjective", id)
                    self._add(stem[:1].upper() + stem[1:] + ending, "adjective", id)
            for name in record.demonyms.get(language, ()):
                self._add(name, "demonym", id)
        for office in kb.offices.values():
            for form in office.forms.get(language, ()):
                self._add_noun(form, "office", office.id)
        for form, value in word_table("collective", language).items():
            self._add_noun(form, "collective", value)
        self._compound = word_table("compound", language)

    def _add(self, name: str, how: str, id: str) -> None:
        words = word_forms(name, self._language)
        if words and id not in self._exact[words][how]:
            self._exact[words][how].append(id)

    def _add_noun(self, form: str, how: str, id: str) -> None:
        self._add(form, how, id)
        if self._language == "en":
            self._add(form.title().replace(" Of ", " of "), how, id)
            self._add(form.lower(), how, id)
        elif " " not in form and len(form) >= _SHORTEST_SUFFIX:
            self._suffix.setdefault(form.casefold(), (how, id))

    def matches(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """Yield what the words of a sentence may name; a word belongs to one longest match of each reading."""
        i = 0
        while i < len(tokens):
            found = list(self._longest(tokens, i)) or list(self._compounds(tokens[i]))
            yield from found
            i = max((match.end - tokens[0].i for match in found), default=i + 1)

    def _longest(self, tokens: Sequence[Token], i: int) -> Iterator[Match]:
        for length in range(min(_LONGEST_NAME, len(tokens) - i), 0, -1):
            words = tuple(token.form for token in tokens[i : i + length])
            readings = self._readings(words)
            if readings:
                of = self._prefix(words)
                for how, ids in readings.items():
                    start = tokens[i].i
                    own = of if how in {"office", "collective"} else ()
                    yield Match(start, start + length, how, tuple(ids), own, self._kinds.get(ids[0]))
                return

    def _readings(self, words: tuple[str, ...]) -> dict[str, list[str]]:
        readings = self._exact.get(words)
        if readings is None and self._language == "de" and len(words[-1]) > 3:
            last = words[-1]
            stems = [last[:-1]] if last.endswith(("s", "n")) else []
            stems += [last[:-2]] if last.endswith(("es", "en")) else []
            stems += [last[:-1]] if last.endswith(("'", "’")) else []
            for stem in stems:
                readings = self._exact.get((*words[:-1], stem))
                if readings:
                    break
        if readings is None and len(words) == 1 and words[0].isupper() and len(words[0]) > 4:
            readings = self._exact.get((words[0].capitalize(),))
        return dict(readings) if readings else {}

    def _compounds(self, token: Token) -> Iterator[Match]:
        """Read "US-Außenministerin", "Bundesregierung", "Vizepräsident", "Türkei-Reise"."""
        if self._language != "de" or token.upos not in {"NOUN", "PROPN", "ADJ", "X"}:
            return
        first, hyphen, rest = token.form.partition("-")
        of = self._compound_of(first) if hyphen else self._joined_name(token.form)
        word = (rest if hyphen else token.form).casefold()
        for cut in range(len(word) - _SHORTEST_SUFFIX + 1):
            known = self._suffix.get(word[cut:]) or self._suffix.get(_bare(word[cut:]))
            if known:
                if not hyphen and cut:
                    of = self._compound_of(word[:cut]) or of
                yield Match(token.i, token.i + 1, known[0], (known[1],), of)
                return
        if of:
            yield Match(token.i, token.i + 1, "prefix", of, of)

    def _prefix(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return whom the first part of an office names: "US-Außenminister", "Bundeskanzlerin", "EU ambassador"."""
        word = words[0]
        if len(words) > 1:
            readings = self._exact.get((word,), {})
            return tuple(readings.get("adjective") or readings.get("name") or ())
        if self._language != "de":
            return ()
        first, hyphen, _ = word.partition("-")
        if hyphen:
            return self._compound_of(first)
        lower = word.casefold()
        return next(
            ((id,) for start, id in self._compound.items() if lower.startswith(start) and len(start) > 3), ()
        )

    def _joined_name(self, form: str) -> tuple[str, ...]:
        """Return whom the beginning of a compound without hyphen names: "Israelbesuch", "Talibankämpfer"."""
        for cut in range(len(form) - _SHORTEST_REST, _SHORTEST_NAME - 1, -1):
            readings = self._exact.get((form[:cut],)) if form[cut : cut + 1].islower() else None
            if (
                readings
                and "name" in readings
                and self._kinds[readings["name"][0]] in {Kind.STATE, Kind.ORGANISATION}
            ):
                return tuple(readings["name"])
        return ()

    def _compound_of(self, first: str) -> tuple[str, ...]:
        special = self._compound.get(first.casefold())
        if special:
            return (special,)
        readings = self._exact.get((first,)) or self._exact.get((first.capitalize(),)) or {}
        for how in ("name", "person", "family"):
            if readings.get(how):
                return tuple(readings[how])
        return ()


def _bare(word: str) -> str:
    return word[:-1] if word.endswith(("s", "n")) else word


def gazetteer(language: str) -> Gazetteer:
    """Return the gazetteer of a language for the knowledge base in use, built once."""
    return _gazetteer(knowledge_base(), language)


@lru_cache(maxsize=4)
def _gazetteer(kb: KnowledgeBase, language: str) -> Gazetteer:
    return Gazetteer(kb, language)
