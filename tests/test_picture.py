"""The picture for print: it says what the page says, needs no script, and no name covers another."""

import os
import random
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.markup import text_width
from kg.view import network_svg, write_svg
from kg.view.bundles import Level
from kg.view.palette import DASHES, FAMILIES, OTHER
from tests.browser.hostile import hostile_claims
from tests.browser.sample import ARTICLES, CLAIMS, ENTITIES, EVENTS, many

NAMESPACE = "{http://www.w3.org/2000/svg}"
PICTURE = network_svg(CLAIMS, ENTITIES.values(), ARTICLES, EVENTS)


def elements(picture: str, name: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture).iter(f"{NAMESPACE}{name}"))


def words(picture: str) -> list[str]:
    return [element.text or "" for element in elements(picture, "text")]


def test_the_picture_names_actors_relations_period_and_legend() -> None:
    said = words(PICTURE)
    assert {"Diplomatische Beziehungen", "Inés Serrano", "Rebellen von Mera", "verhandelt mit ×2"} <= set(
        said
    )
    assert "23 Aussagen · 13 Akteure · 20 Kanten · 3. Februar 2025 – 15. März 2025" in said
    assert {family.labels["de"] for family in FAMILIES if family is not OTHER} <= set(said)
    assert {"tatsächlich", "geplant", "möglich", "bedingt", "verneint", "Gruppe"} <= set(said)
    assert "Berichte: Kelm Daily, Nordpress, Seeblatt" in said


def test_english_and_the_level_of_states() -> None:
    picture = network_svg(
        CLAIMS, ENTITIES.values(), ARTICLES, EVENTS, language="en", level="state", title="Kelm"
    )
    said = words(picture)
    assert {"Kelm", "Norland", "Suderia", "possible", "arrow: from whom to whom"} <= set(said)
    assert "23 claims · 7 states and others · 20 edges · 3 February 2025 – 15 March 2025" in said
    with pytest.raises(ValueError, match="de and en"):
        network_svg((), (), (), language="fr")


def test_families_are_colours_and_certainties_dashes() -> None:
    lines = [line for line in elements(PICTURE, "path") if line.get("fill") == "none"]
    assert len(lines) == 20
    assert {line.get("stroke") for line in lines} == {
        family.colour for family in FAMILIES if family is not OTHER
    }
    assert {line.get("stroke-dasharray") for line in lines} == {
        " ".join(map(str, dash)) or None for dash in DASHES.values()
    }
    directed = 20 - 5  # five bundles are of meetings, talks and calls
    arrows = [p for p in elements(PICTURE, "polygon") if len((p.get("points") or "").split()) == 3]
    assert len([arrow for arrow in arrows if arrow.get("stroke") is None]) == directed


def test_names_do_not_cover_each_other() -> None:
    claims, people = many(60, 150)
    picture = network_svg(claims, people, ARTICLES, language="en")
    boxes = []
    for text in elements(picture, "text"):
        if (
            text.get("text-anchor") == "middle"
            and (text.text or "").startswith("Person")
            and not text.get("stroke")
        ):
            x, y, size = (float(text.get(name) or 0) for name in ("x", "y", "font-size"))
            half = text_width(text.text or "", size) / 2
            boxes.append((x - half, x + half, y - size, y))
    assert len(boxes) == 60
    for a, b in combinations(boxes, 2):
        assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


def test_of_very_many_actors_the_strongest_are_drawn_and_the_picture_says_so() -> None:
    claims, people = many(300, 900)
    picture = network_svg(claims, people, ARTICLES, language="en")
    counts = words(picture)[-2]
    assert " / 900 claims" in counts and "100 / 300 actors" in counts


@pytest.mark.parametrize("level", ["actor", "state"])
def test_hostile_texts_run_nothing(level: Level) -> None:
    claims, entities, articles, events = hostile_claims()
    for title in ("", "</svg><script>alert(1)</script>"):
        picture = network_svg(claims, entities, articles, events, level=level, title=title)
        tags = {element.tag.removeprefix(NAMESPACE) for element in ElementTree.fromstring(picture).iter()}
        assert tags <= {"svg", "g", "title", "desc", "rect", "text", "path", "polygon", "circle", "line"}
        named = {name for element in ElementTree.fromstring(picture).iter() for name in element.attrib}
        assert not [name for name in named if name.startswith("on") or "href" in name or name == "style"]
        picture.encode("utf-8")


def test_same_bytes_in_any_order_and_process(tmp_path: Path) -> None:
    shuffled = random.Random(1)
    claims, entities, articles = list(CLAIMS), list(ENTITIES.values()), list(ARTICLES)
    for values in (claims, entities, articles):
        shuffled.shuffle(values)
    assert network_svg(claims, entities, articles, EVENTS[::-1]) == PICTURE
    code = "from tests.test_picture import PICTURE; print(PICTURE == open(0, encoding='utf-8').read())"
    environment = {**os.environ, "PYTHONHASHSEED": "2", "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", code]
    found = subprocess.run(
        command, env=environment, input=PICTURE.encode(), stdout=subprocess.PIPE, check=True
    ).stdout
    assert found.strip() == b"True"
    path = write_svg(tmp_path / "x.svg", claims, entities, articles, EVENTS)
    assert path.read_text("utf-8") == f"{PICTURE}\n"


def test_a_picture_without_claims_says_so() -> None:
    assert {"keine Aussagen", "0 Aussagen · 0 Akteure · 0 Kanten · ohne Datum"} <= set(
        words(network_svg((), (), ()))
    )
