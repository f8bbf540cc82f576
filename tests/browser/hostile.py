"""Claims in whose every field stands what a page, a spreadsheet or an XML reader might take for a command."""

from datetime import date
from typing import Final

from kg.model import Article, Claim, Entity, Event, Interval, Kind, Modality, Role, Span, Status

PAYLOADS: Final = (
    '<img src=x onerror="window.broken=1">',
    "</script><script>window.broken=1</script>",
    "<!--<script>",
    '" onmouseover="window.broken=1',
    "javascript:window.broken=1",
    "https://example.org/<svg onload=window.broken=1>",
    "{{ 7 * 7 }}{% raw %}",
    "href=evil ]]> &lt;b&gt;",
    "\u2028\u2029\x00\x07\ufeff",
    "\ud800",
    "__proto__",
    "=HYPERLINK(1)",
    "@SUM(1)",
)


def hostile_claims() -> tuple[tuple[Claim, ...], tuple[Entity, ...], tuple[Article, ...], tuple[Event, ...]]:
    """Return claims, entities, articles and events, one for each payload."""
    claims, entities, articles, events = [], [], [], []
    for number, bad in enumerate(PAYLOADS):
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
