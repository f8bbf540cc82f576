"""The colours of the families as a style sheet: the policy of the pages allows no style in the markup."""

from starlette.requests import Request
from starlette.responses import Response

from kg.view.palette import FAMILIES


async def palette_css(request: Request) -> Response:  # noqa: ARG001 - the same for everybody
    """Return a rule for each family, which names its colour."""
    rules = [f".f-{family.id} {{ --colour: {family.colour}; }}" for family in FAMILIES]
    return Response("\n".join(rules) + "\n", media_type="text/css")
