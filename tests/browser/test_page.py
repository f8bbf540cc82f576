"""The network page as its reader meets it: every bar is driven in a real browser."""

import csv
import io
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from kg.view import network_page
from tests.browser.conftest import Open, Opened
from tests.browser.sample import ARTICLES, CLAIMS, ENTITIES, EVENTS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGE = network_page(CLAIMS, ENTITIES.values(), ARTICLES, EVENTS)
ALL = (23, 13, 20)


@pytest.fixture
def opened(open_page: Open) -> Opened:
    return open_page(PAGE)


def id_of(page: "Page", name: str) -> str:
    """Return the id of a node of the actor level by its German name."""
    return str(page.evaluate("(n) => diplokg.drawn.nodes.find((node) => node.names.de === n).id", name))


def middles(page: "Page", one: str, other: str) -> dict[str, tuple[float, float]]:
    """Return where on the screen the edges between two actors have their middles, by id of edge."""
    found = page.evaluate(
        """(ends) => {
          const box = document.querySelector("[data-testid=network]").getBoundingClientRect();
          const { network, drawn, pointOf } = diplokg;
          const edges = drawn.edges.filter((edge) => ends.includes(edge.from) && ends.includes(edge.to));
          return edges.map((edge) => {
            const { x, y } = network.canvasToDOM(pointOf(edge, drawn.places, 0.5));
            return [edge.id, box.left + x, box.top + y];
          });
        }""",
        [id_of(page, one), id_of(page, other)],
    )
    return {id: (x, y) for id, x, y in found}


def click_node(page: "Page", name: str) -> None:
    x, y = page.evaluate(
        """(id) => {
          const box = document.querySelector("[data-testid=network]").getBoundingClientRect();
          const { x, y } = diplokg.network.canvasToDOM(diplokg.drawn.places.get(id));
          return [box.left + x, box.top + y];
        }""",
        id_of(page, name),
    )
    page.mouse.click(x, y)


def test_opens_offline_without_a_request_or_complaint(opened: Opened) -> None:
    assert len(opened.requests) == 1, "the page itself"
    assert opened.complaints == []
    assert opened.seconds < 2
    asks = opened.page.evaluate("[...document.querySelectorAll('[src], link')].map((e) => e.outerHTML)")
    assert asks == []


def test_status_counts_and_follows_every_filter(opened: Opened) -> None:
    page = opened.page
    assert opened.counts() == ALL
    assert page.inner_text("[data-testid=status]").startswith("23 Aussagen · 13 Akteure · 20 Kanten")
    page.uncheck("[data-relation=warns]")
    assert opened.counts() == (21, 13, 19)
    page.uncheck("[data-family=verbalCooperation]")
    assert opened.counts()[0] == 21 - 9
    page.keyboard.press("Escape")
    assert opened.counts() == ALL
    page.uncheck("[data-modality=actual]")
    assert opened.counts()[0] == 10
    page.click("[data-testid=reset]")
    page.uncheck("[data-outlet=Nordpress]")
    assert opened.counts()[0] == sum(claim.article not in {"a1", "a3"} for claim in CLAIMS)
    page.keyboard.press("Escape")
    page.select_option("[data-testid=speaker]", "-1")
    assert opened.counts()[0] == sum(not claim.speakers for claim in CLAIMS)
    page.select_option("[data-testid=speaker]", label="Nordpress (2)")
    assert opened.counts()[0] == 2
    page.keyboard.press("Escape")
    assert opened.counts() == ALL


def test_slider_bounds_the_period(opened: Opened) -> None:
    slider = opened.page.locator("[data-testid=range-from]")
    slider.focus()
    slider.press("End")
    assert opened.counts() == (1, 2, 1), "only the last day"
    assert slider.get_attribute("aria-valuetext") == "15. März 2025"
    slider.press("Home")
    assert opened.counts() == ALL
    opened.page.locator("[data-testid=range-to]").press("Home")
    assert opened.counts() == (1, 2, 1)


def test_ego_focus_by_click_and_by_search(opened: Opened) -> None:
    page = opened.page
    click_node(page, "Rebellen von Mera")
    assert opened.counts()[1] == 3
    page.keyboard.press("Escape")
    assert opened.counts() == ALL
    page.keyboard.press("/")
    page.keyboard.type("tesar")
    page.keyboard.press("Enter")
    assert opened.counts()[1] == 3
    assert "Galina Tesař" in page.inner_text("[data-testid=evidence] h2")
    assert page.locator("[data-testid=evidence-item]").count() == 2


def test_clicking_an_edge_shows_its_evidence(opened: Opened) -> None:
    page = opened.page
    edges = middles(page, "Nordland", "Ostranien")
    ((x, y),) = edges.values()
    page.mouse.click(x, y)
    item = page.locator("[data-testid=evidence-item]")
    assert item.count() == 1
    assert item.locator("mark").inner_text() == "unterstützt"
    assert item.locator("time").first.get_attribute("datetime") == "2025-02-13"
    assert "Seeblatt" in item.inner_text()
    link = item.locator("a")
    assert link.get_attribute("href") == "https://example.org/a4"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_five_parallel_edges_lie_apart_and_can_be_clicked(opened: Opened) -> None:
    page = opened.page
    edges = middles(page, "Nordland", "Süderien")
    assert len(edges) == 5
    for (ax, ay), (bx, by) in combinations(edges.values(), 2):
        assert (ax - bx) ** 2 + (ay - by) ** 2 > 36
    for id, (x, y) in edges.items():
        page.mouse.click(x, y)
        assert page.evaluate("diplokg.view.selected.edge") == id
        assert page.locator("[data-testid=evidence-item]").count() >= 1


def test_table_is_walked_and_opened_by_keyboard(opened: Opened) -> None:
    page = opened.page
    assert page.locator("[data-testid=claims] tbody tr").count() == 23
    page.locator("[data-testid=claims] tbody tr").first.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    item = page.locator("[data-testid=evidence-item]")
    assert item.get_attribute("data-claim") == "c02"
    page.keyboard.press("Enter")  # the way back has the focus
    assert page.evaluate("document.activeElement.tagName") == "TR"
    assert page.locator("[data-testid=claims] tbody tr").count() == 23


def test_contested_event_shows_both_sides(opened: Opened) -> None:
    page = opened.page
    page.locator("tr[data-claim='7']").press("Enter")
    sides = page.locator("[data-testid=contested] .sides > div")
    assert [side.locator("[data-testid=evidence-item]").count() for side in sides.all()] == [2, 1]
    boxes = [side.bounding_box() for side in sides.all()]
    assert boxes[0] and boxes[1] and boxes[0]["y"] == boxes[1]["y"], "side by side"
    assert "Nordpress ← zwei hohe Beamte, Jörn Falk" in page.inner_text("[data-testid=contested]")


def test_evidence_says_how_the_event_stands_by_all_its_claims(opened: Opened) -> None:
    page = opened.page
    page.locator("tr[data-claim='0']").press("Enter")
    assert "geschehen, nach 2 Aussagen" in page.inner_text("[data-testid=evidence-item]")
    page.click("[data-testid=language]")
    assert "held, by 2 claims" in page.inner_text("[data-testid=evidence-item]")


def test_levels_languages_and_themes(opened: Opened) -> None:
    page = opened.page
    page.check("[data-testid=level-state]")
    assert opened.counts() == (23, 7, 20)
    page.click("[data-testid=language]")
    assert page.inner_text("[data-testid=status]").startswith("23 claims · 7 states and others · 20 edges")
    assert page.evaluate("document.documentElement.lang") == "en"
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[data-testid=theme]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert page.evaluate("new Set(diplokg.drawn.edges.map((e) => String(e.dashes))).size") == 5
    assert opened.complaints == []


def test_a_page_opens_on_the_level_that_is_asked_for(open_page: Open) -> None:
    opened = open_page(network_page(CLAIMS, ENTITIES.values(), ARTICLES, EVENTS, level="state"))
    assert opened.page.is_checked("[data-testid=level-state]")
    assert opened.counts() == (23, 7, 20)
    assert "zusammengefasst" not in opened.page.inner_text("body"), "that is said where nobody asked for it"


def test_labels_never_cover_each_other(opened: Opened) -> None:
    boxes = opened.page.evaluate(
        """diplokg.drawn.labels.map(
          ({ x, y, width, size }) => [x - width / 2, x + width / 2, y - size / 2, y + size / 2])"""
    )
    assert len(boxes) > 20
    for a, b in combinations(boxes, 2):
        assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


@pytest.mark.parametrize("width", [800, 1280])
def test_no_label_is_cut_off_and_no_date_covers_another(open_page: Open, width: int) -> None:
    long = {
        id: replace(entity, labels=(("de", f"{entity.label('de')} mit Gefolge"),))
        for id, entity in ENTITIES.items()
    }
    claims = [
        replace(
            claim,
            actor=replace(claim.actor, entity=long[claim.actor.entity.id]),
            recipient=replace(claim.recipient, entity=long[claim.recipient.entity.id]),
            time=claim.time and replace(claim.time, start=claim.time.start.replace(year=2000 + number % 3)),
        )
        for number, claim in enumerate(CLAIMS)
    ]
    page = open_page(network_page(claims, long.values(), ARTICLES, EVENTS), width=width, height=700).page
    boxes = page.evaluate(
        """diplokg.drawn.labels.map(({ x, y, width, size }) => [
          diplokg.network.canvasToDOM({ x: x - width / 2, y: y - size / 2 }),
          diplokg.network.canvasToDOM({ x: x + width / 2, y: y + size / 2 })])"""
    )
    pane = page.locator("[data-testid=network]").bounding_box()
    assert pane and len(boxes) > 8
    for start, end in boxes:
        assert start["x"] >= 0 and start["y"] >= 0
        assert end["x"] <= pane["width"] and end["y"] <= pane["height"]
    dates = [date.bounding_box() for date in page.locator("#timeline text").all()]
    stage = page.locator("#timeline svg").bounding_box()
    assert stage and len(dates) > 3
    for before, after in pairwise(dates):
        assert before and after and before["x"] + before["width"] <= after["x"]
    assert dates[0] and dates[0]["x"] >= stage["x"]
    assert dates[-1] and dates[-1]["x"] + dates[-1]["width"] <= stage["x"] + stage["width"]


def download(page: "Page", name: str) -> Path:
    with page.expect_download() as waiting:
        page.click(f"[data-testid={name}]")
    return Path(waiting.value.path())


def test_exports(opened: Opened) -> None:
    page = opened.page
    drawing = ElementTree.parse(download(page, "svg"))
    words = [text for element in drawing.iter() for text in [element.text or ""]]
    assert {"○ verbale Kooperation", "✕ verneint", "Nordland"} <= set(words)
    assert not [
        element for element in drawing.iter() if element.tag.endswith(("script", "foreignObject", "image"))
    ]
    assert download(page, "png").read_bytes()[1:4] == b"PNG"
    table = list(csv.DictReader(io.StringIO(download(page, "csv").read_text("utf-8-sig"), newline="")))
    assert len(table) == 23
    formula = next(row for row in table if row["id"] == "c19")
    assert (formula["actor"], formula["quote"][:5]) == ("'=HYPERLINK(1)", "'=SUM")
    assert table[0]["url"] == "https://example.org/a1"
    page.uncheck("[data-modality=actual]")
    assert len(download(page, "csv").read_text("utf-8-sig").splitlines()) == 1 + 10
