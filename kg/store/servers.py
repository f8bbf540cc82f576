"""What a SPARQL server can do, and where: read from the URL that a user gives.

=============================  ==========================  ============================================
a URL that ends in             updates go to               whole graphs go to (Graph Store Protocol)
=============================  ==========================  ============================================
``/sparql-auth`` (Virtuoso)    the same                    ``/sparql-graph-crud-auth``
``/query`` (Oxigraph)          ``/update``                 ``/store``
``/NAME/query`` (Fuseki)       ``/NAME/update``            ``/NAME/data``
``/repositories/NAME``         ``…/statements``            ``…/rdf-graphs/service``  (GraphDB, RDF4J)
anything else                  the same                    nowhere: all goes by updates
=============================  ==========================  ============================================

What a fragment says counts more, and no server sees it:
``http://h/kg/query#update=http://h/kg/update&graphs=&union=urn:x-arq:UnionGraph&chunk=500&timeout=300``.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urljoin

from kg.errors import StoreError
from kg.store.web import TIMEOUT, checked, without_user

CHUNK: Final = 2_000
"""Triples of one update. Virtuoso 7.2.5 takes 3,000 short ones, of 5,000 it says that its memory is exhausted."""

OPTIONS: Final = frozenset({"update", "graphs", "union", "chunk", "timeout"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A SPARQL server, without user and password.

    Attributes:
        name: the URL that the user gave.
        query: URL of queries.
        update: URL of updates.
        graphs: URL of the Graph Store Protocol, "" if there is none.
        union: IRI that the server takes as default graph for the union of all, "" if that is the union anyway.
        chunk: triples of one update.
        timeout: seconds for an answer.
    """

    name: str
    query: str
    update: str
    graphs: str = ""
    union: str = ""
    chunk: int = CHUNK
    timeout: float = TIMEOUT


def server_of(url: str) -> Server:
    """Return the server at a URL. Raises StoreError for a URL or fragment that says something else."""
    parts = checked(url)
    options = dict(parse_qsl(parts.fragment, keep_blank_values=True))
    if not OPTIONS.issuperset(options) or bool(parts.fragment) != bool(options):
        raise StoreError(
            f"the fragment of --store may say {', '.join(sorted(OPTIONS))}, not {parts.fragment[:60]!r}"
        )
    bare = without_user(parts._replace(fragment="")).geturl()
    update, graphs = _usual(bare)
    try:
        return Server(
            name=without_user(parts).geturl(),
            query=bare,
            update=urljoin(bare, options.get("update", update)),
            graphs=urljoin(bare, options["graphs"])
            if options.get("graphs")
            else ""
            if "graphs" in options
            else graphs,
            union=options.get("union", ""),
            chunk=max(int(options.get("chunk", CHUNK)), 1),
            timeout=max(float(options.get("timeout", TIMEOUT)), 1.0),
        )
    except ValueError:
        raise StoreError("in the fragment of --store chunk and timeout are numbers") from None


def is_url(place: object) -> bool:
    """Tell whether a place is a server's rather than a folder."""
    return isinstance(place, str) and place.lower().startswith(("http://", "https://"))


def _usual(url: str) -> tuple[str, str]:
    """Return where a server of this URL takes updates and whole graphs."""
    path = checked(url).path.rstrip("/")
    stem, _, last = path.rpartition("/")
    if last == "sparql-auth":
        return url, urljoin(url, f"{stem}/sparql-graph-crud-auth")
    if last == "query":
        return urljoin(url, f"{stem}/update"), urljoin(url, f"{stem}/data" if stem else "/store")
    if stem.endswith("/repositories"):
        return urljoin(url, f"{path}/statements"), urljoin(url, f"{path}/rdf-graphs/service")
    return url, ""
