"""Which act of a sentence a time belongs to, and whether an act that is not certain lies behind."""

from datetime import date

import pytest

from kg.extract.rules import make
from kg.model import Article, Claim, Statement
from kg.resolve import claims_of

WEDNESDAY = date(2019, 9, 11)


def read(text: str, language: str) -> tuple[Statement, ...]:
    return make().read(Article("a", "", text, language)).statements


@pytest.mark.parametrize(
    ("language", "text", "relation", "when"),
    [
        pytest.param(
            "en",
            "Norway had asked Finland for an apology Monday night.",
            "requests",
            "Monday night",
            id="bare behind an object",
        ),
        pytest.param(
            "en",
            "Protesters marched in Oslo on Saturday, protesting against the government of Finland.",
            "protests",
            "on Saturday",
            id="a participle goes on",
        ),
        pytest.param(
            "en",
            "The talks between Norway and Finland held on Monday were friendly.",
            "consults",
            "on Monday",
            id="a participle tells of the act",
        ),
        pytest.param(
            "de",
            "In einem gestern veröffentlichten Bericht kritisiert Norwegen Finnland.",
            "criticises",
            "gestern",
            id="what a speech act stands in",
        ),
        pytest.param(
            "en",
            "In a report published on Monday, Norway criticised Finland.",
            "criticises",
            "on Monday",
            id="the same in English",
        ),
        pytest.param(
            "en",
            "Norway criticised Finland before signing the treaty on Monday.",
            "criticises",
            None,
            id="a clause of its own",
        ),
        pytest.param(
            "de",
            "Norwegen kritisiert einen gestern veröffentlichten Bericht Finnlands.",
            "criticises",
            None,
            id="the time of what is criticised",
        ),
    ],
)
def test_a_time_belongs_to_the_act_it_stands_with(
    language: str, text: str, relation: str, when: str | None
) -> None:
    (found,) = [s for s in read(text, language) if s.relation == relation]
    assert (found.when.of(text) if found.when else None) == when


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "Norway may attack Finland on Monday.", date(2019, 9, 16)),
        ("en", "Norway may have attacked Finland on Monday.", date(2019, 9, 9)),
        ("de", "Norwegen könnte Finnland am Montag angreifen.", date(2019, 9, 16)),
        ("de", "Norwegen könnte Finnland am Montag angegriffen haben.", date(2019, 9, 9)),
    ],
)
def test_what_may_have_happened_lies_behind(language: str, text: str, day: date) -> None:
    assert [claim.time.start for claim in claims(text, language) if claim.time] == [day]


def claims(text: str, language: str) -> list[Claim]:
    article = Article("a", "", text, language, published=WEDNESDAY)
    return list(claims_of(make().read(article)).claims)
