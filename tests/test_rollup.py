"""The derived graph: everybody counted for somebody, claims bundled into ties, and all of it apart."""

from datetime import date
from pathlib import Path

import pytest
from rdflib import URIRef

import kg
from kg.build import withdraw
from kg.graph import Run, dataset, nquads, validate
from kg.graph.names import ROLLUP
from kg.model import Modality
from kg.ontology import DK, ENT
from kg.query import run_query
from kg.rollup import rollup
from kg.store import Store, create_store, memory_store, open_store
from tests.factories import (
    ARAGHCHI,
    ENVOY,
    IRAN,
    MUSCAT,
    OMAN,
    USA,
    make_article,
    make_claim,
    make_event,
    make_role,
)

MET = make_claim(actor=make_role(ARAGHCHI), recipient=make_role(ENVOY))
AGAIN = make_claim("Israel denied the meeting.", actor=make_role(IRAN), recipient=make_role(USA))
PLANNED = make_claim(
    "The envoy may visit Oman.", relation="visits", modality=Modality.PLANNED, recipient=make_role(OMAN)
)
AT_HOME = make_claim(relation="warns", actor=make_role(ARAGHCHI), recipient=make_role(IRAN))
CLAIMS = (MET, AGAIN, PLANNED, AT_HOME)


def content() -> bytes:
    events = [make_event(claim, id=f"e{number}") for number, claim in enumerate(CLAIMS)]
    return nquads(dataset([make_article()], CLAIMS, [MUSCAT], events, Run("0", "r@1")))


@pytest.fixture
def store() -> Store:
    store = memory_store(content())
    rollup(store)
    return store


def test_a_minister_counts_for_the_state_and_a_state_for_itself(store: Store) -> None:
    table = run_query(store, "SELECT ?who ?state { ?who dk:countsFor ?state } ORDER BY ?who")
    found = {str(who).rpartition("/")[2]: str(state).rpartition("/")[2] for who, state in table.rows}
    assert found["abbas-araghchi"] == "iran" and found["iran"] == "iran" and found["steve-witkoff"] == "usa"
    assert "muscat" not in found


def test_claims_of_one_root_and_modality_between_two_states_are_one_tie(store: Store) -> None:
    query = (
        "SELECT ?tie ?class ?modality ?claims ?start { ?tie a dk:Tie ; dk:tieFrom ent:iran ; dk:tieTo ent:usa ; "
        "dk:tieType dk:CONSULT ; dk:tieClass ?class ; dk:tieModality ?modality ; "
        "dk:claimCount ?claims ; dk:start ?start }"
    )
    (row,) = run_query(store, query).rows
    assert row == (
        "https://w3id.org/diplokg/tie/iran.usa.CONSULT.actual",
        str(DK.verbalCooperation), str(DK.actual), 2, date(2026, 2, 3),
    )  # fmt: skip
    planned = run_query(
        store, "SELECT ?m { ?tie dk:tieFrom ent:iran ; dk:tieTo ent:oman ; dk:tieModality ?m }"
    )
    assert planned.rows == ((str(DK.planned),),)


def test_what_stays_within_one_state_is_no_tie(store: Store) -> None:
    assert run_query(store, "ASK { ?tie dk:tieFrom ?state ; dk:tieTo ?state }").rows == ((False,),)


def test_a_tie_leads_to_the_sentences(store: Store) -> None:
    query = "SELECT ?s { ?tie dk:tieTo ent:usa ; dk:bundles/dk:quote/oa:hasSelector/oa:exact ?s } ORDER BY ?s"
    assert run_query(store, query).rows == ((MET.quote,), (AGAIN.quote,))


def test_everything_derived_stands_apart_and_a_second_time_changes_nothing(store: Store) -> None:
    before = memory_store(content())
    derived = store.dump()
    assert rollup(store) == len(store) - len(before)
    assert store.dump() == derived
    store.replace_graph(str(ROLLUP), b"")
    assert store.dump() == before.dump()


def test_the_roll_up_follows_the_claims(store: Store) -> None:
    article = next(name for name in store.graphs() if "article" in name)
    store.replace_graph(article, b"")
    rollup(store)
    assert run_query(store, "ASK { ?tie a dk:Tie }").rows == ((False,),)


def test_a_graph_with_its_roll_up_conforms_to_the_shapes(store: Store) -> None:
    assert validate(store.as_rdflib()) == []
    assert URIRef(ENT.iran) in set(store.as_rdflib().objects(None, DK.tieFrom))


def test_a_build_that_changes_something_takes_the_old_roll_up_away(
    copied: Path, settings: kg.Settings
) -> None:
    with create_store(copied) as store:
        assert rollup(store)
    withdraw([kg.open_graph(copied).articles[0].id], copied, settings)
    with open_store(copied) as store:
        assert str(ROLLUP) not in store.graphs()
