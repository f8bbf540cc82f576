"""The words of the pages, German and English. Names of things come from the store."""

from typing import Final
from typing import Literal as OneOf

Language = OneOf["de", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")

WORDS: Final[dict[Language, dict[str, str]]] = {
    "de": {
        "title": "Diplomatische Beziehungen", "skip": "Zum Inhalt", "find": "Akteur suchen",
        "search": "Suchen", "articles": "Artikel", "events": "Ereignisse", "query": "SPARQL", "home": "Start",
        "dark": "Dunkel", "light": "Hell", "other": "English",
        "lead": "Wer traf, warnte oder unterstützte wen, wann, wo, laut wem und wie gewiss: "
        "jede Angabe führt zu dem Satz, aus dem sie gelesen wurde.",
        "claims": "Aussagen", "claim": "Aussage", "contested_events": "umstrittene Ereignisse",
        "busiest": "Akteure mit den meisten Aussagen", "newest": "Neueste Artikel",
        "most_contested": "Umstrittene Ereignisse", "all_articles": "Alle Artikel", "all_events": "Alle Ereignisse",
        "found": "Gefunden für", "nothing": "Kein Akteur heißt so.",
        "nothing_hint": "Versuchen Sie einen Teil des Namens, deutsch oder englisch.",
        "person": "Person", "state": "Staat", "organisation": "Organisation", "group": "Gruppe", "place": "Ort",
        "office": "Amt", "actor": "Akteur",
        "acts_for": "Handelt für", "members": "Es handeln für diesen Akteur", "more_facts": "Mehr bei Wikidata",
        "timeline": "Beziehungen über die Zeit", "cooperation": "Kooperation", "conflict": "Konflikt",
        "undated": "ohne Datum", "counterparts": "Mit wem", "with_members": "samt allen, die dafür handeln",
        "alone": "nur der Akteur selbst", "filter": "Auswählen", "any": "alle", "relation": "Art",
        "modality": "Gewissheit", "with": "Gegenüber", "from": "von", "to": "bis", "order": "Reihenfolge",
        "oldest_first": "älteste zuerst", "newest_first": "neueste zuerst", "reset": "Alles zeigen",
        "evidence": "Belege", "none": "Keine Aussage passt zu dieser Auswahl.", "scope": "Umfang",
        "previous": "Zurück", "next": "Weiter", "page_of": "Seite",
        "actual": "tatsächlich", "planned": "geplant", "possible": "möglich", "conditional": "bedingt",
        "negated": "verneint",
        "says": "Laut", "when": "Zeit", "where": "Ort", "source": "Quelle", "read": "Erkannt", "sure": "sicher",
        "by_article": "Tag des Artikels", "published": "erschienen", "open": "Original", "no_link": "kein Link",
        "fictional": "fiktiv", "citing": "beruft sich auf", "narrator": "der Artikel selbst",
        "in_text": "Im Text zeigen", "to_event": "Ereignis",
        "event": "Ereignis", "participants": "Beteiligte", "affirmed": "So berichtet", "denied": "Bestritten",
        "contradicts": "Widerspricht", "status": "Stand",
        "proposed": "vorgeschlagen", "announced": "angekündigt", "held": "geschehen", "denied_status": "bestritten",
        "contested": "umstritten", "confirmed": "bestätigt", "postponed": "verschoben", "cancelled": "abgesagt",
        "contested_note": "Die Quellen widersprechen einander: beide Seiten stehen nebeneinander.",
        "outlets": "Medien", "no_outlet": "ohne Angabe", "language": "Sprache", "de": "Deutsch", "en": "Englisch",
        "highlighted": "Hervorgehoben ist, woraus gelesen wurde; die Zahl führt zur Aussage.",
        "no_claims": "In diesem Artikel wurde keine Aussage gefunden.",
        "examples": "Beispiele", "run": "Ausführen", "editor_hint":
        "Präfixe müssen nicht geschrieben werden. Strg+Eingabe führt aus; die Adresse für Programme ist",
        "no_script": "Ohne JavaScript: Die Antwort kommt als JSON.", "parameters": "Parameter",
        "not_found": "Das gibt es hier nicht",
        "not_found_hint": "Suchen Sie nach einem Akteur, oder beginnen Sie vorn.",
        "failed": "Das ging nicht", "all_statuses": "alle",
        "many": "Nur die ersten 20.000 Aussagen sind berücksichtigt.",
        "network": "Aussagen je Zeitraum, Kooperation nach oben, Konflikt nach unten",
    },
    "en": {
        "title": "Diplomatic relations", "skip": "To the content", "find": "Find an actor",
        "search": "Search", "articles": "Articles", "events": "Events", "query": "SPARQL", "home": "Home",
        "dark": "Dark", "light": "Light", "other": "Deutsch",
        "lead": "Who met, warned or supported whom, when, where, according to whom and how certainly: "
        "everything leads to the sentence that it was read from.",
        "claims": "claims", "claim": "claim", "contested_events": "contested events",
        "busiest": "Actors with most claims", "newest": "Newest articles",
        "most_contested": "Contested events", "all_articles": "All articles", "all_events": "All events",
        "found": "Found for", "nothing": "No actor has this name.",
        "nothing_hint": "Try a part of the name, in German or English.",
        "person": "person", "state": "state", "organisation": "organisation", "group": "group", "place": "place",
        "office": "office", "actor": "actor",
        "acts_for": "Acts for", "members": "Acting for this actor", "more_facts": "More at Wikidata",
        "timeline": "Relations over time", "cooperation": "Cooperation", "conflict": "Conflict",
        "undated": "undated", "counterparts": "With whom", "with_members": "with all who act for it",
        "alone": "the actor alone", "filter": "Select", "any": "all", "relation": "Kind",
        "modality": "Certainty", "with": "Counterpart", "from": "from", "to": "to", "order": "Order",
        "oldest_first": "oldest first", "newest_first": "newest first", "reset": "Show all",
        "evidence": "Evidence", "none": "No claim fits this selection.", "scope": "Scope",
        "previous": "Back", "next": "Next", "page_of": "Page",
        "actual": "actual", "planned": "planned", "possible": "possible", "conditional": "conditional",
        "negated": "negated",
        "says": "According to", "when": "Time", "where": "Place", "source": "Source", "read": "Read by", "sure": "sure",
        "by_article": "day of the article", "published": "published", "open": "Original", "no_link": "no link",
        "fictional": "fictional", "citing": "cites", "narrator": "the article itself",
        "in_text": "Show in the text", "to_event": "Event",
        "event": "Event", "participants": "Participants", "affirmed": "As reported", "denied": "Denied",
        "contradicts": "Contradicts", "status": "Status",
        "proposed": "proposed", "announced": "announced", "held": "held", "denied_status": "denied",
        "contested": "contested", "confirmed": "confirmed", "postponed": "postponed", "cancelled": "cancelled",
        "contested_note": "The sources contradict each other: both sides stand side by side.",
        "outlets": "Outlets", "no_outlet": "not stated", "language": "Language", "de": "German", "en": "English",
        "highlighted": "Highlighted is what was read from; the number leads to the claim.",
        "no_claims": "No claim was found in this article.",
        "examples": "Examples", "run": "Run", "editor_hint":
        "Prefixes need not be written. Ctrl+Enter runs the query; the address for programs is",
        "no_script": "Without JavaScript: the answer comes as JSON.", "parameters": "Parameters",
        "not_found": "There is no such thing here", "not_found_hint": "Search for an actor, or begin at the start.",
        "failed": "That did not work", "all_statuses": "all", "many": "Only the first 20,000 claims are counted.",
        "network": "Claims per period, cooperation upward, conflict downward",
    },
}  # fmt: skip


def language_of(accepted: str) -> Language:
    """Return the language that an Accept-Language header prefers, English where it names neither.

    >>> language_of("fr,de-DE;q=0.8,en;q=0.5")
    'de'
    """
    wanted = []
    for part in accepted.split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((float(quality or 1), tag[:2].lower()))
        except ValueError:
            continue
    for _, tag in sorted(wanted, key=lambda pair: -pair[0]):
        if tag in LANGUAGES:
            return tag
    return "en"
