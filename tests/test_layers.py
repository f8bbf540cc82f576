"""Imports point one way, and each heavy library stays in its house."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import kg

LAYERS: Final = (
    {"errors", "model"},
    {"config", "deadline", "files", "markup", "quotation", "resources"},
    {"ontology"},
    {"knowledge", "records"},
    {"read", "extract", "resolve"},
    {"graph"},
    {"selection", "store"},
    {"query"},
    {"rollup", "search", "statistics"},
    {"view", "evaluate"},
    {"serve"},
    {"asking", "contract", "folder", "spreadsheet"},
    {"analysis", "export", "jupyter"},
    {"engines", "index", "results"},
    {"backup", "outputs", "update"},
    {"writer"},
    {"build", "migrate"},
    {"commands"},
    {"cli", "training"},
    {"__main__"},
)
"""From the ground up: a part imports from layers below it, and from itself."""

HOMES: Final = {
    "rdflib": {"ontology", "graph", "store", "query", "export", "rollup", "search", "statistics"},
    "pyoxigraph": {"serve", "store"},
    "pyshacl": {"graph"},
    "networkx": {"analysis", "evaluate", "graph", "results"},
    "pyvis": {"view"},
    "IPython": {"jupyter"},
    "jinja2": {"view", "evaluate", "serve", "statistics"},
    "trafilatura": {"read"},
    "onnxruntime": {"extract", "training"},
    "pydantic": {"extract"},
    "torch": {"training"},
    "onnx": {"training"},
    "sqlite3": {"index", "search"},
    "dask": {"engines"},
    "distributed": {"engines"},
    "tqdm": {"commands"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
}
"""Which part may import which library."""

ROOT: Final = Path(kg.__file__).parent
FRONT: Final = "__init__"
"""``kg/__init__.py``: it imports nothing but on demand, and every part may ask it for the version."""


def sources() -> Iterator[tuple[str, Path, ast.Module]]:
    """Yield every module with the part it belongs to: the folder or file directly under ``kg``."""
    for path in sorted(ROOT.rglob("*.py")):
        part = path.relative_to(ROOT).parts[0].removesuffix(".py")
        yield part, path, ast.parse(path.read_text("utf-8"))


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of all that is imported, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def part_of(name: str) -> str:
    """Return the part that an import of ours names, "" for the front or another package."""
    first, *rest = name.split(".")
    return rest[0] if first == "kg" and rest and rest[0] != "__version__" else ""


def rank(part: str) -> int:
    return next((number for number, layer in enumerate(LAYERS) if part in layer), -1)


def test_every_part_has_its_layer() -> None:
    parts = {part for part, _, _ in sources()} - {FRONT}
    assert {part for part in parts if rank(part) < 0} == set(), "name it in LAYERS"


def test_imports_point_one_way() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for part, path, tree in sources()
        for line, name in imports(tree)
        if part != FRONT and (other := part_of(name)) and other != part and rank(other) >= rank(part)
    ]
    assert offenders == []


def test_libraries_stay_in_their_houses() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for part, path, tree in sources()
        for line, name in imports(tree)
        if part not in HOMES.get(name.split(".")[0], {part})
    ]
    assert offenders == []


def test_the_front_imports_nothing_of_ours_until_it_is_asked() -> None:
    (tree,) = (tree for part, _, tree in sources() if part == FRONT)
    at_once: list[ast.stmt] = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not [name for _, name in imports(ast.Module(at_once, [])) if name.startswith("kg")]
