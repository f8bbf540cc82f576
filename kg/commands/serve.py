"""``kg serve``: answers SPARQL over HTTP, and shows pages to explore a store."""

import argparse
import sys
from contextlib import suppress
from importlib import import_module

from kg.commands.options import add_store
from kg.errors import ServeError
from kg.serve.limits import Limits

EXAMPLE = "kg serve --store graph"

LOCAL = ("127.0.0.1", "localhost", "::1")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    usual = Limits()
    add_store(parser)
    parser.add_argument("--port", type=int, default=8890, help="port; 0 takes a free one (default: 8890)")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address; others than this machine's let others in (default: 127.0.0.1)",
    )
    limits = parser.add_argument_group("limits of a query")
    limits.add_argument(
        "--timeout", type=_positive, default=usual.seconds, metavar="SECONDS",
        help=f"from its arrival to its answer (default: {usual.seconds:g})",
    )  # fmt: skip
    limits.add_argument(
        "--memory", type=int, default=usual.memory, metavar="MB", help=f"memory (default: {usual.memory})"
    )
    limits.add_argument(
        "--max-answer", type=int, default=usual.answer, metavar="MB",
        help=f"size of the answer (default: {usual.answer})",
    )  # fmt: skip
    limits.add_argument(
        "--workers", type=int, default=usual.workers, metavar="N",
        help=f"queries at the same time (default: {usual.workers}, two for each core)",
    )  # fmt: skip
    limits.add_argument(
        "--queue", type=int, default=usual.waiting, metavar="N",
        help=f"queries that may wait (default: {usual.waiting})",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Serve until stopped. Raises StoreError, ServeError."""
    try:
        server = import_module("kg.serve.run")
    except ModuleNotFoundError as error:
        raise ServeError(f"{error.name} is missing; install it with: pip install 'diplokg[serve]'") from None
    if options.host not in LOCAL:
        print(f"kg: everybody who reaches {options.host} can read this graph", file=sys.stderr)
    with suppress(KeyboardInterrupt):
        server.serve(options.store, server.Address(options.host, options.port), _limits(options))
    return 0


def _limits(options: argparse.Namespace) -> Limits:
    for name in ("memory", "max_answer", "workers", "queue"):
        if getattr(options, name) < 1:
            raise ServeError(f"--{name.replace('_', '-')} must be at least 1")
    return Limits(
        seconds=options.timeout,
        memory=options.memory,
        answer=options.max_answer,
        workers=options.workers,
        waiting=options.queue,
    )


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number <= 86_400:
        raise ValueError
    return number
