"""Finds the time expression and the place that belong to an act."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Final

from kg.extract.relations.clauses import Clauses
from kg.extract.relations.frames import Match
from kg.extract.syntax.doc import Token
from kg.knowledge.entities import knowledge_base
from kg.knowledge.time_patterns import time_patterns
from kg.knowledge.words import word_set, word_table
from kg.model import Kind, Mention, Span

_CAPITALISED: Final = frozenset({"month", "weekday"})  # "may" is no month, "montags" no Monday
_ARGUMENTS: Final = frozenset({"obj", "obl", "nsubj"})
_TAIL_FREE: Final = frozenset({"mark", "nsubj", "aux"})  # what a participle of its own clause has


def time_of(match: Match, clauses: Clauses) -> Span | None:
    """Return the time expression nearest to the predicate within its clause, the first of several, or None."""
    doc = clauses.doc
    sentence = doc.sentence(match.token.i)
    distance = {host.i: n for n, host in enumerate(_clause(match.token, clauses))}
    ranked = []
    for found in _pattern(clauses.language).finditer(doc.text(sentence.span)):
        span = Span(sentence.span.start + found.start(), sentence.span.start + found.end())
        tokens = [token for token in doc.tokens[sentence.start : sentence.end] if span.covers(token.span)]
        hosts = ((distance[i], steps) for steps, i in _hosts(tokens, clauses) if i in distance)
        ranked += [(min(hosts, default=None), span)]
    return min(((rank, span) for rank, span in ranked if rank), default=(None, None))[1]


def place_of(match: Match, clauses: Clauses) -> Mention | None:
    """Return the place of an act: a phrase with "in", "at" ... under the predicate or its clause."""
    places = set(word_table("place_case", clauses.language))
    roles = {filler.chunk.start for filler in (*match.actors, *match.recipients) if filler.direct}
    hosts = _clause(match.token, clauses)
    near = (phrase for host in hosts for phrase in clauses.phrases(host, places))
    far = (phrase for host in hosts for phrase in clauses.far_phrases(host, places))
    for phrase in chain(near, far):
        for filler in clauses.fillers(phrase, "place"):
            mention = filler.chunk.mention
            is_place = mention.kind in {Kind.PLACE, Kind.STATE} and mention.head != "adjective"
            if is_place and filler.direct and filler.chunk.start not in roles:
                return mention
    return _site(match, clauses)


def _site(match: Match, clauses: Clauses) -> Mention | None:
    """Return where a site stands at which something is done: "Protest vor dem Konsulat in Istanbul"."""
    records = knowledge_base().records
    for filler in match.recipients:
        mention = filler.chunk.mention
        noun = mention.head.lower().rpartition("-")[2]
        if noun in word_set("site_noun", clauses.language):
            for id in mention.of:
                if id in records and records[id].entity.kind is Kind.PLACE:
                    return replace(mention, kind=Kind.PLACE, candidates=(id,), offices=(), of=())
    return None


def _clause(token: Token, clauses: Clauses) -> list[Token]:
    """Return the predicate and the words above it up to the verb of its own clause.

    An English participle beside a clause takes place when that does: "marched on Saturday, protesting against".
    """
    operators = word_table("operator", clauses.language)
    hosts = [token]
    current = token
    for ancestor in clauses.doc.ancestors(token.i):
        closed = current.rel in {"ccomp", "advcl", "acl", "parataxis", "root"}
        if current.upos in {"VERB", "AUX"} and closed and not _trails(current, clauses):
            break
        if ancestor.upos == "VERB" and clauses.lemma(ancestor) in operators:
            break  # "sagte am Donnerstag das Treffen ab": Thursday is not the day of the meeting
        hosts.append(ancestor)
        current = ancestor
    return hosts


def _trails(verb: Token, clauses: Clauses) -> bool:
    """Tell an English participle that goes on with what a clause says."""
    if clauses.language != "en" or verb.rel != "advcl" or not verb.form.lower().endswith("ing"):
        return False
    return not clauses.doc.children(verb.i, *_TAIL_FREE)


def _hosts(tokens: list[Token], clauses: Clauses) -> Iterator[tuple[int, int]]:
    """Yield the words that an expression belongs to, with the steps there: itself, what it hangs on, what that is.

    Further steps are for occasions ("bei einem Treffen am Montag", "in a phone call in late July"), for what a
    participle tells of them or of the act itself ("in a report published today", "talks held on Monday"), and for a
    time that stands bare behind an object ("asked him for an apology Monday night").
    """
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.head in inside - {token.i} or token.upos in {"ADP", "DET"}:
            continue
        yield 0, token.i
        yield 1, token.head
        host, steps = clauses.doc[token.head], 2
        if host.upos in {"VERB", "ADJ"} and host.rel in {"acl", "amod"}:
            yield 2, host.head
            host, steps = clauses.doc[host.head], 3
        occasion = host.rel == "obl" and clauses.case(host) in word_set("time_occasion", clauses.language)
        behind = steps == 2 and host.upos == "NOUN" and host.rel in _ARGUMENTS
        if occasion or (behind and not clauses.doc.children(token.i, "case")):
            yield steps, host.head


@lru_cache(maxsize=4)
def _pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of all time expressions of ``words/time_pattern.tsv``; earlier rows win."""
    rows = [row for _, row in time_patterns(language, lambda: _plain_group)]
    pattern = r"(?<!\w)(?:" + "|".join(rows) + r")(?!\w)"
    return re.compile(pattern.replace("\\ ", " ").replace(" ", r"\s"), re.IGNORECASE)


def _plain_group(name: str) -> Callable[[Sequence[str]], str]:
    def close(alternatives: Sequence[str]) -> str:
        if name in _CAPITALISED:
            return f"(?-i:{'|'.join(word.capitalize() for word in alternatives)})"
        return f"(?:{'|'.join(alternatives)})"

    return close
