"""Acts of others: who judges an act or asks for it has not done it, and whom it is done to is not judged or asked."""

import pytest

from kg.extract.rules import make
from kg.model import Article


def relations(text: str, language: str) -> set[tuple[str, str, str]]:
    statements = make().read(Article("a", "", text, language)).statements
    return {(s.relation, s.actor.span.of(text), s.recipient.span.of(text)) for s in statements}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Norway criticised the attack on Finland."),
        ("de", "Norwegen verurteilte den Angriff auf Finnland."),
        ("en", "Norway welcomed sanctions against Russia."),
        ("en", "Norway called for sanctions against Russia."),
        ("en", "Norway demanded the release of the journalist Aino Virtanen."),
        ("de", "Norwegen forderte die Freilassung der finnischen Gefangenen."),
    ],
)
def test_an_act_without_its_doer_says_nothing_of_who_speaks_of_it(language: str, text: str) -> None:
    assert relations(text, language) == set()


@pytest.mark.parametrize(
    ("language", "text", "relation"),
    [
        pytest.param(
            "en", "Norway criticised Finland's attack.", ("criticises", "Norway", "Finland"), id="its doer"
        ),
        pytest.param(
            "de",
            "Norwegen verlangte den Rückzug Russlands.",
            ("demands", "Norwegen", "Russlands"),
            id="who is to do it",
        ),
        pytest.param(
            "en", "Norway ordered an attack on Finland.", ("attacks", "Norway", "Finland"), id="ordered"
        ),
        pytest.param(
            "de",
            "Norwegen kündigte einen Angriff auf Finnland an.",
            ("attacks", "Norwegen", "Finnland"),
            id="announced",
        ),
        pytest.param(
            "en", "Norway called off its visit to Finland.", ("visits", "Norway", "Finland"), id="called off"
        ),
        pytest.param(
            "de",
            "Norwegen übte Kritik an Finnland.",
            ("criticises", "Norwegen", "Finnland"),
            id="a part of the phrase",
        ),
        pytest.param(
            "en", "Norway called for talks with Russia.", ("consults", "Norway", "Russia"), id="takes part"
        ),
    ],
)
def test_whose_act_it_is(language: str, text: str, relation: tuple[str, str, str]) -> None:
    assert relation in relations(text, language)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Norway expelled the Finnish consul.", "expelsDiplomats"),
        ("Norway expelled two Finnish journalists.", "deports"),
    ],
)
def test_diplomats_are_expelled_and_others_deported(text: str, relation: str) -> None:
    assert {found for found, _, _ in relations(text, "en")} == {relation}
