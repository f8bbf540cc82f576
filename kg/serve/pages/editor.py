"""The page with the SPARQL editor: the named queries as examples."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.query import PREFIXES, named_queries
from kg.serve.pages.render import page
from kg.serve.pages.words import Language

FIRST: Final = """SELECT ?who ?what ?whom (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?claim a dk:Claim ; dk:actor ?who ; dk:relation ?what ; dk:recipient ?whom ; dk:modality dk:actual .
} GROUP BY ?who ?what ?whom ORDER BY DESC(?claims) LIMIT 100
"""

HEADING: Final = re.compile(r"^# *(?:title|title_de|description|example): .*\n", re.MULTILINE)
"""Comments of a named query that stand beside the editor anyway."""


async def editor_page(request: Request, language: Language) -> Response:
    """Return the page; the address may name one of the queries, or carry one. Raises nothing."""
    known = named_queries()
    name = request.query_params.get("name", "")
    chosen = known.get(name)
    return page(
        request, "editor.html", language,
        queries=known.values(), name=name if chosen else "", chosen=chosen,
        prefixes=PREFIXES, text=HEADING.sub("", chosen.text) if chosen else request.query_params.get("query", FIRST),
        endpoint=str(request.url_for("sparql")),
    )  # fmt: skip
