"""Links the mentions of one article to entities."""

from datetime import date

from kg.knowledge.entities import KnowledgeBase, knowledge_base
from kg.model import Entity, Kind, Mention, Reading
from kg.resolve.linking.descriptions import describe
from kg.resolve.linking.discourse import Discourse
from kg.resolve.linking.names import link_name
from kg.resolve.linking.offices import link_office
from kg.resolve.linking.persons import link_person
from kg.resolve.linking.references import Pair, both_sides, link_pronoun
from kg.resolve.linking.surroundings import located

_NAMEABLE = frozenset({Kind.STATE, Kind.ORGANISATION, Kind.PLACE})


class ArticleLinker:
    """Links mentions in text order; what a description means depends on what came before it."""

    def __init__(self, reading: Reading, kb: KnowledgeBase | None = None) -> None:
        self.kb = kb or knowledge_base()
        self.discourse = Discourse(reading, self.kb)
        self._link_all()

    def entity(self, mention: Mention) -> Entity | None:
        """Return the entity of a mention, or None where it stays unknown."""
        entities = self.discourse.entities
        if mention not in entities:  # an implied actor is no mention of the text
            entities[mention] = self._link(mention)
        return self.discourse.judged(entities[mention])

    def actor(self, mention: Mention) -> Entity | None:
        """Return who acts under a mention: the government behind a capital, else the entity itself.

        A capital that says where something happens ("in Washington") is a place, and nobody acts.
        """
        entity = self.entity(mention)
        where = entity is not None and entity.kind is Kind.PLACE and located(mention, self.discourse)
        return None if where else self.discourse.behind(entity)

    def country(self, entity: Entity) -> Entity | None:
        """Return the state that a place lies in."""
        record = self.discourse.record(entity)
        id = self.kb.by_iso3.get(record.country, "") if record else ""
        return self.kb.entity(id) if id else None

    def both(self, mention: Mention, last: Pair | None = None) -> Pair | None:
        """Return the two parties of "beide Seiten", see ``both_sides``."""
        return both_sides(mention, last, self.discourse)

    def code(self, entity: Entity, on: date | None = None) -> str:
        """Return the code an entity counts for (ISO alpha-3 or an organisation's own), or "".

        A person counts for whom he or she serves on a day, by default that of the article.
        """
        if entity.kind is Kind.PERSON and (service := self.discourse.serves(entity.id, on)):
            return self.kb.code(service)
        if entity.id in self.kb.records:
            return self.kb.code(entity.id)
        return self.kb.code(entity.acts_for) if entity.acts_for in self.kb.records else entity.code

    def _link_all(self) -> None:
        discourse = self.discourse
        for mention in discourse.mentions:  # owners first: their offices may be named before them
            if mention.name and mention.candidates and mention.candidates[0] in discourse.owners:
                discourse.name_unknown(mention)
        for mention in discourse.mentions:  # full names next: "Lawrow" may come before "Sergej Lawrow"
            if mention.kind is Kind.PERSON and len(mention.name.split()) > 1:
                discourse.entities[mention] = link_person(mention, discourse)
        for mention in discourse.mentions:
            if mention not in discourse.entities and mention.head != "1sg":
                discourse.entities[mention] = self._link(mention)
        for mention in discourse.mentions:  # who says "I" may be named behind it
            if mention not in discourse.entities:
                discourse.entities[mention] = self._link(mention)

    def _link(self, mention: Mention) -> Entity | None:
        if mention.kind is Kind.PERSON:
            return link_person(mention, self.discourse)
        if mention.kind is Kind.PRONOUN:
            return link_pronoun(mention, self.discourse)
        if mention.kind is Kind.OFFICE:
            return link_office(mention, self.discourse)
        if mention.kind in _NAMEABLE and (mention.candidates or mention.name):
            return link_name(mention, self.discourse)
        return describe(mention, self.discourse)
