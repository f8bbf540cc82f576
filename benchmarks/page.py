"""How soon the network page is ready, beside a page that pyvis writes by itself, in one headless Chromium.

python -m benchmarks.page --sizes 500:1500 3000:9000

Ours is ready when its status is filled; the stock page when its network has drawn for the first time. The stock page
stands alone too (``cdn_resources="in_line"``), with what it still asks of the network refused at once. Needs the extra
``browser`` and Chromium.
"""

import argparse
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import sync_playwright
from pyvis.network import Network

from kg.view import write_page
from tests.browser.conftest import ARGUMENTS, CHROMIUM, READY
from tests.browser.sample import ARTICLES, many

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LIMIT: Final = 60_000
"""Milliseconds after which a page counts as not ready."""

DRAWN: Final = (
    "<script>network.once('afterDrawing', () => document.body.setAttribute('data-drawn', ''));</script>"
)


def main() -> None:
    """Print seconds and ratio for each size: the least of three for ours, one for the stock page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", nargs="+", default=["500:1500", "3000:9000"], metavar="ACTORS:CLAIMS")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        for size in options.sizes:
            actors, claims = map(int, size.split(":"))
            made, people = many(actors, claims)
            ours = write_page(Path(folder) / "ours.html", made, people, ARTICLES)
            stock = _stock(Path(folder) / "stock.html", actors, claims)
            own = min(_seconds(browser, ours, READY) for _ in range(3))
            other = _seconds(browser, stock, "body[data-drawn]")
            more = "" if other * 1000 < LIMIT else " or more"
            print(
                f"{actors} actors, {claims} claims: {own:.2f} s; stock pyvis {other:.1f} s{more}, {other / own:.0f}x"
            )
        browser.close()


def _stock(path: Path, actors: int, claims: int) -> Path:
    """Write the page of pyvis with the same network."""
    made, people = many(actors, claims)
    network = Network(directed=True, cdn_resources="in_line")
    network.add_nodes([person.id for person in people])
    for claim in made:
        network.add_edge(claim.actor.entity.id, claim.recipient.entity.id, title=claim.quote)
    page = network.generate_html().replace("</body>", f"{DRAWN}</body>")
    path.write_text(page, encoding="utf-8")
    return path


def _seconds(browser: "Browser", path: Path, ready: str) -> float:
    context = browser.new_context()
    context.route(
        "**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort()
    )
    page = context.new_page()
    start = perf_counter()
    try:
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_selector(ready, state="attached", timeout=LIMIT)
    except Late:
        return LIMIT / 1000
    else:
        return perf_counter() - start
    finally:
        context.close()


if __name__ == "__main__":
    main()
