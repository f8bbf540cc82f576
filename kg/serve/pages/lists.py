"""The pages that lead to others: the start with the search, articles, events."""

from collections import defaultdict
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.model import Status
from kg.serve.pages.asking import Row, ask, ask_one
from kg.serve.pages.claims import Source, family_name
from kg.serve.pages.names import Name, local, names_of, relation_name
from kg.serve.pages.render import page
from kg.serve.pages.words import Language

ROWS: Final = 50
FEW: Final = 6
LONGEST: Final = 100
"""Characters of a search."""

Found = list[tuple[Name, int]]


async def home_page(request: Request, language: Language) -> Response:
    """Return the start: what there is, and the search. Raises Problem."""
    text = request.query_params.get("q", "").strip()[:LONGEST]
    if text:
        return page(request, "search.html", language, text=text, found=await _search(request, text, language))
    counts = await ask_one(request, "counts") or Row()
    busiest = await ask(request, "busiest")
    names = await names_of(request, [row["entity"] for row in busiest], language)
    return page(
        request, "home.html", language,
        counts={name: int(counts[name] or 0) for name in ("articles", "claims", "events", "contested")},
        busiest=[(names[row["entity"]], int(row["claims"])) for row in busiest],
        articles=await _articles(request, (FEW, 0)),
        events=await _events(request, "contested", (FEW, 0), language),
    )  # fmt: skip


async def articles_page(request: Request, language: Language) -> Response:
    """Return the list of articles, the newest first. Raises Problem."""
    number = _number(request)
    rows = await _articles(request, (ROWS + 1, (number - 1) * ROWS))
    return page(request, "articles.html", language, rows=rows[:ROWS], number=number, more=len(rows) > ROWS)


async def events_page(request: Request, language: Language) -> Response:
    """Return the list of events, those with most reports first. Raises Problem."""
    number, status = _number(request), request.query_params.get("status", "")
    known = [each.value for each in Status]
    status = status if status in known else ""
    rows = await _events(request, status, (ROWS + 1, (number - 1) * ROWS), language)
    return page(
        request, "events.html", language,
        rows=rows[:ROWS], number=number, more=len(rows) > ROWS, status=status, statuses=known,
    )  # fmt: skip


async def _search(request: Request, text: str, language: Language) -> Found:
    """Return entities with the text in a label, those with most claims first."""
    found = [row["entity"] for row in await ask(request, "search", parameters=[("text", text)])]
    if not found:
        return []
    weights = {row["entity"]: int(row["claims"]) for row in await ask(request, "weights", iris=found)}
    names = await names_of(request, found, language)
    listed = [(names[iri], weights.get(iri, 0)) for iri in found]
    return sorted(listed, key=lambda pair: (pair[0].label.lower() != text.lower(), -pair[1], pair[0].label))


async def _articles(request: Request, part: tuple[int, int]) -> list[tuple[Source, int]]:
    rows = await ask(request, "articles", part=part)
    return [(Source.of(row), int(row["claims"] or 0)) for row in rows]


async def _events(
    request: Request, status: str, part: tuple[int, int], language: Language
) -> list[dict[str, object]]:
    parameters = [("status", status)] if status else []
    rows = await ask(request, "events", parameters=parameters, part=part)
    events = [row["event"] for row in rows]
    actors: dict[str, list[str]] = defaultdict(list)
    for row in await ask(request, "participants", iris=events) if events else []:
        actors[row["event"]].append(row["actor"])
    names = await names_of(request, {actor for group in actors.values() for actor in group}, language)
    return [
        {
            "iri": row["event"],
            "relation": relation_name(local(row["relation"]), language),
            "family": family_name(row["relation"], row["type"]),
            "status": local(row["status"]),
            "start": row["start"],
            "end": row["end"],
            "claims": int(row["claims"]),
            "actors": [names[actor] for actor in actors[row["event"]]],
        }
        for row in rows
    ]


def _number(request: Request) -> int:
    text = request.query_params.get("page", "")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1
