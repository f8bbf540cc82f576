"""Lemmas by simplemma (German 96.7 on GSD), with the part of speech where English needs it."""

from functools import lru_cache

import simplemma

from kg.knowledge.words import word_table

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
    return str(simplemma.lemmatize(word, lang=language))


def _english_singular(form: str) -> str:
    """Return the singular; simplemma would make verbs of "meetings" and "talks"."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zes")):
        return form[:-2]
    if form.endswith("s") and not form.endswith(("ss", "us", "is", "news")):
        return form[:-1]
    return form
