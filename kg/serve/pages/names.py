"""Names of things in the language of a page, and the paths of their pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request

from kg.ontology import ARTICLE, CLAIM, DK, ENT, EVENT, relation_types
from kg.query.terms import ILLEGAL_IN_IRI
from kg.serve.jobs import Problem
from kg.serve.pages.asking import Row, ask
from kg.serve.pages.words import WORDS, Language

SPACES: Final = {"actor": str(ENT), "article": str(ARTICLE), "event": str(EVENT), "claim": str(CLAIM)}
"""Where the IRIs of things that have pages begin."""

NARRATOR: Final = str(DK.narrator)


@dataclass(frozen=True, slots=True)
class Name:
    """An entity as a page names it: its IRI, label, kind and code, the last two perhaps ""."""

    iri: str
    label: str
    kind: str = ""
    code: str = ""


async def names_of(request: Request, iris: Iterable[str], language: Language) -> dict[str, Name]:
    """Return the names of entities by IRI, in ``language`` or else in any. Raises Problem."""
    wanted = {iri for iri in iris if iri}
    found = {iri: Name(iri, _slug(iri)) for iri in wanted}
    rows = await ask(request, "names", iris=wanted - {NARRATOR}) if wanted - {NARRATOR} else []
    for row in sorted(rows, key=lambda row: (row["language"] == language, row["language"])):
        found[row["entity"]] = Name(row["entity"], row["label"], local(row["kind"]).lower(), row["code"])
    if NARRATOR in found:
        found[NARRATOR] = Name(NARRATOR, WORDS[language]["narrator"])
    return found


def relation_name(relation: str, language: Language) -> str:
    """Return the label of a relation, its id where it has none."""
    known = relation_types().get(relation)
    return (known.labels.get(language) if known else "") or relation


def local(iri: str) -> str:
    """Return the part of a vocabulary's IRI behind the last "#" or "/"."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def path_of(language: Language, page: str, /, **parameters: object) -> str:
    """Return the path of a page; parameters that are empty are left out.

    >>> path_of("de", "actor", id="theresa-may", order="")
    '/de/actor?id=theresa-may'
    """
    given = {name: str(value) for name, value in parameters.items() if value not in ("", None)}
    return f"/{language}/{page}" + (f"?{urlencode(given, quote_via=quote)}" if given else "")


def thing_path(language: Language, iri: str) -> str:
    """Return the path of the page about a thing of ours, "" if it has none."""
    for page, space in SPACES.items():
        if iri.startswith(space):
            return path_of(language, page, id=iri.removeprefix(space))
    return ""


def iri_of(page: str, id: str) -> str:
    """Return the IRI of the thing that a page is about. Raises Problem if none can be written so."""
    if ILLEGAL_IN_IRI.search(id):
        raise Problem("absent", id[:200])
    return SPACES[page] + id


def labelled(row: Row, column: str, names: Mapping[str, Name]) -> Name | None:
    """Return the name of the entity in a column, None where the column is empty."""
    return names.get(row[column]) if row[column] else None


def _slug(iri: str) -> str:
    return iri.removeprefix(str(ENT)) or iri
