"""A SPARQL 1.1 server over pyoxigraph on 127.0.0.1, for tests: it misbehaves on demand."""

import hashlib
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from kg.store.scope import names_dataset

NONCE: Final = "0a4f113b"


@dataclass(frozen=True)
class Raw:
    """A reply byte by byte: ``length`` is what the header says, ``pause`` the seconds before each byte."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    pause: float = 0.0


@dataclass
class SparqlServer:
    """The server. ``script`` says what the next requests get; ``user`` and ``password``, whom it lets in."""

    store: pyoxigraph.Store = field(default_factory=pyoxigraph.Store)
    script: list[Raw] = field(default_factory=list)
    user: str = ""
    password: str = ""
    scheme: str = "digest"
    most: int = 1 << 30
    asked: list[str] = field(default_factory=list)
    base: str = ""

    @property
    def url(self) -> str:
        """Where queries go, with the Graph Store beside it."""
        return f"{self.base}/sparql#graphs=/graphs"

    def query(self, sparql: str) -> Raw:
        """Return the answer to a query, of no more than ``most`` rows."""
        found = self.store.query(sparql, use_default_graph_as_union=not names_dataset(sparql))
        if isinstance(found, pyoxigraph.QueryTriples):
            return _typed(found.serialize(format=RdfFormat.N_TRIPLES), "application/n-triples")
        if isinstance(found, pyoxigraph.QueryBoolean):
            return _typed(found.serialize(format=QueryResultsFormat.JSON), "application/sparql-results+json")
        rows = sum(1 for _ in found)
        again = self.store.query(sparql, use_default_graph_as_union=not names_dataset(sparql))
        assert isinstance(again, pyoxigraph.QuerySolutions)
        reply = _typed(again.serialize(format=QueryResultsFormat.JSON), "application/sparql-results+json")
        if rows <= self.most:
            return reply
        return Raw(reply.body, headers={**reply.headers, "X-SPARQL-MaxRows": str(self.most)})

    def lets_in(self, method: str, header: str) -> bool:
        """Tell whether a request says the password."""
        if not self.user:
            return True
        said = dict(re.findall(r'(\w+)="?([^",]+)"?', header))
        first = _md5(f"{self.user}:{said.get('realm')}:{self.password}")
        second = _md5(f"{method}:{said.get('uri')}")
        middle = f"{NONCE}:{said.get('nc')}:{said.get('cnonce')}:{said.get('qop')}"
        return said.get("response") == _md5(f"{first}:{middle}:{second}")


@contextmanager
def running(server: SparqlServer | None = None) -> Iterator[SparqlServer]:
    """Run a server while the block lasts."""
    server = server or SparqlServer()
    http = _Http(("127.0.0.1", 0), _handler(server))
    server.base = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


def _handler(server: SparqlServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def do_PUT(self) -> None:
            self._answer()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            server.asked.append(f"{self.command} {self.path}")
            if server.script:
                self._send(server.script.pop(0))
            elif not server.lets_in(self.command, self.headers.get("Authorization", "")):
                words = f'{server.scheme} realm="SPARQL", nonce="{NONCE}", qop="auth", algorithm="MD5"'
                self._send(Raw(b"", 401, {"WWW-Authenticate": words}))
            else:
                self._send(self._made(body))

        def _made(self, body: bytes) -> Raw:
            url = urlsplit(self.path)
            try:
                if url.path == "/graphs":
                    name = NamedNode(parse_qs(url.query)["graph"][0])
                    if self.command == "PUT":
                        server.store.remove_graph(name)
                    server.store.load(body, RdfFormat.N_TRIPLES, to_graph=name)
                    return Raw(b"", 201)
                form = parse_qs(body.decode())
                if "update" in form:
                    server.store.update(form["update"][0])
                    return Raw()
                return server.query(form.get("query", [""])[0])
            except (SyntaxError, ValueError, RuntimeError, OSError) as error:
                return Raw(str(error).encode(), 400, {"Content-Type": "text/plain"})

        def _send(self, raw: Raw) -> None:
            self.send_response(raw.status)
            for name, value in raw.headers.items():
                self.send_header(name, value)
            if raw.length is None or raw.length >= 0:
                self.send_header("Content-Length", str(len(raw.body) if raw.length is None else raw.length))
            self.end_headers()
            with suppress(OSError):
                if not raw.pause:
                    self.wfile.write(raw.body)
                for byte in raw.body if raw.pause else b"":
                    time.sleep(raw.pause)
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
            if raw.length is not None:
                self.close_connection = True

    return Handler


def _typed(body: bytes | None, kind: str) -> Raw:
    return Raw(body or b"", headers={"Content-Type": kind})


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()
