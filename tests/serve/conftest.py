"""A server as users start it, once for all tests, and a client that says all that came back."""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

import pytest

from tests.serve.corpus import make_folder

SECONDS: Final = 3
"""Limit of a query in the tests."""

OPTIONS: Final = ("--timeout", str(SECONDS), "--memory", "300", "--max-answer", "1", "--workers", "4")


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(frozen=True)
class Server:
    """A running ``kg serve``."""

    process: subprocess.Popen[str]
    folder: Path
    url: str

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | str | None = None,
        timeout: float = 60,
        headers: dict[str, str] | None = None,
        **parameters: str,
    ) -> Reply:
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=timeout)
        try:
            target = path + (f"?{urlencode(parameters)}" if parameters else "")
            content = body.encode("utf-8") if isinstance(body, str) else body
            connection.request(method, target, content, headers or {})
            reply = connection.getresponse()
            found = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, found, reply.read())
        finally:
            connection.close()

    def query(self, sparql: str, accept: str = "") -> Reply:
        return self.ask("/sparql", query=sparql, headers={"Accept": accept} if accept else {})

    def left_behind(self) -> list[str]:
        """Return what the server made in the folder and did not remove."""
        return [path.name for path in self.folder.iterdir() if path.name.startswith(".serve-")]


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Server]:
    """Start a server on a free port, and stop it as Ctrl-C does."""
    words = (sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", "0", *options)
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout and process.stderr
            line = process.stdout.readline()
            assert line.startswith("http://127.0.0.1:"), process.stderr.read()
            yield Server(process, folder, line.split()[0].rstrip("/"))
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the server of all tests reads; they do not change it."""
    return make_folder(tmp_path_factory.mktemp("served") / "graph")


@pytest.fixture(scope="session")
def server(served: Path) -> Iterator[Server]:
    os.environ.setdefault("NO_PROXY", "127.0.0.1")
    with running(served, *OPTIONS) as server:
        yield server
