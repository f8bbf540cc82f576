"""23 invented claims about invented states: what the network page has to show, once each.

Norland and Suderia have five parallel edges; the meeting in Kelm is contested; all five modalities occur; claim 22 has
no day, claim 21 an address that must not become a link, and the actor of claim 20 a name that a spreadsheet would run.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kg.model import Article, Claim, Entity, Event, Interval, Kind, Modality, Role, Span, Status
from kg.ontology import relation_types


def make_entity(id: str, kind: Kind, de: str, en: str = "", code: str = "", acts_for: str = "") -> Entity:
    return Entity(id, kind, (("de", de), ("en", en or de)), code=code, acts_for=acts_for)


STATE, PERSON, ORGANISATION, GROUP = Kind.STATE, Kind.PERSON, Kind.ORGANISATION, Kind.GROUP
ENTITIES: Final = {
    entity.id: entity
    for entity in (
        make_entity("norland", STATE, "Nordland", "Norland", "NOR"),
        make_entity("suderia", STATE, "Süderien", "Suderia", "SUD"),
        make_entity("brenovia", STATE, "Brenowien", "Brenovia", "BRE"),
        make_entity("ostrania", STATE, "Ostranien", "Ostrania", "OST"),
        make_entity("union", ORGANISATION, "Fünf-Seen-Union", "Five Lakes Union", "FLU"),
        make_entity("lindqvist", PERSON, "Maja Lindqvist", acts_for="norland"),
        make_entity("falk", PERSON, "Jörn Falk", acts_for="norland"),
        make_entity("serrano", PERSON, "Inés Serrano", acts_for="suderia"),
        make_entity("tesar", PERSON, "Galina Tesař", "Galina Tesar", acts_for="ostrania"),
        make_entity("verin", PERSON, "Salka Verin", acts_for="brenovia"),
        make_entity("norre", PERSON, "Edvard Norre", acts_for="union"),
        make_entity("rebels", GROUP, "Rebellen von Mera", "rebels of Mera"),
        make_entity("officials", GROUP, "zwei hohe Beamte", "two senior officials", acts_for="suderia"),
        make_entity("formula", PERSON, "=HYPERLINK(1)"),
        make_entity("agency", ORGANISATION, "Nordpress", "Nordpress", "NPR"),
        make_entity("daily", ORGANISATION, "Kelmer Tagblatt", "Kelm Daily", "KEL"),
    )
}
KELM: Final = Entity("kelm", Kind.PLACE, (("de", "Kelm"), ("en", "Kelm")))
START: Final = date(2025, 2, 3)

# actor, relation, recipient, modality, days after START (None: no day), speakers (outermost last), article, quote
Row = tuple[str, str, str, str, int | None, tuple[str, ...], str, str]
ROWS: Final[tuple[Row, ...]] = (
    ("norland", "warns", "suderia", "actual", 0, (), "a1", "Nordland [warnte] Süderien vor einem Bruch des Vertrags."),
    ("norland", "warns", "suderia", "actual", 2, ("daily",), "a2", "Norland again [warned] Suderia, the Daily said."),
    ("norland", "sanctions", "suderia", "conditional", 2, (), "a2", "It would [impose sanctions] if Suderia withdrew."),
    ("norland", "negotiates", "suderia", "planned", 3, ("agency",), "a1", "Beide Seiten wollen [verhandeln]."),
    ("suderia", "negotiates", "norland", "planned", 4, (), "a3", "Süderien will mit Nordland [verhandeln]."),
    ("suderia", "accuses", "norland", "actual", 4, (), "a3", "Süderien [beschuldigte] Nordland der Spionage."),
    ("norland", "aids", "suderia", "possible", 5, (), "a2", "Norland might [send aid] to Suderia."),
    ("lindqvist", "meets", "serrano", "actual", 5, ("officials", "agency"), "a1", "Lindqvist [traf] Serrano in Kelm."),
    ("serrano", "meets", "lindqvist", "negated", 6, ("serrano",), "a2", "Serrano said she had not [met] Lindqvist."),
    ("lindqvist", "meets", "serrano", "actual", 6, ("daily",), "a4", "Lindqvist und Serrano [trafen sich] am Abend."),
    ("falk", "telephones", "serrano", "actual", 6, (), "a4", "Falk [telefonierte] mit Serrano."),
    ("brenovia", "attacks", "ostrania", "negated", 7, ("verin",), "a2", "Brenovia had not [shelled] the post, Verin said."),
    ("ostrania", "accuses", "brenovia", "actual", 7, ("tesar",), "a2", "Ostrania [accused] Brenovia of shelling."),
    ("tesar", "threatens", "brenovia", "conditional", 8, (), "a3", "Sollte Brenowien angreifen, [drohte] Tesař mit Folgen."),
    ("union", "condemns", "brenovia", "actual", 8, (), "a1", "Die Union [verurteilte] den Beschuss."),
    ("norre", "telephones", "tesar", "actual", 9, (), "a1", "Norre [sprach] mit Tesař."),
    ("norre", "invites", "verin", "actual", 9, (), "a1", "Er [lud] Verin nach Kelm [ein]."),
    ("union", "mediates", "ostrania", "planned", 10, (), "a4", "Die Union will in Ostranien [vermitteln]."),
    ("norland", "supports", "ostrania", "actual", 10, (), "a4", "Nordland [unterstützt] Ostranien."),
    ("formula", "criticises", "union", "actual", 11, (), "a4", "=SUM(A1) [kritisierte] die Union."),
    ("rebels", "attacks", "ostrania", "possible", 11, (), "a5", "Die Rebellen könnten Ostranien [angegriffen] haben."),
    ("falk", "criticises", "lindqvist", "actual", None, (), "a6", "Falk [kritisierte] Lindqvist."),
    ("suderia", "arms", "rebels", "possible", 40, ("officials",), "a2", "Suderia may be [arming] the rebels."),
)

ARTICLES: Final = (
    Article("a1", "Gespräche in Kelm", "", "de", START, "Nordpress", "https://example.org/a1"),
    Article("a2", "Suderia denies a meeting", "", "en", date(2025, 2, 10), "Kelm Daily", "https://example.org/a2?x=1&y=2"),
    Article("a3", "Süderien erhebt Vorwürfe", "", "de", date(2025, 2, 8), "Nordpress", "https://example.org/a3"),
    Article("a4", "Ein Abend in Kelm", "", "de", date(2025, 2, 14), "Seeblatt", "https://example.org/a4", fictional=True),
    Article("a5", "Rebellen", "", "de", date(2025, 2, 14), "Seeblatt", "javascript:window.broken=1"),
    Article("a6", "Streit im Kabinett", "", "de", None, "", ""),
)


def make_role(id: str) -> Role:
    entity = ENTITIES[id]
    return Role(entity, None, entity.code or (ENTITIES[entity.acts_for].code if entity.acts_for else ""))


def make_claim(number: int, row: Row) -> Claim:
    """Make a claim of a row; the trigger stands in brackets, of which the first counts."""
    actor, relation, recipient, modality, day, speakers, article, marked = row
    start = 100 + 200 * number
    quote = marked.replace("[", "").replace("]", "")
    trigger = Span(start + marked.index("["), start + marked.index("]") - 1)
    return Claim(
        id=f"c{number:02}",
        article=article,
        type=relation_types()[relation].root,
        relation=relation,
        actor=make_role(actor),
        recipient=make_role(recipient),
        modality=Modality(modality),
        quote=quote,
        span=Span(start, start + len(quote)),
        trigger=trigger,
        speakers=tuple(make_role(speaker) for speaker in speakers),
        time=None if day is None else Interval(START + timedelta(day), START + timedelta(day), "am Montag"),
        place=KELM if relation == "meets" else None,
        confidence=0.83,
        extractor="rules@1.0",
    )


CLAIMS: Final = tuple(make_claim(number, row) for number, row in enumerate(ROWS))
EVENTS: Final = (
    Event("e1", "meets", ("lindqvist", "serrano"), ("c07", "c08", "c09"), Status.CONTESTED),
    Event("e2", "warns", ("norland", "suderia"), ("c00", "c01"), Status.HELD),
)


def many(actors: int, claims: int) -> tuple[tuple[Claim, ...], tuple[Entity, ...]]:
    """Return a network of many persons, for the bars on speed: hubs as in the news, no randomness."""
    people = tuple(
        make_entity(f"p{number}", PERSON, f"Person {number}", acts_for="norland") for number in range(actors)
    )
    relations = ("meets", "warns", "aids", "attacks", "supports", "accuses")
    made = []
    for number in range(claims):
        source = people[number % actors]
        target = people[(number * number + 7 * number + 1) % max(int(actors**0.75), 2)]
        if source == target:
            target = people[(number + 1) % actors]
        row = ("norland", relations[number % 6], "suderia", "actual", number % 60, (), "a1", f"Satz {number} [belegt] es.")
        claim = make_claim(number, row)
        made.append(_between(claim, source, target, number))
    return tuple(made), people


def _between(claim: Claim, source: Entity, target: Entity, number: int) -> Claim:
    codes = ("NOR", "SUD", "BRE", "OST", "FLU")
    return replace(
        claim,
        id=f"m{number:05}",
        actor=Role(source, None, codes[number % 5]),
        recipient=Role(target, None, codes[number % 3]),
    )
