"""A folder open for writing: record, index and store, and the order in which they are written.

The record comes first: what stands in it is not lost. The index takes up its new lines, and the store is
brought up to date with the index. Whoever is killed in between goes on from there when the folder is opened
for writing again.
"""

from hashlib import sha256
from pathlib import Path
from typing import Final, Self

from kg import __version__
from kg.config import Settings
from kg.folder import (
    ENTRIES,
    Record,
    keep_entities,
    keep_judgements,
    keep_predicates,
    kept_judgements,
    read_lines,
    with_kept,
    write_entries,
)
from kg.graph import nquads, ontology_quads
from kg.index import Index, catch_up
from kg.index.content import has_waiting, is_current, judged_claims, place_of
from kg.index.entities import Entities
from kg.index.tables import Known, checksum
from kg.knowledge.entities import knowledge_base
from kg.model import Article
from kg.outputs import SMALL, remove_outputs, write_outputs
from kg.records import Entry, Withdrawal
from kg.resolve import without_claim
from kg.resources import resource
from kg.results import Counts, Graph, Summary
from kg.store import check_format, create_store, server_of_folder
from kg.update import update_store

MODALITY: Final = "modality "
"""What the totals of modalities begin with in the index."""


class Writer:
    """A folder that one process writes to; others are told to wait.

    Raises StoreError for a folder that is damaged, of another format, or being written by another process,
    and OSError where it cannot be written.
    """

    def __init__(self, folder: Path, settings: Settings | None = None, *, server: str = "") -> None:
        settings = settings or with_kept(Settings(), folder)
        check_format(folder)
        if server or server_of_folder(folder):
            create_store(folder, server).close()  # before anything is read: the server may refuse us
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self._server = folder, server
        self._index = Index.open(folder, _basis(folder))
        self._record = Record(folder)
        try:
            if settings.entities:
                keep_entities(folder, settings.entities)
            if settings.judgements:
                keep_judgements(folder, settings.judgements)
            if settings.predicates:
                keep_predicates(folder, settings.predicates)
            self._judgements = kept_judgements(folder).events
            if self._index.known.size and has_waiting(self._index):
                self._update()
            catch_up(self._index, self._record)
        except BaseException:
            self.close()
            raise

    def is_current(self, article: Article, extractor: str) -> bool:
        """Tell whether the folder holds an article as it is, read by this extractor."""
        return is_current(self._index, article, extractor)

    def holds(self, article: str) -> bool:
        """Tell whether the folder holds an article of this id."""
        return place_of(self._index, article) is not None

    def add(self, line: Entry | Withdrawal) -> None:
        """Add to the record; store and files show it after ``finish``."""
        self._record.add(line)

    def finish(self, summary: Summary, *, page_language: str = "de", files: str = "auto") -> Graph:
        """Bring store and files up to date, and return the graph, with what it holds in its summary."""
        self._record.sync()
        catch_up(self._index, self._record)
        self._update()
        summary.counts = self._counts()
        entities = Entities(self._index)
        judged = judged_claims(self._index, self._judgements).values()
        summary.notes.extend(without_claim(self._judgements, [entities.claim_in(row) for _, row in judged]))
        built = Graph(self.folder, summary)
        summary.files = files == "always" or (files == "auto" and summary.counts.claims <= SMALL)
        if summary.files and summary.counts.articles:
            self._put_in_order(built)
            write_outputs(built, page_language=page_language)
        else:
            remove_outputs(built)
        return built

    def close(self) -> None:
        """Let the folder go; what was added stays in the record."""
        self._record.close()
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _update(self) -> None:
        ontology = sha256(nquads(ontology_quads())).hexdigest()
        if self._index.get("ontology") != ontology:
            self._index.wait("ontology")
            self._index.set("ontology", ontology)
        with create_store(self.folder, self._server) as store:
            update_store(self._index, self._record, store, self._judgements)

    def _counts(self) -> Counts:
        totals = self._index.totals()
        modalities = {
            name.removeprefix(MODALITY): n for name, n in totals.items() if name.startswith(MODALITY)
        }
        return Counts(
            articles=totals["article"],
            claims=totals["claim"],
            events=totals["event"],
            entities=totals["entity"],
            modalities=tuple(sorted(modalities.items(), key=lambda pair: (-pair[1], pair[0]))),
            rejected=totals.get("rejected", 0),
            unlinked=totals.get("unlinked", 0),
        )

    def _put_in_order(self, built: Graph) -> None:
        """Write the record in the order of the articles' ids, without lines that count no more."""
        write_entries(self.folder, built.entries)
        self._record.close()
        self._record = Record(self.folder)
        path, tables, lines = self.folder / ENTRIES, self._index.tables, 0
        for place, line in read_lines(self.folder):
            assert isinstance(line, Entry), "withdrawn articles are left out"
            row = (place.start, place.length, line.article.id)
            tables.execute("UPDATE article SET start = ?, length = ? WHERE id = ?", row)
            lines += 1
        status = path.stat()
        size = status.st_size
        self._index.known = Known(size, lines, checksum(path, size), status.st_mtime_ns)
        self._index.commit()


def _basis(folder: Path) -> str:
    """Return what stands for all but the articles that the store depends on.

    That is this version, the tables, a user's own among them, and the server.
    """
    digest = sha256()
    for path in sorted(resource("data/lexicon").rglob("*.tsv")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    stamp = knowledge_base().stamp
    own = f"+own.{stamp}" if stamp else ""
    return f"{__version__}+{digest.hexdigest()[:16]}{own} {server_of_folder(folder)}".rstrip()
