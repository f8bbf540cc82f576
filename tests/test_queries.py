"""The named queries over the whole sample graph: each finds something, and what Python finds in the claims."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest

import kg
from kg.model import Article, Claim, Event, Modality, Role, Status
from kg.ontology import DK, EVENT, relation_types
from kg.query import Table, example_of, named_queries, run_query
from kg.resources import resource
from kg.store import Store, open_store

LEAST: Final = 25
CONTACT: Final = {id for id, relation in relation_types().items() if relation.root == "CONSULT"}


def rows(graph: kg.Graph, name: str, columns: str, **parameters: object) -> list[tuple[object, ...]]:
    """Some columns of the answer to a named query; of IRIs of terms the local name."""
    table = ask(graph, name, parameters)
    places = [table.columns.index(column) for column in columns.split()]
    return [tuple(_local(row[place]) for place in places) for row in table.rows]


def ask(graph: kg.Graph, name: str, parameters: dict[str, object]) -> Table:
    return run_query(store_of(graph.folder), name, parameters)


@lru_cache(maxsize=1)
def store_of(folder: Path) -> Store:
    """The store of a folder, opened once for all queries."""
    return open_store(folder)


def _local(value: object) -> object:
    return value.removeprefix(str(DK)) if isinstance(value, str) else value


def party(graph: kg.Graph, role: Role) -> str:
    """The English name of whom a role counts for; its id where nothing else is said of it."""
    names = {entity.id: entity.label("en") for entity in graph.entities}
    counted = role.entity.acts_for or role.entity.id
    return names.get(counted, counted)


def article_of(graph: kg.Graph) -> dict[str, Article]:
    return {article.id: article for article in graph.articles}


def claims_of(graph: kg.Graph) -> dict[str, list[Claim]]:
    """The claims of each event."""
    by_id = {claim.id: claim for claim in graph.claims}
    return {event.id: [by_id[id] for id in event.claims] for event in graph.events}


def event_ids(graph: kg.Graph, events: Iterable[Event]) -> set[str]:
    return {str(EVENT[event.id]) for event in events}


def test_there_are_many_and_the_page_of_them_names_each_with_its_title() -> None:
    page = (Path(__file__).parent.parent / "docs" / "queries.md").read_text("utf-8")
    assert len(named_queries()) >= LEAST
    for name, query in named_queries().items():
        assert f"### {name}\n" in page and query.title in page, "renew it: python docs/make_queries.py"
        assert all(f"| `{each.name}` | {each.meaning} |" in page for each in query.parameters)
    assert len(list(resource("ontology/queries").glob("*.rq"))) == len(named_queries())


@pytest.mark.parametrize("name", named_queries())
def test_every_query_finds_something_with_its_example(sample: kg.Graph, name: str) -> None:
    query = named_queries()[name]
    parameters: dict[str, object] = {**example_of(query)}
    for parameter in query.parameters:
        if parameter.type == "iri":
            parameters[parameter.name] = rows(sample, "most-reported", "event")[0][0]
        if parameter.name == "language":
            parameters["language"] = "de"
    table = ask(sample, name, parameters)
    assert len(table) > 0
    assert len(set(table.terms)) == len(table), "no row comes twice"


def test_co_meetings_count_events_that_were_held(sample: kg.Graph) -> None:
    names = {entity.id: entity.label("en") for entity in sample.entities}
    expected: Counter[tuple[str, str]] = Counter()
    for event in sample.events:
        if event.relation in CONTACT and event.status is Status.HELD:
            expected.update((names[one], names[two]) for one, two in combinations(sorted(event.actors), 2))
    found = {
        (who, whom): meetings for who, whom, meetings in rows(sample, "co-meetings", "who whom meetings")
    }
    assert found == dict(expected)


def test_balance_counts_claims_by_quad_class_of_the_party_that_acts(sample: kg.Graph) -> None:
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in sample.claims:
        if claim.modality is Modality.ACTUAL:
            expected[party(sample, claim.actor)][relation_types()[claim.relation].quad] += 1
    columns = "who verbal_cooperation material_cooperation verbal_conflict material_conflict balance"
    for who, *counts, balance in rows(sample, "balance", columns):
        quads = expected.pop(str(who))
        wanted = [
            quads[f"{kind}{name}"] for name in ("Cooperation", "Conflict") for kind in ("verbal", "material")
        ]
        assert counts == wanted
        assert balance == pytest.approx((sum(wanted[:2]) - sum(wanted[2:])) / sum(wanted), abs=0.006)
    assert not expected


def test_the_most_one_sided_relations_subtract_what_comes_back(sample: kg.Graph) -> None:
    sent: Counter[tuple[str, str]] = Counter()
    for claim in sample.claims:
        one, other = party(sample, claim.actor), party(sample, claim.recipient)
        if claim.modality is Modality.ACTUAL and one != other:
            sent[one, other] += 1
    expected = {
        (one, other, count, sent[other, one])
        for (one, other), count in [*sent.items()]
        if count > sent[other, one]
    }
    assert set(rows(sample, "one-sided", "who whom sent returned")) == expected


def test_speakers_are_counted_once_a_claim(sample: kg.Graph) -> None:
    publishers = {id: article.publisher for id, article in article_of(sample).items()}
    expected: dict[str, set[str]] = defaultdict(set)
    for claim in sample.claims:
        for speaker in claim.speakers:
            if publishers[claim.article]:
                expected[speaker.entity.id].add(claim.id)
    counts = sorted((len(ids) for ids in expected.values()), reverse=True)
    assert [count for (count,) in rows(sample, "speakers", "claims")] == counts


def test_modality_by_outlet(sample: kg.Graph) -> None:
    articles = article_of(sample)
    expected: Counter[tuple[str, str]] = Counter()
    for claim in sample.claims:
        expected[articles[claim.article].publisher, claim.modality.value] += 1
    for outlet, *counts in rows(
        sample, "modality-by-outlet", "outlet actual planned possible conditional negated"
    ):
        assert counts == [expected[str(outlet), modality.value] for modality in Modality]


def test_denials_are_the_negated_claims(sample: kg.Graph) -> None:
    expected = sorted(claim.quote for claim in sample.claims if claim.modality is Modality.NEGATED)
    assert sorted(str(quote) for (quote,) in rows(sample, "denials", "quote")) == expected


def test_a_chronology_has_every_claim_between_two_in_order_of_time(sample: kg.Graph) -> None:
    pair = {"Russia", "Turkey"}
    expected = {
        claim.id
        for claim in sample.claims
        if {party(sample, claim.actor), party(sample, claim.recipient)} == pair
    }
    found = rows(sample, "dyad-chronology", "date claim", first="Russia", second="Turkey")
    assert {str(claim).rpartition("/")[2] for _, claim in found} == expected
    assert [date for date, _ in found] == sorted((date for date, _ in found), key=str)
    turned = rows(sample, "dyad-chronology", "date claim", first="Turkey", second="Russia")
    assert turned == found
    months = rows(sample, "dyad-by-month", "claims", first="Russia", second="Turkey")
    assert sum(int(str(count)) for (count,) in months) == sum(
        claim.id in expected and claim.modality is not Modality.NEGATED for claim in sample.claims
    )


def test_articles_of_an_actor_are_those_in_which_it_or_its_people_appear(sample: kg.Graph) -> None:
    articles = article_of(sample)
    expected = {
        articles[claim.article].title
        for claim in sample.claims
        for role in (claim.actor, claim.recipient, *claim.speakers)
        if "russia" in (role.entity.id, role.entity.acts_for)
    }
    assert {str(title) for (title,) in rows(sample, "articles-of-actor", "title", actor="Russia")} == expected


def test_events_that_one_language_alone_reports(sample: kg.Graph) -> None:
    articles = article_of(sample)
    expected = {
        str(EVENT[id])
        for id, claims in claims_of(sample).items()
        if {articles[claim.article].language for claim in claims} == {"de"}
    }
    assert {event for (event,) in rows(sample, "by-language", "event", reported_in="de")} == expected


def test_events_at_a_place(sample: kg.Graph) -> None:
    expected = event_ids(sample, (event for event in sample.events if event.place))
    assert {event for (event,) in rows(sample, "events-at-place", "event")} == expected


def test_first_and_last_report_come_from_at_least_two_articles(sample: kg.Graph) -> None:
    articles = article_of(sample)
    expected = {}
    for id, claims in claims_of(sample).items():
        days = {claim.article: articles[claim.article].published for claim in claims}
        dated = [day for day in days.values() if day]
        if len(dated) > 1:
            expected[str(EVENT[id])] = (len(dated), min(dated), max(dated))
    found = rows(sample, "first-and-last-report", "event reports first last")
    assert {event: tuple(rest) for event, *rest in found} == expected


def test_the_state_matrix_counts_claims_between_codes(sample: kg.Graph) -> None:
    expected = Counter(
        (
            claim.actor.state,
            claim.recipient.state,
            relation_types()[claim.relation].quad,
            claim.modality.value,
        )
        for claim in sample.claims
        if claim.actor.state and claim.recipient.state and claim.actor.state != claim.recipient.state
    )
    columns = "actor_state recipient_state class modality claims"
    assert {tuple(row[:-1]): row[-1] for row in rows(sample, "state-matrix", columns)} == dict(expected)


def test_claims_to_check_are_those_of_low_confidence(sample: kg.Graph) -> None:
    expected = sum(claim.confidence < 0.8 for claim in sample.claims)
    found = [confidence for (confidence,) in rows(sample, "to-check", "confidence")]
    assert len(found) == expected and found == sorted(found, key=str)


def test_who_is_never_in_contact_shares_a_partner_and_no_meeting(sample: kg.Graph) -> None:
    together = [
        {party_of(sample, actor) for actor in event.actors}
        for event in sample.events
        if event.relation in CONTACT
    ]
    found = rows(sample, "never-in-contact", "who partners", actor="Russia")
    assert found
    for who, partners in found:
        assert not any({"Russia", str(who)} <= parties for parties in together)
        mine = {name for parties in together if "Russia" in parties for name in parties}
        theirs = {name for parties in together if who in parties for name in parties}
        assert len(mine & theirs) >= int(str(partners)) > 0


def party_of(graph: kg.Graph, id: str) -> str:
    entities = {entity.id: entity for entity in graph.entities}
    return entities[entities[id].acts_for or id].label("en")


def test_demands_are_answered_by_the_other_side_and_later(sample: kg.Graph) -> None:
    columns = "date who whom answer_date answer_by"
    found = rows(sample, "demands", columns)
    answered = [row for row in found if row[3]]
    assert answered and len(answered) < len(found)
    for date, _, _, answer_date, _ in answered:
        assert str(date) <= str(answer_date)
    assert len(rows(sample, "demands", columns, days=0)) <= len(found)
