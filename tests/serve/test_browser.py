"""The pages in headless Chromium: nothing runs but our own scripts, nobody else is called, and they fit."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.browser.conftest import browser  # noqa: F401 - the fixture
from tests.serve.conftest import Server
from tests.serve.corpus import MET, PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PATHS = (
    "/de/", "/en/?q=a", "/de/actor?id=iran", "/en/event?id=contested-talks", "/de/article?id=talks", "/en/articles",
    "/de/events", *(f"/en/article?id=hostile-{number}" for number in range(len(PAYLOADS))),
)  # fmt: skip
BLOCKED = "inline event handler violates the following Content Security Policy directive"
"""What the editor's table tries with hostile texts when it sorts them; the policy of the pages forbids it."""

Visit = Callable[..., "Page"]


@pytest.fixture
def visit(browser: "Browser", server: Server) -> Iterator[Visit]:  # noqa: F811 - the fixture
    """Return a function that opens a path; at the end nothing may have been complained of or called elsewhere."""
    context = browser.new_context(locale="de-DE")
    page, problems = context.new_page(), list[str]()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(server.url) else problems.append(asked.url))

    def visit(path: str, width: int = 1280, scheme: str = "light") -> "Page":
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(server.url + path)
        return page

    yield visit
    broken = page.evaluate("window.broken")
    context.close()
    assert [problem for problem in problems if BLOCKED not in problem] == []
    assert broken is None


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (800, "dark")])
def test_every_page_fits_and_runs_nothing_of_an_article(visit: Visit, width: int, scheme: str) -> None:
    for path in PATHS:
        page = visit(path, width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
        assert page.evaluate("window.broken") is None


def test_from_the_search_to_the_sentence_and_both_sides(visit: Visit) -> None:
    page = visit("/en/")
    page.keyboard.press("Escape")
    page.fill(".large input", "iran")
    page.keyboard.press("Enter")
    page.click("[data-testid=results] a >> nth=0")
    page.locator("[data-testid=timeline] a").first.wait_for(state="attached", timeout=10_000)
    cards = page.locator("[data-testid=evidence-item]", has_text=MET)
    cards.get_by_text("Event: contested").first.click()
    page.locator("[data-testid=contested] .side").first.wait_for(timeout=10_000)
    assert page.locator("[data-testid=contested] .side").count() == 2
    page.get_by_text("Show in the text").first.click()
    page.wait_for_selector("[data-testid=text] .target")
    page.click("#theme")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark", "the choice is kept"


def test_the_editor_answers_examples_and_shows_hostile_texts_as_text(visit: Visit) -> None:
    page = visit("/de/query?name=who-met-whom")
    page.wait_for_selector(".yasr table.dataTable tbody tr")
    assert "Abbas Araghchi" in page.inner_text(".yasr_results")
    query = "SELECT ?title { ?a schema:headline ?title } ORDER BY ?title"
    page = visit(f"/en/query?query={quote(query)}")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr table.dataTable tbody tr")
    assert PAYLOADS[0] in page.inner_text(".yasr_results")
    assert page.locator(".yasr_results img, .yasr_results script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
