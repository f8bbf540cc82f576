"""A store for the server's tests: talks that are contested, an article whose claims overlap, hostile texts."""

from datetime import date
from pathlib import Path
from typing import Final

from kg.graph import Run, nquads, ontology_quads, quads
from kg.model import Article, Claim, Event, Kind, Modality, Status
from kg.store import create_store
from tests.browser.hostile import GROUPS
from tests.factories import (
    ARAGHCHI,
    ENVOY,
    IRAN,
    MUSCAT,
    OFFICIALS,
    REUTERS,
    USA,
    make_article,
    make_claim,
    make_entity,
    make_event,
    make_interval,
    make_role,
)

PAYLOADS: Final = (
    '<img src=x onerror="window.broken=1">',
    "</script><script>window.broken=1</script>",
    '"><svg onload=window.broken=1>',
    "{{ 7 * 7 }}{% raw %}",
    "javascript:window.broken=1",
    "' onmouseover='window.broken=1",
    "\u202eetirw\u2066 \x07 =HYPERLINK(1)",
    *(" ".join(group).replace("\ud800", "") for group in GROUPS),
)
"""What stands in every field of an article that a page may show."""

MET: Final = "Iran's foreign minister met the US envoy in Muscat on Tuesday, Reuters reported."
WARNED: Final = "„Wir warnen die USA“, sagte der Minister."
DENIED: Final = "Iran said on Wednesday that its minister had not met the envoy."

TALKS: Final = make_article("talks", published=date(2026, 2, 3))
DENIAL: Final = make_article(
    "denial", DENIED, title="No talks, says Iran", publisher="IRNA", published=date(2026, 2, 4)
)
SPEAKERS: Final = (make_role(OFFICIALS), make_role(REUTERS))

CLAIMS: Final = (
    make_claim(
        MET, article="talks", actor=make_role(ARAGHCHI, state="IRN"), recipient=make_role(ENVOY, state="USA"),
        trigger="met", place=MUSCAT, time=make_interval(text="on Tuesday"), speakers=SPEAKERS,
    ),
    make_claim(MET, article="talks", relation="visits", actor=make_role(ENVOY),
        recipient=make_role(IRAN), trigger="Muscat"),
    make_claim(WARNED, article="talks", relation="warns", trigger="warnen"),
    make_claim(
        DENIED, text=DENIED, article="denial", actor=make_role(ARAGHCHI, state="IRN"),
        recipient=make_role(ENVOY, state="USA"), trigger="met", modality=Modality.NEGATED,
    ),
)  # fmt: skip
CONTESTED: Final = make_event(CLAIMS[0], CLAIMS[3], status=Status.CONTESTED, id="contested-talks")
EVENTS: Final = (CONTESTED, make_event(CLAIMS[2], id="warning"), make_event(CLAIMS[1], id="visit"))


def hostile() -> tuple[list[Article], list[Claim], list[Event]]:
    """Return an article, a claim and an event for each payload."""
    articles, claims, events = [], [], []
    for number, bad in enumerate(PAYLOADS):
        text = f"Before {bad} warned {bad} after."
        entity = make_entity(f"x{number}", Kind.PERSON, labels=(("de", bad), ("en", bad)), description=bad)
        articles.append(
            Article(f"hostile-{number}", bad, text, "en", date(2026, 3, 1 + number), publisher=bad, url=bad)
        )
        claim = make_claim(
            text, text=text, article=f"hostile-{number}", relation="warns", actor=make_role(entity),
            recipient=make_role(IRAN), trigger="warned", time=make_interval(text=bad),
            speakers=(make_role(entity),), place=entity, extractor=bad,
        )  # fmt: skip
        claims.append(claim)
        events.append(make_event(claim, status=Status.CONTESTED))
    return articles, claims, events


def corpus_nquads() -> bytes:
    """Return all of it, with the ontology."""
    articles, claims, events = hostile()
    everything = quads(
        [TALKS, DENIAL, *articles], [*CLAIMS, *claims], [IRAN, USA], [*EVENTS, *events], Run("0", "test@1")
    )
    return nquads([*everything, *ontology_quads()])


def make_folder(folder: Path) -> Path:
    """Write the store into a folder, and return the folder."""
    with create_store(folder) as store:
        store.add_quads(corpus_nquads())
    return folder
