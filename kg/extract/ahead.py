"""Reads several articles at once with extractors that wait for a server, and keeps their order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from kg.model import Article

T = TypeVar("T")


def read_ahead(
    articles: Iterable[Article], read: Callable[[Article], T], workers: int
) -> Iterator[tuple[Article, T]]:
    """Yield each article with what ``read`` returns of it, in the order of the articles.

    With one worker nothing is read ahead. When the caller stops, what has begun is waited for, since an answer
    that is under way costs already; the rest is not begun. Raises what ``read`` raises.
    """
    if workers < 2:
        yield from ((article, read(article)) for article in articles)
        return
    waiting: deque[tuple[Article, Future[T]]] = deque()
    pool = ThreadPoolExecutor(workers)
    try:
        for article in articles:
            waiting.append((article, pool.submit(copy_context().run, read, article)))
            if len(waiting) > workers:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
