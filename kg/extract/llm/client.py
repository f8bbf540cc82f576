"""HTTP for one purpose: post JSON, get JSON, within a time and a size. Standard library only.

Measured for Python 3.11 (packages, size, CPU time of the import): openai 14, 46 MB, 0.7 s; httpx 7, 5 MB, 0.1 s;
http.client none, 0.03 s. Neither of the two limits the time of a whole answer.
"""

import http.client
import os
import ssl
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import isnan
from time import monotonic, time
from typing import Final
from urllib.parse import SplitResult, urlsplit

from kg.deadline import stopped_at
from kg.errors import ExtractorError
from kg.extract.llm.values import LlmError, LostError

MOST_BYTES: Final = 4_000_000
"""Of an answer; 4096 tokens are some 20,000."""

_CHUNK: Final = 65536
_LONGEST_WAIT: Final = 60.0  # seconds that a server may ask us to wait
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_OPENAI: Final = "api.openai.com"


class Secret:
    """A key that shows itself to nobody: its text is only had by asking for it."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(***)" if self._value else "Secret()"

    def __reduce__(self) -> str:
        raise TypeError("a key is not written anywhere")

    def header(self) -> dict[str, str]:
        """Return the header that carries the key; none without one."""
        return {"Authorization": f"Bearer {self._value}"} if self._value else {}

    def scrubbed(self, text: str) -> str:
        """Return a text without the key, should a server say it back."""
        return text.replace(self._value, "***") if self._value else text


@dataclass(frozen=True, slots=True)
class HttpReply:
    """Status, headers by lower-case name, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def wait(self) -> float | None:
        """Seconds that the server asks to wait by ``Retry-After``, at most a minute; None where it does not."""
        value = self.headers.get("retry-after", "").strip()
        try:
            seconds = float(value)
        except ValueError:
            try:
                seconds = parsedate_to_datetime(value).timestamp() - time()
            except ValueError:
                return None
        return None if isnan(seconds) else min(max(seconds, 0.0), _LONGEST_WAIT)


class HttpClient:
    """Posts to one server. It keeps no connection, follows no redirect, and may be used by several threads."""

    def __init__(self, base_url: str, *, timeout: float, most_bytes: int = MOST_BYTES) -> None:
        self._url = _checked(base_url)
        self.key = _key(self._url)
        self._timeout, self._most_bytes = timeout, most_bytes

    @property
    def server(self) -> str:
        """Scheme, host and port, for messages."""
        return f"{self._url.scheme}://{self._url.netloc}"

    def post(self, path: str, content: bytes) -> HttpReply:
        """Return the reply. Raises LostError if none came whole and in time, LlmError if it is too long."""
        deadline = monotonic() + self._timeout
        reply: HttpReply | None
        connection, target = self._connection(f"{self._url.path.rstrip('/')}{path}")
        try:
            connection.connect()
            with stopped_at(deadline, connection.sock):
                connection.request("POST", target, content, self._headers())
                response = connection.getresponse()
                body = b"".join(self._chunks(response))
            headers = {name.lower(): value for name, value in response.getheaders()}
            reply, problem = HttpReply(response.status, headers, body), ""
        except (OSError, http.client.HTTPException, ValueError) as error:
            reply, problem = None, f"{self.server} does not answer: {_said(error)}"
        finally:
            connection.close()
        if monotonic() >= deadline:
            problem = f"{self.server} took longer than {self._timeout:g} s; give it more with --timeout"
        if reply is None or problem:
            raise LostError(problem)  # without its cause, which may hold the headers and so the key
        return reply

    def _chunks(self, response: http.client.HTTPResponse) -> Iterator[bytes]:
        size = 0
        while chunk := response.read1(_CHUNK):
            size += len(chunk)
            if size > self._most_bytes:
                raise LlmError(f"{self.server} answers without end (more than {self._most_bytes} bytes)")
            yield chunk
        if response.length:
            raise ConnectionError(0, "it cut its answer off")

    def _connection(self, path: str) -> tuple[http.client.HTTPConnection, str]:
        """Return a connection, by the proxy of the environment if there is one, and what to ask it for."""
        host, port = self._url.hostname or "", self._url.port
        proxy = _proxy(self._url)
        if self._url.scheme == "https":
            context = ssl.create_default_context()
            if proxy is None:
                return http.client.HTTPSConnection(host, port, timeout=self._timeout, context=context), path
            tunnel = http.client.HTTPSConnection(
                proxy.hostname or "", proxy.port, timeout=self._timeout, context=context
            )
            tunnel.set_tunnel(host, port or 443)
            return tunnel, path
        if proxy is None:
            return http.client.HTTPConnection(host, port, timeout=self._timeout), path
        own = http.client.HTTPConnection(proxy.hostname or "", proxy.port, timeout=self._timeout)
        return own, f"{self.server}{path}"

    def _headers(self) -> dict[str, str]:
        return {"Content-Type": "application/json", "Accept": "application/json", **self.key.header()}


def _checked(base_url: str) -> SplitResult:
    """Return a URL. Raises ExtractorError if it is none of a server, or would say a password."""
    try:
        url = urlsplit(base_url)
        valid = url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise ExtractorError(f"--base-url {base_url!r} is no URL; write it as http://localhost:11434/v1")
    if url.username or url.password or url.query:
        raise ExtractorError("--base-url holds more than an address; give a key in DIPLOKG_LLM_KEY instead")
    return url


def _key(url: SplitResult) -> Secret:
    """Return the key of the environment. Raises ExtractorError where it would travel in the open."""
    name = "DIPLOKG_LLM_KEY"
    if url.hostname == _OPENAI and not os.environ.get(name):
        name = "OPENAI_API_KEY"  # meant for that server only
    key = os.environ.get(name, "").strip()
    if key and url.scheme == "http" and url.hostname not in _LOCAL:
        raise ExtractorError(f"{name} is not sent to {url.hostname} in the open; use https, or unset it")
    if not key.isascii() or not key.isprintable():
        raise ExtractorError(f"{name} holds characters that no key has; set it again")
    return Secret(key)


def _proxy(url: SplitResult) -> SplitResult | None:
    host = url.hostname or ""
    found = urllib.request.getproxies().get(url.scheme)
    return None if not found or host in _LOCAL or urllib.request.proxy_bypass(host) else urlsplit(found)


def _said(error: Exception) -> str:
    strerror = getattr(error, "strerror", None)
    return str(strerror or type(error).__name__)
