"""Who is central, and who cooperates or is in conflict with how many."""

from collections import Counter

import igraph
import pandas as pd

from kg.analysis.tables import WHO, Column, Drawing, frame
from kg.analysis.ties import CONFLICT, QUADS, Level, Ties, ties_of
from kg.ontology import COOPERATION
from kg.selection import ACTUAL, Claims, Selection

DAMPING = 0.85
"""Share of steps that follow a tie, as in Brin and Page (1998)."""


def centrality(
    source: Claims, selection: Selection = ACTUAL, *, level: Level = "state", language: str = "en"
) -> pd.DataFrame:
    """Return a row an actor, the most central first: ``actor name kind state partners events betweenness pagerank``.

    ``partners`` are other actors, ``events`` happenings with them. ``betweenness`` is the share of shortest
    paths between others that lead over the actor, 0 to 1, of undirected ties without weights (Freeman 1977, "A
    set of measures of centrality based on betweenness"). ``pagerank`` is a share of 1, of undirected ties
    weighted by happenings (Brin and Page 1998, "The anatomy of a large-scale hypertextual web search engine").

    Raises SelectionError, and ValueError for another level.
    """
    ties = ties_of(source, selection, level=level, language=language)
    graph = ties.network()
    events = {id: int(sum(tie["events"] for tie in graph[id].values())) for id in ties.actors}
    between, rank = betweenness(ties), _pagerank(ties)
    rows = [
        (*actor.cells, graph.degree[id], events[id], between[id], rank[id])
        for id, actor in ties.actors.items()
    ]
    return frame(
        "Centrality",
        "Freeman 1977 (betweenness); Brin and Page 1998 (PageRank)",
        (
            *WHO,
            Column("partners", "int64", "other actors that it has ties with"),
            Column("events", "int64", "happenings with them"),
            Column("betweenness", "float64", "share of the shortest paths between others over it, 0 to 1"),
            Column("pagerank", "float64", "share of a random walk along the ties that it holds, 0 to 1"),
        ),
        rows,
        Drawing("bars", ("name",), ("pagerank",)),
        order=("-pagerank", "actor"),
    )


def degrees(
    source: Claims, selection: Selection = ACTUAL, *, level: Level = "state", language: str = "en"
) -> pd.DataFrame:
    """Return a row an actor, the busiest first, with what it does and what is done to it.

    Columns: ``actor name kind state``, then happenings of each quad class in which it takes part
    (``verbal_cooperation material_cooperation verbal_conflict material_conflict``), the sums ``cooperation``,
    ``conflict`` and ``events``, those it begins (``cooperation_sent conflict_sent``) and those that reach it
    (``cooperation_received conflict_received``), and ``net``, (cooperation - conflict) / their sum, -1 to 1.
    Who meets whom is no matter of direction, but counts as sent by who is named first.

    The quad classes are PLOVER's (Open Event Data Alliance, "PLOVER codebook"; after Duval and Thompson 1980).
    Raises SelectionError, and ValueError for another level.
    """
    ties = ties_of(source, selection, level=level, language=language)
    sent = {quads: ties.happenings(lambda tie: tie.source, quads) for quads in (COOPERATION, CONFLICT)}
    received = {quads: ties.happenings(lambda tie: tie.target, quads) for quads in (COOPERATION, CONFLICT)}
    both = {quads: _of_either_end(ties, quads) for quads in (COOPERATION, CONFLICT, *((q,) for q in QUADS))}
    rows = []
    for id, actor in ties.actors.items():
        cooperation, conflict = both[COOPERATION][id], both[CONFLICT][id]
        rows.append(
            (
                *actor.cells,
                *(both[quad,][id] for quad in QUADS),
                cooperation,
                conflict,
                cooperation + conflict,
                sent[COOPERATION][id],
                sent[CONFLICT][id],
                received[COOPERATION][id],
                received[CONFLICT][id],
                (cooperation - conflict) / max(cooperation + conflict, 1),
            )
        )
    return frame(
        "Cooperation and conflict",
        "PLOVER codebook (quad classes)",
        (
            *WHO,
            *(Column(name, "int64", f"happenings of {name.replace('_', ' ')}") for name in QUAD_COLUMNS),
            Column("cooperation", "int64", "happenings of cooperation, verbal and material"),
            Column("conflict", "int64", "happenings of conflict, verbal and material"),
            Column("events", "int64", "both together"),
            Column("cooperation_sent", "int64", "those of cooperation that it begins"),
            Column("conflict_sent", "int64", "those of conflict that it begins"),
            Column("cooperation_received", "int64", "those of cooperation that reach it"),
            Column("conflict_received", "int64", "those of conflict that reach it"),
            Column("net", "float64", "(cooperation - conflict) / their sum, -1 to 1"),
        ),
        rows,
        Drawing("bars", ("name",), QUAD_COLUMNS),
        order=("-events", "actor"),
    )


QUAD_COLUMNS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
"""The columns of the quad classes, in the order of ``QUADS``."""


def betweenness(ties: Ties) -> dict[str, float]:
    """Return the share of shortest paths between others that lead over each actor, 0 to 1. Raises nothing."""
    size = len(ties.actors)
    pairs = max((size - 1) * (size - 2) / 2, 1.0)
    return dict(zip(ties.actors, (paths / pairs for paths in _igraph(ties).betweenness()), strict=True))


def _pagerank(ties: Ties) -> dict[str, float]:
    if not ties.actors:
        return {}
    ranks = _igraph(ties).pagerank(weights="events", damping=DAMPING)
    return dict(zip(ties.actors, ranks, strict=True))


def _igraph(ties: Ties) -> igraph.Graph:
    """Return the network for igraph: networkx takes minutes for betweenness at 3,000 actors, igraph a second."""
    number = {id: place for place, id in enumerate(ties.actors)}
    edges = [(number[a], number[b], data["events"]) for a, b, data in ties.network().edges(data=True)]
    graph = igraph.Graph(n=len(number), edges=[edge[:2] for edge in edges])
    graph.es["events"] = [edge[2] for edge in edges]
    return graph


def _of_either_end(ties: Ties, quads: tuple[str, ...]) -> Counter[str]:
    """Count the happenings in which each actor takes part, a happening once."""
    seen: dict[str, set[str]] = {id: set() for id in ties.actors}
    for tie in ties.ties:
        if tie.quad in quads:
            seen[tie.source].add(tie.happening)
            seen[tie.target].add(tie.happening)
    return Counter({id: len(happenings) for id, happenings in seen.items()})
