"""The web application: what answers at which path."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.serve.guard import Guard
from kg.serve.limits import Limits
from kg.serve.pages import routes
from kg.serve.pool import Pool
from kg.serve.protocol import graph_store, sparql
from kg.serve.snapshots import Snapshots
from kg.store.disk import QUADS


def make_app(folder: Path, limits: Limits, hosts: Sequence[str]) -> Starlette:
    """Return the application over the store in a folder. ``hosts`` are the names that it goes by.

    A request to another name is turned away: by such a name another site could reach into it.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with Pool(Snapshots(folder / QUADS), limits) as pool:
            app.state.pool = pool
            yield

    assets = StaticFiles(directory=str(files("kg.serve") / "assets"))
    return Starlette(
        routes=[
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/graphs", graph_store, methods=["GET"]),
            Mount("/assets", assets),
            *routes(),
        ],
        middleware=[Middleware(Guard), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
        lifespan=lifespan,
    )
