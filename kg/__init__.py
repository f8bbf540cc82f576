"""diplokg: who met, warned or supported whom, and who says so.

In five lines::

    import kg

    graph = kg.build("articles/", "graph")
    graph.claims[0].quote
    graph.query("who-warned-whom").to_pandas()
    graph.to_networkx()
    graph.view("page.html")

``kg.build`` reads articles and writes the folder ``graph``; ``kg.open_graph("graph")`` opens it again.
``kg.Settings`` chooses, for instance, the day of articles that do not say it. All is imported on demand.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kg.build import build as build
    from kg.config import Settings as Settings
    from kg.results import Graph as Graph
    from kg.results import open_graph as open_graph
    from kg.selection import Selection as Selection

__version__ = "0.1.0"

_HOMES: Final = {
    "Graph": "kg.results",
    "Selection": "kg.selection",
    "Settings": "kg.config",
    "load_ipython_extension": "kg.jupyter.extension",
    "open_graph": "kg.results",
    "unload_ipython_extension": "kg.jupyter.extension",
}

__all__ = ["Graph", "Selection", "Settings", "__version__", "build", "open_graph"]


def __getattr__(name: str) -> Any:
    """Import what is asked for. Raises AttributeError for what is not there."""
    if name == "build":
        return import_module("kg.build")
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
