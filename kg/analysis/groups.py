"""Who belongs together, and who stands between."""

from collections import Counter
from typing import Final

import networkx as nx
import pandas as pd

from kg.analysis.actors import betweenness
from kg.analysis.tables import WHO, Column, Drawing, frame
from kg.analysis.ties import Level, Ties, ties_of
from kg.ontology import COOPERATION
from kg.selection import ACTUAL, Claims, Selection

SEED: Final = 7
"""The Louvain method walks through the actors in a random order; this one makes it always the same."""

MEDIATES: Final = "mediates"


def communities(
    source: Claims, selection: Selection = ACTUAL, *, level: Level = "state", language: str = "en"
) -> pd.DataFrame:
    """Return a row an actor, by community: ``community actor name kind state inside outside``.

    Communities are found among ties of cooperation, weighted by happenings; whoever has none is left out.
    ``community`` counts from 1, the largest first; ``inside`` and ``outside`` are happenings of cooperation with
    members of it, and with others. ``attrs["modularity"]`` says how well the network falls into them: about 0
    no better than by chance, above 0.3 clearly (Newman and Girvan 2004, "Finding and evaluating community
    structure in networks").

    Louvain method (Blondel, Guillaume, Lambiotte and Lefebvre 2008, "Fast unfolding of communities in large
    networks"), with a fixed seed. Raises SelectionError, and ValueError for another level.
    """
    ties = ties_of(source, selection, level=level, language=language)
    graph = ties.network(COOPERATION)
    graph.remove_nodes_from([id for id in ties.actors if not graph.degree[id]])
    found = _louvain(graph)
    place = {id: number for number, members in enumerate(found, start=1) for id in members}
    inside, outside = Counter[str](), Counter[str]()
    for a, b, data in graph.edges(data=True):
        side = inside if place[a] == place[b] else outside
        side.update({a: data["events"], b: data["events"]})
    rows = [(place[id], *ties.actors[id].cells, inside[id], outside[id]) for id in place]
    return frame(
        "Communities",
        "Blondel et al. 2008 (Louvain method); Newman and Girvan 2004 (modularity)",
        (
            Column("community", "int64", "number of the community, the largest first"),
            *WHO,
            Column("inside", "int64", "happenings of cooperation with members of its community"),
            Column("outside", "int64", "happenings of cooperation with others"),
        ),
        rows,
        Drawing("bars", ("community", "name"), ("inside", "outside")),
        order=("community", "-inside", "actor"),
        modularity=round(nx.community.modularity(graph, map(set, found), weight="events"), 4)
        if place
        else 0.0,
    )


def mediators(
    source: Claims, selection: Selection = ACTUAL, *, level: Level = "state", language: str = "en"
) -> pd.DataFrame:
    """Return a row an actor: ``actor name kind state mediates betweenness bridges cut_point``.

    ``mediates`` counts happenings in which the actor is said to mediate: what sources say. The others are what
    the network says: ``betweenness`` as in ``centrality``; ``bridges``, ties of the actor without which the two
    ends could not reach each other; ``cut_point``, whether without the actor others could not (Wasserman and
    Faust 1994, "Social Network Analysis", section 4.3; brokerage as in Burt 1992, "Structural Holes"). Those who
    are none of it are left out; who mediates most stands first, then who is between most.

    Raises SelectionError, and ValueError for another level.
    """
    ties = ties_of(source, selection, level=level, language=language)
    graph = ties.network()
    between = betweenness(ties)
    bridges = Counter(end for bridge in nx.bridges(graph) for end in bridge)
    cuts = set(nx.articulation_points(graph))
    mediates = _mediations(ties)
    rows = [
        (*actor.cells, mediates[id], between[id], bridges[id], id in cuts)
        for id, actor in ties.actors.items()
        if mediates[id] or between[id] or id in cuts
    ]
    return frame(
        "Mediators",
        "Freeman 1977 (betweenness); Wasserman and Faust 1994 (bridges, cut points)",
        (
            *WHO,
            Column("mediates", "int64", "happenings in which sources say that it mediates"),
            Column("betweenness", "float64", "share of the shortest paths between others over it, 0 to 1"),
            Column("bridges", "int64", "ties without which the two ends could not reach each other"),
            Column("cut_point", "bool", "whether without it others could not reach each other"),
        ),
        rows,
        Drawing("bars", ("name",), ("betweenness",)),
        order=("-mediates", "-betweenness", "actor"),
    )


def _louvain(graph: "nx.Graph[str]") -> list[list[str]]:
    """Return the communities, the largest first. Actors are numbered: sets of texts have no fixed order."""
    if not graph.number_of_edges():
        return []
    names = sorted(graph)
    numbered = nx.relabel_nodes(graph, {id: number for number, id in enumerate(names)})
    found = nx.community.louvain_communities(numbered, weight="events", seed=SEED)
    return sorted(
        (sorted(names[number] for number in members) for members in found), key=lambda m: (-len(m), m)
    )


def _mediations(ties: Ties) -> Counter[str]:
    own = Ties(ties.actors, tuple(tie for tie in ties.ties if tie.relation == MEDIATES))
    return own.happenings(lambda tie: tie.source)
