"""What a graph holds, in numbers: as text, JSON, a VoID description, and a page.

Store -> Statistics -> to_text | to_json | void | page
"""

from kg.statistics.gather import Statistics, statistics
from kg.statistics.page import page
from kg.statistics.void import void

__all__ = ["Statistics", "page", "statistics", "void"]
