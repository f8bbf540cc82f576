"""How an event stands by its claims in the order of publication, and which words say what became of a plan."""

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

import pytest
from rdflib import SKOS, Literal

from kg.extract import Extractor
from kg.extract.rules import make
from kg.graph import Run, dataset, event_quads, nquads, plain_edges
from kg.graph.events import contradictions
from kg.model import CANCELLED, CONFIRMED, POSTPONED, STANDINGS, Article, Claim, Event, Modality, Status
from kg.ontology import DK, terms
from kg.query import run_query
from kg.resolve import claims_of, events_of
from kg.store import memory_store
from tests.factories import ARAGHCHI, ENVOY, OMAN, make_article, make_claim, make_interval, make_role

DAY = date(2026, 2, 3)
MEETING = 10  # the day of the meeting, counted as the days of publication are

WORDS = {
    "rumour": (Modality.POSSIBLE, ()),
    "if": (Modality.CONDITIONAL, ()),
    "plan": (Modality.PLANNED, ()),
    "confirm": (Modality.PLANNED, (CONFIRMED,)),
    "cancel": (Modality.NEGATED, (CANCELLED,)),
    "postpone": (Modality.PLANNED, (POSTPONED,)),
    "put off": (Modality.NEGATED, (POSTPONED,)),
    "deny": (Modality.NEGATED, ()),
    "held": (Modality.ACTUAL, ()),
}
"""What an article may say of the meeting: modality and cues."""


def claim(says: str, day: int | None) -> Claim:
    """Make a claim on the meeting, published on ``day``; articles without a day are named so."""
    modality, cues = WORDS[says]
    return make_claim(
        id=f"{says}{day}",
        article=f"a{day}",
        modality=modality,
        cues=cues,
        actor=make_role(ARAGHCHI, state="IRN"),
        recipient=make_role(ENVOY, state="USA"),
        time=make_interval(DAY + timedelta(days=MEETING)),
    )


def event(*claims: Claim) -> Event:
    known = {f"a{day}": make_article(f"a{day}", published=DAY + timedelta(days=day)) for day in range(60)}
    (found,) = events_of(claims, known)
    (shuffled,) = events_of(random.Random(3).sample(claims, len(claims)), known)
    assert found == shuffled
    return found


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("1 rumour", Status.PROPOSED),
        ("1 rumour, 2 if", Status.PROPOSED),
        ("1 plan, 2 rumour", Status.ANNOUNCED),
        ("1 plan, 2 confirm", Status.CONFIRMED),
        ("1 plan, 5 cancel", Status.CANCELLED),
        ("1 plan, 1 cancel", Status.CANCELLED),
        ("1 plan, 5 postpone", Status.POSTPONED),
        ("1 plan, 5 put off", Status.POSTPONED),
        ("1 plan, 4 postpone, 6 cancel", Status.CANCELLED),
        ("1 plan, 4 cancel, 8 plan", Status.ANNOUNCED),
        ("1 plan, 4 postpone, 8 confirm", Status.CONFIRMED),
        ("1 plan, 4 cancel, 8 plan, 9 deny", Status.CONTESTED),
        ("1 plan, 4 cancel, 8 rumour", Status.CANCELLED),
        ("5 cancel", Status.CANCELLED),
        ("5 deny", Status.DENIED),
        ("5 deny, 6 rumour", Status.DENIED),
        ("1 plan, 3 deny", Status.CONTESTED),
        ("3 deny, 4 plan", Status.CONTESTED),
        ("1 deny, 8 plan", Status.ANNOUNCED),
        ("1 plan, 10 held", Status.HELD),
        ("1 plan, 4 cancel, 8 plan, 11 held", Status.HELD),
        ("1 plan, 4 cancel, 11 held", Status.HELD),
        ("1 plan, 4 postpone, 11 held", Status.HELD),
        ("10 cancel, 11 held", Status.CONTESTED),
        ("11 held, 12 cancel", Status.CONTESTED),
        ("11 held, 12 deny", Status.CONTESTED),
        ("9 deny, 11 held", Status.CONTESTED),
        ("1 deny, 11 held", Status.HELD),
        ("8 held", Status.ANNOUNCED),  # "they meet on Friday": what lies ahead has not happened
        ("8 held, 11 held", Status.HELD),
    ],
)
def test_the_status_follows_the_reports(told: str, expected: Status) -> None:
    reports = [part.split(" ", 1) for part in told.split(", ")]
    assert event(*(claim(says, int(day)) for day, says in reports)).status is expected


def test_what_was_announced_and_cancelled_keeps_both_claims_and_contradicts_nothing() -> None:
    claims = [claim("plan", 1), claim("cancel", 5)]
    found = event(*claims)
    assert set(found.claims) == {"plan1", "cancel5"}
    assert DK.contradicts not in {p for _, p, _, _ in event_quads([found], claims)}


def test_a_meeting_announced_by_both_sides_is_confirmed() -> None:
    iran, usa = (
        replace(claim("plan", day), speakers=(make_role(who, state=state),))
        for day, who, state in ((1, ARAGHCHI, "IRN"), (2, ENVOY, "USA"))
    )
    assert event(iran).status is Status.ANNOUNCED
    assert event(iran, usa).status is Status.CONFIRMED


def test_reports_without_any_day_stand_against_each_other() -> None:
    (found,) = events_of([claim("held", None), claim("deny", None)], {})
    assert found.status is Status.CONTESTED


@pytest.mark.parametrize(
    ("told", "edge"),
    [
        (["held 11"], True),
        (["plan 1", "cancel 4", "held 11"], True),
        (["deny 1", "held 11"], False),
        (["held 11", "deny 12"], False),
        (["held 8"], False),
    ],
)
def test_a_plain_edge_needs_an_event_that_was_held(told: list[str], *, edge: bool) -> None:
    claims = [claim(says, int(day)) for says, day in (part.split() for part in told)]
    assert bool(list(plain_edges(claims, [event(*claims)]))) is edge


def test_announced_meetings_shows_what_was_called_off_even_if_no_article_announced_it() -> None:
    lone = replace(claim("cancel", 5), id="lone", recipient=make_role(OMAN), article="a1")
    claims = [replace(claim("plan", 1), article="a1"), replace(claim("cancel", 5), article="a1"), lone]
    events = events_of(claims, {"a1": make_article("a1", published=DAY)})
    data = dataset([make_article("a1", published=DAY)], claims, [], events, Run("0.1.0", "rules@1.0"))
    table = run_query(memory_store(nquads(data)), "announced-meetings", {"status": "cancelled"})
    found = sorted(
        (row[table.columns.index("who")], row[table.columns.index("announcing")]) for row in table.rows
    )
    assert found == [("Abbas Araghchi, Oman", 0), ("Abbas Araghchi, Steve Witkoff", 1)]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_names_every_status_as_the_ontology_does(language: str) -> None:
    labels = {label for status in Status for label in terms().objects(DK[status.value], SKOS.prefLabel)}
    wanted = {str(label) for label in labels if isinstance(label, Literal) and label.language == language}
    assert len(wanted) == len(Status)
    words = (files("kg.view") / "assets" / "words.js").read_text("utf-8")
    assert [label for label in sorted(wanted) if f'"{label}"' not in words] == []


def test_contradictions_of_a_hot_event_stay_few_and_leave_nobody_out() -> None:
    held = [replace(claim("held", 11), id=f"h{number}") for number in range(300)]
    denied = [replace(claim("deny", 12), id=f"d{number}") for number in range(200)]
    pairs = list(contradictions([*held, *denied]))
    assert len(pairs) <= 300
    assert {one.id for pair in pairs for one in pair} == {one.id for one in (*held, *denied)}


# The words that say so


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return make()


@pytest.mark.parametrize(
    ("language", "sentence", "modality", "cues"),
    [
        ("de", "Der französische Präsident sagte das Treffen mit Angela Merkel ab.", "negated", {CANCELLED}),
        ("de", "Das Treffen von Angela Merkel mit Wladimir Putin wurde abgesagt.", "negated", {CANCELLED}),
        (
            "de",
            "Das abgesagte Treffen von Angela Merkel mit Wladimir Putin sorgte für Unmut.",
            "negated",
            {CANCELLED},
        ),
        (
            "de",
            "Das Treffen von Angela Merkel mit Wladimir Putin wurde auf Mai verschoben.",
            "negated",
            {POSTPONED},
        ),
        ("de", "Japan vertagte die Verhandlungen mit China auf März.", "planned", {POSTPONED}),
        (
            "de",
            "Japan bestätigte, dass Angela Merkel am Freitag Shinzo Abe treffen wird.",
            "planned",
            {CONFIRMED},
        ),
        (
            "de",
            "Japan bestätigte nicht, dass Angela Merkel am Freitag Shinzo Abe treffen wird.",
            "planned",
            set(),
        ),
        ("de", "Nordkorea drohte, das Treffen mit Donald Trump abzusagen.", "possible", set()),
        ("de", "Angela Merkel traf Wladimir Putin nicht.", "negated", set()),
        ("en", "The talks between Japan and China were called off.", "negated", {CANCELLED}),
        ("en", "The meeting between Donald Trump and Vladimir Putin was cancelled.", "negated", {CANCELLED}),
        ("en", "Donald Trump postponed his trip to China.", "planned", {POSTPONED}),
        (
            "en",
            "The Kremlin confirmed that Vladimir Putin will meet Donald Trump on Friday.",
            "planned",
            {CONFIRMED},
        ),
        ("en", "China might call off the talks with Japan.", "possible", set()),
        ("en", "Vladimir Putin did not meet Donald Trump.", "negated", set()),
    ],
)
def test_words_say_what_became_of_a_plan(language: str, sentence: str, modality: str, cues: set[str]) -> None:
    (found,) = claims_of(extractor().read(Article("a", "", sentence, language, date(2019, 6, 3)))).claims
    assert (found.modality.value, set(found.cues) & STANDINGS) == (modality, cues)
