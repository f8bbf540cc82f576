"""Questions of the pages to the store: the queries in ``kg/serve/queries``, their answers as rows of text."""

import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Final

from starlette.requests import Request

from kg.query.terms import ILLEGAL_IN_IRI
from kg.serve.jobs import Job
from kg.serve.pool import Pool
from kg.serve.requests import client_of

MANY: Final = 1000
"""IRIs asked about at once."""


class Row(dict[str, str]):
    """A row of an answer: what is unbound reads as ""."""

    def __missing__(self, name: str) -> str:
        return ""


async def ask(
    request: Request,
    name: str,
    *,
    parameters: Iterable[tuple[str, str]] = (),
    iris: Iterable[str] = (),
    part: tuple[int, int] = (0, 0),
) -> list[Row]:
    """Return the answer to a query of the pages.

    ``iris`` stand in the place of its $ENTITIES, $CLAIMS or $EVENTS, ``part`` in that of its $LIMIT and $OFFSET.
    Raises Problem as any query does.
    """
    pool: Pool = request.app.state.pool
    wanted = sorted(iri for iri in set(iris) if iri and not ILLEGAL_IN_IRI.search(iri))[:MANY]
    listed = " ".join(f"<{iri}>" for iri in wanted)
    text = query_text(name).replace("$LIMIT", str(part[0])).replace("$OFFSET", str(part[1]))
    for place in ("$ENTITIES", "$CLAIMS", "$EVENTS"):
        text = text.replace(place, listed)
    job = Job(kind="query", text=text, parameters=tuple(parameters))
    answer = await pool.run(job, client_of(request), page=True)
    found = json.loads(answer.read())["results"]["bindings"]
    return [Row({name: term["value"] for name, term in row.items()}) for row in found]


async def ask_one(request: Request, name: str, *, parameters: Iterable[tuple[str, str]] = ()) -> Row | None:
    """Return the first row of an answer, None if there is none. Raises Problem."""
    rows = await ask(request, name, parameters=parameters)
    return rows[0] if rows else None


@lru_cache
def query_text(name: str) -> str:
    """Return the text of a query of the pages."""
    return (files("kg.serve") / "queries" / f"{name}.rq").read_text(encoding="utf-8")
