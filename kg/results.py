"""What a build made, for Python and notebooks: articles, claims, events, and questions to them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg import graph
from kg.errors import ReadError, StoreError
from kg.export import write_export
from kg.folder import read_entries
from kg.jupyter import Displays
from kg.knowledge.entities import knowledge_base
from kg.model import Article, Claim, Entity, Event
from kg.query import Table, run_query
from kg.read import Skipped
from kg.records import Entry
from kg.resolve import events_of, harmonised
from kg.selection import EVERYTHING, Selection, select
from kg.store import open_store
from kg.view import write_page, write_svg
from kg.view.bundles import Level

if TYPE_CHECKING:
    import networkx as nx


@dataclass
class Summary:
    """What a run met: articles, those of them that were new, and what could not be read or was left out."""

    read: int = 0
    new: int = 0
    errors: list[ReadError] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, repr=False)
class Graph(Displays):
    """All that a folder holds. Articles are in the order of their ids, claims in that of articles and text.

    Attributes:
        folder: the folder that ``kg build -o`` made.
        articles: the articles with their text.
        claims: who did what to whom, according to whom, with the quote that says so.
        events: the claims that report one happening, together.
        extractors: names and versions of the extractors that found the claims.
        rejected: statements turned away because their quote is not verbatim.
        unlinked: statements turned away because their actors are not known.
        summary: what the run met that made the graph; empty where it was opened.
    """

    folder: Path
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    extractors: tuple[str, ...] = ()
    rejected: int = 0
    unlinked: int = 0
    summary: Summary = field(default_factory=Summary)

    @classmethod
    def of(cls, folder: Path, entries: Iterable[Entry], summary: Summary | None = None) -> "Graph":
        """Return the graph of articles with their claims, the events found among them. Raises nothing."""
        ordered = sorted(entries, key=lambda entry: entry.article.id)
        articles = {entry.article.id: entry.article for entry in ordered}
        claims = list(harmonised(claim for entry in ordered for claim in entry.claims))
        claims.sort(key=lambda claim: (claim.article, claim.span, claim.trigger, claim.id))
        return cls(
            folder=folder,
            articles=tuple(articles.values()),
            claims=tuple(claims),
            events=events_of(claims, articles),
            extractors=tuple(sorted({entry.extractor for entry in ordered})),
            rejected=sum(entry.rejected for entry in ordered),
            unlinked=sum(entry.unlinked for entry in ordered),
            summary=summary or Summary(),
        )

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The entities that take part in claims, speak, are places, or are acted for, by id."""
        found = graph.entities_of(self.claims)
        waiting = [entity.acts_for for entity in found.values()]
        while waiting:
            id = waiting.pop()
            record = knowledge_base().records.get(id)
            if record and id not in found:
                found[id] = record.entity
                waiting.append(record.entity.acts_for)
        return tuple(found[id] for id in sorted(found))

    def query(self, query: str, /, **parameters: object) -> Table:
        """Return the answer to a named query, a query in a file, or SPARQL, as a table.

        Raises QueryError for a query that cannot be answered, StoreError if the folder is gone.
        """
        with open_store(self.folder) as store:
            return run_query(store, query, parameters)

    def to_networkx(self, *, language: str = "en") -> "nx.MultiDiGraph[str]":
        """Return actors as nodes and claims as edges; see ``kg.graph.to_networkx``. Raises nothing."""
        return graph.to_networkx(self.claims, self.entities, self.articles, self.events, language=language)

    def view(
        self, path: str | Path, *, language: str = "de", title: str = "", selection: Selection = EVERYTHING
    ) -> Path:
        """Write the network page and return its path.

        Raises OSError, SelectionError, or ValueError for another language.
        """
        claims = select(self, selection)
        return write_page(
            Path(path), claims, self.entities, self.articles, self.events, language=language, title=title
        )

    def svg(
        self,
        path: str | Path,
        *,
        language: str = "de",
        title: str = "",
        level: Level = "actor",
        selection: Selection = EVERYTHING,
    ) -> Path:
        """Write the network as a picture for print and return its path; ``level`` is "actor" or "state".

        Raises as ``view``.
        """
        claims, look = select(self, selection), {"language": language, "title": title}
        return write_svg(Path(path), claims, self.entities, self.articles, self.events, level=level, **look)

    def export(
        self, path: str | Path, form: str = "", *, selection: Selection = EVERYTHING, language: str = "en"
    ) -> tuple[Path, ...]:
        """Write the graph for other tools and return the files; see ``kg.export.write_export``."""
        return write_export(self, path, form, selection=selection, language=language)

    def modalities(self) -> Counter[str]:
        """Return how many claims there are of each modality."""
        return Counter(claim.modality.value for claim in self.claims)

    def __repr__(self) -> str:
        counts = f"{len(self.articles)} articles, {len(self.claims)} claims, {len(self.events)} events"
        return f"<Graph {self.folder}: {counts}>"


def open_graph(folder: str | Path) -> Graph:
    """Return the graph of a folder that ``kg build`` made.

    Raises StoreError if it holds none or is damaged.
    """
    path = Path(folder)
    entries = read_entries(path)
    if not entries:
        raise StoreError(f"no build in {path}; make one with: kg build FILES -o {path}")
    return Graph.of(path, entries.values())
