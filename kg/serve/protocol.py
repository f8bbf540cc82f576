"""The endpoints for programs: SPARQL 1.1 Protocol, and reading of the SPARQL 1.1 Graph Store Protocol."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serve.description import service_description
from kg.serve.formats import GRAPHS, choose
from kg.serve.jobs import Job, Problem
from kg.serve.replies import problem_reply, reply
from kg.serve.requests import job_of


async def sparql(request: Request) -> Response:
    """Answer a query; without one, describe the service, to browsers by the page with the editor."""
    try:
        job = await job_of(request)
    except Problem as problem:
        return problem_reply(problem)
    if job is not None:
        return await reply(request, job)
    accept = request.headers.get("accept", "")
    if choose(accept, ["text/html", *GRAPHS]) == "text/html" and "text/html" in accept:
        return RedirectResponse("/query", 303)
    return await reply(
        request, Job(kind="convert", text=service_description(), accept=accept, base=str(request.url))
    )


async def graph_store(request: Request) -> Response:
    """Return a graph: ``?graph=IRI`` a named one, ``?default`` the union of all (Graph Store Protocol, 5.2)."""
    params = request.query_params
    named, default = params.getlist("graph"), "default" in params
    if len(named) + default != 1:
        return problem_reply(Problem("malformed", "name one graph: ?graph=IRI, or ?default for all together"))
    if named and not named[0]:
        return problem_reply(Problem("malformed", "graph= is empty; give the IRI of a graph"))
    graph = named[0] if named else ""
    return await reply(request, Job(kind="graph", text=graph, accept=request.headers.get("accept", "")))
