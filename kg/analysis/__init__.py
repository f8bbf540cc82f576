"""Measures that research on international relations expects, each a pandas DataFrame, and their pictures.

    from kg.analysis import centrality, draw, over_time

    frame = over_time(graph, "Russia", "United Kingdom")
    frame.attrs["columns"]  # what the columns mean
    draw(frame).save("dyad.svg")

All count happenings (claims of one event are one) of claims that are actual and denied by nobody; another
``Selection`` chooses others. Units are the states and organisations that actors count for; ``level="actor"``
keeps persons and groups apart.
"""

from kg.analysis.actors import centrality, degrees
from kg.analysis.charts import Chart, draw
from kg.analysis.groups import communities, mediators
from kg.analysis.periods import over_time
from kg.analysis.signs import balance, triads
from kg.analysis.ties import Ties, ties_of

__all__ = [
    "Chart",
    "Ties",
    "balance",
    "centrality",
    "communities",
    "degrees",
    "draw",
    "mediators",
    "over_time",
    "ties_of",
    "triads",
]
