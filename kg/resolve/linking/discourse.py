"""What an article has said so far, and what it says around its persons."""

from dataclasses import replace
from datetime import date

from kg.knowledge.entities import KnowledgeBase, Record, Tenure
from kg.knowledge.names import bare, slug
from kg.model import Article, Entity, Kind, Mention, Reading
from kg.resolve.linking.scores import Scored

_PARTY_OFFICES = frozenset({"party-leader", "opposition-leader", "legislator"})
_LOOK_BACK = 40  # mentions: how far a pronoun or description may point back


class Discourse:
    """The mentions of an article in text order, with the entities that they were linked to so far.

    Attributes:
        kb: what is known beforehand.
        article: the article; ``day`` is that of its publication, ``language`` its language.
        states: ids of the known states that the article names.
        colleagues: ids of known persons whom it names in full and without doubt.
        entities: the entity of each mention that was linked; None where it stays unknown.
        considered: the candidates of each mention that has any, with their points.
        made: entities that no table knows, by id.
        persons: persons named so far, by ``person_key`` of their name.
        in_full: names in full by the id of the person, in the order in which they were named.
        owners: ids, of no table, to which offices or bodies belong in this article.
    """

    def __init__(self, reading: Reading, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.article: Article = reading.article
        self.day: date | None = reading.article.published
        self.language = reading.article.language
        self.mentions = reading.mentions
        named = (id for m in reading.mentions for id in (*m.of, *m.candidates))
        self.states = frozenset(filter(self._is_state, named))
        self.colleagues = frozenset(_known_in_full(reading, kb))
        self.entities: dict[Mention, Entity | None] = {}
        self.considered: dict[Mention, tuple[Scored, ...]] = {}
        self.made: dict[str, Entity] = {}
        self.persons: dict[str, Entity] = {}
        self.in_full: dict[str, str] = {}
        self.owners = {id for m in reading.mentions for id in m.of if id not in kb.records}

    def add_person(self, mention: Mention, entity: Entity) -> None:
        """Remember who was meant by a name."""
        self.persons.setdefault(self.person_key(mention.name), entity)
        if " " in mention.name:
            self.in_full.setdefault(entity.id, self.bare(mention.name))
        if entity.id not in self.kb.records:
            self.made.setdefault(entity.id, entity)

    def person_key(self, name: str) -> str:
        """Return what is the same of a name wherever it is named."""
        return slug(self.bare(name))

    def held(self, person: str, on: date | None = None) -> tuple[Tenure, ...]:
        """Return the offices that a person held on a day, by default that of the article."""
        day = on or self.day
        tenures = self.kb.tenures_of.get(person, ()) if day else ()
        return tuple(tenure for tenure in tenures if day and tenure.start <= day <= tenure.end)

    def serves(self, person: str, on: date | None = None) -> str:
        """Return the id of whom a person serves on a day: that of the latest office then, "" for nobody known."""
        held = [tenure for tenure in self.held(person, on) if tenure.of in self.kb.records]
        public = [tenure for tenure in held if tenure.office not in _PARTY_OFFICES]
        return max(public or held, key=lambda tenure: (tenure.start, tenure.office)).of if held else ""

    def offices_of(self, person: str) -> frozenset[str]:
        """Return the offices that the article names with a person."""
        return frozenset(
            office
            for mention, entity in self.entities.items()
            if entity and entity.id == person
            for office in mention.offices
        )

    def states_of(self, person: str) -> frozenset[str]:
        """Return whom a person acts for, or ever held an office of."""
        acts_for = self.known(person).acts_for if self.has(person) else ""
        return frozenset({acts_for, *(t.of for t in self.kb.tenures_of.get(person, ()))} - {""})

    def record(self, entity: Entity | None) -> Record | None:
        """Return what the tables say of an entity, None for one that they do not know."""
        return self.kb.records.get(entity.id) if entity else None

    def before(self, mention: Mention) -> list[Mention]:
        """Return the mentions before one, nearest first."""
        earlier = [m for m in self.mentions if m.span.end <= mention.span.start]
        return earlier[::-1][:_LOOK_BACK]

    def bare(self, name: str) -> str:
        """Return a name without genitive s."""
        return bare(name, self.language)

    def owner(self, mention: Mention) -> str:
        """Return the id of the state or organisation that a mention's words name, "" for none."""
        if served := next(filter(None, map(self.serves, mention.of)), ""):
            return served  # "the Trump administration"
        for id in mention.of:
            record = self.kb.records.get(id)
            place = record is not None and record.entity.kind is Kind.PLACE
            if record is not None and record.entity.kind is Kind.PERSON:
                if record.entity.acts_for:
                    return record.entity.acts_for
                continue
            owner = record.metonym or self.kb.by_iso3.get(record.country, "") if record and place else id
            if owner in self.kb.records or owner in self.made:
                return owner
        return ""

    def behind_of(self, mention: Mention) -> frozenset[str]:
        """Return the ids that a mention belongs to, with the states behind them: "FDP-Politikerin" is of Germany."""
        found = set(mention.of)
        for id in mention.of:
            if record := self.kb.records.get(id):
                found |= {record.entity.acts_for, self.kb.by_iso3.get(record.country, "")}
        return frozenset(found - {""})

    def known(self, id: str) -> Entity:
        """Return the entity of an id that a table knows or this article made. Raises KeyError."""
        return self.made[id] if id in self.made else self.kb.entity(id)

    def has(self, id: str) -> bool:
        """Tell whether ``known`` knows an id."""
        return id in self.made or id in self.kb.records

    def name_unknown(self, mention: Mention) -> Entity:
        """Make an entity for a name that no table knows; one that owns offices or bodies acts like a state."""
        name = self.bare(mention.name)
        id = mention.candidates[0] if mention.candidates else slug(name)
        if id not in self.made:
            forms = (name, mention.name[:-1], id.replace("-", " ").title())
            form = next(form for form in forms if form and slug(form) == id)
            kind = Kind.STATE if id in self.owners else mention.kind
            self.made[id] = Entity(id, kind, (("de", form), ("en", form)))
        return self.made[id]

    def behind(self, entity: Entity | None) -> Entity | None:
        """Return who acts under an entity: the government behind a capital, else the entity itself."""
        if entity is None or entity.kind is not Kind.PLACE:
            return entity
        record = self.record(entity)
        if record is None:  # a named place that no table knows and that acts
            return replace(entity, kind=Kind.STATE) if self._acts(entity.id) else None
        return self.kb.entity(record.metonym) if record.metonym in self.kb.records else None

    def judged(self, entity: Entity | None) -> Entity | None:
        """Return the entity that reviewers say is the same, else the entity itself."""
        id = self.kb.same_as.get(entity.id, entity.id) if entity else ""
        if entity is None or id == entity.id:
            return entity
        return self.known(id) if self.has(id) else replace(entity, id=id)

    def last_state(self, mention: Mention) -> Entity | None:
        """Return the state named last before a mention."""
        for earlier in self.before(mention):
            entity = self.behind(self.entities.get(earlier))
            if entity is not None and entity.kind is Kind.STATE:
                return entity
        return None

    def _acts(self, id: str) -> bool:
        """Tell whether an unknown place can act: it owns offices or bodies here, or is named again."""
        named = sum(id in mention.candidates for mention in self.mentions if mention.name)
        return id in self.made and (id in self.owners or named > 1)

    def _is_state(self, id: str) -> bool:
        record = self.kb.records.get(id)
        return record is not None and record.entity.kind is Kind.STATE


def _known_in_full(reading: Reading, kb: KnowledgeBase) -> set[str]:
    named = (m for m in reading.mentions if m.kind is Kind.PERSON and " " in m.name)
    return {m.candidates[0] for m in named if len(m.candidates) == 1 and m.candidates[0] in kb.records}
