"""Lemmas by simplemma (German 96.7 on GSD), with the part of speech where English needs it.

Its dictionaries are kept as tries in the user's cache folder: made once, in some two seconds, they open in five
milliseconds, where unpacking the German one takes 0.8 seconds of each start. Where nothing can be written, simplemma
says so and goes on.
"""

from functools import lru_cache

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import TrieDictionaryFactory

from kg.knowledge.words import word_set, word_table

_NOMINAL = frozenset({"NOUN", "PROPN"})


@lru_cache(maxsize=65536)
def lemma_of(form: str, upos: str, language: str) -> str:
    """Return the dictionary form of a word; names keep their form.

    >>> lemma_of("abgelehnt", "VERB", "de"), lemma_of("meetings", "NOUN", "en"), lemma_of("left", "VERB", "en")
    ('ablehnen', 'meeting', 'leave')
    """
    if upos == "PROPN":
        return form
    irregular = word_table("lemma", language).get(f"{upos} {form.lower()}")
    if irregular:
        return irregular
    if language == "en" and upos == "NOUN":
        return _english_singular(form.lower())
    word = form if upos in _NOMINAL else form.lower()
    return _dictionary_form(word, language)


@lru_cache(maxsize=1)
def _lemmatizer() -> Lemmatizer:
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=TrieDictionaryFactory()))


def _dictionary_form(word: str, language: str) -> str:
    if not word.isprintable():  # tries part key from value by control characters
        return word
    return str(_lemmatizer().lemmatize(word, lang=language))


def _english_singular(form: str) -> str:
    """Return the singular; simplemma would make verbs of "meetings" and "talks"."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zes")):
        return form[:-2]
    if form.endswith("s") and not form.endswith(("ss", "us", "is", "news")):
        return form[:-1]
    return form


@lru_cache(maxsize=65536)
def verb_guesses(form: str) -> tuple[str, ...]:
    """Return infinitives that a German verb form may belong to and simplemma does not know, likeliest first.

    >>> verb_guesses("ratifiziert")[0], "einbestellen" in verb_guesses("einbestellt")
    ('ratifizieren', True)
    """
    word = form.lower()
    guesses = [word] if word.endswith("n") else []
    guesses += [
        word[: -len(end)] + "ieren" for end in ("iert", "ierte", "ierten", "ierter") if word.endswith(end)
    ]
    for prefix in sorted(word_set("separable_prefix", "de"), key=len, reverse=True):
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 3:
            rest = rest.removeprefix("zu") if rest.startswith("zu") else rest
            inner = _dictionary_form(rest, "de")
            guesses.append(prefix + (inner if inner.endswith("n") else _weak(rest.removeprefix("ge"))))
    for prefix in sorted(word_set("inseparable_prefix", "de"), key=len, reverse=True):
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 2:
            inner = _dictionary_form("ge" + rest, "de")
            guesses += [prefix + inner] if inner.endswith("n") else []
            guesses.append(prefix + _weak(rest))
    guesses.append(_weak(word.removeprefix("ge")))
    return tuple(dict.fromkeys(guesses))


def _weak(form: str) -> str:
    """Return the infinitive of a weak form: "warnt", "warnte", "warnten" -> warnen."""
    for end in ("eten", "ete", "ten", "te", "et", "t", "st", "e"):
        if form.endswith(end) and len(form) > len(end) + 1:
            return form[: -len(end)] + "en"
    return form
