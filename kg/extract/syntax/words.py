"""Splits text into sentences and words as the treebanks of the reading model do.

Our own rules, because words must follow the Universal Dependencies treebanks (German "im" is "in" + "dem", English
"don't" is "do" + "n't", hyphens part English compounds) and offsets must be exact.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.knowledge.words import word_set
from kg.model import Span

_CONTRACTIONS = {
    "am": "an dem", "ans": "an das", "aufs": "auf das", "beim": "bei dem", "durchs": "durch das", "fürs": "für das",
    "hinterm": "hinter dem", "hinters": "hinter das", "im": "in dem", "ins": "in das", "übers": "über das",
    "überm": "über dem", "ums": "um das", "unterm": "unter dem", "unters": "unter das", "vom": "von dem",
    "vors": "vor das", "zum": "zu dem", "zur": "zu der",
}  # fmt: skip

_WORD = re.compile(
    r"""
    https?://\S+ | www\.\S+ | \S+@\S+\.\w+
    | \d{1,2}\.(?=\s?(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jänner|\d))   # 3. März
    | \d+(?:[.,:/]\d+)+ | \d+
    | (?:[^\W\d_]\.){2,}                                   # z.B. U.S.
    | [^\W_]+(?:['’][^\W\d_]+)?(?:[-‑][^\W_]+(?:['’][^\W\d_]+)?)*[-‑]?   # words, compounds, "Staats-"
    | \.{2,} | … | --+ | \S
    """,
    re.VERBOSE,
)
_MONTH = re.compile(r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jänner)")
_CLITIC = re.compile(r"(?i)(?<=\w)(n['’]t|['’](?:s|re|ve|ll|d|m))$")
_CLOSING = "\"'»«”“’)]›‹"
_END = re.compile(r"[.!?…]+[" + re.escape(_CLOSING) + r"]*(?=\s+|$)")
_OPENING = re.compile(r"\s+[\"'„“”»«‚‘’(\[–—-]*\s*(\S)")
_INITIAL = re.compile(r"(?:^|[\s(.\-„»“])([A-ZÄÖÜ])\.$")
_ORDINAL_BEFORE = frozenset(
    "am vom zum der die das dem den des bis und seit im ab beim zur".split()  # noqa: SIM905
)
_DATELINE = re.compile(
    r"\s*[A-ZÄÖÜ][A-ZÄÖÜ./ -]{2,40}(?:, [^–\n]{2,30}?)? ?(?:\([^)\n]{2,20}\))? ?(?:[–—] |- (?=[\"'„“»A-ZÄÖÜ]))"
)
"""BERLIN, 3. März (dpa) – : where and when it was written is no part of the first sentence."""
_FIRST_LINE_LONGEST = 140  # a longer first line without full stop is a paragraph, not a headline


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word before parsing; ``space_before`` is False where it touches the word before it."""

    form: str
    span: Span
    space_before: bool


def split_sentences(text: str, language: str) -> list[Span]:
    """Return the sentences of a text, trimmed of white space.

    >>> [s.of("Er kam am 3. März. Sie ging.") for s in split_sentences("Er kam am 3. März. Sie ging.", "de")]
    ['Er kam am 3. März.', 'Sie ging.']
    """
    spans = []
    for start, end in _paragraphs(text):
        cursor = start
        dateline = _DATELINE.match(text, start, end)
        if dateline:
            spans.append((start, dateline.end()))
            cursor = dateline.end()
        for match in _END.finditer(text, cursor, end):
            if match.start() >= cursor and _is_boundary(text, match, end, language):
                spans.append((cursor, match.end()))
                cursor = match.end()
        spans.append((cursor, end))
    trimmed = (_trim(text, start, end) for start, end in spans)
    return [span for span in trimmed if span is not None]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Return stretches between blank lines; a first line without full stop is a headline of its own."""
    bounds: list[tuple[int, int]] = []
    cursor = 0
    for match in re.finditer(r"\n\s*\n|\n", text):
        line = text[cursor : match.start()].strip()
        blank = match.group().count("\n") > 1
        short = len(line) < _FIRST_LINE_LONGEST and line[-1:] not in ".!?…:,;" and not line.endswith("-")
        ended = line[-1:] in ".!?…" + _CLOSING
        if line and (blank or ended or (short and not bounds)):
            bounds.append((cursor, match.start()))
            cursor = match.end()
    bounds.append((cursor, len(text)))
    return bounds


def _is_boundary(text: str, match: re.Match[str], end: int, language: str) -> bool:
    mark, before = match.group(), text[: match.end()]
    following = _OPENING.match(text, match.end(), end)
    if following is None:
        return True
    if following.group(1).islower():
        return False
    if not mark.startswith(".") or len(mark.rstrip(_CLOSING)) > 1:
        return True
    tail = before[-40:].rstrip(_CLOSING)
    word = re.split(r"[\s(„»“\"]", tail)[-1]
    if word.casefold() in _abbreviations(language) or _INITIAL.search(tail):
        return False
    if language == "de" and re.fullmatch(r"\d{1,2}\.", word):
        if _MONTH.match(text, following.start(1)):
            return False
        previous = tail[: -len(word)].split()
        return not (previous and previous[-1].casefold() in _ORDINAL_BEFORE)
    return not (re.fullmatch(r"(?:[^\W\d_]\.)+", word) and language == "de")


@lru_cache(maxsize=4)
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in word_set("abbreviation", language))


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def split_words(text: str, sentence: Span, language: str) -> list[Word]:
    """Return the syntactic words of a sentence.

    >>> [w.form for w in split_words("Er ist im Iran.", Span(0, 15), "de")]
    ['Er', 'ist', 'in', 'dem', 'Iran', '.']
    """
    words: list[Word] = []
    touching = -1
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        for form, start, end in _parts(match.group(), language):
            span = Span(match.start() + start, match.start() + end)
            words.append(Word(form, span, span.start != touching or _same(words, span)))
            touching = span.end
    return words


def word_forms(text: str, language: str) -> tuple[str, ...]:
    """Return the words of ``split_words`` alone.

    >>> word_forms("im Iran", "de"), word_forms("Iran's", "en")
    (('in', 'dem', 'Iran'), ('Iran', "'s"))
    """
    if text.isalpha() and (language != "de" or text.lower() not in _CONTRACTIONS):
        return (text,)  # most names are one plain word, and all known names are read at each start
    return tuple(form for match in _WORD.finditer(text) for form, _, _ in _parts(match.group(), language))


def _same(words: list[Word], span: Span) -> bool:
    return bool(words) and words[-1].span == span


def _parts(form: str, language: str) -> list[tuple[str, int, int]]:
    """Return the syntactic words of a written one, with the half-open characters of it that each covers."""
    if language == "de":
        expanded = _CONTRACTIONS.get(form) or _CONTRACTIONS.get(form.lower())
        if expanded:
            first, second = expanded.split()
            return [
                (first.capitalize() if form[0].isupper() else first, 0, len(form)),
                (second, 0, len(form)),
            ]
        return [(form, 0, len(form))]
    pieces = []
    for piece in (
        re.finditer(r"[-‑]|[^-‑]+", form) if not form.startswith(("http", "www")) else [re.match(".*", form)]
    ):
        assert piece is not None
        clitic = _CLITIC.search(piece.group())
        if clitic and clitic.start():
            middle = piece.start() + clitic.start()
            pieces.append((piece.group()[: clitic.start()], piece.start(), middle))
            pieces.append((clitic.group(), middle, piece.end()))
        else:
            pieces.append((piece.group(), piece.start(), piece.end()))
    return pieces
