"""Pages from templates. What comes from the store is escaped wherever it stands."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.serve.pages.names import path_of, thing_path
from kg.serve.pages.words import WORDS, Language
from kg.view.palette import DASHES, FAMILIES

MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "de": ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def page(
    request: Request, template: str, language: Language, *, code: int = 200, **values: object
) -> Response:
    """Return a page of a template; ``values`` are its names besides those that every page has."""
    other: Language = "en" if language == "de" else "de"
    query = str(request.url.query)
    switched = (
        f"/{other}{request.url.path[3:]}" if request.url.path.startswith(f"/{language}") else f"/{other}/"
    )
    html = _environment().get_template(template).render(
        t=WORDS[language],
        language=language,
        other=other,
        switch=switched + (f"?{query}" if query else ""),
        families=FAMILIES,
        dashes={modality.value: " ".join(map(str, dash)) for modality, dash in DASHES.items()},
        path=lambda name, /, **parameters: path_of(language, name, **parameters),
        thing=lambda iri: thing_path(language, iri),
        day=lambda text: day_name(text, language),
        amount=lambda value: number_name(value, language),
        sparql=lambda **parameters: f"/sparql?{urlencode(parameters)}",
        **values,
    )  # fmt: skip
    return HTMLResponse(html, code)


def day_name(text: str, language: Language) -> str:
    """Return a day as its readers write it, or the text itself if it is none.

    >>> day_name("2018-06-12", "de"), day_name("2018-06-12", "en")
    ('12. Juni 2018', '12 Jun 2018')
    """
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    point = "." if language == "de" else ""
    return f"{day.day}{point} {MONTHS[language][day.month - 1]} {day.year}"


def number_name(value: int, language: Language) -> str:
    """Return a number with its thousands set apart.

    >>> number_name(12345, "de")
    '12.345'
    """
    return f"{value:,}".replace(",", "." if language == "de" else ",")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(lambda name: (files("kg.serve") / "templates" / name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
