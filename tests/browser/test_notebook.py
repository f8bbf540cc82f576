"""The displays of notebooks in headless Chromium: trusted, untrusted, in print, and with hostile texts."""

from collections.abc import Callable, Iterator

import pytest
from rdflib import Literal

from kg.analysis import centrality, draw
from kg.jupyter import View, claim_html, graph_html
from kg.jupyter.magics import answer_frame
from kg.model import Claim
from kg.query import Table
from tests.browser.conftest import READY, Opened
from tests.browser.hostile import World, hostile_world
from tests.browser.sample import ARTICLES, CLAIMS, ENTITIES, EVENTS

pytestmark = pytest.mark.browser

SAMPLE = World(ARTICLES, CLAIMS, EVENTS, tuple(ENTITIES.values()))
FRAME = ".diplokg iframe"
PICTURE = ".diplokg .diplokg-picture img"
# What the sanitizer of JupyterLab takes out of untrusted outputs.
DISTRUST = "document.querySelectorAll('iframe, script, style, svg, object, form').forEach(e => e.remove())"

Notebook = Callable[..., Opened]


@pytest.fixture
def notebook(open_page: Callable[..., Opened]) -> Iterator[Notebook]:
    """Return a function that shows outputs one below another, as a trusted notebook of 800 pixels does."""

    def show(*outputs: str) -> Opened:
        status = '<p data-testid="status">outputs</p>'
        body = "".join(f'<div class="output" style="overflow: auto">{output}</div>' for output in outputs)
        return open_page(f'<!doctype html><meta charset="utf-8"><body>{body}{status}</body>', width=800)

    yield show


def test_the_page_runs_in_its_frame_and_reaches_nothing(notebook: Notebook) -> None:
    opened = notebook(View(SAMPLE)._repr_html_())
    page = opened.page
    frame = page.frame_locator(FRAME)
    frame.locator(READY).wait_for()
    assert frame.locator("[data-testid=status]").get_attribute("data-claims") == "23"
    assert "allow-same-origin" not in (page.get_attribute(FRAME, "sandbox") or "")
    inner = page.frames[-1]
    assert inner.evaluate("origin") == "null"
    assert (
        inner.evaluate("(() => { try { return parent.document.title } catch (e) { return e.name } })()")
        == "SecurityError"
    )
    assert inner.evaluate("fetch('https://example.org').then(() => 'reached', () => 'refused')") == "refused"
    frame.locator("tr[data-claim='3']").press("Enter")
    assert frame.locator("[data-testid=evidence-item]").count() == 1
    assert not page.is_visible(PICTURE)
    assert [
        request for request in opened.requests if not request.startswith(("file:", "data:", "about:"))
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_untrusted_notebook_and_print_show_the_picture(notebook: Notebook) -> None:
    page = notebook(View(SAMPLE)._repr_html_()).page
    page.emulate_media(media="print")
    assert page.is_visible(PICTURE) and not page.is_visible(FRAME)
    page.emulate_media(media="screen")
    page.evaluate(DISTRUST)
    assert page.is_visible(PICTURE)
    assert page.evaluate(f"document.querySelector('{PICTURE}').naturalWidth") > 500
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_display_is_always_the_same_and_small() -> None:
    once, again = (
        View(World(ARTICLES, claims, EVENTS, SAMPLE.entities))._repr_html_() for claims in (CLAIMS, CLAIMS)
    )
    assert once == again
    assert len(once) < 400_000, "characters"


def test_hostile_texts_run_in_no_display(notebook: Notebook) -> None:
    world = hostile_world()
    frames = [claim_html(claim) for claim in world.claims]
    articles = [world.text(article.id)._repr_html_() for article in world.articles]
    chart = draw(centrality(world)).svg
    outputs = (
        graph_html(world),
        *frames,
        *articles,
        _answer(world.claims),
        chart,
        View(world, title=world.claims[0].quote)._repr_html_(),
    )
    opened = notebook(*outputs)
    page = opened.page
    frame = page.frame_locator(FRAME)
    frame.locator(READY).wait_for()
    assert frame.locator("[data-testid=status]").get_attribute("data-claims") == str(len(world.claims))
    for link in page.locator("a").all():
        assert (link.get_attribute("href") or "").startswith("https://example.org/")
    assert (
        page.locator("body script, body form, body object, body base, body meta, body details").count() == 0
    )
    assert page.locator("img:not([src^='data:image/svg+xml;base64,'])").count() == 0
    assert page.locator("iframe").count() == 1
    for context in page.frames:
        assert context.evaluate("window.broken") is None
    assert [
        request for request in opened.requests if not request.startswith(("file:", "data:", "about:"))
    ] == []
    assert [text for text in opened.complaints if "Content Security Policy" in text] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _answer(claims: tuple[Claim, ...]) -> str:
    """Return the quotes as a table of pandas, as ``%%sparql`` shows it."""
    table = Table(("quote",), tuple((Literal(claim.quote),) for claim in claims))
    return str(answer_frame(table).to_html())
