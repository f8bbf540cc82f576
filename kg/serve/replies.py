"""Jobs as HTTP replies: answers as bytes or streams, problems as a line of text."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from kg.serve.formats import content_type
from kg.serve.jobs import Answer, Job, Problem
from kg.serve.limits import MEGABYTE
from kg.serve.pool import Pool
from kg.serve.requests import client_of

PIECE: Final = 256 * 1024


async def reply(request: Request, job: Job) -> Response:
    """Return the answer to a job, or why there is none. A client that goes away ends the job."""
    pool: Pool = request.app.state.pool
    try:
        return _of(await asked_while_there(request, pool, job), request.method)
    except Problem as problem:
        return problem_reply(problem)


def problem_reply(problem: Problem) -> Response:
    """Return the line that says what was wrong, with its status."""
    headers = {"Retry-After": "5"} if problem.kind == "busy" else {}
    return PlainTextResponse(f"{problem}\n", problem.status, headers)


async def asked_while_there(request: Request, pool: Pool, job: Job) -> Answer:
    """Return the answer to a job, which is ended if the client goes away. Raises Problem."""
    work = asyncio.ensure_future(pool.run(job, client_of(request)))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            return work.result()
        raise Problem("busy", "the client has gone")
    finally:
        gone.cancel()
        if not work.done():
            work.cancel()
            with suppress(asyncio.CancelledError, Problem):
                await work


async def _gone(request: Request) -> None:
    """Wait until the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _of(answer: Answer, method: str) -> Response:
    media, size = content_type(answer.media), answer.path.stat().st_size
    headers = {"Content-Length": str(size), "Vary": "Accept"}
    if method == "HEAD":
        answer.path.unlink()
        return Response(headers=headers, media_type=media)
    if size <= MEGABYTE:
        return Response(answer.read(), headers={"Vary": "Accept"}, media_type=media)
    file = answer.path.open("rb")
    answer.path.unlink()  # it goes when it is closed, even if the client goes first
    return StreamingResponse(_pieces(file), headers=headers, media_type=media)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
