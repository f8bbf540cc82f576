"""Runs the server until it is stopped."""

import logging
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn

from kg.errors import ServeError
from kg.serve.app import make_app
from kg.serve.limits import Limits
from kg.store import open_store

LOCAL: Final = ("127.0.0.1", "localhost", "::1")
STOPPING: Final = 3
"""Seconds that replies on their way have when the server stops."""

CONNECTIONS: Final = 1000


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address for a browser."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}/"

    @property
    def names(self) -> list[str]:
        """The names by which requests may call the server; any where others may reach it."""
        return ["127.0.0.1", "localhost", "[::1]"] if self.host in LOCAL else ["*"]


def serve(folder: Path, address: Address, limits: Limits) -> None:
    """Answer requests until Ctrl-C or SIGTERM.

    Raises StoreError if there is no store to read, ServeError if the address cannot be used.
    """
    open_store(folder).close()
    with _listening(address) as listener:
        port = listener.getsockname()[1]
        app = make_app(folder, limits, address.names)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOPPING,
            limit_concurrency=CONNECTIONS,
        )
        server = uvicorn.Server(config)
        logging.getLogger("kg.serve").addHandler(logging.StreamHandler())
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as uvicorn leaves it when all is put away
        print(f"{Address(address.host, port).url}  (Ctrl-C stops it)", flush=True)
        server.run(sockets=[listener])


def _listening(address: Address) -> socket.socket:
    """Return a socket that listens. Raises ServeError in a line that says what would work."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
    except OSError as error:
        raise ServeError(f"the host {address.host!r} is not known here ({error.strerror})") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise ServeError(
            f"cannot listen at {address.host}:{address.port} ({error.strerror}); choose another --port"
        ) from None
    return listener
