"""What is known beforehand, as values: entities with names, offices, bodies, who held which office, predicates."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from kg.knowledge.judgements import Judgement, same_groups
from kg.knowledge.spelling import NameIndex
from kg.model import Entity, Kind, Modality

_BODY_KINDS = frozenset({"ministry", "parliament", "military"})

MEDIA: Final = frozenset({"news-agency", "newspaper", "broadcaster", "news-site"})
"""The kinds of organisations that report."""

OWN: Final = "own/"
"""What the source of a user's own predicate begins with."""

Names = dict[str, tuple[str, ...]]  # language -> names


@dataclass(frozen=True, slots=True)
class Record:
    """An entity of a table with everything that may name it.

    Attributes:
        entity: the entity.
        names: its names.
        adjectives: stems of adjectives ("iranisch").
        demonyms: names of its inhabitants.
        metonym: id of the entity whose government a place stands for when it acts.
        country: ISO 3166-1 alpha-3 code of the state that it is in or of.
        subkind: the table's own kind.
        family_names: what a person is called after the first mention.
        capital: id of a state's capital.
        gender: "m", "f" or "".
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
    """A body or group that states have ("foreign ministry", "officials"), with the nouns that name it."""

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
    """A person held an office of ``of``, a state or organisation; open ends are date.min and date.max."""

    person: str
    office: str
    of: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Frame:
    """One row: a predicate in one use.

    Attributes:
        head: lemma of the word that bears it ("treffen", "üben", "meeting").
        fixed: lemmas that must stand with the head as object or in a phrase ("Kritik"; "in", "Aussicht").
        reflexive: whether a German "sich" must be there.
        pos: verb, noun or adj.
        actor, recipient: slots in order of preference: a named slot or a preposition.
        negated: relation that holds when the predicate is negated, or "".
        source: file and row, for explanation; of a user's own row ``OWN`` and the predicate.
    """

    head: str
    fixed: tuple[str, ...]
    reflexive: bool
    pos: str
    relation: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    modality: Modality
    negated: str
    example: str
    source: str

    @property
    def weight(self) -> int:
        """Return how specific the frame is: more words, more weight."""
        return 2 * len(self.fixed) + self.reflexive

    @property
    def own(self) -> bool:
        """Tell whether a user added it."""
        return self.source.startswith(OWN)


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything known beforehand, by id.

    ``judgements`` on entities come from reviewers. ``predicates`` are the user's own, by language; the shipped ones
    are in ``kg.knowledge.predicates``. ``stamp`` is a hash of what a user added, "" for nothing.
    """

    records: dict[str, Record]
    offices: dict[str, Office]
    tenures: tuple[Tenure, ...]
    by_iso3: dict[str, str]
    bodies: tuple[Body, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    predicates: dict[str, tuple[Frame, ...]] = field(default_factory=dict)
    stamp: str = ""

    def __hash__(self) -> int:
        return hash(self.stamp)  # equal ones have equal stamps; caches are kept by knowledge base

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
    def bodies_of(self) -> dict[tuple[str, str], str]:
        """Return the organisation of a table that is a body of a state, where there is just one, by state and body."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for id, record in self.records.items():
            state = self.by_iso3.get(record.country, "")
            if state and record.subkind in _BODY_KINDS:
                for body in self._bodies_named(record.names.get("en", ()), self.records[state]):
                    found[state, body].add(id)
        return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}

    def _bodies_named(self, names: tuple[str, ...], state: Record) -> Iterator[str]:
        """Yield bodies of whose label and the state one of the names consists: "British Parliament"."""
        known = {name.casefold() for name in names}
        own = [*state.adjectives.get("en", ()), *state.names.get("en", ())]
        for body in self.bodies:
            if len(body.labels["en"].split()) > 1 or body.id == "parliament":  # a mere "ministry" may be any
                label = body.labels["en"].casefold()
                forms = {f"{name.casefold()} {label}" for name in own}
                forms |= {f"{label} of {the}{name.casefold()}" for name in own for the in ("", "the ")}
                if forms & known:
                    yield body.id

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

    @cached_property
    def full_names(self) -> NameIndex:
        """Return the names of persons that have more than one word, to find them in other spellings."""
        persons = self._persons()
        return NameIndex((id, name) for id, names, _ in persons for name in names if " " in name)

    @cached_property
    def family_names(self) -> NameIndex:
        """Return what persons are called after the first mention, to find it in other spellings."""
        persons = self._persons()
        return NameIndex((id, name) for id, _, family in persons for name in family if " " not in name)

    @cached_property
    def same_as(self) -> dict[str, str]:
        """Return for ids that reviewers call the same the one to use: of the tables, else the least."""
        groups: dict[str, list[str]] = defaultdict(list)
        for id, head in same_groups(self.judgements).items():
            groups[head].append(id)
        return {
            id: min(ids, key=lambda one: (one not in self.records, one))
            for ids in groups.values()
            for id in ids
        }

    @cached_property
    def different(self) -> frozenset[tuple[str, str]]:
        """Return pairs of ids that reviewers call different, both ways."""
        pairs = [(one.left, one.right) for one in self.judgements if not one.same]
        return frozenset(pairs + [(right, left) for left, right in pairs])

    def _persons(self) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Yield id, names in all languages, and family names of every person."""
        for id, record in self.records.items():
            if record.entity.kind is Kind.PERSON:
                names = dict.fromkeys(name for names in record.names.values() for name in names)
                yield id, tuple(names), record.family_names

    def entity(self, id: str) -> Entity:
        """Return the entity of an id. Raises KeyError."""
        return self.records[id].entity

    def code(self, id: str) -> str:
        """Return the code an entity counts for: its own, or that of whom it acts for; "" for none."""
        record = self.records.get(id)
        if record is None:
            return ""
        entity = record.entity
        if entity.acts_for and entity.acts_for != id:
            return self.code(entity.acts_for)
        return entity.iso3 or entity.code
