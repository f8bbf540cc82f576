"""The words around a mention: articles and possessives before it, the end of its sentence."""

import re
from typing import Final

from kg.knowledge.words import word_set
from kg.model import Kind, Mention
from kg.resolve.linking.discourse import Discourse

_SENTENCE_END: Final = re.compile(r"[.!?][”“\"»]?\s+(?=[A-ZÄÖÜ„“\"»«])|\n")
_ADJECTIVES: Final = 2  # words that may stand between an article and its noun


def indefinite(mention: Mention, discourse: Discourse) -> bool:
    """Tell whether a description means any of its kind: "a president", "as president", "wurde Präsident".

    An office without an article is no name for its holder either ("for president", "und schließlich Finanzminister").
    """
    language, text = discourse.language, discourse.article.text
    own = mention.span.of(text).split()
    before = text[: mention.span.start].split()[-_ADJECTIVES:]
    nearest = _word(before[-1]) if before else ""
    if own[0].lower() in word_set("indefinite", language) or nearest in word_set("indefinite", language):
        return True
    if nearest in word_set("predicative", language):
        return True
    if len(before) > 1 and before[-1].islower() and _word(before[-2]) in word_set("indefinite", language):
        return nearest not in word_set("definite", language)
    if language == "de" and mention.kind is Kind.OFFICE and not mention.of:
        return word_set("definite", language).isdisjoint(map(_word, before))
    bare = language == "en" and mention.kind is Kind.OFFICE and not mention.of and all(map(str.islower, own))
    return bare and nearest not in word_set("definite", language) and not nearest.endswith(("'s", "’s"))


def possessed(mention: Mention, discourse: Discourse) -> bool:
    """Tell whether a description is somebody's: "sein Land", "our country"."""
    before = discourse.article.text[: mention.span.start].split()[-1:]
    return bool(before) and _word(before[0]) in word_set("possessive", discourse.language)


def located(mention: Mention, discourse: Discourse) -> bool:
    """Tell whether a name says where something is: "in Washington"."""
    before = discourse.article.text[: mention.span.start].split()[-1:]
    return bool(before) and _word(before[0]) in word_set("locative", discourse.language)


def same_sentence(first: Mention, second: Mention, discourse: Discourse) -> bool:
    """Tell whether no sentence ends between two mentions."""
    start, end = sorted((first.span, second.span))
    return not _SENTENCE_END.search(discourse.article.text, start.end, end.start)


def _word(word: str) -> str:
    return word.lower().strip("„“”\"'’(«»[") if not word.endswith(("'s", "’s")) else word.lower()
