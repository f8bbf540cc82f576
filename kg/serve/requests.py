"""Reads requests of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), section 2.1."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.serve.jobs import Job, Problem
from kg.serve.limits import LONGEST_REQUEST

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
NETWORK: Final = 64
"""Bits of an IPv6 address that a provider gives to one customer."""

READS_ONLY: Final = "this endpoint only reads; updates are made with kg build"

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Header:
    """A Content-Type: the media type and its character set, both in small letters."""

    type: str
    charset: str

    @classmethod
    def of(cls, request: Request) -> "Header":
        """Return the Content-Type of a request."""
        type, *parameters = request.headers.get("content-type", "").lower().split(";")
        values = dict(parameter.strip().partition("=")[::2] for parameter in parameters)
        return cls(type.strip(), values.get("charset", "utf-8").strip('"'))


def client_of(request: Request) -> str:
    """Return by what a client counts as one: its address, of IPv6 the network, in which one client has many."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, NETWORK), strict=False)) if address.version == 6 else host


async def job_of(request: Request) -> Job | None:
    """Return what a request asks, None where a GET asks nothing and wants the service description.

    Raises Problem where the protocol does not allow the request.
    """
    accept = request.headers.get("accept", "")
    pairs: Pairs = list(request.query_params.multi_items())
    if request.method in ("GET", "HEAD"):
        return _job(pairs, accept) if pairs else None
    header = Header.of(request)
    if header.type == UPDATE:
        raise Problem("refused", READS_ONLY)
    if header.type not in (FORM, DIRECT):
        raise Problem("unsupported", f"Content-Type {header.type!r}; expected {FORM} or {DIRECT}")
    if header.charset not in ("utf-8", "utf8"):
        raise Problem("unsupported", f"the character set {header.charset!r}; expected UTF-8")
    text = _decoded(await _body(request))
    if header.type == DIRECT:
        return _job([*pairs, ("query", text)], accept)
    form = parse_qsl(text, keep_blank_values=True, errors="strict")
    return _job([*pairs, *form], accept)


def _job(pairs: Pairs, accept: str) -> Job:
    """Return the query of parameters; those that the protocol does not know are left out."""
    if any(name == "update" for name, _ in pairs):
        raise Problem("refused", READS_ONLY)
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise Problem("malformed", f"expected one parameter query, got {len(queries)}")
    return Job(
        kind="query",
        text=queries[0],
        accept=accept,
        default_graphs=tuple(value for name, value in pairs if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in pairs if name == "named-graph-uri"),
    )


async def _body(request: Request) -> bytes:
    """Return the body of a request, read no further than its limit."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_REQUEST:
            raise Problem("too large", f"the request is larger than {LONGEST_REQUEST} bytes")
    return bytes(body)


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem("malformed", f"byte {error.start} of the request is not UTF-8") from None
