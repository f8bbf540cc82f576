"""Many clients at once against a server on this machine: right answers, and none beyond its limit.

kg serve --store graph --timeout 10 & python -m benchmarks.serve_load http://127.0.0.1:8890 --limit 10

Every client asks one question after the other, most of them quick, some that would never end. Each quick
question was asked once before, alone: its answer must be the same bytes. Only servers of this machine are
asked, by 200 clients and for 10 minutes at most.
"""

import argparse
import http.client
import random
import statistics
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

LOCAL = ("127.0.0.1", "localhost")
SLACK = 4.0
"""Seconds beyond the limit that a reply may take on a machine that has more to do than it can."""

QUICK = (
    "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a dk:Claim }",
    "SELECT ?r (COUNT(DISTINCT ?c) AS ?n) { ?c a dk:Claim ; dk:relation ?r } GROUP BY ?r ORDER BY ?r",
    "SELECT ?a ?b { GRAPH graph:edges { ?a dk:warns ?b } } ORDER BY ?a ?b",
    "SELECT ?e ?l { ?e a dk:State ; skos:prefLabel ?l } ORDER BY ?e ?l LIMIT 20",
    "ASK { ?c dk:modality dk:negated }",
    "SELECT ?s { ?c a dk:Claim ; dk:quote/oa:hasSelector/oa:exact ?s } ORDER BY ?s LIMIT 5",
)
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|!^<urn:x>)* ?b . ?c (!<urn:x>|!^<urn:x>)* ?d }",
)
SHARE = 0.02
"""Part of the questions that would never end."""


@dataclass
class Report:
    """What happened. ``wrong`` and ``late`` are to be empty."""

    answered: int = 0
    refused: int = 0
    stopped: int = 0
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        ordered = sorted(self.times) or [0.0]
        middle, slow = statistics.median(ordered), ordered[int(0.99 * (len(ordered) - 1))]
        return (
            f"{self.answered} answered (median {middle:.3f} s, 99 % within {slow:.2f} s, at most {ordered[-1]:.2f} s), "
            f"{self.refused} refused as too many, {self.stopped} endless ones stopped, "
            f"{len(self.wrong)} wrong, {len(self.late)} late"
        )


def load(url: str, *, clients: int = 50, seconds: float = 60, limit: float = 30) -> Report:
    """Return what happened when so many clients asked for so long. ``limit`` is that of the server's queries.

    Raises ValueError for a server elsewhere, or bounds that are too wide.
    """
    place = urlsplit(url)
    if place.hostname not in LOCAL or not 0 < clients <= 200 or not 0 < seconds <= 600:
        raise ValueError("only servers of this machine, at most 200 clients and 600 seconds")
    address = (place.hostname or "", place.port or 80)
    right = {query: _ask(address, query)[1] for query in QUICK}
    report, guard, end = Report(), threading.Lock(), time.monotonic() + seconds

    def client(number: int) -> None:
        chance = random.Random(number)
        while time.monotonic() < end:
            endless = chance.random() < SHARE
            query = chance.choice(ENDLESS if endless else QUICK)
            begun = time.monotonic()
            status, body = _ask(address, query)
            took = time.monotonic() - begun
            with guard:
                _note(report, query, (status, body == right.get(query)), (took, limit))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return report


def _note(report: Report, query: str, reply: tuple[int, bool], times: tuple[float, float]) -> None:
    (status, same), (took, limit) = reply, times
    if took > limit + SLACK:
        report.late.append(f"{took:.1f} s: {query}")
    if status == 503:
        report.stopped += query in ENDLESS
        report.refused += query in QUICK
    elif status == 200 and query in QUICK and same:
        report.answered += 1
        report.times.append(took)
    else:
        report.wrong.append(f"{status}: {query}")


def _ask(address: tuple[str, int], query: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(*address, timeout=120)
    try:
        connection.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--limit", type=float, default=30, help="the server's --timeout (default: 30)")
    options = parser.parse_args()
    print(load(options.url, clients=options.clients, seconds=options.seconds, limit=options.limit))


if __name__ == "__main__":
    main()
