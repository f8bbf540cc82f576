"""Queries with a name, in ``ontology/queries``: what their headers say, and how one is found.

A header is made of comments: ``# title:``, ``# title_de:``, ``# theme:``, ``# description:``, ``# example:`` with
parameters, ``# answer:`` with the first row of the answer that the sample articles give to it, and for each parameter
``# param NAME: meaning (default)``. The query takes a parameter from a line of its own, which also
gives its type and lets the file run as it is in any SPARQL tool::

    VALUES ?from { UNDEF } # date
"""

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.errors import QueryError
from kg.query.checks import suggestion
from kg.resources import resource

SLOT: Final = re.compile(
    r"^(?P<before>\s*VALUES\s+\?(?P<name>\w+)\s*\{)\s*(?P<value>.*?)\s*\}\s*#\s*"
    r"(?P<type>date|entity|relation|term|text|number|iri)[ \t\r]*$",
    re.MULTILINE,
)
"""The line from which a query takes a parameter."""

HEADER: Final = re.compile(
    r"^#\s*(title|title_de|theme|description|example|answer|param\s+\w+):\s*(.*?)\s*$", re.MULTILINE
)
SPARQL: Final = re.compile(r"[{\n]|^\s*(?:DESCRIBE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD)\s", re.IGNORECASE)
"""What tells a query from a name or a file: a brace, a second line, or a verb that needs neither."""

SUFFIXES: Final = (".rq", ".sparql")
REQUIRED: Final = "(required)"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query asks for: name, type (date, entity, relation, term, text, number, iri) and meaning."""

    name: str
    type: str
    meaning: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query, with what its header says; all but ``text`` may be empty."""

    text: str
    name: str = ""
    title: str = ""
    title_de: str = ""
    theme: str = ""
    description: str = ""
    example: str = ""
    answer: str = ""
    parameters: tuple[Parameter, ...] = ()


def parse_query(text: str, name: str = "") -> Query:
    """Return a query with what its header says. Raises nothing."""
    header = {re.sub(r"\s+", " ", key): value for key, value in HEADER.findall(text)}
    return Query(
        text=text,
        name=name,
        title=header.get("title", ""),
        title_de=header.get("title_de", ""),
        theme=header.get("theme", ""),
        description=header.get("description", ""),
        example=header.get("example", ""),
        answer=header.get("answer", ""),
        parameters=tuple(_parameters(text, header)),
    )


def parameters_of(pairs: Iterable[str]) -> dict[str, str]:
    """Return parameters written as NAME=VALUE. Raises QueryError for one without value.

    >>> parameters_of(["actor=Iran"])
    {'actor': 'Iran'}
    """
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(f"parameter {pair!r} has no value; write NAME=VALUE")
        found[name] = value
    return found


def find_query(wanted: str) -> Query:
    """Return the query of this name, or in this file, or, where it is SPARQL itself, of this text.

    Raises QueryError if there is none.
    """
    known = named_queries()
    if wanted in known:
        return known[wanted]
    if SPARQL.search(wanted):
        return parse_query(wanted)
    if Path(wanted).suffix in SUFFIXES:
        return _read(Path(wanted))
    near = suggestion(wanted, known)
    raise QueryError(f"no query is called {wanted[:60]!r}{near or '; known are ' + ', '.join(known)}")


def example_of(query: Query) -> dict[str, str]:
    """Return the parameters of a query's example. Raises QueryError if it is not written NAME=VALUE."""
    return parameters_of(shlex.split(query.example))


@lru_cache(maxsize=1)
def named_queries() -> dict[str, Query]:
    """Return the queries that come with diplokg, by name."""
    paths = sorted(resource("ontology/queries").glob("*.rq"))
    return {path.stem: _read(path) for path in paths}


def _read(path: Path) -> Query:
    try:
        return parse_query(path.read_text(encoding="utf-8"), path.stem)
    except OSError as error:
        raise QueryError(f"{path}: cannot be opened: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: byte {error.start} is not UTF-8; save the query as UTF-8") from None


def _parameters(text: str, header: dict[str, str]) -> Iterator[Parameter]:
    types = {slot["name"]: slot["type"] for slot in SLOT.finditer(text)}
    described = [key.removeprefix("param ") for key in header if key.startswith("param ")]
    for name in dict.fromkeys((*(name for name in described if name in types), *types)):
        type = types[name]
        meaning = header.get(f"param {name}", "")
        yield Parameter(name, type, meaning, required=meaning.endswith(REQUIRED))
