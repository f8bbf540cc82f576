"""Pages to explore a graph with a browser, German and English, made on the server.

/de/ search | actor | event | article | articles | events | query
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.serve.jobs import Problem
from kg.serve.pages.actor import actor_page
from kg.serve.pages.editor import editor_page
from kg.serve.pages.lists import articles_page, events_page, home_page
from kg.serve.pages.names import thing_path
from kg.serve.pages.render import page
from kg.serve.pages.style import palette_css
from kg.serve.pages.things import article_page, claim_page, event_page
from kg.serve.pages.words import LANGUAGES, WORDS, Language, language_of

Page = Callable[[Request, Language], Awaitable[Response]]

PAGES: dict[str, Page] = {
    "": home_page,
    "actor": actor_page,
    "event": event_page,
    "article": article_page,
    "claim": claim_page,
    "articles": articles_page,
    "events": events_page,
    "query": editor_page,
}


def routes() -> list[BaseRoute]:
    """Return the routes of all pages."""
    found: list[BaseRoute] = [
        Route(f"/{language}/{name}", _shown(show, language))
        for language in LANGUAGES
        for name, show in PAGES.items()
    ]
    return [
        *found,
        Route("/", _in_own_language),
        Route("/query", _in_own_language),
        Route("/resource", _resource),
        Route("/palette.css", palette_css),
        Route("/{rest:path}", _nowhere),
    ]


def _shown(show: Page, language: Language) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a page's path: the page, or one that says what was wrong."""

    async def answer(request: Request) -> Response:
        try:
            return await show(request, language)
        except Problem as problem:
            missing = problem.kind == "absent"
            heading = WORDS[language]["not_found" if missing else "failed"]
            return page(
                request, "problem.html", language, code=problem.status, heading=heading, problem=str(problem),
                missing=missing,
            )  # fmt: skip

    return answer


async def _in_own_language(request: Request) -> Response:
    """Lead to the page in the language that the browser prefers."""
    language = language_of(request.headers.get("accept-language", ""))
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{language}{request.url.path}{query}", 303)


async def _resource(request: Request) -> Response:
    """Lead from an IRI of the graph to its page; a thing without a page is described by SPARQL."""
    iri = request.query_params.get("iri", "")
    language = language_of(request.headers.get("accept-language", ""))
    path = thing_path(language, iri)
    if path:
        return RedirectResponse(path, 303)
    return page(
        request,
        "problem.html",
        language,
        code=404,
        heading=WORDS[language]["not_found"],
        problem=iri,
        missing=True,
    )


async def _nowhere(request: Request) -> Response:
    first = request.url.path.split("/")[1]
    language = next((each for each in LANGUAGES if each == first), None)
    language = language or language_of(request.headers.get("accept-language", ""))
    return page(
        request, "problem.html", language, code=404, heading=WORDS[language]["not_found"],
        problem=request.url.path[:200], missing=True,
    )  # fmt: skip
