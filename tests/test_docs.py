"""The documents: their examples run, the site builds without a complaint, notebooks are kept without outputs."""

import doctest
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import kg
from kg.cli import COMMANDS

ROOT: Final = Path(kg.__file__).parent.parent
PAGES: Final = [
    path
    for path in sorted(ROOT.glob("docs/**/*.md"))
    if re.search(r"^\s*>>> ", path.read_text("utf-8"), re.M)
]
NOTEBOOKS: Final = sorted(ROOT.glob("notebooks/*.ipynb"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_examples_of_python_run(page: Path, built: kg.Graph) -> None:
    failed, tried = doctest.testfile(
        str(page),
        module_relative=False,
        globs={"graph": built},
        optionflags=doctest.ELLIPSIS,
        encoding="utf-8",
    )
    assert tried
    assert not failed


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built by a process of its own: mkdocs sets up the logging of the whole process."""
    if importlib.util.find_spec("mkdocs") is None:
        pytest.skip("mkdocs is not installed: pip install 'diplokg[docs]'")
    folder = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_site_has_every_page_and_command(site: Path) -> None:
    menu = (site / "index.html").read_text("utf-8")
    for page in ROOT.glob("docs/**/*.md"):
        html = page.relative_to(ROOT / "docs").with_suffix(".html")
        assert (site / html).is_file()
        assert f'href="{html.as_posix()}"' in menu, "it is in the menu"
    commands = (site / "reference" / "cli.html").read_text("utf-8")
    assert all(f"usage: kg {name}" in commands for name in COMMANDS)
    assert "open_graph" in (site / "reference" / "kg-results.html").read_text("utf-8")


def test_the_site_fetches_nothing_from_elsewhere(site: Path) -> None:
    for page in site.glob("**/*.html"):
        text = page.read_text("utf-8")
        assert not re.findall(r'<(?:script|img|iframe|source)[^>]+src="(?:https?:)?//', text)
        assert not re.findall(r'<link[^>]+rel="stylesheet"[^>]+href="(?:https?:)?//', text)


def test_no_notebook_keeps_outputs() -> None:
    assert len(NOTEBOOKS) >= 5
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            assert not cell.get("outputs") and not cell.get("execution_count"), (
                f"{path.name}: clear its outputs"
            )
