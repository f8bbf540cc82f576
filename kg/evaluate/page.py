"""Shows each missed, wrong and flawed claim beside its sentence, on one HTML page that needs no network.

All text is escaped; the page carries no script, and its content security policy allows none.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from kg.evaluate.causes import flaws, why_missed, why_wrong
from kg.evaluate.gold import GoldClaim
from kg.evaluate.matching import Match
from kg.evaluate.measures import Score
from kg.evaluate.predictions import Predicted
from kg.evaluate.report import COLUMNS, cells_of, rows_of
from kg.model import Interval

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"

STYLE: Final = """
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #8884 }
.numbers { width: auto } .numbers td + td, .numbers th + th { text-align: right }
.numbers td + td { font-variant-numeric: tabular-nums }
.claims td:first-child { width: 11rem } .claims td:nth-child(2) { width: 24rem }
mark { background: #ffd54a80; color: inherit } h2 { margin-top: 2.5rem }
.missed { border-left: 4px solid #b3261e } .wrong { border-left: 4px solid #b26a00 }
.right { border-left: 4px solid #1b6e53 }
small { opacity: .75 }
"""

HEAD: Final = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">
<title>Claims against gold</title>
<style>{STYLE}</style>
</head>
<body>
<h1>Claims against gold</h1>
"""


def as_page(score: Score) -> str:
    """Return the page: the measures, then for each article the claims that are not wholly right."""
    parts = [HEAD, *_measures(score)]
    for match in score.matches:
        parts.extend(_article(match))
    return "\n".join([*parts, "</body>\n</html>\n"])


def _measures(score: Score) -> Iterator[str]:
    headings = ["", "gold", "predicted", *(heading for _, heading in COLUMNS)]
    yield '<table class="numbers">'
    cells = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    yield f"<tr>{cells}</tr>"
    for name, counts in rows_of(score):
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in cells_of(counts))
        yield f"<tr><td>{escape(name)}</td>{cells}</tr>"
    yield "</table>"


def _article(match: Match) -> Iterator[str]:
    article = match.annotated.article
    numbers = f"{len(match.pairs)} right, {len(match.missed)} missed, {len(match.wrong)} wrong"
    rows = sorted(_rows(match))
    yield f"<h2>{escape(article.title)}</h2>"
    yield f"<p><small>{escape(article.id)} · {numbers}</small></p>"
    if rows:
        yield '<table class="claims">'
        yield "<tr><th>what</th><th>claim</th><th>sentence</th></tr>"
        yield from (row for _, _, row in rows)
        yield "</table>"


def _rows(match: Match) -> Iterator[tuple[int, int, str]]:
    """Yield the rows of claims with their place in the text, to sort by."""
    text = match.annotated.article.text
    for index in match.missed:
        gold = match.gold[index]
        cells = ("missed", why_missed(match, index), _of_gold(gold, text), _sentence_of_gold(gold, text))
        yield gold.evidence.start, 0, _row(*cells)
    for index in match.wrong:
        found = match.found[index]
        cells = ("wrong", why_wrong(match, index), _of_found(found), escape(found.quote))
        yield found.evidence.start, 1, _row(*cells)
    for gold_index, found_index in match.pairs:
        gold, found = match.gold[gold_index], match.found[found_index]
        if causes := flaws(gold, found, text):
            claim = f"{_of_gold(gold, text)}<br><small>predicted</small> {_of_found(found)}"
            cells = ("right", "; ".join(causes), claim, _sentence_of_gold(gold, text))
            yield gold.evidence.start, 2, _row(*cells)


def _row(kind: str, cause: str, claim: str, sentence: str) -> str:
    label = "right, but" if kind == "right" else kind
    what = f'<td class="{kind}"><b>{label}</b><br>{escape(cause)}</td>'
    return f"<tr>{what}<td>{claim}</td><td>{sentence}</td></tr>"


def _sentence_of_gold(gold: GoldClaim, text: str) -> str:
    evidence, trigger = gold.evidence, gold.trigger
    before, after = text[evidence.start : trigger.start], text[trigger.end : evidence.end]
    return f"{escape(before)}<mark>{escape(trigger.of(text))}</mark>{escape(after)}"


def _of_gold(gold: GoldClaim, text: str) -> str:
    speakers = [speaker.name for speaker in gold.speakers]
    actor = f"{gold.actor.name} ({gold.actor.span.of(text)})"
    recipient = f"{gold.recipient.name} ({gold.recipient.span.of(text)})"
    rest = _rest(gold.modality, gold.time, speakers)
    return _claim(actor, f"{gold.relation} [{gold.type}]", recipient, rest)


def _of_found(found: Predicted) -> str:
    speakers = [words[0] for words in found.speakers]
    actor = f"{found.actor.label} ({found.actor.mention})"
    recipient = f"{found.recipient.label} ({found.recipient.mention})"
    rest = f"{_rest(found.modality, found.time, speakers)}, confidence {found.confidence:.2f}"
    return _claim(actor, f"{found.relation} [{found.type}]", recipient, rest)


def _claim(actor: str, relation: str, recipient: str, rest: str) -> str:
    return f"{escape(actor)} <b>{escape(relation)}</b> {escape(recipient)}<br><small>{escape(rest)}</small>"


def _rest(modality: str, time: Interval | None, speakers: list[str]) -> str:
    said = [str(modality)]
    if time:
        said.append(f"{time.start} to {time.end}")
    if speakers:
        said.append(f"says {' ← '.join(reversed(speakers))}")
    return ", ".join(said)
