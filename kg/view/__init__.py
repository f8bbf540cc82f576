"""The network page: who did what to whom, and the sentence that says so."""

from kg.view.page import network_page, write_page

__all__ = ["network_page", "write_page"]
