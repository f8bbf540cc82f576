"""The knowledge base: states, places, organisations, offices, persons and who held which office when."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from kg.knowledge.tables import Row, read_table
from kg.model import Entity, Kind
from kg.resources import resource

Names = dict[str, tuple[str, ...]]  # language -> names


@dataclass(frozen=True, slots=True)
class Record:
    """An entity of a table with everything that may name it.

    ``adjectives`` are stems ("iranisch"); ``demonyms`` inhabitants; ``metonym`` is the entity whose government a place
    stands for when it acts; ``country`` is an ISO alpha-3 code; ``subkind`` is the table's own kind.
    """

    entity: Entity
    names: Names
    adjectives: Names = field(default_factory=dict)
    demonyms: Names = field(default_factory=dict)
    metonym: str = ""
    country: str = ""
    subkind: str = ""
    family_names: tuple[str, ...] = ()
    capital: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body or group that states have ("foreign ministry", "officials"), with the nouns that name it."""

    id: str
    kind: Kind
    labels: dict[str, str]
    forms: Names


@dataclass(frozen=True, slots=True)
class Office:
    """An office with the forms that name it."""

    id: str
    labels: dict[str, str]
    forms: Names
    branch: str
    acts_for_state: bool


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person held an office of a state or organisation (an entity id) over days; open ends are date.min and max."""

    person: str
    office: str
    of: str
    start: date
    end: date


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything known beforehand, by id."""

    records: dict[str, Record]
    offices: dict[str, Office]
    tenures: tuple[Tenure, ...]
    by_iso3: dict[str, str]
    bodies: tuple[Body, ...] = ()

    @cached_property
    def body_forms(self) -> dict[tuple[str, str], Body]:
        """Return bodies by language and lower-case noun."""
        return {
            (language, form.casefold()): body
            for body in self.bodies
            for language, forms in body.forms.items()
            for form in forms
        }

    @cached_property
    def holders(self) -> dict[tuple[str, str], list[Tenure]]:
        """Return tenures by office and the entity it is an office of."""
        found: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for tenure in self.tenures:
            found[tenure.office, tenure.of].append(tenure)
        return found

    @cached_property
    def tenures_of(self) -> dict[str, list[Tenure]]:
        """Return tenures by person."""
        found: dict[str, list[Tenure]] = defaultdict(list)
        for tenure in self.tenures:
            found[tenure.person].append(tenure)
        return found

    def entity(self, id: str) -> Entity:
        """Return the entity of an id. Raises KeyError."""
        return self.records[id].entity

    def code(self, id: str) -> str:
        """Return the code an entity counts for: its own ISO or short code, or that of whom it acts for."""
        record = self.records.get(id)
        if record is None:
            return ""
        entity = record.entity
        if entity.acts_for and entity.acts_for != id:
            return self.code(entity.acts_for)
        return entity.iso3 or entity.code


@lru_cache(maxsize=1)
def knowledge_base() -> KnowledgeBase:
    """Load the shipped tables once."""
    return load(resource("data/lexicon"))


def load(folder: Path) -> KnowledgeBase:
    """Load the tables of a folder. Raises TableError naming the file and row that is wrong."""
    states = [_state(row) for row in read_table(folder / "states.tsv", _STATE)]
    present = sorted(states, key=lambda record: record.subkind != "former")  # DEU is Germany, not West Germany
    by_iso3: dict[str, str] = {}
    for record in present:
        by_iso3.setdefault(record.entity.iso3, record.entity.id)
    by_iso3.pop("", None)
    records: dict[str, Record] = {}
    for record in states:
        _add(records, record)
    for row in read_table(folder / "organisations.tsv", _ORGANISATION):
        _add(records, _organisation(row, by_iso3), row)
    for row in read_table(folder / "places.tsv", _PLACE):
        _add(records, _place(row), row)
    for row in read_table(folder / "persons.tsv", _PERSON):
        _add(records, _person(row, by_iso3), row)
    offices = {o.id: o for o in map(_office, read_table(folder / "offices.tsv", _OFFICE))}
    tenures = tuple(
        _tenure(row, records, by_iso3) for row in read_table(folder / "tenures.tsv", _TENURE)
    )
    bodies = tuple(map(_body, read_table(folder / "bodies.tsv", _BODY)))
    return KnowledgeBase(records, offices, tenures, by_iso3, bodies)


_STATE = (
    "id", "iso3", "cow", "wikidata", "label_de", "label_en", "aliases_de", "aliases_en",
    "adjectives_de", "adjectives_en", "demonyms_de", "demonyms_en", "capital", "status",
)  # fmt: skip
_PLACE = ("id", "wikidata", "label_de", "label_en", "aliases_de", "aliases_en", "country", "kind", "metonym")
_ORGANISATION = (
    "id", "code", "wikidata", "label_de", "label_en", "aliases_de", "aliases_en", "kind", "state",
    "adjectives_de", "adjectives_en",
)  # fmt: skip
_BODY = ("id", "kind", "label_de", "label_en", "forms_de", "forms_en")
_OFFICE = ("id", "label_de", "label_en", "forms_de", "forms_en", "branch", "acts_for_state")
_PERSON = ("id", "wikidata", "label_de", "label_en", "family_name_de", "family_name_en", "aliases", "state")
_TENURE = ("person", "office", "of", "start", "end")


def _add(records: dict[str, Record], record: Record, row: Row | None = None) -> None:
    id = record.entity.id
    if id in records:
        problem = f"id {id!r} is there already as {records[id].entity.kind}; give it another id"
        raise row.error(problem) if row else KeyError(problem)
    records[id] = record


def _labels(row: Row) -> tuple[tuple[str, str], ...]:
    if not row["label_de"] or not row["label_en"]:
        raise row.error("label_de and label_en must both be given")
    return (("de", row["label_de"]), ("en", row["label_en"]))


def _names(row: Row) -> Names:
    return {
        language: tuple(dict.fromkeys((row[f"label_{language}"], *row.list(f"aliases_{language}"))))
        for language in ("de", "en")
    }


def _both(row: Row, column: str) -> Names:
    return {language: row.list(f"{column}_{language}") for language in ("de", "en")}


def _state(row: Row) -> Record:
    entity = Entity(
        row["id"], Kind.STATE, _labels(row), iso3=row["iso3"], cow=row["cow"], wikidata=row["wikidata"]
    )
    return Record(
        entity, _names(row), _both(row, "adjectives"), _both(row, "demonyms"),
        country=row["iso3"], subkind=row["status"], capital=row["capital"],
    )  # fmt: skip


def _place(row: Row) -> Record:
    entity = Entity(row["id"], Kind.PLACE, _labels(row), wikidata=row["wikidata"])
    adjectives = {"de": row.list("adjectives_de") if "adjectives_de" in row.cells else (), "en": ()}
    return Record(
        entity, _names(row), adjectives, metonym=row["metonym"], country=row["country"], subkind=row["kind"]
    )


def _organisation(row: Row, by_iso3: dict[str, str]) -> Record:
    state = row["state"]
    if state and state not in by_iso3:
        raise row.error(f"unknown state {state!r}; use an iso3 of states.tsv")
    entity = Entity(
        row["id"], Kind.ORGANISATION, _labels(row), wikidata=row["wikidata"],
        code=row["code"], acts_for=by_iso3.get(state, ""),
    )  # fmt: skip
    return Record(entity, _names(row), _both(row, "adjectives"), country=state, subkind=row["kind"])


def _person(row: Row, by_iso3: dict[str, str]) -> Record:
    state = row["state"]
    if state and state not in by_iso3:
        raise row.error(f"unknown state {state!r}; use an iso3 of states.tsv")
    entity = Entity(
        row["id"], Kind.PERSON, _labels(row), wikidata=row["wikidata"], acts_for=by_iso3.get(state, "")
    )
    aliases = row.list("aliases")
    names = {lang: tuple(dict.fromkeys((row[f"label_{lang}"], *aliases))) for lang in ("de", "en")}
    family = tuple(dict.fromkeys(n for n in (row["family_name_de"], row["family_name_en"]) if n))
    gender = row.cells.get("gender", "")
    return Record(entity, names, country=state, family_names=family, gender=gender)


def _office(row: Row) -> Office:
    labels = dict(_labels(row))
    forms = {
        language: tuple(dict.fromkeys((labels[language], *row.list(f"forms_{language}"))))
        for language in ("de", "en")
    }
    return Office(row["id"], labels, forms, row["branch"], row["acts_for_state"] == "yes")


def _body(row: Row) -> Body:
    kind = Kind.ORGANISATION if row["kind"] == "organ" else Kind.GROUP
    return Body(row["id"], kind, dict(_labels(row)), _both(row, "forms"))


def _tenure(row: Row, records: dict[str, Record], by_iso3: dict[str, str]) -> Tenure:
    if row["person"] not in records:
        raise row.error(f"unknown person {row['person']!r}; add the person to persons.tsv")
    of = by_iso3.get(row["of"], row["of"])
    start = _day(row, "start", first=True)
    end = _day(row, "end", first=False)
    if start > end:
        raise row.error(f"starts on {start} after it ends on {end}")
    return Tenure(row["person"], row["office"], of, start, end)


def _day(row: Row, column: str, *, first: bool) -> date:
    """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as the first or last day it can mean."""
    value = row[column]
    if not value:
        return date.min if first else date.max
    try:
        parts = [int(part) for part in value.split("-")]
        year, month, day = (*parts, 0, 0)[:3]
        if day:
            return date(year, month, day)
        if first:
            return date(year, month or 1, 1)
        following = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    except ValueError as error:
        raise row.error(f"{column} {value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD") from error
