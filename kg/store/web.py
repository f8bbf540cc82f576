"""HTTP to one server: a request, its answer whole and in time, and a password that is shown to nobody.

The standard library only. A password is sent when the server asks for it: by Digest, which does not say it, or by
Basic where nobody can listen. It comes from the environment or stands in the URL, and is in no message.
"""

import http.client
import os
import re
import ssl
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from kg.deadline import stopped_at
from kg.errors import StoreError

USER: Final = "DIPLOKG_STORE_USER"
PASSWORD: Final = "DIPLOKG_STORE_PASSWORD"  # noqa: S105
TOKEN: Final = "DIPLOKG_STORE_TOKEN"  # noqa: S105

TIMEOUT: Final = 60.0
"""Seconds for an answer, from the first byte asked to the last byte read."""

_CHUNK: Final = 1 << 16
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SHOWN: Final = 200  # characters of a server's own words
_LOST: Final = (http.client.HTTPException, OSError)


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers by lower-case name, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type of the body, such as ``text/html``, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def words(self) -> str:
        """The beginning of what a server says of an error, on one line that is safe to print."""
        text = self.body.decode("utf-8", "replace")
        if self.media_type == "text/html":
            text = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", " ", text)
        line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
        return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


class Credentials:
    """User and password, or a token; they are shown to nobody."""

    __slots__ = ("_password", "_token", "_user")

    def __init__(self, user: str = "", password: str = "", token: str = "") -> None:
        self._user, self._password, self._token = user, password, token

    def __bool__(self) -> bool:
        return bool(self._user)

    def __repr__(self) -> str:
        return "Credentials(***)" if self or self._token else "Credentials()"

    def __reduce__(self) -> str:
        raise TypeError("a password is not written anywhere")

    def token_header(self, *, private: bool) -> dict[str, str]:
        """Return the header that carries the token; none without one, or where others could listen."""
        return {"Authorization": f"Bearer {self._token}"} if self._token and private else {}

    def answer(self, challenge: str, method: str, url: str, *, private: bool) -> str:
        """Return the header that answers a challenge, "" if there is none that we would send."""
        kind, _, rest = challenge.partition(" ")
        if kind.lower() == "digest":
            manager = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            manager.add_password(None, url, self._user, self._password)
            digest = urllib.request.AbstractDigestAuthHandler(manager)
            asked = urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))
            request = urllib.request.Request(url, method=method)  # noqa: S310  # a value; nothing is opened
            found = digest.get_authorization(request, asked)
            return f"Digest {found}" if found else ""
        if kind.lower() == "basic" and private:
            return "Basic " + b64encode(f"{self._user}:{self._password}".encode()).decode()
        return ""


class Web:
    """A connection to one server. It follows no redirect; one thread at a time may use it."""

    def __init__(self, url: str, *, timeout: float = TIMEOUT) -> None:
        self._credentials = _credentials(checked(url))
        self._url = without_user(checked(url))
        self._timeout = timeout
        self._challenge = ""
        self._connection: http.client.HTTPConnection | None = None

    def send(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Return the reply to a request for a URL of this server, whatever its status.

        Raises StoreError, naming the URL, if none comes whole and in time, or a password is missing.
        """
        if self._credentials and body and not self._challenge:
            self._ask("GET", url, b"", {})  # so that the body goes over the line once
        reply = self._ask(method, url, body, headers or {})
        if reply.status == 401 and self._challenge:  # the first time, or its nonce is too old
            reply = self._ask(method, url, body, headers or {})
        if reply.status in {401, 403}:
            raise StoreError(f"{url} refuses us ({reply.status}); {self._missing()}")
        if 300 <= reply.status < 400:
            raise StoreError(
                f"{url} has moved to {Reply(0, {}, reply.headers.get('location', '').encode()).words}; name that"
            )
        return reply

    def close(self) -> None:
        """Let the connection go."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _ask(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        old = self._connection is not None
        deadline = monotonic() + self._timeout
        try:
            try:
                reply = self._sent(method, url, body, headers, deadline)
            except _LOST:
                if not old or monotonic() >= deadline:
                    raise
                self.close()  # the server closed a connection that it kept; all our requests may come twice
                reply = self._sent(method, url, body, headers, deadline)
        except _LOST as error:
            self.close()
            if monotonic() >= deadline:
                raise StoreError(f"{url} took longer than {self._timeout:g} s") from None
            raise StoreError(f"{url} does not answer: {_said(error)}") from None
        if monotonic() >= deadline and reply.status < 400 and "content-length" not in reply.headers:
            self.close()
            raise StoreError(f"{url} took longer than {self._timeout:g} s")
        if reply.status == 401:
            self._challenge = reply.headers.get("www-authenticate", "")
        return reply

    def _sent(self, method: str, url: str, body: bytes, headers: Mapping[str, str], deadline: float) -> Reply:
        connection = self._connection = self._connection or self._connected()
        connection.timeout = max(deadline - monotonic(), 0.1)
        if connection.sock is None:
            connection.connect()
        target = urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl() or "/"
        with stopped_at(deadline, connection.sock):
            connection.request(method, target, body or None, {**headers, **self._authorization(method, url)})
            response = connection.getresponse()
            with response:
                content = b"".join(_chunks(response))
        found = {name.lower(): value for name, value in response.getheaders()}
        if response.will_close:
            self.close()
        return Reply(response.status, found, content)

    def _authorization(self, method: str, url: str) -> dict[str, str]:
        answer = self._credentials.answer(self._challenge, method, url, private=self._private)
        return {"Authorization": answer} if answer else self._credentials.token_header(private=self._private)

    def _connected(self) -> http.client.HTTPConnection:
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(host, port, timeout=self._timeout, context=context)
        return http.client.HTTPConnection(host, port, timeout=self._timeout)

    @property
    def _private(self) -> bool:
        return self._url.scheme == "https" or self._url.hostname in _LOCAL

    def _missing(self) -> str:
        if not self._credentials:
            return f"set {USER} and {PASSWORD}"
        if self._challenge.lower().startswith("basic") and not self._private:
            return "it wants the password in the open; use https"
        return "user or password is wrong, or the user may not do this"


def checked(url: str) -> SplitResult:
    """Return a URL of a server in its parts. Raises StoreError if it is none; the message says no password."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        valid = valid and url.isascii() and url.isprintable() and " " not in url
    except ValueError:
        valid = False
    if not valid:
        raise StoreError("--store is no URL of a server; write it as http://localhost:8890/sparql")
    return parts


def without_user(url: SplitResult) -> SplitResult:
    """Return a URL without user and password."""
    return url._replace(netloc=url.netloc.rpartition("@")[2])


def _credentials(url: SplitResult) -> Credentials:
    """Return what the URL or the environment says."""
    environment = os.environ.get
    if url.username:
        return Credentials(unquote(url.username), unquote(url.password or ""))
    return Credentials(environment(USER, ""), environment(PASSWORD, ""), environment(TOKEN, "").strip())


def _chunks(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while chunk := response.read1(_CHUNK):
        yield chunk
    if response.length:
        raise ConnectionError(0, "it cut its answer off")


def _said(error: Exception) -> str:
    strerror = getattr(error, "strerror", None)
    return str(strerror or type(error).__name__)
