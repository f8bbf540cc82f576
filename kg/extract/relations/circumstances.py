"""Finds the time expression and the place that belong to an act."""

import re
from functools import lru_cache
from typing import Final

from kg.extract.relations.clauses import Clauses
from kg.extract.relations.frames import Match
from kg.extract.syntax.doc import Token
from kg.knowledge.words import word_table
from kg.model import Kind, Mention, Span

_SLOT: Final = re.compile(r"\{([a-z_]+)\}")
_CAPITALISED: Final = frozenset({"month", "weekday"})  # "may" is no month, "montags" no Monday


def time_of(match: Match, clauses: Clauses) -> Span | None:
    """Return the time expression nearest to the predicate within its clause, or None."""
    doc = clauses.doc
    sentence = doc.sentence(match.token.i)
    expressions = [
        Span(sentence.span.start + found.start(), sentence.span.start + found.end())
        for found in _pattern(clauses.language).finditer(doc.text(sentence.span))
    ]
    clause = _clause(match.token, clauses)
    best: tuple[int, int] | None = None
    chosen = None
    for span in expressions:
        head = _head(span, sentence.start, sentence.end, clauses)
        if head is None:
            continue
        distance = next(
            (n for n, host in enumerate(clause) if host.i == doc[head.head].i or host.i == head.i), None
        )
        if distance is None:
            continue
        rank = (distance, abs(span.start - match.token.span.start))
        if best is None or rank < best:
            best, chosen = rank, span
    return chosen


def place_of(match: Match, clauses: Clauses) -> Mention | None:
    """Return the place of an act: a phrase with "in", "at" ... under the predicate or its clause."""
    places = word_table("place_case", clauses.language)
    roles = {filler.chunk.start for filler in (*match.actors, *match.recipients) if filler.direct}
    for host in _clause(match.token, clauses):
        for child in clauses.doc.children(host.i, "obl", "nmod", "advmod"):
            if clauses.case(child) not in places:
                continue
            for filler in clauses.fillers(child, "place"):
                mention = filler.chunk.mention
                if (
                    mention.kind in {Kind.PLACE, Kind.STATE}
                    and mention.head != "adjective"
                    and (filler.chunk.start not in roles)
                ):
                    return mention
    return None


def _clause(token: Token, clauses: Clauses) -> list[Token]:
    """Return the predicate and the words above it up to the verb of its own clause."""
    hosts = [token]
    current = token
    for ancestor in clauses.doc.ancestors(token.i):
        if current.upos in {"VERB", "AUX"} and current.rel in {"ccomp", "advcl", "acl", "parataxis", "root"}:
            break
        hosts.append(ancestor)
        current = ancestor
    return hosts


def _head(span: Span, start: int, end: int, clauses: Clauses) -> Token | None:
    inside = [
        t for t in clauses.doc.tokens[start:end] if span.covers(t.span) and t.upos not in {"ADP", "DET"}
    ]
    numbers = {t.i for t in inside}
    return next((t for t in inside if t.head not in numbers), inside[0] if inside else None)


@lru_cache(maxsize=4)
def _pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of all time expressions of ``words/time_pattern.tsv``; earlier rows win."""
    parts = word_table("time_pattern", language)

    def expand(slot: re.Match[str]) -> str:
        if slot.group() in parts:
            return f"(?:{_SLOT.sub(expand, parts[slot.group()])})"
        words = [
            re.escape(word) for word in sorted(word_table(slot.group(1), language), key=len, reverse=True)
        ]
        if slot.group(1) in _CAPITALISED:
            return f"(?-i:{'|'.join(word.capitalize() for word in words)})"
        return f"(?:{'|'.join(words)})"

    rows = [_SLOT.sub(expand, row) for name, row in parts.items() if not name.startswith("{")]
    pattern = r"(?<!\w)(?:" + "|".join(rows) + r")(?!\w)"
    return re.compile(pattern.replace("\\ ", " ").replace(" ", r"\s"), re.IGNORECASE)
