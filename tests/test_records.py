"""Values as JSON: what is written comes back equal, one line each."""

import json
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, Claim, Entity, Interval, Kind, Modality, Role, Span
from kg.records import (
    Entry,
    article_of,
    article_record,
    claim_of,
    claim_record,
    dumps,
    entry_of,
    entry_record,
)
from tests.factories import MUSCAT, REUTERS, make_article, make_claim, make_interval, make_role

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
LABELS = st.dictionaries(st.sampled_from(["de", "en", "fr"]), TEXTS, max_size=3).map(
    lambda labels: tuple(labels.items())
)
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 999), st.integers(1, 99))
INTERVALS = st.builds(Interval, st.dates(), st.dates(), TEXTS)
ENTITIES = st.builds(
    Entity,
    id=WORDS,
    kind=st.sampled_from(Kind),
    labels=LABELS,
    iso3=TEXTS,
    cow=TEXTS,
    wikidata=TEXTS,
    code=TEXTS,
    acts_for=TEXTS,
    description=TEXTS,
)
ROLES = st.builds(Role, ENTITIES, st.none() | SPANS, TEXTS)
CLAIMS = st.builds(
    Claim,
    id=WORDS,
    article=TEXTS,
    type=WORDS,
    relation=WORDS,
    actor=ROLES,
    recipient=ROLES,
    modality=st.sampled_from(Modality),
    quote=TEXTS,
    span=SPANS,
    trigger=SPANS,
    speakers=st.lists(st.builds(replace, ROLES, joint=st.booleans()), max_size=3).map(tuple),
    time=st.none() | INTERVALS,
    place=st.none() | ENTITIES,
    confidence=st.floats(0, 1),
    extractor=TEXTS,
    cues=st.lists(TEXTS, max_size=3).map(tuple),
)
ARTICLES = st.builds(
    Article,
    id=TEXTS,
    title=TEXTS,
    text=TEXTS,
    language=st.sampled_from(["de", "en"]),
    published=st.none() | st.dates(),
    publisher=TEXTS,
    url=TEXTS,
    fictional=st.booleans(),
)
ENTRIES = st.builds(
    Entry, ARTICLES, TEXTS, st.lists(CLAIMS, max_size=2).map(tuple), st.integers(0, 9), st.integers(0, 9)
)


@given(ENTRIES)
def test_an_entry_comes_back_equal_from_one_line(entry: Entry) -> None:
    line = dumps(entry_record(entry))
    assert line.splitlines() == [line]
    assert entry_of(json.loads(line.encode("utf-8"))) == entry


def test_an_article_is_written_in_the_input_format() -> None:
    article = make_article(published=date(2026, 2, 3))
    record = article_record(article)
    assert {"id", "title", "text", "published", "language", "publisher", "url"} <= set(record)
    assert record["published"] == "2026-02-03"
    assert article_of(record) == article


def test_a_claim_begins_with_the_keys_of_the_contract() -> None:
    claim = make_claim(
        speakers=(make_role(REUTERS, "Reuters"),), time=make_interval(text="Tuesday"), place=MUSCAT
    )
    record = claim_record(claim)
    contract = "article type relation actor recipient modality time place speakers quote start end"
    assert list(record)[:12] == contract.split()
    assert record["actor"]["id"] == "https://w3id.org/diplokg/entity/iran"
    assert claim_of(record) == claim
