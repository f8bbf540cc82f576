"""Four sample articles, and the graph built of them once: tests read it and copy it, they never change it."""

import json
import os
from datetime import date
from pathlib import Path
from shutil import copyfile, copytree
from typing import Final

import pytest

import kg
from kg.resources import resource

LINES: Final = {"skripal-expulsions.jsonl": (0, 3)}
FILES: Final = ("de-norland-lissabon.html", "en-singapore-exercise-suspended.txt")
PUBLISHED: Final = date(2018, 6, 19)
"""Day of the text file, which does not say its own."""


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four articles in three formats and two languages."""
    folder = tmp_path_factory.mktemp("articles")
    sample = resource("data/sample")
    for name in FILES:
        copyfile(sample / name, folder / name)
    for name, numbers in LINES.items():
        lines = (sample / name).read_text("utf-8").splitlines()
        for number in numbers:
            id = json.loads(lines[number])["id"]
            (folder / f"{id}.jsonl").write_text(f"{lines[number]}\n", "utf-8")
    return folder


@pytest.fixture(scope="session")
def settings() -> kg.Settings:
    return kg.Settings(published=PUBLISHED)


@pytest.fixture(scope="session")
def built(articles: Path, settings: kg.Settings, tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """The graph of the four articles."""
    graph = kg.build(articles, tmp_path_factory.mktemp("built") / "graph", settings)
    assert not graph.summary.errors, graph.summary.errors
    return graph


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """The graph of all sample articles."""
    return kg.build(resource("data/sample"), tmp_path_factory.mktemp("sample") / "graph")


@pytest.fixture
def copied(built: kg.Graph, tmp_path: Path) -> Path:
    """A copy of the folder of ``built``, to be changed."""
    return Path(copytree(built.folder, tmp_path / "copied"))


@pytest.fixture
def virtuoso(monkeypatch: pytest.MonkeyPatch) -> str:
    """The endpoint of a Virtuoso that ``.ci/virtuoso`` started; its user is in the environment."""
    url = os.environ.get("DIPLOKG_VIRTUOSO")
    if not url:
        pytest.skip("no Virtuoso: run .ci/virtuoso python -m pytest -m virtuoso")
    monkeypatch.setenv("DIPLOKG_STORE_USER", "dba")
    monkeypatch.setenv("DIPLOKG_STORE_PASSWORD", "dba")
    return f"{url}-auth"
