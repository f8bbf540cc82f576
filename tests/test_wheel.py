"""What is installed, not only the checkout: the wheel finds its resources from any folder."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")

pytestmark = pytest.mark.skipif(
    find_spec("hatchling") is None or not (CHECKOUT / "pyproject.toml").is_file(),
    reason="needs hatchling and the checkout: pip install -e '.[dev]'",
)

LOOK = """
import json, kg
from importlib.metadata import entry_points, version
from kg.extract import extractor_names
from kg.knowledge.entities import knowledge_base
from kg.knowledge.predicates import predicate_lexicon
from kg.ontology import relation_types, shapes, terms
from kg.query import named_queries
from kg.resources import resource
print(json.dumps({
    "file": kg.__file__,
    "root": str(resource("ontology/plover.ttl")),
    "version": [version("diplokg"), kg.__version__],
    "extractors": extractor_names(),
    "sizes": [len(x) for x in (
        knowledge_base().records, predicate_lexicon("de").frames, relation_types(), shapes(), terms(),
        named_queries(), list(resource("data/sample").iterdir()),
    )],
    "model": resource("data/models/reader/reader.onnx").is_file(),
    "scripts": [point.value for point in entry_points(group="console_scripts", name="kg")],
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but what the wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = (*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(CHECKOUT))
    subprocess.run(wheel, check=True, cwd=folder)
    (made,) = folder.glob("*.whl")
    target = folder / "site"
    subprocess.run(
        (*PIP, "install", "--no-deps", "--no-index", "--target", str(target), str(made)), check=True
    )
    return target


def python(installed: Path, *words: str) -> str:
    """Return what Python prints in another folder, where only the installed package can be found first."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        (sys.executable, *words),
        cwd=installed.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_wheel_brings_all_it_needs(installed: Path) -> None:
    found = json.loads(python(installed, "-c", LOOK))
    assert Path(found["file"]).is_relative_to(installed)
    assert Path(found["root"]).is_relative_to(installed / "kg" / "_resources")
    assert len(set(found["version"])) == 1
    assert "rules" in found["extractors"]
    assert all(found["sizes"])
    assert found["model"]
    assert "kg.cli:main" in found["scripts"]


def test_the_wheel_brings_nothing_else(installed: Path) -> None:
    top = {path.name for path in installed.iterdir() if not path.name.endswith((".dist-info", "bin"))}
    assert top == {"kg"}
    assert {path.name for path in (installed / "kg" / "_resources" / "data").iterdir()} >= {
        "lexicon",
        "models",
    }
    (licences,) = installed.glob("*.dist-info/licenses")
    assert {"LICENSE", "NOTICE"} <= {path.name for path in licences.rglob("*")}


def test_the_installed_package_builds_a_graph(installed: Path) -> None:
    code = (
        "import kg; from kg.resources import resource; "
        "print(kg.build(resource('data/sample/de-norland-lissabon.html'), 'graph'))"
    )
    assert python(installed, "-c", code).startswith("<Graph graph: 1 articles, ")
    assert (installed.parent / "graph" / "view.html").stat().st_size
