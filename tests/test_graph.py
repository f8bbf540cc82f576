"""The graph: equal bytes from equal content, no blank nodes, and shapes that find what is wrong."""

import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, PROV, RDF, RDFS, SH, SKOS, XSD, BNode, Dataset, Literal, URIRef
from rdflib.namespace import Namespace

from kg.graph import (
    Quad,
    Run,
    article_graph,
    dataset,
    entity_quads,
    event_quads,
    nquads,
    ontology_quads,
    plain_edges,
    quads,
    quads_of,
    run_iri,
    to_networkx,
    trig,
    validate,
)
from kg.graph.names import EDGES, ENTITIES, article_iri, claim_iri, decimal, event_iri
from kg.knowledge.entities import KnowledgeBase, using
from kg.model import Article, Claim, Entity, Event, Kind, Modality, Status
from kg.ontology import CLAIM, DK, ENT, OA, SCHEMA, relation_types, shapes, terms
from tests.factories import (
    ARAGHCHI,
    ENVOY,
    IRAN,
    MUSCAT,
    OFFICIALS,
    OMAN,
    REUTERS,
    USA,
    make_article,
    make_claim,
    make_entity,
    make_event,
    make_interval,
    make_role,
)

T = TypeVar("T")

GOLDEN: Final = Path(__file__).parent / "golden" / "two_claims.nq"
RUN: Final = Run("0.1.0", "rules@1.0", (("link", "strict"), ("language", "auto")))


@dataclass(frozen=True)
class World:
    """What a dataset is made of."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]

    def dataset(self) -> Dataset:
        return dataset(self.articles, self.claims, self.entities, self.events, RUN)

    def quads(self) -> list[Quad]:
        return list(quads(self.articles, self.claims, self.entities, self.events, RUN))

    def shuffled(self, seed: int) -> "World":
        rng = random.Random(seed)
        return World(
            mixed(self.articles, rng),
            mixed(self.claims, rng),
            mixed(self.entities, rng),
            tuple(
                replace(event, claims=mixed(event.claims, rng), actors=mixed(event.actors, rng))
                for event in mixed(self.events, rng)
            ),
        )


def mixed(values: tuple[T, ...], rng: random.Random) -> tuple[T, ...]:
    return tuple(rng.sample(values, len(values)))


MEETING: Final = make_claim(
    actor=make_role(ARAGHCHI, "Iran's foreign minister", state="IRN"),
    recipient=make_role(ENVOY, "the US envoy", state="USA"),
    trigger="met",
    speakers=(make_role(OFFICIALS), make_role(REUTERS, "Reuters")),
    time=make_interval(text="on Tuesday"),
    place=MUSCAT,
    cues=("row meet", "rule subject"),
)
DENIAL: Final = make_claim(
    "Israel denied the meeting.",
    actor=make_role(ARAGHCHI, state="IRN"),
    recipient=make_role(ENVOY, state="USA"),
    modality=Modality.NEGATED,
)
WARNING: Final = make_claim("„Wir warnen die USA“, sagte der Minister.", relation="warns", trigger="warnen")
VISIT: Final = make_claim(
    "The envoy may visit Oman.",
    relation="visits",
    actor=make_role(ENVOY),
    recipient=make_role(OMAN),
    modality=Modality.POSSIBLE,
)
WORLD: Final = World(
    (make_article(), make_article("a 2/ü.txt", "Nothing here.", fictional=True)),
    (MEETING, WARNING, VISIT),
    (IRAN, USA, OMAN, ARAGHCHI, ENVOY, MUSCAT),
    (
        make_event(MEETING, time=make_interval(), place="muscat"),
        make_event(WARNING),
        make_event(VISIT, status=Status.PROPOSED),
    ),
)
DISPUTE: Final = replace(
    WORLD,
    claims=(MEETING, DENIAL, WARNING),
    events=(make_event(MEETING, DENIAL, status=Status.CONTESTED), make_event(WARNING)),
)


def parsed(data: bytes, format: str) -> Dataset:
    found = Dataset()
    found.parse(data=data, format=format)
    return found


def lines(data: Dataset) -> list[str]:
    return [str(finding) for finding in validate(data)]


def swapped(data: Dataset, subject: URIRef, predicate: URIRef, term: URIRef | Literal | None) -> Dataset:
    """Replace the object of a triple wherever it stands, or remove the triple."""
    for _, _, _, graph in list(data.quads((subject, predicate, None, None))):
        assert graph is not None
        named = data.graph(graph)
        named.remove((subject, predicate, None))
        if term is not None:
            named.add((subject, predicate, term))
    return data


# Bytes


@pytest.mark.parametrize("write", [nquads, trig])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers())
def test_bytes_do_not_depend_on_the_order_of_the_input(write: object, seed: int) -> None:
    assert callable(write)
    assert write(DISPUTE.shuffled(seed).quads()) == write(DISPUTE.quads())


def test_a_dataset_gives_the_bytes_of_its_quads() -> None:
    expected = [*WORLD.quads(), *ontology_quads()]
    assert nquads(WORLD.dataset()) == nquads(expected)
    assert trig(WORLD.dataset()) == trig(reversed(expected))


@pytest.mark.parametrize(("write", "format"), [(nquads, "nquads"), (trig, "trig")])
def test_bytes_survive_rdflib(write: object, format: str) -> None:
    assert callable(write)
    data = DISPUTE.dataset()
    assert set(parsed(write(data), format).quads()) == set(data.quads())


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_survives_both_formats(text: str) -> None:
    quad = (ENT["x"], DK["text"], Literal(text), ENTITIES)
    assert set(quads_of(parsed(nquads([quad]), "nquads"))) == {quad}
    assert set(quads_of(parsed(trig([quad]), "trig"))) == {quad}


def test_golden_file() -> None:
    world = replace(WORLD, articles=WORLD.articles[:1], claims=(MEETING, WARNING), events=WORLD.events[:2])
    with using(KnowledgeBase({}, {}, (), {})):  # the offices of real persons change with the tables
        written = nquads(world.quads()).decode()
    assert written == GOLDEN.read_text(encoding="utf-8")


def test_there_are_no_blank_nodes() -> None:
    assert not [quad for quad in DISPUTE.dataset().quads() if any(isinstance(term, BNode) for term in quad)]


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(ValueError, match="blank node"):
        nquads([(BNode(), RDF.type, DK.Claim, ENTITIES)])  # type: ignore[list-item]


def test_an_iri_that_breaks_the_file_is_refused() -> None:
    with pytest.raises(ValueError, match="percent-encode"):
        nquads([(URIRef("https://example.org/a b"), RDF.type, DK.Claim, ENTITIES)])


# Names


def test_ids_are_percent_encoded_and_parts_cannot_collide() -> None:
    assert str(article_iri("a 2/ü")).endswith("/article/a%202%2F%C3%BC")
    assert claim_iri("x.quote") != claim_iri("x", "quote")
    assert str(event_iri("e1", "time")) == "https://w3id.org/diplokg/event/e1.time"


@given(value=st.floats(0, 1))
def test_decimals_have_no_exponent_and_no_trailing_zero(value: float) -> None:
    literal = decimal(value)
    assert abs(float(literal) - value) <= 0.00005
    assert literal == "0" or "." not in literal or not literal.endswith("0")
    assert "E" not in literal.upper()


def test_runs_are_told_apart_by_what_they_are_not_by_when() -> None:
    assert run_iri(RUN) == run_iri(replace(RUN, settings=tuple(reversed(RUN.settings))))
    assert run_iri(RUN) != run_iri(replace(RUN, extractor="neural@1.0"))


# What the graph says


def test_speakers_are_numbered_and_the_outermost_comes_last() -> None:
    found = set(article_graph(make_article(), [MEETING], RUN))
    by = {str(s)[-1]: o for s, p, o, _ in found if p == DK.by}
    assert by == {"1": ENT["two-senior-israeli-officials"], "2": ENT["reuters"]}


def test_who_says_it_together_shares_a_position() -> None:
    speakers = (make_role(OFFICIALS), replace(make_role(ENVOY), joint=True), make_role(REUTERS, "Reuters"))
    claim = replace(MEETING, speakers=speakers)
    found = set(article_graph(make_article(), [claim], RUN))
    places = {
        o: int(str(p))
        for s, k, o, _ in found
        if k == DK.by
        for t, q, p, _ in found
        if t == s and q == DK.position
    }
    assert places == {ENT["two-senior-israeli-officials"]: 1, ENT["steve-witkoff"]: 1, ENT["reuters"]: 2}
    assert claim.said_by(lambda entity: entity.id) == "two-senior-israeli-officials, steve-witkoff < reuters"


def test_a_claim_without_speaker_is_the_narrators() -> None:
    found = set(article_graph(make_article(), [WARNING], RUN))
    assert [o for _, p, o, _ in found if p == DK.by] == [DK.narrator]


def test_a_claim_of_another_article_is_refused() -> None:
    with pytest.raises(ValueError, match="is of article 'a1'"):
        list(article_graph(make_article("a9"), [MEETING], RUN))
    with pytest.raises(ValueError, match="give that article too"):
        replace(WORLD, articles=WORLD.articles[1:]).dataset()


def test_entities_carry_labels_codes_and_wikidata() -> None:
    iran = ENT["iran"]
    found = {(p, o) for s, p, o, _ in entity_quads([IRAN]) if s == iran}
    assert {
        (RDF.type, DK.State),
        (SKOS.prefLabel, Literal("Iran", lang="de")),
        (DK.iso3, Literal("IRN")),
        (DK.cowCode, Literal("630")),
        (SKOS.exactMatch, URIRef("http://www.wikidata.org/entity/Q794")),
    } <= found


def test_every_kind_has_a_class() -> None:
    for kind in Kind:
        classes = {o for _, p, o, _ in entity_quads([make_entity("x", kind)]) if p == RDF.type}
        assert len(classes) == 1
        assert (classes.pop(), RDF.type, OWL.Class) in terms()


def test_contradictions_go_both_ways() -> None:
    found = set(event_quads(DISPUTE.events, DISPUTE.claims))
    pairs = {(s, o) for s, p, o, _ in found if p == DK.contradicts}
    assert pairs == {
        (CLAIM[MEETING.id], CLAIM[DENIAL.id]),
        (CLAIM[DENIAL.id], CLAIM[MEETING.id]),
    }


# Plain edges


def edges(claims: list[Claim], *events: Event) -> set[tuple[str, str, str]]:
    return {
        (s.rpartition("/")[2], p.rpartition("#")[2], o.rpartition("/")[2])
        for s, p, o, _ in plain_edges(claims, events)
    }


def test_a_symmetric_relation_gives_both_directions() -> None:
    assert edges([make_claim()]) == {("iran", "meets", "usa"), ("usa", "meets", "iran")}
    assert edges([WARNING]) == {("iran", "warns", "usa")}


@pytest.mark.parametrize("modality", [modality for modality in Modality if modality is not Modality.ACTUAL])
def test_only_actual_claims_give_edges(modality: Modality) -> None:
    assert edges([make_claim(modality=modality)]) == set()


@pytest.mark.parametrize("status", [Status.DENIED, Status.CONTESTED])
def test_disputed_events_give_no_edges(status: Status) -> None:
    assert edges([WARNING], make_event(WARNING, status=status)) == set()


def test_a_denial_in_the_same_event_takes_the_edge_away() -> None:
    assert edges([MEETING, DENIAL], make_event(MEETING, DENIAL)) == set()
    assert edges([MEETING, DENIAL], make_event(MEETING), make_event(DENIAL)) != set()


# Shapes


@pytest.mark.parametrize("world", [WORLD, DISPUTE])
def test_good_data_passes(world: World) -> None:
    assert lines(world.dataset()) == []


def test_literals_that_a_store_typed_pass() -> None:
    data = WORLD.dataset()
    typed = Dataset()
    for s, p, o, g in quads_of(data):
        plain = isinstance(o, Literal) and not o.language and not o.datatype
        typed.graph(g).add((s, p, Literal(str(o), datatype=XSD.string) if plain else o))
    assert lines(typed) == []
    assert nquads(typed) == nquads(data)


NO_SUCH: Final = DK["befriends"]
NODE: Final = CLAIM[MEETING.id]
PASSAGE: Final = claim_iri(MEETING.id, "quote", "passage")


@pytest.mark.parametrize(
    ("subject", "predicate", "term", "where", "message"),
    [
        (PASSAGE, OA.exact, Literal("Iran met nobody."), "quote", "the quote is not verbatim"),
        (PASSAGE, OA.start, Literal(1), "quote", "the quote is not verbatim"),
        (PASSAGE, OA.end, Literal(0), "quote.passage", "the passage starts where it ends"),
        (NODE, DK.speaker, None, "", "the claim has no speaker; add a dk:speaker, by dk:narrator"),
        (NODE, DK.relation, NO_SUCH, "", "the claim's relation is not in the scheme; use one of plover.ttl"),
        (NODE, DK.eventType, DK.AID, "", "the claim's event type is not the root of its relation"),
        (NODE, DK.modality, DK.held, "", "the claim needs exactly one modality"),
        (NODE, DK.confidence, Literal("1.5", datatype=XSD.decimal), "", "exactly one confidence"),
        (NODE, DK.actor, ENT["nobody"], "", "the claim's actor has no label"),
        (NODE, DK.recipient, None, "", "the claim needs exactly one recipient"),
        (NODE, DK.quote, None, "", "the claim needs exactly one quote"),
        (NODE, PROV.wasGeneratedBy, None, "", "the claim needs exactly one run"),
    ],
)
def test_a_broken_claim_is_found(
    subject: URIRef, predicate: URIRef, term: URIRef | Literal | None, where: str, message: str
) -> None:
    focus = f"claim:{MEETING.id}" + (f".{where}" if where else "")
    found = [line for line in lines(swapped(WORLD.dataset(), subject, predicate, term)) if message in line]
    assert found and found[0].startswith(f"{focus}: ")
    assert all("\n" not in line for line in found)


def test_shifted_offsets_are_read_back_to_the_user() -> None:
    (finding,) = lines(swapped(WORLD.dataset(), PASSAGE, OA.start, Literal(5)))
    assert "characters 5 to 80 of the article read «s foreign minister met" in finding


def test_a_plain_edge_without_actual_claim_is_found() -> None:
    data = WORLD.dataset()
    data.graph(EDGES).add((ENT["steve-witkoff"], DK.visits, ENT["oman"]))
    (finding,) = lines(data)
    assert "the plain edge" in finding and "has no actual claim behind it" in finding
    assert "ent:steve-witkoff dk:visits ent:oman" in finding and "found" not in finding


def test_a_plain_edge_from_a_contradicted_claim_is_found() -> None:
    data = DISPUTE.dataset()
    data.graph(EDGES).add((ENT["abbas-araghchi"], DK.meets, ENT["steve-witkoff"]))
    assert len(lines(data)) == 1


@pytest.mark.parametrize("predicate", [DK.text, SCHEMA.inLanguage, SCHEMA.headline])
def test_an_incomplete_article_is_found(predicate: URIRef) -> None:
    found = lines(swapped(WORLD.dataset(), article_iri("a1"), predicate, None))
    assert [line for line in found if line.startswith("article:a1: the article needs exactly one")]


def test_an_entity_without_label_is_found() -> None:
    world = replace(WORLD, entities=(*WORLD.entities, make_entity("nameless", labels=())))
    (finding,) = lines(world.dataset())
    assert finding.startswith("ent:nameless: the entity needs a label")


# The ontology


def test_every_term_is_labelled_and_defined_in_both_languages() -> None:
    graph = terms()
    for term in {s for s in graph.subjects() if str(s).startswith(str(DK))}:
        for predicate in (RDFS.label, SKOS.definition):
            languages = [o.language for o in graph.objects(term, predicate) if isinstance(o, Literal)]
            assert sorted(map(str, languages)) == ["de", "en"], f"{term} {predicate}"


def test_terms_and_relations_have_different_names() -> None:
    ours = {str(s) for s in terms().subjects(RDF.type, None)} - {str(DK.relatesTo)}
    assert ours.isdisjoint(str(DK[id]) for id in relation_types())


def test_the_graph_uses_no_term_that_the_ontology_lacks() -> None:
    known = set(terms().subjects()) | {DK[id] for id in relation_types()}
    namespaces = tuple(map(str, (DK, OA, SCHEMA, Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/"))))
    used = {p for _, p, _, _ in [*DISPUTE.quads(), *WORLD.quads()]}
    assert {p for p in used if str(p).startswith(namespaces)} <= known


def test_the_modalities_and_statuses_of_the_model_are_in_the_ontology() -> None:
    graph = terms()
    assert set(graph.subjects(RDF.type, DK.Modality)) == {DK[m.value] for m in Modality}
    assert set(graph.subjects(RDF.type, DK.EventStatus)) == {DK[s.value] for s in Status}


def test_every_message_says_what_would_work() -> None:
    messages = [str(message) for message in shapes().objects(None, SH.message)]
    assert len(messages) > 30
    assert all("; " in message and "\n" not in message for message in messages)
    unsaid = set(shapes().subjects(SH.path, None)) - set(shapes().subjects(SH.message, None))
    assert {shapes().value(shape, SH.path) for shape in unsaid} == {SKOS.inScheme}


def test_shapes_name_only_known_terms() -> None:
    known = set(terms().subjects()) | {DK[id] for id in relation_types()} | {DK.plover}
    named = {t for triple in shapes() for t in triple if isinstance(t, URIRef) and t.startswith(str(DK))}
    assert {t for t in named if not str(t).endswith("Shape")} <= known


# networkx


def test_the_network_has_an_edge_per_claim() -> None:
    network = to_networkx(DISPUTE.claims, DISPUTE.entities)
    node = {"label": "Abbas Araghchi", "kind": "person", "state": "IRN", "claims": 2}
    assert network.nodes["abbas-araghchi"].items() >= node.items()
    edge = network.edges["abbas-araghchi", "steve-witkoff", MEETING.id]
    assert edge["speakers"] == "Reuters ← Two Senior Israeli Officials"
    assert (edge["relation"], edge["root"], edge["modality"]) == ("meets", "CONSULT", "actual")
    assert (edge["date"], edge["quote"], edge["confidence"]) == ("2026-02-03", MEETING.quote, 0.83)
    assert network.number_of_edges() == len(DISPUTE.claims)


def test_the_network_does_not_depend_on_the_order_of_the_input(tmp_path: Path) -> None:
    def written(world: World) -> bytes:
        path = tmp_path / "network.graphml"
        nx.write_graphml(to_networkx(world.claims, world.entities), path)
        return path.read_bytes()

    assert written(WORLD) == written(WORLD.shuffled(1)) == written(WORLD.shuffled(2))
