"""Places for queries, shared out fairly: whoever waits gets one in turn, client by client."""

import asyncio
from collections import Counter, deque

Waiting = deque[asyncio.Future[None]]


class Places:
    """So many places, of which no client holds more than its share. Those who wait get theirs in turn by client.

    So one client with a thousand queries delays the one query of another by no more than its turn.
    """

    def __init__(self, count: int, share: int) -> None:
        self._free = count
        self._share = share
        self._held: Counter[str] = Counter()
        self._waiting: dict[str, Waiting] = {}  # in the order in which the clients get their turn

    @property
    def wanted(self) -> bool:
        """Tell whether anybody waits."""
        return any(self._waiting.values())

    def free_for(self, client: str) -> bool:
        """Tell whether a client would get a place at once."""
        return self._free > 0 and self._held[client] < self._share and not self._waiting.get(client)

    async def acquire(self, client: str) -> "Place":
        """Return a place as soon as it is the client's turn."""
        if not self.free_for(client):
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.setdefault(client, deque()).append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                self._leave(client, turn)
                raise
            return Place(self, client)
        self._take(client)
        return Place(self, client)

    def give_back(self, client: str) -> None:
        """Take a place back, and give it to whose turn it is."""
        self._free += 1
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]
        self._hand_out()

    def _take(self, client: str) -> None:
        self._free -= 1
        self._held[client] += 1

    def _leave(self, client: str, turn: "asyncio.Future[None]") -> None:
        """Forget who waited and goes away; a place that it was just given goes to the next."""
        if turn.done() and not turn.cancelled():
            self.give_back(client)
            return
        queue = self._waiting.get(client, deque())
        if turn in queue:
            queue.remove(turn)
        if not queue:
            self._waiting.pop(client, None)

    def _hand_out(self) -> None:
        """Give what is free to those who wait; a client that gets a place goes to the end of the row."""
        while self._free:
            client = next((name for name in self._waiting if self._held[name] < self._share), None)
            if client is None:
                return
            queue = self._waiting.pop(client)
            turn = queue.popleft()
            if queue:
                self._waiting[client] = queue
            if not turn.done():
                self._take(client)
                turn.set_result(None)


class Place:
    """A place that a client holds, until it gives it back."""

    def __init__(self, places: Places, client: str) -> None:
        self._places, self._client = places, client

    def release(self) -> None:
        """Give the place back."""
        self._places.give_back(self._client)
