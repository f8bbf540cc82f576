"""Draws the picture of the README: ``python docs/make_pictures.py demo docs/img`` (or ``make pictures``).

Needs the extra ``browser`` and Chromium. The picture is the page of a build, opened in English and offline,
with one actor in focus and the evidence beside the network.
"""

import argparse
import shutil
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

PICTURE: Final = "network.png"
ACTOR: Final = "Donald Trump"
"""Who stands in the middle: one of the actors with most claims in the sample."""

READY: Final = "[data-testid=status]:not(:empty)"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu")
WIDTH, HEIGHT = 1280, 760  # CSS pixels


def draw(page_file: Path, picture: Path, browser: str) -> None:
    """Open a page and write its picture. Raises playwright's Error if the page lacks what is clicked on."""
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=browser, args=list(ARGUMENTS))
        context = chromium.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", locale="en-GB", offline=True
        )
        page = context.new_page()
        page.goto(page_file.resolve().as_uri())
        page.wait_for_selector(READY)
        arrange(page)
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)
        chromium.close()


def arrange(page: Page) -> None:
    """Switch the page to English and put the actor in focus, as a reader would."""
    if page.get_attribute("html", "lang") != "en":
        page.click("[data-testid=language]")
    page.fill("[data-testid=search]", ACTOR)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-testid=evidence-item]")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(500)  # milliseconds, for the last frame to be drawn


def main() -> int:
    """Read the options, and say in one line what is missing."""
    parser = argparse.ArgumentParser(description="Draw the picture of the README.")
    parser.add_argument("demo", type=Path, help="folder that make demo wrote")
    parser.add_argument("out", type=Path, help="folder for the picture")
    options = parser.parse_args()
    page_file = options.demo / "view.html"
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("no Chromium; install one, on Debian with: apt-get install chromium", file=sys.stderr)
        return 1
    if not page_file.is_file():
        print(f"no {page_file}; make it with: make demo", file=sys.stderr)
        return 1
    draw(page_file, options.out / PICTURE, browser)
    print(options.out / PICTURE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
