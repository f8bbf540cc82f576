"""Ends a connection in time, for those who ask servers."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from time import monotonic


@contextlib.contextmanager
def stopped_at(deadline: float, connected: socket.socket) -> Iterator[None]:
    """Close a connection when its time is over, however slowly bytes still drip from it."""

    def stop() -> None:
        with contextlib.suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(deadline - monotonic(), 0.0), stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
