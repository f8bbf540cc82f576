"""23 invented claims about invented states: what the network page has to show, once each.

Norland and Suderia have five parallel edges; the meeting in Kelm is contested; all five modalities occur; c21
has no day, c20 an address that must not become a link, the actor of c19 a name that a spreadsheet would run.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kg.model import Article, Claim, Entity, Event, Interval, Kind, Modality, Role, Span, Status
from kg.ontology import relation_types


def make_entity(id: str, kind: Kind, de: str, en: str = "", **values: str) -> Entity:
    return Entity(id, kind, (("de", de), ("en", en or de)), **values)


STATE, PERSON, ORGANISATION, GROUP = Kind.STATE, Kind.PERSON, Kind.ORGANISATION, Kind.GROUP
ENTITIES: Final = {
    entity.id: entity
    for entity in (
        make_entity("norland", STATE, "Nordland", "Norland", code="NOR"),
        make_entity("suderia", STATE, "Süderien", "Suderia", code="SUD"),
        make_entity("brenovia", STATE, "Brenowien", "Brenovia", code="BRE"),
        make_entity("ostrania", STATE, "Ostranien", "Ostrania", code="OST"),
        make_entity("union", ORGANISATION, "Fünf-Seen-Union", "Five Lakes Union", code="FLU"),
        make_entity("lindqvist", PERSON, "Maja Lindqvist", acts_for="norland"),
        make_entity("falk", PERSON, "Jörn Falk", acts_for="norland"),
        make_entity("serrano", PERSON, "Inés Serrano", acts_for="suderia"),
        make_entity("tesar", PERSON, "Galina Tesař", "Galina Tesar", acts_for="ostrania"),
        make_entity("verin", PERSON, "Salka Verin", acts_for="brenovia"),
        make_entity("norre", PERSON, "Edvard Norre", acts_for="union"),
        make_entity("rebels", GROUP, "Rebellen von Mera", "rebels of Mera"),
        make_entity("officials", GROUP, "zwei hohe Beamte", "two senior officials", acts_for="suderia"),
        make_entity("formula", PERSON, "=HYPERLINK(1)"),
        make_entity("agency", ORGANISATION, "Nordpress", "Nordpress", code="NPR"),
        make_entity("daily", ORGANISATION, "Kelmer Tagblatt", "Kelm Daily", code="KEL"),
    )
}
KELM: Final = Entity("kelm", Kind.PLACE, (("de", "Kelm"), ("en", "Kelm")))
START: Final = date(2025, 2, 3)

# actor, relation, recipient, modality, days after START, article, speakers (outermost last; + says it together with
# the one before): quote, [trigger]
TABLE: Final = """
norland   warns      suderia   actual      0  a1: Nordland [warnte] Süderien vor einem Bruch.
norland   warns      suderia   actual      2  a2 daily: Norland again [warned] Suderia, the Daily said.
norland   sanctions  suderia   conditional 2  a2: It would [impose sanctions] if Suderia withdrew.
norland   negotiates suderia   planned     3  a1 agency: Beide Seiten wollen [verhandeln].
suderia   negotiates norland   planned     4  a3: Süderien will mit Nordland [verhandeln].
suderia   accuses    norland   actual      4  a3: Süderien [beschuldigte] Nordland der Spionage.
norland   aids       suderia   possible    5  a2: Norland might [send aid] to Suderia.
lindqvist meets      serrano   actual      5  a1 officials +falk agency: Lindqvist [traf] Serrano in Kelm.
serrano   meets      lindqvist negated     6  a2 serrano: Serrano said she had not [met] Lindqvist.
lindqvist meets      serrano   actual      6  a4 daily: Lindqvist und Serrano [trafen sich] am Abend.
falk      telephones serrano   actual      6  a4: Falk [telefonierte] mit Serrano.
brenovia  attacks    ostrania  negated     7  a2 verin: Brenovia had not [shelled] the post, Verin said.
ostrania  accuses    brenovia  actual      7  a2 tesar: Ostrania [accused] Brenovia of shelling.
tesar     threatens  brenovia  conditional 8  a3: Greife Brenowien an, [drohte] Tesař mit Folgen.
union     condemns   brenovia  actual      8  a1: Die Union [verurteilte] den Beschuss.
norre     telephones tesar     actual      9  a1: Norre [sprach] mit Tesař.
norre     invites    verin     actual      9  a1: Er [lud] Verin nach Kelm ein.
union     mediates   ostrania  planned     10 a4: Die Union will in Ostranien [vermitteln].
norland   supports   ostrania  actual      10 a4: Nordland [unterstützt] Ostranien.
formula   criticises union     actual      11 a4: =SUM(A1) [kritisierte] die Union.
rebels    attacks    ostrania  possible    11 a5: Die Rebellen könnten Ostranien [angegriffen] haben.
falk      criticises lindqvist actual      -  a6: Falk [kritisierte] Lindqvist.
suderia   arms       rebels    possible    40 a2 officials: Suderia may be [arming] the rebels.
"""

DE, EN = "Nordpress", "Kelm Daily"
ARTICLES: Final = (
    Article("a1", "Gespräche in Kelm", "", "de", START, DE, "https://example.org/a1"),
    Article("a2", "Suderia denies", "", "en", date(2025, 2, 10), EN, "https://example.org/a2?x=1&y=2"),
    Article("a3", "Süderien klagt an", "", "de", date(2025, 2, 8), DE, "https://example.org/a3"),
    Article(
        "a4", "Ein Abend", "", "de", date(2025, 2, 14), "Seeblatt", "https://example.org/a4", fictional=True
    ),
    Article("a5", "Rebellen", "", "de", date(2025, 2, 14), "Seeblatt", "javascript:window.broken=1"),
    Article("a6", "Streit im Kabinett", "", "de", None, "", ""),
)


def make_role(id: str) -> Role:
    entity = ENTITIES[id]
    return Role(entity, None, entity.code or (ENTITIES[entity.acts_for].code if entity.acts_for else ""))


def make_claim(number: int, line: str) -> Claim:
    """Make a claim of a line of the table."""
    values, marked = line.split(":", 1)
    actor, relation, recipient, modality, day, article, *speakers = values.split()
    before, trigger, after = marked.strip().replace("]", "[").split("[")
    quote, start = before + trigger + after, 100 + 200 * number
    date_said = None if day == "-" else START + timedelta(int(day))
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
        trigger=Span(start + len(before), start + len(before) + len(trigger)),
        speakers=tuple(replace(make_role(s.removeprefix("+")), joint=s.startswith("+")) for s in speakers),
        time=Interval(date_said, date_said, "am Montag") if date_said else None,
        place=KELM if relation == "meets" else None,
        confidence=0.83,
        extractor="rules@1.0",
    )


CLAIMS: Final = tuple(make_claim(number, line) for number, line in enumerate(TABLE.strip().splitlines()))
EVENTS: Final = (
    Event("e1", "meets", ("lindqvist", "serrano"), ("c07", "c08", "c09"), Status.CONTESTED),
    Event("e2", "warns", ("norland", "suderia"), ("c00", "c01"), Status.HELD),
)


def many(actors: int, claims: int) -> tuple[tuple[Claim, ...], tuple[Entity, ...]]:
    """Return a network of many persons with hubs as in the news, for the bars on speed; nothing is random."""
    people = tuple(make_entity(f"p{number}", PERSON, f"Person {number}") for number in range(actors))
    relations = ("meets", "warns", "aids", "attacks", "supports", "accuses")
    codes = ("NOR", "SUD", "BRE", "OST", "FLU")
    hubs = max(int(actors**0.75), 2)
    made = []
    for number in range(claims):
        source = people[number % actors]
        target = people[(number * number + 7 * number + 1) % hubs]
        relation, day = relations[number * 7 // 3 % 6], number % 60
        claim = make_claim(number, f"norland {relation} suderia actual {day} a1: Satz {number} [belegt] es.")
        made.append(
            replace(
                claim,
                id=f"m{number:05}",
                actor=Role(source, None, codes[number % 5]),
                recipient=Role(
                    target if target != source else people[(number + 1) % actors], None, codes[number % 3]
                ),
            )
        )
    return tuple(made), people
