"""Time expressions: a table of 150 with the days that a careful reader takes them for, and what always holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Final, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.actors import find_chunks
from kg.extract.relations.circumstances import _pattern, time_of
from kg.extract.relations.clauses import Clauses
from kg.extract.relations.frames import Match
from kg.extract.syntax import syntax_reader
from kg.knowledge.tables import Row, read_table
from kg.knowledge.words import word_table
from kg.resolve.time_meanings import MEANINGS
from kg.resolve.times import _rows, interval_of

from .factories import make_article

Days = tuple[date, date]

TABLE: Final = Path(__file__).parent / "data" / "time_expressions.tsv"
COLUMNS: Final = ("language", "published", "ahead", "expression", "start", "end", "sentence")
LANGUAGES: Final = ("de", "en")
FLOOR: Final = 0.95
"""Share of the table that must be right, of the expression and of what is found in the sentence; measured: 1.00."""
ATTACHED_FLOOR: Final = 0.95
"""Share of the dated expressions that a verb of their sentence gets for its time; measured: 1.00 (138)."""


@dataclass(frozen=True, slots=True)
class Case:
    language: str
    published: date
    ahead: bool
    expression: str
    days: Days | None
    sentence: str

    def understood(self, text: str) -> Days | None:
        interval = interval_of(text, self.published, self.language, future=self.ahead)
        return (interval.start, interval.end) if interval else None


def case(row: Row) -> Case:
    start, end = row["start"], row["end"]
    return Case(
        language=row["language"],
        published=date.fromisoformat(row["published"]),
        ahead=row["ahead"] == "yes",
        expression=row["expression"],
        days=(date.fromisoformat(start), date.fromisoformat(end)) if start else None,
        sentence=row["sentence"],
    )


CASES: Final = [case(row) for row in read_table(TABLE, COLUMNS)]


def listed(misses: Sequence[tuple[Case, object]]) -> str:
    return "\n".join(f"{c.published} {c.expression!r}: {got}, expected {c.days}" for c, got in misses)


def test_the_table_has_75_expressions_a_language_each_in_its_sentence() -> None:
    assert [sum(c.language == language for c in CASES) for language in LANGUAGES] == [75, 75]
    assert [c.expression for c in CASES if c.expression not in c.sentence] == []


def test_expressions_mean_the_days_that_a_reader_takes_them_for() -> None:
    misses = [(c, c.understood(c.expression)) for c in CASES if c.understood(c.expression) != c.days]
    assert len(misses) <= (1 - FLOOR) * len(CASES), listed(misses)


def test_what_is_found_in_a_sentence_means_the_same() -> None:
    found = [(c, [m.group() for m in _pattern(c.language).finditer(c.sentence)]) for c in CASES]
    known = [(c, [days for text in texts if (days := c.understood(text))]) for c, texts in found]
    misses = [(c, d) for c, d in known if d != ([c.days] if c.days else [])]
    assert len(misses) <= (1 - FLOOR) * len(CASES), listed(misses)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verb_of_the_sentence_gets_the_expression_for_its_time(language: str) -> None:
    cases = [c for c in CASES if c.language == language]
    times = times_in([c.sentence for c in cases], language)
    known = [(c, {c.understood(text) for text in texts}) for c, texts in zip(cases, times, strict=True)]
    misses = [(c, days) for c, days in known if c.days and c.days not in days]
    assert len(misses) <= (1 - ATTACHED_FLOOR) * sum(c.days is not None for c in cases), listed(misses)


def times_in(sentences: list[str], language: str) -> list[set[str]]:
    """Return, a sentence each, what its verbs get for their time."""
    article = make_article(text="\n\n".join(sentences), language=language)
    doc = syntax_reader()(article)
    clauses = Clauses(doc, find_chunks(doc))
    times: list[set[str]] = [set() for _ in sentences]
    for token in doc.tokens:
        act = token.upos == "VERB" or token.rel == "root"
        span = time_of(cast("Match", SimpleNamespace(token=token)), clauses) if act else None
        if span:
            times[article.text.count("\n\n", 0, span.start)].add(span.of(article.text))
    return times


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_of_the_grammar_has_a_meaning(language: str) -> None:
    rows = {name for name in word_table("time_pattern", language) if not name.startswith("{")}
    assert rows <= MEANINGS.keys()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They may talk. The march ended. Mondays are quiet. He leads by a second."),
        ("de", "Am Morgen kam er. Montags ruht er. Er wartete Tage. Er kam am selben Tag."),
        ("fr", "Il arrive lundi 3 mars 2014."),
    ],
)
def test_no_time_is_seen_where_none_is(language: str, text: str) -> None:
    found = _pattern(language).search(text) if language in LANGUAGES else None
    assert found is None, found
    assert interval_of(text, date(2022, 2, 16), language, future=False) is None


@pytest.mark.parametrize(
    ("language", "text", "known"),
    [
        ("de", "am 3. März 2014", True),
        ("en", "in the 1990s", True),
        ("de", "am 3. März", False),
        ("en", "today", False),
    ],
)
def test_without_a_day_of_publication_only_what_says_its_year_is_known(
    language: str, text: str, known: bool
) -> None:
    assert (interval_of(text, None, language, future=False) is not None) is known


def expressions(language: str) -> st.SearchStrategy[str]:
    """Strings of the grammar, words of it in any order, and anything."""
    patterns = [re.compile(pattern.pattern.replace("(?-i:^|(?!M))", "")) for _, pattern in _rows(language)]
    grammatical = st.sampled_from(patterns).flatmap(lambda pattern: st.from_regex(pattern, fullmatch=True))
    words = [word for c in CASES if c.language == language for word in c.expression.split()]
    return grammatical | st.lists(st.sampled_from(words), max_size=6).map(" ".join) | st.text()


@pytest.mark.parametrize("language", LANGUAGES)
@settings(deadline=None)  # the first example compiles the grammar
@given(st.data(), st.dates() | st.none(), st.booleans())
def test_intervals_are_in_order_and_the_same_twice_and_nothing_is_raised(
    language: str, data: st.DataObject, published: date | None, future: bool
) -> None:
    text = data.draw(expressions(language))
    interval = interval_of(text, published, language, future=future)
    assert interval is None or interval.start <= interval.end
    assert interval is None or interval.text == text
    assert interval == interval_of(text, published, language, future=future)
