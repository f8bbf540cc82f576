"""Who is meant: offices, capitals, short names, pronouns; and which claims tell of one event."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.rules import make
from kg.knowledge.names import bare, family_name, slug
from kg.model import LEARNED, Article, Claim, Modality, Status
from kg.resolve import claims_of, events_of
from tests.factories import make_article, make_claim

DAY = date(2019, 6, 3)


def claims(text: str, day: date = DAY, language: str = "de") -> list[Claim]:
    return list(claims_of(make().read(Article("a", "", text, language, day))).claims)


def pairs(text: str, day: date = DAY, language: str = "de") -> set[tuple[str, str]]:
    return {(c.actor.entity.id, c.recipient.entity.id) for c in claims(text, day, language)}


def test_an_office_is_its_holder_on_that_day() -> None:
    text = "Die deutsche Bundeskanzlerin traf in Berlin den französischen Präsidenten."
    assert pairs(text) == {("angela-merkel", "emmanuel-macron")}
    assert pairs(text, date(2009, 6, 3)) == {("angela-merkel", "nicolas-sarkozy")}


@pytest.mark.parametrize("name", ["Moskau", "Der Kreml", "Russland", "Die russische Regierung"])
def test_capitals_seats_and_governments_are_the_state(name: str) -> None:
    (claim,) = claims(f"{name} warnte die Ukraine.")
    assert claim.actor.state == "RUS"
    assert claim.actor.entity.id == "russia"


def test_a_capital_is_a_place_where_things_happen() -> None:
    (claim,) = claims("Angela Merkel traf Emmanuel Macron in Moskau.")
    assert claim.place is not None
    assert claim.place.id == "moscow"


def test_short_names_mean_the_person_named_before() -> None:
    text = "Außenminister Heiko Maas reiste am Montag nach Teheran. Maas warnte den Iran."
    assert ("heiko-maas", "iran") in pairs(text)


def test_an_unknown_person_gets_state_and_office_from_apposition() -> None:
    (claim,) = claims("Der norwegische Handelsminister Odd Testmann kritisierte Schweden.")
    assert (claim.actor.entity.id, claim.actor.state) == ("odd-testmann", "NOR")
    assert "Norway" in claim.actor.entity.description


def test_a_word_that_says_less_tells_no_second_act() -> None:
    text = "An diesen Gesprächen werden die Außenminister Frankreichs und Deutschlands teilnehmen."
    assert [(c.relation, c.modality) for c in claims(text)] == [("meets", Modality.PLANNED)]


def test_two_acts_of_one_root_stay_two() -> None:
    text = "Angela Merkel traf Emmanuel Macron am Montag und telefonierte am Dienstag mit ihm."
    assert {c.relation for c in claims(text)} == {"meets", "telephones"}


def test_both_sides_are_the_parties_of_the_claim_before() -> None:
    text = "Japan verhandelte mit China. Beide Seiten einigten sich am Montag."
    assert ("japan", "china") in {
        (c.actor.entity.id, c.recipient.entity.id) for c in claims(text) if c.relation == "agrees"
    }


@pytest.mark.parametrize(("recipient", "count"), [("Nordkorea", 1), ("China", 2)])
def test_the_layer_does_not_tell_an_act_of_a_sentence_again(recipient: str, count: int) -> None:
    article = Article("a", "", "Während China schwieg, verurteilte Japan Nordkorea.", "de", DAY)
    reading = make().read(article)
    (statement,) = reading.statements
    other = next(m for m in reading.mentions if m.span.of(article.text) == recipient)
    again = replace(statement, modality=Modality.PLANNED, recipient=other, cues=(LEARNED,))
    told = claims_of(replace(reading, statements=(statement, again))).claims
    assert len(told) == count
    assert statement.modality in {claim.modality for claim in told}


def test_quotes_are_verbatim_and_ids_stable() -> None:
    text = "Japan  verurteilte\nNordkorea. Der Iran dankte Japan."
    first = claims(text)
    assert first == claims(text)
    assert all(text[c.span.start : c.span.end] == c.quote for c in first)


@given(st.text(min_size=1, max_size=30))
def test_slugs_are_ascii_and_stable(name: str) -> None:
    made = slug(name)
    assert made.isascii()
    assert made
    assert slug(made) == made
    assert isinstance(family_name(name), str)
    assert name.startswith(bare(name, "de"))


def test_events_do_not_depend_on_order() -> None:
    found = [make_claim(id=f"c{i}", modality=m) for i, m in enumerate(Modality)]
    articles = {"a": make_article()}
    expected = events_of(found, articles)
    for seed in range(5):
        shuffled = random.Random(seed).sample(found, len(found))
        assert events_of(shuffled, articles) == expected


@settings(max_examples=20)
@given(st.lists(st.sampled_from(list(Modality)), min_size=1, max_size=5))
def test_a_denied_event_is_never_held(modalities: list[Modality]) -> None:
    found = [make_claim(id=f"c{i}", modality=m) for i, m in enumerate(modalities)]
    (event,) = events_of(found, {})
    if Modality.NEGATED in modalities:
        assert event.status in {Status.DENIED, Status.CONTESTED}
    elif Modality.ACTUAL in modalities:
        assert event.status is Status.HELD
