"""Displays for notebooks: graphs, pages, claims, articles with their claims marked, and the magic ``%%sparql``.

    import kg
    %load_ext kg
    graph = kg.open_graph("demo")
    graph                      # counts, relations, who has most to do with whom
    graph.show()               # the network page, in a frame that can reach nothing
    graph.claims[0]            # a card with its quote
    graph.text("an-article")   # the article, its claims marked

Nothing from an article becomes markup, mathematics or script, whether the notebook is trusted or not.
"""

from kg.jupyter.articles import MarkedArticle
from kg.jupyter.cards import claim_html, graph_html
from kg.jupyter.graphs import Displays
from kg.jupyter.view import View

__all__ = ["Displays", "MarkedArticle", "View", "claim_html", "graph_html"]
