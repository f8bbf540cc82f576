"""What a build made, for Python and notebooks: articles, claims, events, and questions to them."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg import graph
from kg.errors import ReadError, StoreError
from kg.export import write_export
from kg.extract.base import Spent
from kg.folder import OWN, kept_judgements, read_entries
from kg.jupyter import Displays
from kg.knowledge.entities import KnowledgeBase, knowledge_base, shipped, using
from kg.knowledge.judgements import Judgement
from kg.knowledge.own import with_own
from kg.model import Article, Claim, Entity, Event
from kg.query import Table, run_query
from kg.read import Skipped
from kg.records import Entry
from kg.resolve import events_of, harmonised
from kg.search import Hits, search
from kg.selection import EVERYTHING, Selection, select
from kg.store import Dataset, check_format, open_store
from kg.view import write_page, write_svg
from kg.view.bundles import Level

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a folder holds. ``modalities`` counts claims; the last two count statements turned away."""

    articles: int = 0
    claims: int = 0
    events: int = 0
    entities: int = 0
    modalities: tuple[tuple[str, int], ...] = ()
    rejected: int = 0
    unlinked: int = 0


@dataclass
class Summary:
    """What a run met: articles, those that were new, what could not be read or was left out, and what else to know.

    ``counts`` is what the folder holds after it, ``files`` whether table, page and graph files were written,
    and ``spent`` what it cost.
    """

    read: int = 0
    new: int = 0
    errors: list[ReadError] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    files: bool = False
    spent: Spent = field(default_factory=Spent)
    notes: list[str] = field(default_factory=list)


class Graph(Displays):
    """All that a folder holds. Articles are in the order of their ids, claims in that of articles and text.

    It is read when it is first asked for, and then kept: a large graph is better asked with ``query``, which
    reads nothing else.

    Attributes:
        folder: the folder that ``kg build -o`` made.
        summary: what the run met that made the graph; empty where it was opened.
    """

    def __init__(self, folder: Path, summary: Summary | None = None) -> None:
        self.folder = folder
        self.summary = summary or Summary()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every article with what was drawn from it. Raises StoreError if the folder is damaged."""
        entries = read_entries(self.folder)
        return tuple(entries[id] for id in sorted(entries))

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles with their text."""
        return tuple(entry.article for entry in self.entries)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Who did what to whom, according to whom, with the quote that says so."""
        claims = harmonised(claim for entry in self.entries for claim in entry.claims)
        return tuple(sorted(claims, key=lambda claim: (claim.article, claim.span, claim.trigger, claim.id)))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The claims that report one happening, together, as the reviewers whom the folder keeps judge them."""
        articles = {article.id: article for article in self.articles}
        with using(self.knowledge):
            return events_of(self.claims, articles, self._judgements)

    @property
    def _judgements(self) -> tuple[Judgement, ...]:
        return kept_judgements(self.folder).events

    @cached_property
    def extractors(self) -> tuple[str, ...]:
        """Names and versions of the extractors that found the claims."""
        return tuple(sorted({entry.extractor for entry in self.entries}))

    @property
    def runs(self) -> dict[str, graph.Run]:
        """By article what run of the software found its claims."""
        return {entry.article.id: graph.Run(entry.version, entry.extractor) for entry in self.entries}

    @property
    def rejected(self) -> int:
        """Statements turned away because their quote is not verbatim."""
        return sum(entry.rejected for entry in self.entries)

    @property
    def unlinked(self) -> int:
        """Statements turned away because their actors are not known."""
        return sum(entry.unlinked for entry in self.entries)

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        """What is known beforehand, with the user's own entities that the build knew. Raises TableError."""
        own = self.folder / OWN
        return with_own(shipped(), [own]) if own.is_file() else knowledge_base()

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The entities that take part in claims, speak, are places, or are acted for, by id."""
        found = graph.entities_of(self.claims)
        waiting = [entity.acts_for for entity in found.values()]
        while waiting:
            id = waiting.pop()
            record = self.knowledge.records.get(id)
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

    def search(self, words: str, /, *, kind: str = "", limit: int = 20) -> Hits:
        """Return entities, claims and articles that hold all the words, the best first; see ``kg.search``.

        Raises QueryError if there is nothing to search for, StoreError if the folder is gone.
        """
        with open_store(self.folder) as store:
            return search(store, words, folder=self.folder, kind=kind, limit=limit)

    def to_rdflib(self) -> Dataset:
        """Return all that the graph says as an rdflib Dataset, a copy; its default graph is the union of all.

        Raises StoreError if the folder is gone.
        """
        with open_store(self.folder) as store:
            return store.as_rdflib()

    def to_networkx(self, *, language: str = "en") -> "nx.MultiDiGraph[str]":
        """Return actors as nodes and claims as edges; see ``kg.graph.to_networkx``. Raises nothing."""
        return graph.to_networkx(self.claims, self.entities, self.articles, self.events, language=language)

    def view(
        self,
        path: str | Path,
        *,
        language: str = "de",
        title: str = "",
        level: Level | None = None,
        selection: Selection = EVERYTHING,
    ) -> Path:
        """Write the network page and return its path; ``level``, "actor" or "state", is where it opens.

        Raises OSError, SelectionError, or ValueError for another language.
        """
        claims, given = select(self, selection), (self.entities, self.articles, self.events)
        return write_page(Path(path), claims, *given, language=language, title=title, level=level)

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
    check_format(path)
    opened = Graph(path)
    if not opened.entries:
        raise StoreError(f"no build in {path}; make one with: kg build FILES -o {path}")
    return opened
