"""Claims in whose every field stands what a page, a spreadsheet or an XML reader might take for a command."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kg.graph import Run
from kg.jupyter import Displays
from kg.model import Article, Claim, Entity, Event, Interval, Kind, Modality, Role, Span, Status

MARKUP: Final = (
    '<img src=x onerror="window.broken=1">',
    "</script><script>window.broken=1</script>",
    "<!--<script>",
    '" onmouseover="window.broken=1',
    "' autofocus onfocus='window.broken=1' x='",
    "<svg/onload=window.broken=1>",
    "<svg><script>window.broken=1</script></svg>",
    "<svg><animate onbegin=window.broken=1 attributeName=x dur=1s></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.broken=1>",
    "<iframe srcdoc='<script>parent.broken=1</script>'></iframe>",
    "<object data='data:text/html,<script>parent.broken=1</script>'></object>",
    "<details open ontoggle=window.broken=1>",
    "<style>@import 'https://example.org/evil.css';</style>",
    "<base href='https://example.org/'>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<form action=https://example.org/><input type=submit id=diplokg name=status></form>",
    "</title></textarea></style></noscript></template><img src=x onerror=window.broken=1>",
    "<b onclick=window.broken=1>&lt;i&gt;&#60;script&#62;window.broken=1",
    "&#x3c;img src=x onerror=window.broken=1&#x3e;",
    "href=evil ]]> &lt;b&gt;",
    "<![CDATA[<script>window.broken=1</script>]]>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/hostname'>]>&y;",
    "+ADw-script+AD4-window.broken=1+ADw-/script+AD4-",
)
"""What a page, a notebook or an XML reader might take for elements, attributes and entities."""

LINKS: Final = (
    "javascript:window.broken=1",
    "JaVa\tScRiPt:window.broken=1",
    "\x01javascript:window.broken=1",
    "data:text/html,<script>window.broken=1</script>",
    "vbscript:msgbox(1)",
    "//example.org/evil.js",
    "https://example.org/<svg onload=window.broken=1>",
    'https://example.org/"onmouseover="window.broken=1',
)
"""What might become an address that runs."""

CODE: Final = (
    "{{ 7 * 7 }}{% raw %}",
    "${window.broken=1}`${window.broken=1}`",
    "{packed}{0.__class__.__mro__}%(x)s%s",
    "__proto__",
    "constructor",
    "\\u003cscript\\u003ewindow.broken=1\\u003c/script\\u003e",
    "'-window.broken=1-'",
    '"};window.broken=1;//',
    "$\\href{javascript:window.broken=1}{x}$ and $$\\require{html}\\style{color:red}{y}$$",
    "[click](javascript:window.broken=1) ![](https://example.org/pixel.png)",
    '" } INSERT DATA { <x:a> <x:b> <x:c> } #',
    "> } ; DROP ALL #",
    "?x } SERVICE <https://example.org/sparql> { ?a ?b ?c",
    "'; DROP TABLE claims; --",
    "$(touch broken)`touch broken`",
    "../../../etc/passwd\x00.html",
    "C:\\Windows\\win.ini|con",
)
"""What templates, scripts, formulas of TeX, queries and shells might run, and names of files."""

CELLS: Final = (
    "=HYPERLINK(1)",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    'a,b;"c"\r\n=1+1',
)
"""What a spreadsheet might calculate, or take for the end of a row."""

CHARACTERS: Final = (
    "\u2028\u2029\x00\x07\ufeff",
    "\ud800",
    "\x1b[31mred\x1b]0;title\x07\x1b[2J",
    "\x9b31mred",
    "\u202egnp.exe\u202d\u2066",
    "Ir\u200ban\u200d\u2060\u00ad",
    "Ира\u0301н\ufe0e\U000e0041",
    "e" + "\u0301" * 40,
    "\ufffe\uffff\U0001ffff",
    " \t ",
)
"""What steers a terminal, turns the direction, cannot be seen, or cannot be written."""

GROUPS: Final = (MARKUP, LINKS, CODE, CELLS, CHARACTERS)
PAYLOADS: Final = tuple(payload for group in GROUPS for payload in group)


def hostile_claims(
    payloads: tuple[str, ...] = PAYLOADS,
) -> tuple[tuple[Claim, ...], tuple[Entity, ...], tuple[Article, ...], tuple[Event, ...]]:
    """Return claims, entities, articles and events, one for each payload."""
    claims, entities, articles, events = [], [], [], []
    for number, bad in enumerate(payloads):
        labels = (("de", bad), ("en", bad))
        actor = Entity(f"{bad}{number}", Kind.PERSON, labels, bad, bad, bad, bad, bad, bad)
        other = Entity(f"x{bad}{number}", Kind.STATE, ((bad, bad),))
        article = Article(f"{bad}{number}", bad, bad, bad, date(2025, 1, 1), bad, bad)
        claim = Claim(
            id=f"{bad}{number}",
            article=article.id,
            type=bad,
            relation=bad,
            actor=Role(actor, None, bad),
            recipient=Role(other, None, ""),
            modality=tuple(Modality)[number % 5],
            quote=bad,
            span=Span(0, len(bad)),
            trigger=Span(0, 1),
            speakers=(Role(actor, None, bad), Role(other, None, "")),
            time=Interval(date(2025, 1, 2), date(2025, 1, 3), bad),
            place=actor,
            extractor=bad,
            cues=(bad,),
        )
        claims.append(claim)
        entities += [actor, other]
        articles.append(article)
        events.append(Event(f"{bad}{number}", bad, (bad,), (claim.id,), Status.CONTESTED, None, bad))
    return tuple(claims), tuple(entities), tuple(articles), tuple(events)


@dataclass
class World(Displays):
    """The hostile claims as a graph: what displays, exports and analyses are made of."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    entities: tuple[Entity, ...]
    folder: Path = Path("nowhere")

    @property
    def runs(self) -> dict[str, Run]:
        """What found the claims of each article."""
        return {article.id: Run(PAYLOADS[0], PAYLOADS[1]) for article in self.articles}


def hostile_world(payloads: tuple[str, ...] = PAYLOADS) -> World:
    """Return the hostile claims as a graph."""
    claims, entities, articles, events = hostile_claims(payloads)
    return World(articles, claims, events, entities)
