"""A headless Chromium without a network, and a page opened in it whose every complaint is recorded."""

import importlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM: Final = Path("/usr/bin/chromium")
ARGUMENTS: Final = (
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)
READY: Final = "[data-testid=status]:not(:empty)"


@dataclass
class Opened:
    """A page as it was opened: what it asked for, what it complained of, and how long it took (seconds)."""

    page: "Page"
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def counts(self) -> tuple[int, int, int]:
        """Return claims, actors and edges, as the status says in numbers."""
        status = self.page.locator("[data-testid=status]")
        claims, actors, edges = (
            int(status.get_attribute(f"data-{n}") or -1) for n in ("claims", "actors", "edges")
        )
        return claims, actors, edges


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    try:
        playwright = importlib.import_module("playwright.sync_api")
    except ImportError:
        missing = "playwright is not installed: pip install 'diplokg[browser]'"
    else:
        missing = "" if CHROMIUM.exists() else f"{CHROMIUM} is missing: apt-get install chromium"
    if missing:
        if os.environ.get("DIPLOKG_NO_SKIP") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Return a function that writes a page, opens it from disk, and waits until its status is filled."""
    contexts: list[BrowserContext] = []

    def open_page(html: str, *, width: int = 1440, height: int = 860) -> Opened:
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, locale="de-DE"
        )
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.complaints.append(message.text))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        start = perf_counter()
        opened.page.goto(path.as_uri())
        opened.page.wait_for_selector(READY)
        opened.seconds = perf_counter() - start
        return opened

    yield open_page
    for context in contexts:
        context.close()
