"""How real an act is, when the verb over it is the act itself, and who tells of an own act."""

import pytest

from kg.extract.rules import make
from kg.model import Article, Statement


def read(text: str, language: str) -> tuple[Statement, ...]:
    return make().read(Article("a", "", text, language)).statements


@pytest.mark.parametrize(
    ("language", "text", "relation", "modality"),
    [
        pytest.param(
            "en",
            "Norway announced the change despite criticism of Finland by Japan.",
            "criticises",
            "actual",
            id="beside what is announced",
        ),
        pytest.param(
            "de",
            "Oslo wird Finnland angreifen, falls Japan abzieht.",
            "attacks",
            "conditional",
            id="under a condition",
        ),
        pytest.param(
            "de",
            "Sollte Japan abziehen, wird Oslo Finnland angreifen.",
            "attacks",
            "conditional",
            id="verb first",
        ),
        pytest.param(
            "en",
            "Norway threatened to attack Finland unless Japan left.",
            "attacks",
            "conditional",
            id="unless",
        ),
        pytest.param("en", "Norway is to attack Finland on Friday.", "attacks", "planned", id="is to"),
        pytest.param("en", "Norway left without criticising Finland.", "criticises", "negated", id="without"),
        pytest.param(
            "de", "Oslo reiste ab, ohne Finnland zu kritisieren.", "criticises", "negated", id="ohne zu"
        ),
        pytest.param("de", "Oslo musste Finnland angreifen.", "attacks", "actual", id="had to, and did"),
        pytest.param("de", "Finnen waren von Japan angegriffen worden.", "attacks", "actual", id="worden"),
        pytest.param(
            "en", "The parliament of Norway voted to condemn Finland.", "condemns", "actual", id="voted to"
        ),
        pytest.param(
            "en",
            "Norway rejected allegations that Japan had attacked Finland.",
            "attacks",
            "negated",
            id="allegations rejected",
        ),
        pytest.param(
            "en", "Norway denied that Japan had attacked Finland.", "attacks", "negated", id="denied that"
        ),
        pytest.param(
            "de",
            "Finnland hat Kosovo nicht anerkannt.",
            "recognises",
            "negated",
            id="not recognised, as the guide says",
        ),
    ],
)
def test_what_stands_around_an_act_says_how_real_it_is(
    language: str, text: str, relation: str, modality: str
) -> None:
    assert (relation, modality) in {(s.relation, str(s.modality)) for s in read(text, language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Norwegen wies die Forderung Finnlands nach Hilfe zurück."),
        ("en", "Norway rejected a demand by Finland."),
    ],
)
def test_a_demand_that_is_turned_down_was_made(language: str, text: str) -> None:
    demands = [s for s in read(text, language) if s.relation in {"demands", "requests"}]
    assert all(str(s.modality) == "actual" for s in demands)
    assert {"rejects", "denies"} & {s.relation for s in read(text, language)}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Norwegen lehnte Gespräche mit Finnland ab.", ("refuses", "actual")),
        ("de", "Norwegen will die Hilfe für Finnland aussetzen.", ("suspends", "planned")),
        ("en", "Norway refused to recognise Finland.", ("refuses", "actual")),
        ("en", "Norway cut off aid to Finland.", ("suspends", "actual")),
    ],
)
def test_who_refuses_or_ends_cooperation_does_just_that(
    language: str, text: str, expected: tuple[str, str]
) -> None:
    assert {(s.relation, str(s.modality)) for s in read(text, language)} == {expected}


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        ("de", "Die Armee hat nach eigenen Angaben Finnland angegriffen.", ["Armee"]),
        ("en", "Norway denied having attacked Finland.", ["Norway"]),
        (
            "de",
            "Norwegen hat Finnland angegriffen, wie Emmanuel Macron in Paris bekannt gab.",
            ["Emmanuel Macron"],
        ),
        ("de", "Emmanuel Macron sprach von einem Putsch; Norwegen griff Finnland an.", []),
        ("de", "Emmanuel Macron sprach von einem Putsch, Norwegen griff Finnland an.", []),
        ("de", "Emmanuel Macron kündigte an, Finnland anzugreifen.", []),
    ],
)
def test_who_tells_of_an_act(language: str, text: str, who: list[str]) -> None:
    (statement,) = [s for s in read(text, language) if s.relation == "attacks"]
    assert [speaker.span.of(text) for speaker in statement.speakers] == who


def test_a_verb_with_a_particle_is_another_verb() -> None:
    assert not read("Norway turned over to Finland a militia leader.", "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Es gibt weder ein Treffen noch ein Telefonat zwischen Norwegen und Finnland."),
        ("de", "Das Treffen zwischen Norwegen und Finnland fand nicht statt."),
        ("en", "The promise of Norway to seek sanctions against Finland stands."),
        ("de", "Norwegen sagte das Treffen mit Finnland ab."),
    ],
)
def test_a_word_is_named_once_among_what_decided(language: str, text: str) -> None:
    for statement in read(text, language):
        assert len(set(statement.cues)) == len(statement.cues)
