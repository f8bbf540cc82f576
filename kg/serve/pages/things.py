"""The pages of an event and of an article."""

from collections import defaultdict

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serve.jobs import Problem
from kg.serve.pages.asking import Row, ask, ask_one
from kg.serve.pages.claims import Source, cards_of, family_name
from kg.serve.pages.marks import pieces
from kg.serve.pages.names import SPACES, iri_of, labelled, local, names_of, path_of, relation_name
from kg.serve.pages.render import page
from kg.serve.pages.words import Language


async def event_page(request: Request, language: Language) -> Response:
    """Return the page of an event: its claims, those that deny it beside the others. Raises Problem."""
    iri = iri_of("event", request.query_params.get("id", ""))
    facts = await ask_one(request, "event", parameters=[("event", iri)])
    if facts is None:
        raise Problem("absent", iri)
    actors = [row["actor"] for row in await ask(request, "event-actors", parameters=[("event", iri)])]
    claims = [row["claim"] for row in await ask(request, "event-claims", parameters=[("event", iri)])]
    names = await names_of(request, [*actors, facts["place"]], language)
    cards = await cards_of(request, claims, language)
    numbers = {card.iri: number for number, card in enumerate(cards, start=1)}
    against: dict[str, list[int]] = defaultdict(list)
    for row in await ask(request, "contradictions", iris=claims) if claims else []:
        if row["other"] in numbers:
            against[row["claim"]].append(numbers[row["other"]])
    denied = [card for card in cards if card.modality == "negated"]
    affirmed = [card for card in cards if card.modality != "negated"]
    return page(
        request, "event.html", language,
        relation=relation_name(local(facts["relation"]), language),
        family=family_name(facts["relation"], facts["type"]),
        status=local(facts["status"]), facts=facts, place=labelled(facts, "place", names),
        actors=[names[actor] for actor in actors], numbers=numbers, against=against, by_number=cards,
        sides=[(side, found) for side, found in (("affirmed", affirmed), ("denied", denied)) if found],
        outlets=sorted({card.source.outlet for card in cards if card.source.outlet}),
        articles=len({card.source.iri for card in cards}),
    )  # fmt: skip


async def article_page(request: Request, language: Language) -> Response:
    """Return the page of an article: its text with the claims that were read from it. Raises Problem."""
    iri = iri_of("article", request.query_params.get("id", ""))
    facts = await ask_one(request, "article", parameters=[("article", iri)])
    if facts is None:
        raise Problem("absent", iri)
    claims = [row["claim"] for row in await ask(request, "article-claims", parameters=[("article", iri)])]
    cards = await cards_of(request, claims, language)
    cut = pieces(facts["text"], [card.span for card in cards], [card.trigger for card in cards])
    return page(
        request, "article.html", language,
        source=Source.of(Row(facts | {"article": iri})), pieces=cut, cards=cards,
    )  # fmt: skip


async def claim_page(request: Request, language: Language) -> Response:
    """Lead to the place of a claim in its article. Raises Problem."""
    id = request.query_params.get("id", "")
    row = await ask_one(request, "article-of", parameters=[("claim", iri_of("claim", id))])
    if row is None or not row["article"].startswith(SPACES["article"]):
        raise Problem("absent", iri_of("claim", id))
    article = path_of(language, "article", id=row["article"].removeprefix(SPACES["article"]))
    return RedirectResponse(f"{article}#c-{id}" if id.isalnum() else article, 303)
