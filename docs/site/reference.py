"""The reference: a page of all commands from their ``--help``, and pages of Python from docstrings."""

import argparse
import inspect
import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress
from importlib import import_module
from types import ModuleType
from typing import Final
from unittest.mock import patch

from kg.cli import COMMANDS, parser

MODULES: Final = (
    "kg", "kg.build", "kg.results", "kg.selection", "kg.config", "kg.model", "kg.query", "kg.store", "kg.graph",
    "kg.view", "kg.export", "kg.analysis", "kg.jupyter", "kg.read", "kg.extract", "kg.resolve", "kg.evaluate",
    "kg.errors",
)  # fmt: skip
"""What a user of Python meets; names that begin with an underscore are left out."""

WIDTH: Final = "96"  # columns of the help


def cli_page() -> str:
    """Return Markdown with the help of every command, as the terminal shows it."""
    parts = ["# Commands\n\nAs `kg COMMAND --help` shows them.\n", _block(_help([]))]
    for name in COMMANDS:
        parts += [f"\n## kg {name}\n", _block(_help([name]))]
    return "\n".join(parts)


def python_pages() -> dict[str, str]:
    """Return Markdown by page: one a module, with signatures and docstrings."""
    return {name.replace(".", "-"): "\n".join(_module(import_module(name), name)) for name in MODULES}


def _help(words: list[str]) -> str:
    printed = io.StringIO()
    with patch.dict("os.environ", {"COLUMNS": WIDTH}), redirect_stdout(printed), suppress(SystemExit):
        made: argparse.ArgumentParser = parser(words)
        made.parse_args([*words, "--help"])
    return printed.getvalue()


def _module(module: ModuleType, name: str) -> Iterator[str]:
    yield f"# {name}\n"
    yield _prose(inspect.getdoc(module) or "")
    for member in sorted(getattr(module, "__all__", _own(module, name))):
        with suppress(AttributeError):
            yield from _member(member, getattr(module, member), 2)


def _own(module: ModuleType, name: str) -> list[str]:
    """Return the public classes and functions that a module defines itself."""
    return [
        key
        for key, value in vars(module).items()
        if not key.startswith("_")
        and (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__ == name
    ]


def _member(name: str, value: object, level: int) -> Iterator[str]:
    if inspect.ismodule(value) or not (inspect.isclass(value) or callable(value)):
        return
    yield f"\n{'#' * level} {name}\n"
    yield _block(f"{name}{_signature(value)}")
    doc = inspect.getdoc(value) or ""
    if not doc.startswith(f"{name}("):  # what dataclasses say of themselves is the signature again
        yield _prose(doc)
    if inspect.isclass(value):
        for key, method in vars(value).items():
            if key.startswith("_"):
                continue
            inner = method.__func__ if isinstance(method, classmethod | staticmethod) else method
            if inspect.isfunction(inner):
                yield from _member(key, inner, level + 1)
            elif inspect.getdoc(inner) and not isinstance(inner, str | int | tuple | dict):
                with suppress(TypeError):
                    yield f"\n**{key}**: {_prose(_own_doc(inner))}\n"


def _own_doc(value: object) -> str:
    """Return the docstring of a property; of a plain value none: it would be that of its type."""
    return (inspect.getdoc(value) or "") if hasattr(value, "fget") or hasattr(value, "func") else ""


def _signature(value: object) -> str:
    try:
        signature = str(inspect.signature(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""
    return re.sub(r" object at 0x[0-9a-f]+", "", signature)


def _prose(doc: str) -> str:
    """Return a docstring as Markdown: literal blocks indented, names in code, examples as code."""
    doc = re.sub(r"``(.+?)``", r"`\1`", doc)
    doc = re.sub(r"::$", ":", doc, flags=re.MULTILINE)
    lines, inside = [], False
    for line in doc.split("\n"):
        if line.startswith(">>>") and not inside:
            lines, inside = [*lines, "```python"], True
        elif inside and not line.strip():
            lines, inside = [*lines, "```"], False
        if match := re.match(r"^    (\w+): (.*)", line):
            line = f"- `{match[1]}`: {match[2]}"  # noqa: PLW2901 - the line as it is written
        if line == "Attributes:":
            line = "Attributes:\n"  # noqa: PLW2901
        lines.append(line if inside else _escaped(line))
    return "\n".join([*lines, "```"] if inside else lines)


def _escaped(line: str) -> str:
    """Return a line whose angle brackets outside of code stay text."""
    if line.startswith("    "):
        return line
    parts = line.split("`")
    parts[::2] = [part.replace("<", "&lt;") for part in parts[::2]]
    return "`".join(parts)


def _block(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"
