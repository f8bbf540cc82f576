"""The network page as text: what stands in it, what must not, and that it is always the same."""

import base64
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from kg.model import Modality, Span
from kg.ontology import relation_types
from kg.view import network_page, write_page
from kg.view.bundles import Bundle
from kg.view.data import page_data, safe_url, split_quote
from kg.view.layout import ROOM, positions
from kg.view.palette import DASHES, FAMILIES, OTHER, family_of
from tests.browser.hostile import PAYLOADS, hostile_claims
from tests.browser.sample import ARTICLES, CLAIMS, ENTITIES, EVENTS, many

PAGE = network_page(CLAIMS, ENTITIES.values(), ARTICLES, EVENTS)


class Elements(HTMLParser):
    """The elements of a page: start tags with their attributes, and the content of script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.contents: list[str] = []
        self.inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.contents.append("")

        self.inside = True

    def handle_endtag(self, _: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.contents[-1] += data

    def of(self, tag: str, **attributes: str) -> list[str]:
        found = zip(self.tags, self.contents, strict=True)
        return [text for (name, has), text in found if name == tag and attributes.items() <= has.items()]

    def json(self, id: str) -> object:
        return json.loads(self.of("script", id=id)[0])


def bundles_between(*ends: str) -> list[Bundle]:
    data = page_data(CLAIMS, ENTITIES.values(), ARTICLES)
    names = {node.id: node.labels["en"] for node in data.nodes}
    return [b for b in data.bundles if b.level == "actor" and {names[b.source], names[b.target]} == set(ends)]


def test_page_counts_claims_actors_and_edges() -> None:
    data = page_data(CLAIMS, ENTITIES.values(), ARTICLES, EVENTS)
    assert len(CLAIMS) == 23
    assert sum(node.level == "actor" for node in data.nodes) == 13
    assert sum(bundle.level == "actor" for bundle in data.bundles) == 20
    for level in ("actor", "state"):
        bundled = [number for bundle in data.bundles if bundle.level == level for number in bundle.claims]
        assert sorted(bundled) == list(range(23)), "every claim is in one edge of each level"


def test_actors_roll_up_to_those_they_count_for() -> None:
    states = [node for node in page_data(CLAIMS, ENTITIES.values(), ARTICLES).nodes if node.level == "state"]
    assert {node.code for node in states if node.code} == {"NOR", "SUD", "BRE", "OST", "FLU"}
    assert {node.labels["en"] for node in states if not node.code} == {"rebels of Mera", "=HYPERLINK(1)"}
    assert next(node for node in states if node.code == "NOR").labels == {"de": "Nordland", "en": "Norland"}
    assert next(node for node in states if node.code == "FLU").kind == "organisation"


def test_parallel_edges_have_distinct_curves_on_both_sides() -> None:
    bundles = bundles_between("Norland", "Suderia")
    assert len(bundles) == 5
    seen_from_one_side = [b.bend if b.source < b.target else -b.bend for b in bundles]
    assert sorted(seen_from_one_side) == [-0.32, -0.16, 0.0, 0.16, 0.32]


def test_symmetric_relations_bundle_both_directions_but_not_modalities() -> None:
    meetings = bundles_between("Maja Lindqvist", "Inés Serrano")
    assert {bundle.modality: len(bundle.claims) for bundle in meetings} == {"actual": 2, "negated": 1}
    assert all(bundle.symmetric for bundle in meetings)


def test_same_bytes_in_any_order() -> None:
    shuffled = random.Random(1)
    claims, entities, articles, events = list(CLAIMS), list(ENTITIES.values()), list(ARTICLES), list(EVENTS)
    for values in (claims, entities, articles, events):
        shuffled.shuffle(values)
    assert network_page(claims, entities, articles, events) == PAGE


def test_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.browser.sample import *; from kg.view import network_page;"
        "page = network_page(CLAIMS, ENTITIES.values(), ARTICLES, EVENTS);"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    paths = str(Path(__file__).parent.parent)
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": paths}
    command = [sys.executable, "-c", code]
    found = subprocess.check_output(command, env=environment, text=True)
    assert found.strip() == hashlib.sha256(PAGE.encode()).hexdigest()


def test_layout_leaves_the_random_numbers_of_others_alone() -> None:
    random.seed(3)
    before = random.getstate()
    positions(["a", "b", "c"], [("a", "b"), ("b", "c")])
    assert random.getstate() == before


def test_policy_names_the_hash_of_each_script_and_style() -> None:
    page = Elements(PAGE)
    policy = next(has["content"] for tag, has in page.tags if tag == "meta" and "http-equiv" in has)
    scripts = page.of("script")[-2:]
    for text in [*scripts, *page.of("style")]:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_page_refers_to_nothing_outside() -> None:
    page = Elements(PAGE)
    assert not {"link", "img", "iframe", "base", "object"} & {tag for tag, _ in page.tags}
    assert not [has for _, has in page.tags if "src" in has or "href" in has]
    assert not re.search(r"url\(|@import", page.of("style")[0])
    assert "sourceMappingURL" not in PAGE


@pytest.mark.parametrize("language", ["de", "en"])
def test_hostile_values_stay_inside_the_data(language: str) -> None:
    plain = Elements(network_page((), (), (), language=language))
    for title in ("", *PAYLOADS):
        page = Elements(network_page(*hostile_claims(), language=language, title=title))
        assert page.tags == plain.tags, "no value adds an element or an attribute"
        assert page.of("script")[-2:] == plain.of("script")[-2:], "no value reaches a script"
    for id in ("nodes", "edges", "options", "data"):
        text = page.of("script", id=id)[0]
        assert not set("<>&") & set(text)
        json.loads(text)
    network_page(*hostile_claims(), language=language).encode("utf-8")


def test_only_web_addresses_become_links() -> None:
    assert safe_url("https://example.org/a?b=c") == "https://example.org/a?b=c"
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "file:///a",
        "https://",
        "http://[",
        "",
    ):
        assert safe_url(url) == ""
    articles = page_data(*hostile_claims()).evidence["articles"]
    assert isinstance(articles, list)
    assert {article["url"].partition(":")[0] for article in articles} == {"", "https"}


def test_quote_is_split_at_its_trigger_and_whole_without_one() -> None:
    assert split_quote("𝔄 warnt B", Span(5, 14), Span(7, 12)) == ["𝔄 ", "warnt", " B"]
    assert split_quote("warnt", Span(5, 10), Span(20, 25)) == ["warnt", "", ""]


def test_claims_without_article_or_day_are_kept_and_stand_last() -> None:
    lost = replace(CLAIMS[21], article="nowhere")
    data = page_data([lost, CLAIMS[0]], (), ARTICLES)
    claims, articles = data.evidence["claims"], data.evidence["articles"]
    assert isinstance(claims, list) and isinstance(articles, list)
    assert [claim["id"] for claim in claims] == ["c00", "c21"]
    assert claims[1]["from"] == ""
    assert [article["title"] for article in articles] == ["Gespräche in Kelm", "nowhere"]


def test_a_claim_without_time_takes_the_day_of_its_article() -> None:
    claim = replace(CLAIMS[0], time=None)
    claims = page_data([claim], (), ARTICLES).evidence["claims"]
    assert isinstance(claims, list)
    assert (claims[0]["from"], claims[0]["dated"]) == ("2025-02-03", False)


def test_every_quad_class_has_a_family_and_every_modality_its_own_dash() -> None:
    assert {family_of(known.id, known.root).id for known in relation_types().values()} == {
        family.id for family in FAMILIES if family is not OTHER
    }
    assert len({tuple(DASHES[modality]) for modality in Modality}) == len(Modality)
    assert len({family.mark for family in FAMILIES}) == len(FAMILIES)


def test_families_differ_for_eyes_with_deuteranopia() -> None:
    seen = [as_seen_with_deuteranopia(family.colour) for family in FAMILIES if family is not OTHER]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 15


def as_seen_with_deuteranopia(colour: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return CIELAB of a colour after Machado et al. (2009), severity 1."""
    channels = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    deuteranopia = np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    )
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(deuteranopia @ linear, 0, 1) / np.array([0.9505, 1.0, 1.089])
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_positions_keep_nodes_apart() -> None:
    claims, people = many(120, 300)
    data = page_data(claims, people, ())
    nodes = [node.id for node in data.nodes if node.level == "actor"]
    placed = positions(nodes, [(b.source, b.target) for b in data.bundles if b.level == "actor"])
    points = np.array([placed[node] for node in nodes], dtype=float)
    distances = np.linalg.norm(points[:, None] - points[None], axis=2) + np.eye(len(points)) * 1e9
    assert distances.min() > 0.5 * ROOM


def test_empty_page_and_unknown_language() -> None:
    assert Elements(network_page((), (), ())).json("nodes") == []
    with pytest.raises(ValueError, match="de and en"):
        network_page((), (), (), language="fr")


def test_page_is_written_whole_and_as_utf8(tmp_path: Path) -> None:
    path = tmp_path / "view.html"
    path.write_text("old")
    assert write_page(path, CLAIMS, ENTITIES.values(), ARTICLES, EVENTS) == path
    assert path.read_bytes().decode("utf-8") == PAGE
    assert [file.name for file in tmp_path.iterdir()] == ["view.html"]
    with pytest.raises(OSError, match="nowhere"):
        write_page(tmp_path / "nowhere" / "view.html", (), (), ())
