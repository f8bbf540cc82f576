"""Hooks of mkdocs: the order of the pages, pages made of the program itself, and links that leave the site.

``mkdocs build --strict`` runs them. Pages are found, not listed twice: a new file in ``docs`` is in the menu.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from picture import data_model
from reference import cli_page, python_pages

ROOT: Final = Path(__file__).resolve().parents[2]
ORDER: Final = {
    "Start": ["index.md", "tutorial.md"],
    "How to": ["howto/*.md", "queries.md", "exports.md", "analysis.md", "serve.md", "stores.md", "extending.md",
               "entities.md", "llm.md", "scale.md"],
    "What it means": ["data-model.md", "events.md", "ontology/*.md", "claims-jsonl.md"],
    "How it was measured": ["measured.md", "annotation-guide.md", "gold.md", "reading-model.md"],
    "Reference": ["reference/cli.md", "reference/*.md"],
    "More": ["*.md", "*/*.md"],
}  # fmt: skip
"""The menu: patterns of files in the order in which they stand; each page stands where it is found first."""

COPIES: Final = {"index.md": "README.md", "gold.md": "data/gold/README.md", "changes.md": "CHANGELOG.md"}
"""Pages that stand elsewhere in the project."""

LINK: Final = re.compile(r"(?P<image>!?)\[(?P<words>[^\]]*)\]\((?P<target>[^)#\s]*)(?P<anchor>#[^)\s]*)?\)")
MERMAID: Final = re.compile(r"```mermaid\n.*?```", re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made of the program, and those that stand elsewhere."""
    for name, source in COPIES.items():
        text = (ROOT / source).read_text("utf-8")
        files.append(File.generated(config, name, content=_at_home(text, name, source)))
    files.append(File.generated(config, "reference/cli.md", content=cli_page()))
    for name, text in python_pages().items():
        files.append(File.generated(config, f"reference/{name}.md", content=text))
    files.append(File.generated(config, "img/data-model.svg", content=data_model()))
    config.nav = list(_nav(sorted(file.src_uri for file in files.documentation_pages())))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Turn links out of the site into words, and the diagram into a picture that needs no script."""
    markdown = MERMAID.sub(
        "![Articles, claims, events, entities and how they hang together](img/data-model.svg)", markdown
    )
    return LINK.sub(lambda link: _mended(link, page.file.src_uri, files), markdown)


def _nav(pages: list[str]) -> Iterator[dict[str, Any]]:
    left = dict.fromkeys(pages)
    for section, patterns in ORDER.items():
        found = []
        for pattern in patterns:
            chosen = (
                [page for page in left if Path(page).full_match(pattern)]
                if hasattr(Path, "full_match")
                else [page for page in left if _fits(page, pattern)]
            )
            found += chosen
            for page in chosen:
                del left[page]
        if found:
            yield {section: found}


def _fits(page: str, pattern: str) -> bool:
    return page.count("/") == pattern.count("/") and Path(page).match(pattern)


def _at_home(text: str, name: str, source: str) -> str:
    """Return a page from elsewhere, its links as seen from the folder ``docs``."""
    folder = Path(source).parent

    def moved(link: re.Match[str]) -> str:
        target = link["target"]
        if not target or ":" in target:
            return link[0]
        path = (ROOT / folder / target).resolve()
        inside = path.is_relative_to(ROOT / "docs")
        home = (
            path.relative_to(ROOT / "docs").as_posix()
            if inside
            else f"../{path.relative_to(ROOT).as_posix()}"
        )
        return f"{link['image']}[{link['words']}]({home}{link['anchor'] or ''})"

    assert name
    return LINK.sub(moved, text)


def _mended(link: re.Match[str], page: str, files: Files) -> str:
    """Return a link as it is if it leads to a page or outside, else the words with the name of the file."""
    target = link["target"]
    if not target or ":" in target:
        return link[0]
    path = (ROOT / "docs" / Path(page).parent / target).resolve()
    for name, source in COPIES.items():
        if path == ROOT / source:
            return f"[{link['words']}]({'../' * page.count('/')}{name}{link['anchor'] or ''})"
    if path.is_relative_to(ROOT / "docs") and files.get_file_from_path(
        path.relative_to(ROOT / "docs").as_posix()
    ):
        return link[0]
    words = link["words"].strip("`")
    where = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else target
    return f"`{where}`" if words in where else f"{link['words']} (`{where}`)"
