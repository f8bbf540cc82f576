"""The network page and its picture: who did what to whom, and the sentence that says so."""

from kg.view.page import network_page, write_page
from kg.view.picture import network_svg, write_svg

__all__ = ["network_page", "network_svg", "write_page", "write_svg"]
