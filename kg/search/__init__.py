"""Full text over names, quotes and titles, in SQLite: words in any case, with or without umlauts and accents.

Store -> documents -> SQLite index beside the store -> Hits
"""

from kg.search.find import Hit, Hits, search
from kg.search.index import INDEX, index_of

__all__ = ["INDEX", "Hit", "Hits", "index_of", "search"]
