"""Analyses: small networks whose measures can be reckoned by hand, and pictures that hold no script."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pandas as pd
import pytest

from kg.analysis import balance, centrality, communities, degrees, draw, mediators, over_time, triads
from kg.errors import SelectionError
from kg.model import Article, Claim, Entity, Event, Kind, Modality, Status
from kg.selection import EVERYTHING, Selection, find_actors, select
from tests.browser.hostile import hostile_claims
from tests.browser.sample import ARTICLES, CLAIMS, ENTITIES, EVENTS
from tests.factories import make_article, make_claim, make_entity, make_event, make_interval, make_role

ALL: Final = (centrality, degrees, communities, mediators, triads, balance, over_time)


@dataclass(frozen=True)
class World:
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...] = ()
    articles: tuple[Article, ...] = (make_article(),)
    events: tuple[Event, ...] = ()


SAMPLE: Final = World(CLAIMS, tuple(ENTITIES.values()), ARTICLES, EVENTS)


def claim(actor: str, relation: str, recipient: str, day: str = "2026-02-03", **values: object) -> Claim:
    """Make a claim between two states whose ids are their codes."""
    ends = {
        name: make_role(make_entity(id, iso3=id.upper()), state=id.upper())
        for name, id in (("actor", actor), ("recipient", recipient))
    }
    values["time"] = make_interval(date.fromisoformat(day)) if day else None
    return make_claim(relation=relation, **ends, **values)  # type: ignore[arg-type]


def world(*claims: Claim, events: tuple[Event, ...] = ()) -> World:
    entities = {role.entity.id: role.entity for one in claims for role in (one.actor, one.recipient)}
    return World(claims, tuple(entities.values()), events=events)


STAR: Final = world(*(claim("aaa", "meets", other) for other in ("bbb", "ccc", "ddd")))
TWO_CAMPS: Final = world(
    claim("aaa", "supports", "bbb"), claim("bbb", "aids", "ccc"), claim("aaa", "meets", "ccc"),
    claim("xxx", "supports", "yyy"), claim("yyy", "meets", "zzz"), claim("xxx", "aids", "zzz"),
    claim("ccc", "meets", "xxx"), claim("aaa", "threatens", "yyy"),
)  # fmt: skip


def column(frame: pd.DataFrame, key: str, value: str) -> dict[str, object]:
    return dict(zip(frame[key], frame[value], strict=True))


def test_who_stands_between_all_others_is_most_central() -> None:
    frame = centrality(STAR)
    assert column(frame, "actor", "betweenness") == {"AAA": 1.0, "BBB": 0.0, "CCC": 0.0, "DDD": 0.0}
    assert column(frame, "actor", "partners") == {"AAA": 3, "BBB": 1, "CCC": 1, "DDD": 1}
    assert frame["actor"][0] == "AAA"
    assert frame["pagerank"].sum() == pytest.approx(1, abs=1e-5)


def test_claims_of_one_event_are_one_happening() -> None:
    first, second = claim("aaa", "meets", "bbb"), claim("bbb", "meets", "aaa", "2026-02-04")
    apart = degrees(world(first, second))
    joined = degrees(world(first, second, events=(make_event(first, second),)))
    assert list(apart["cooperation"]) == [2, 2]
    assert list(joined["cooperation"]) == [1, 1]


def test_degrees_tell_cooperation_from_conflict_and_sent_from_received() -> None:
    frame = degrees(
        world(claim("aaa", "warns", "bbb"), claim("aaa", "attacks", "bbb"), claim("bbb", "aids", "aaa"))
    )
    first = frame.set_index("actor").loc["AAA"]
    assert (first["verbal_conflict"], first["material_conflict"], first["material_cooperation"]) == (1, 1, 1)
    assert (first["conflict_sent"], first["conflict_received"], first["cooperation_received"]) == (2, 0, 1)
    assert first["net"] == pytest.approx(-1 / 3, abs=1e-6)


def test_plans_denials_and_contested_events_do_not_count_unless_asked_for() -> None:
    held, planned = claim("aaa", "meets", "bbb"), claim("aaa", "meets", "ccc", modality=Modality.PLANNED)
    denied = claim("aaa", "meets", "bbb", "2026-02-04", modality=Modality.NEGATED)
    events = (make_event(held, denied, status=Status.CONTESTED), make_event(planned, status=Status.ANNOUNCED))
    source = world(held, planned, denied, events=events)
    assert centrality(source).empty
    chosen = Selection(modalities=("actual", "planned"))
    assert set(centrality(source, chosen)["actor"]) == {"AAA", "BBB", "CCC"}


def test_months_without_happenings_are_there() -> None:
    source = world(
        claim("aaa", "warns", "bbb", "2025-11-30"),
        claim("bbb", "meets", "aaa", "2026-02-01"),
        claim("aaa", "meets", "ccc", "2026-02-02"),
        claim("aaa", "warns", "bbb", ""),  # counts on the day of its article
    )
    frame = over_time(source, "Aaa", "BBB")
    assert list(frame["period"]) == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert list(frame["conflict"]) == [1, 0, 0, 1]
    assert list(frame["cooperation"]) == [0, 0, 0, 1]
    assert list(over_time(source, "aaa", "bbb", directed=True)["cooperation"]) == [0, 0, 0, 0]
    assert list(over_time(source, by="year")["net"]) == [-1, 1]


def test_a_state_stands_for_all_who_count_for_it() -> None:
    assert {"norland", "lindqvist", "falk"} == find_actors("Nordland", CLAIMS) == find_actors("nor", CLAIMS)
    assert find_actors("Maja Lindqvist", CLAIMS) == {"lindqvist"}


def test_communities_are_found_among_those_who_cooperate() -> None:
    frame = communities(TWO_CAMPS)
    groups = [set(members["actor"]) for _, members in frame.groupby("community")]
    assert groups == [{"AAA", "BBB", "CCC"}, {"XXX", "YYY", "ZZZ"}]
    assert frame.attrs["modularity"] > 0.3
    assert column(frame, "actor", "outside")["CCC"] == 1


def test_mediators_by_word_and_by_position() -> None:
    path = world(claim("aaa", "meets", "bbb"), claim("bbb", "meets", "ccc"), claim("omn", "mediates", "ccc"))
    frame = mediators(path).set_index("actor")
    assert frame.loc["OMN", "mediates"] == 1
    assert frame.index[0] == "OMN"
    assert bool(frame.loc["BBB", "cut_point"]) and frame.loc["BBB", "bridges"] == 2
    assert "AAA" not in frame.index


def test_triads_are_balanced_as_heider_says() -> None:
    friends_with_a_foe = world(
        claim("aaa", "supports", "bbb"), claim("aaa", "warns", "ccc"), claim("ccc", "attacks", "bbb")
    )
    (row,) = triads(friends_with_a_foe).itertuples()
    assert (row.signs, row.balanced) == ("+--", True)
    foes = world(
        *(
            claim(*ends)
            for ends in (("aaa", "warns", "bbb"), ("bbb", "warns", "ccc"), ("ccc", "warns", "aaa"))
        )
    )
    (row,) = triads(foes).itertuples()
    assert (row.signs, row.balanced, row.weak) == ("---", False, True)
    assert balance(foes).attrs["balance"] == 0
    assert list(balance(foes)["triads"]) == [0, 0, 0, 1]


def test_nameless_groups_tie_nobody_together() -> None:
    officials = make_role(make_entity("officials", Kind.GROUP))
    rebels = make_role(make_entity("rebels", Kind.GROUP, wikidata="Q1"))
    base = claim("aaa", "meets", "bbb")
    source = world(base, *(replace(base, id=role.entity.id, recipient=role) for role in (officials, rebels)))
    assert set(centrality(source)["actor"]) == {"AAA", "BBB", "rebels"}


@pytest.mark.parametrize("analysis", ALL)
def test_every_column_is_explained_and_typed_even_without_claims(
    analysis: Callable[..., pd.DataFrame],
) -> None:
    full, empty = analysis(SAMPLE), analysis(World(()))
    assert not full.empty
    assert list(full.columns) == list(empty.columns) == list(full.attrs["columns"])
    assert list(full.dtypes) == list(empty.dtypes)
    assert full.attrs["method"]
    ElementTree.fromstring(draw(empty, language="de").svg)


@pytest.mark.parametrize("analysis", ALL)
def test_hostile_names_stay_text_in_a_chart(analysis: Callable[..., pd.DataFrame]) -> None:
    claims, entities, articles, events = hostile_claims()
    chart = draw(analysis(World(claims, entities, articles, events), selection=EVERYTHING), title="<script>")
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(chart.svg).iter()}
    assert tags <= {"svg", "title", "rect", "text", "line", "polyline", "circle"}
    chart.svg.encode("utf-8")


def test_another_process_measures_and_draws_the_same() -> None:
    code = (
        "from tests.test_analysis import *; frames = [analysis(SAMPLE) for analysis in ALL];"
        "print([(frame.to_csv(), draw(frame).svg) for frame in frames] == eval(open(0).read()))"
    )
    frames = [analysis(SAMPLE) for analysis in ALL]
    here = repr([(frame.to_csv(), draw(frame).svg) for frame in frames])
    environment = {**os.environ, "PYTHONHASHSEED": "5", "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", code]
    assert (
        subprocess.run(
            command, env=environment, text=True, input=here, capture_output=True, check=True
        ).stdout
        == "True\n"
    )


def test_a_frame_from_elsewhere_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="returned it"):
        draw(pd.DataFrame({"a": [1]}))


def test_what_cannot_be_chosen_is_said_with_what_can() -> None:
    with pytest.raises(SelectionError, match="no relation 'meet'; the nearest is 'meets'"):
        select(SAMPLE, Selection(relations=("meet",)))
    with pytest.raises(SelectionError, match="no modality 'sure'; there is actual, cond"):
        select(SAMPLE, Selection(modalities=("sure",)))
    with pytest.raises(SelectionError, match="the nearest is 'norland'"):
        select(SAMPLE, Selection(actors=("Norlandia",)))


def test_claims_are_chosen_by_root_and_by_the_days_that_they_touch() -> None:
    assert {one.relation for one in select(SAMPLE, Selection(relations=("CONSULT",)))} == {
        "meets", "negotiates", "telephones", "mediates",
    }  # fmt: skip
    late = select(SAMPLE, Selection(first=date(2025, 3, 1)))
    assert [one.id for one in late] == ["c22"]
    undated = select(SAMPLE, Selection(last=date(2025, 2, 3)))
    assert [one.id for one in undated] == ["c00"]
