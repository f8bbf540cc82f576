"""Words that point back: pronouns, and "both sides"."""

from kg.knowledge.words import word_set
from kg.model import Entity, Kind, Mention, Span
from kg.quotation import quotation_at
from kg.resolve.linking.discourse import Discourse

_TEXT_ENDS = frozenset("\n.!?")
Pair = tuple[Entity, Entity]

_TO_SPEAKER = 60  # characters between a quotation and the name of who says it


def link_pronoun(mention: Mention, discourse: Discourse) -> Entity | None:
    """Return whom a pronoun means: the nearest mention before it that fits in number and gender."""
    if mention.head == "1sg":
        return _speaker(mention, discourse)
    if mention.head in {"both", "1pl"}:
        return None
    wanted = set(mention.head.split("|"))
    for earlier in discourse.before(mention):
        entity = discourse.entities.get(earlier)
        if entity and earlier.kind is not Kind.PRONOUN and _fits(entity, earlier, wanted, discourse):
            return entity
    return None


def _speaker(mention: Mention, discourse: Discourse) -> Entity | None:
    """Return who says "I": the person named right after the quotation, else the one before it."""
    quoted = quotation_at(discourse.article.text, mention.span)
    if quoted is None:
        return None
    after = [m for m in discourse.mentions if 0 <= m.span.start - quoted.end <= _TO_SPEAKER]
    before = [m for m in discourse.mentions if 0 <= quoted.start - m.span.end <= _TO_SPEAKER]
    for other in (*after, *reversed(before)):
        entity = discourse.entities.get(other)
        if (
            entity
            and entity.kind is Kind.PERSON
            and _TEXT_ENDS.isdisjoint(_between(quoted, other, discourse))
        ):
            return entity
    return None


def _between(quoted: Span, other: Mention, discourse: Discourse) -> str:
    start, end = sorted((quoted, other.span))
    return discourse.article.text[start.end : end.start]


def both_sides(mention: Mention, last: Pair | None, discourse: Discourse) -> Pair | None:
    """Return the two parties of "beide Seiten": those of the last claim before it, else the last two named.

    "Beide Seiten" and "beide Länder" mean the states of persons, "beide Minister" the persons.
    """
    if last:
        first, second = (_side(party, mention, discourse) for party in last)
        if first.id != second.id:
            return first, second
    found: list[Entity] = []
    for earlier in discourse.before(mention):
        entity = discourse.behind(discourse.entities.get(earlier))
        if entity is None or earlier.head in {"both", "pronoun"}:
            continue
        party = _side(entity, mention, discourse)
        if party.kind in {Kind.STATE, Kind.PERSON} and party not in found:
            found.append(party)
        if len(found) == 2:
            return found[1], found[0]
    return None


def _fits(entity: Entity, earlier: Mention, wanted: set[str], discourse: Discourse) -> bool:
    if entity.kind is Kind.PERSON and wanted & {"m", "f"} and not earlier.plural:
        record = discourse.record(entity)
        if record is None or not record.gender or record.gender in wanted:
            return True
    if entity.kind in {Kind.STATE, Kind.ORGANISATION} and (
        "n" in wanted or _is_feminine(earlier, wanted, discourse)
    ):
        return True
    return "pl" in wanted and (earlier.plural or entity.kind in {Kind.GROUP, Kind.ORGANISATION})


def _is_feminine(mention: Mention, wanted: set[str], discourse: Discourse) -> bool:
    """Tell whether German "sie" may mean a described body: "die Regierung", "die Führung"."""
    return (
        "f" in wanted
        and discourse.language == "de"
        and not mention.name
        and mention.head.endswith(("ung", "ion", "schaft"))
    )


def _side(party: Entity, mention: Mention, discourse: Discourse) -> Entity:
    """Return the state behind a person where a description speaks of sides or countries."""
    states = mention.name in word_set("state_noun", discourse.language)
    return discourse.known(party.acts_for) if states and discourse.has(party.acts_for) else party
