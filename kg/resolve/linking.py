"""Links the mentions of one article to entities: names, governments, offices, descriptions, pronouns."""

from dataclasses import replace

from kg.knowledge.entities import Body, KnowledgeBase, knowledge_base
from kg.knowledge.names import bare, slug
from kg.knowledge.words import word_set, word_table
from kg.model import Article, Entity, Kind, Mention, Reading
from kg.resolve.persons import PersonContext, best_person, holder, same_family, unknown_person

_SPEECH_PERSON = frozenset({"1sg", "1pl"})
_CITIZENS = {"de": "bürger", "en": "citizens"}
_PARTY_OFFICES = frozenset({"party-leader", "opposition-leader", "legislator"})
_MEDIA = frozenset({"news-agency", "newspaper", "broadcaster", "news-site"})
_LOOK_BACK = 40  # mentions: how far a pronoun or description may point back


class ArticleLinker:
    """Links mentions in text order; what a description means depends on what came before it."""

    def __init__(self, reading: Reading, kb: KnowledgeBase | None = None) -> None:
        self.kb = kb or knowledge_base()
        self.article: Article = reading.article
        self.mentions = reading.mentions
        named = (id for m in reading.mentions for id in (*m.of, *m.candidates))
        self.context = PersonContext(
            self.kb, self.article.published, frozenset(filter(self._is_state, named)), self.article.language
        )
        self._entities: dict[Mention, Entity | None] = {}
        self._made: dict[str, Entity] = {}
        self._owners = {id for m in reading.mentions for id in m.of if id not in self.kb.records}
        for mention in reading.mentions:  # owners first: their offices may be named before them
            if mention.name and mention.candidates and mention.candidates[0] in self._owners:
                self._unknown(mention)
        self._persons: dict[str, Entity] = {}
        self._link_all()

    def entity(self, mention: Mention) -> Entity | None:
        """Return the entity of a mention, or None where it stays unknown."""
        if mention not in self._entities:  # an implied actor is no mention of the text
            self._entities[mention] = self._link(mention)
        return self._entities[mention]

    def actor(self, mention: Mention) -> Entity | None:
        """Return who acts under a mention: the government behind a capital, else the entity itself."""
        entity = self.entity(mention)
        if entity is None or entity.kind is not Kind.PLACE:
            return entity
        record = self.kb.records.get(entity.id)
        if record is None:  # a named place that no table knows and that acts
            return replace(entity, kind=Kind.STATE) if self._acts(entity.id) else None
        return self.kb.entity(record.metonym) if record.metonym in self.kb.records else None

    def _acts(self, id: str) -> bool:
        """Tell whether an unknown place can act: it owns offices or bodies here, or is named again."""
        named = sum(id in mention.candidates for mention in self.mentions if mention.name)
        return id in self._made and (id in self._owners or named > 1)

    def country(self, entity: Entity) -> Entity | None:
        """Return the state that a place lies in."""
        record = self.kb.records.get(entity.id)
        id = self.kb.by_iso3.get(record.country, "") if record else ""
        return self.kb.entity(id) if id else None

    def both(
        self, mention: Mention, last: tuple[Entity, Entity] | None = None
    ) -> tuple[Entity, Entity] | None:
        """Return the two parties of "beide Seiten": those of the last claim before it, else the last two named.

        "Beide Seiten" and "beide Länder" mean the states of persons, "beide Minister" the persons.
        """
        if last:
            first, second = (self._side(party, mention) for party in last)
            if first.id != second.id:
                return first, second
        found: list[Entity] = []
        for earlier in self._before(mention):
            entity = self.actor(earlier)
            if entity is None or earlier.head in {"both", "pronoun"}:
                continue
            party = self._side(entity, mention)
            if party.kind in {Kind.STATE, Kind.PERSON} and party not in found:
                found.append(party)
            if len(found) == 2:
                return found[1], found[0]
        return None

    def code(self, entity: Entity) -> str:
        """Return the code an entity counts for (ISO alpha-3 or an organisation's own), or ""."""
        if entity.kind is Kind.PERSON and (service := self._service(entity.id)):
            return self.kb.code(service)
        if entity.id in self.kb.records:
            return self.kb.code(entity.id)
        return self.kb.code(entity.acts_for) if entity.acts_for in self.kb.records else entity.code

    def _service(self, person: str) -> str:
        """Return whom a person serves on the day of the article: that of the latest office then."""
        day = self.context.day
        held = [
            t
            for t in self.kb.tenures_of.get(person, ())
            if day and t.start <= day <= t.end and t.of in self.kb.records
        ]
        public = [t for t in held if t.office not in _PARTY_OFFICES]
        return max(public or held, key=lambda t: (t.start, t.office)).of if held else ""

    def _is_state(self, id: str) -> bool:
        record = self.kb.records.get(id)
        return record is not None and record.entity.kind is Kind.STATE

    def _link_all(self) -> None:
        for mention in self.mentions:  # full names first: "Lawrow" may come before "Sergej Lawrow"
            if mention.kind is Kind.PERSON and len(mention.name.split()) > 1:
                entity = self._person(mention)
                self._persons.setdefault(slug(bare(mention.name, self.article.language)), entity)
                self._entities[mention] = entity
        for mention in self.mentions:
            if mention not in self._entities:
                self._entities[mention] = self._link(mention)

    def _link(self, mention: Mention) -> Entity | None:
        if mention.kind is Kind.PERSON:
            return self._short_name(mention)
        if mention.kind is Kind.PRONOUN:
            return self._pronoun(mention)
        if mention.kind is Kind.OFFICE:
            return self._office(mention)
        if mention.kind in {Kind.STATE, Kind.ORGANISATION, Kind.PLACE} and (
            mention.candidates or mention.name
        ):
            return self._named(mention)
        return self._described(mention)

    def _person(self, mention: Mention) -> Entity:
        known = best_person(mention, self.context)
        if known:
            return self.kb.entity(known)
        return unknown_person(mention, self.context, self._owner(mention))

    def _short_name(self, mention: Mention) -> Entity:
        """Return the person first named in full to whom a short name fits, else who is known by it."""
        name = bare(mention.name, self.article.language)
        for full, entity in self._persons.items():
            if any(self._is_called(form, full, entity) for form in (mention.name, name)):
                return entity
        entity = self._person(mention)
        self._persons.setdefault(slug(name), entity)
        return entity

    def _is_called(self, short: str, full: str, entity: Entity) -> bool:
        """Tell whether a short name is that of a person: the last word, or what the tables say ("Kim", "Xi")."""
        record = self.kb.records.get(entity.id)
        by_table = record is not None and slug(short) in map(slug, record.family_names)
        return by_table or same_family(short, full.replace("-", " "))

    def _owner(self, mention: Mention) -> str:
        """Return the state or organisation that a mention's words name, else that of its counterpart's sentence."""
        for id in mention.of:
            record = self.kb.records.get(id)
            place = record is not None and record.entity.kind is Kind.PLACE
            owner = record.metonym or self.kb.by_iso3.get(record.country, "") if record and place else id
            if owner in self.kb.records or owner in self._made:
                return owner
        return ""

    def _owner_entity(self, id: str) -> Entity:
        return self._made[id] if id in self._made else self.kb.entity(id)

    def _named(self, mention: Mention) -> Entity:
        if mention.candidates:
            if mention.candidates[0] not in self.kb.records:
                return self._unknown(mention)
            preferred = [c for c in mention.candidates if self.kb.records[c].entity.kind is not Kind.PLACE]
            id = min(preferred or mention.candidates, key=lambda c: (self._distance(c, mention), c))
            return self.kb.entity(id)
        return self._unknown(mention)

    def _unknown(self, mention: Mention) -> Entity:
        """Make an entity for a name that no table knows; one that owns offices or bodies acts like a state."""
        id = mention.candidates[0] if mention.candidates else slug(bare(mention.name, self.article.language))
        if id not in self._made:
            forms = (
                bare(mention.name, self.article.language),
                mention.name[:-1],
                id.replace("-", " ").title(),
            )
            name = next(form for form in forms if form and slug(form) == id)
            kind = Kind.STATE if id in self._owners else mention.kind
            self._made[id] = Entity(id, kind, (("de", name), ("en", name)))
        return self._made[id]

    def _distance(self, id: str, mention: Mention) -> int:
        record = self.kb.records[id]
        owners = {record.entity.acts_for, self.kb.by_iso3.get(record.country, "")}
        return 0 if owners & set(mention.of) else 1 if owners & self.context.states else 2

    def _office(self, mention: Mention) -> Entity | None:
        if mention.counterpart or (mention.head and not mention.offices):
            mention = self._as_counterpart(mention)
        known = holder(mention.offices, mention.of, self.context) if not mention.plural else ""
        if known:
            return self.kb.entity(known)
        if not mention.of and not mention.plural:
            for earlier in self._before(mention):
                entity = self._entities.get(earlier)
                if entity and entity.kind is Kind.PERSON and set(earlier.offices) & set(mention.offices):
                    return entity
        return self._described(mention)

    def _as_counterpart(self, mention: Mention) -> Mention:
        """Give "sein US-Amtskollege" the office of the last person named before."""
        for earlier in self._before(mention):
            if earlier.offices and not earlier.counterpart:
                return replace(mention, offices=earlier.offices)
        return mention

    def _described(self, mention: Mention) -> Entity | None:
        """Return the entity of a description: a government, a body of a state, a group, the holder of an office."""
        owner = self._owner(mention)
        if mention.kind is Kind.STATE:
            return self._owner_entity(owner) if owner else self._last_state(mention)
        language = self.article.language
        if word_table("collective", language).get(mention.head) == "media" and (
            medium := self._last_medium(mention)
        ):
            return medium
        head = _CITIZENS[language] if mention.head == "demonym" else mention.head.casefold()
        body = self.kb.body_forms.get((language, head)) or self._compound_body(head)
        if mention.kind is Kind.OFFICE and mention.offices:
            office = self.kb.offices[mention.offices[0]]
            base, labels, kind = office.id, office.labels, Kind.GROUP if mention.plural else Kind.PERSON
        elif body:
            base, labels, kind = body.id, body.labels, body.kind
        else:
            text = bare(mention.head, language)
            base, labels, kind = slug(text), {"de": text, "en": text}, mention.kind
        if kind is Kind.OFFICE:
            kind = Kind.PERSON
        if not owner and kind is Kind.ORGANISATION:
            last = self._last_state(mention)
            owner = last.id if last else ""
        if not owner:
            return Entity(base, kind, (("de", labels["de"]), ("en", labels["en"])))
        state = self._owner_entity(owner)
        named = tuple((lang, f"{labels[lang]} ({state.label(lang)})") for lang in ("de", "en"))
        return Entity(f"{owner}-{base}", kind, named, acts_for=owner)

    def _compound_body(self, noun: str) -> Body | None:
        """Return the body that a German compound ends in: "Regierungsvertreter"."""
        word, forms, language = noun.rpartition("-")[2], self.kb.body_forms, self.article.language
        endings = ((language, word[cut:]) for cut in range(len(word) - 4))
        return next((forms[ending] for ending in endings if ending in forms), None)

    def _pronoun(self, mention: Mention) -> Entity | None:
        if mention.head == "both" or mention.head in _SPEECH_PERSON:
            return None
        wanted = set(mention.head.split("|"))
        for earlier in self._before(mention):
            entity = self._entities.get(earlier)
            if entity is None or earlier.kind is Kind.PRONOUN:
                continue
            if entity.kind is Kind.PERSON and wanted & {"m", "f"} and not earlier.plural:
                record = self.kb.records.get(entity.id)
                if record is None or not record.gender or record.gender in wanted:
                    return entity
            if entity.kind in {Kind.STATE, Kind.ORGANISATION} and (
                "n" in wanted or self._is_feminine(earlier, wanted)
            ):
                return entity
            if "pl" in wanted and (earlier.plural or entity.kind in {Kind.GROUP, Kind.ORGANISATION}):
                return entity
        return None

    def _last_medium(self, mention: Mention) -> Entity | None:
        """Return the agency or paper named last before "die Agentur", "the newspaper"."""
        for earlier in self._before(mention):
            entity = self._entities.get(earlier)
            record = self.kb.records.get(entity.id) if entity else None
            if entity and record and record.subkind in _MEDIA:
                return entity
        return None

    def _is_feminine(self, mention: Mention, wanted: set[str]) -> bool:
        """Tell whether German "sie" may mean a described body: "die Regierung", "die Führung"."""
        return (
            "f" in wanted
            and self.article.language == "de"
            and not mention.name
            and mention.head.endswith(("ung", "ion", "schaft"))
        )

    def _last_state(self, mention: Mention) -> Entity | None:
        for earlier in self._before(mention):
            entity = self.actor(earlier)
            if entity is not None and entity.kind is Kind.STATE:
                return entity
        return None

    def _side(self, party: Entity, mention: Mention) -> Entity:
        """Return the state behind a person where a description speaks of sides or countries."""
        states = mention.name in word_set("state_noun", self.article.language)
        if states and (party.acts_for in self.kb.records or party.acts_for in self._made):
            return self._owner_entity(party.acts_for)
        return party

    def _before(self, mention: Mention) -> list[Mention]:
        """Return the mentions before one, nearest first."""
        earlier = [m for m in self.mentions if m.span.end <= mention.span.start]
        return earlier[::-1][:_LOOK_BACK]
