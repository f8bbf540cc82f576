"""How often each row of the predicate lexicon is right on articles that were written and annotated for training.

The rules read the articles; a statement is right where the annotation has its actors and PLOVER root in that sentence.
Only statements whose two actors are marked are judged. The articles are synthetic, and the rules were corrected by
them: the figures show which rows to look at, not how good the rules are.

python -m benchmarks.predicates --language en --articles 300
python -m benchmarks.predicates --language en --row en/aid.tsv:12
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract import Extractor
from kg.extract.rules import make
from kg.knowledge.predicates import LANGUAGES
from kg.model import Article, Span, Statement
from kg.ontology import relation_types
from kg.resources import resource
from kg.training.relations.passages import passages
from kg.training.relations.sentences import Actor, Marked, Passage

SEED = 7
RIGHT, TURNED, TYPE, NONE = "right", "turned", "other root", "no relation"


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement of a row: what the annotation says of it, and its sentence."""

    row: str
    root: str
    verdict: str
    text: str


def judged(passage: Passage, extractor: Extractor) -> Iterator[Judged]:
    """Yield what the rules read in an article, with what the annotation says of it."""
    starts, text = [], ""
    for sentence in passage.sentences:
        starts.append(len(text))
        text += sentence.text + " "
    for statement in extractor.read(Article("passage", "", text, passage.language)).statements:
        row = next((cue for cue in statement.cues if ".tsv:" in cue), "")
        number = max(i for i, start in enumerate(starts) if start <= statement.trigger.start)
        actor, recipient = (
            _named(mention.span, passage, starts) for mention in (statement.actor, statement.recipient)
        )
        if row and actor and recipient:
            root = relation_types()[statement.relation].root
            verdict = _verdict(statement, root, passage, number, (actor, recipient))
            ends = f"{statement.actor.span.of(text)} > {statement.recipient.span.of(text)}"
            yield Judged(row, root, verdict, f"{ends}: {passage.sentences[number].text}")


def _named(span: Span, passage: Passage, starts: list[int]) -> set[str]:
    """Return the names of the marked actors that a mention overlaps."""
    return {
        actor.name
        for sentence, start in zip(passage.sentences, starts, strict=True)
        for actor in sentence.actors
        if span.overlaps(_span(sentence, actor, start))
    }


def _span(sentence: Marked, actor: Actor, start: int) -> Span:
    first, last = sentence.words[actor.start], sentence.words[actor.end - 1]
    return Span(start + first.span.start, start + last.span.end)


def _verdict(
    statement: Statement, root: str, passage: Passage, number: int, ends: tuple[set[str], set[str]]
) -> str:
    actors, recipients = ends
    relations = passage.sentences[number].relations
    straight = {r.root for r in relations if r.actor in actors and r.recipient in recipients}
    back = {r.root for r in relations if r.actor in recipients and r.recipient in actors}
    if root in straight or (root in back and relation_types()[statement.relation].symmetric):
        return RIGHT
    if root in back:
        return TURNED
    return TYPE if straight or back else NONE


def main() -> None:
    """Print the rows that are wrong most often, or all that one row read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--language", choices=LANGUAGES, required=True)
    parser.add_argument("--articles", type=int, default=300, help="how many, drawn at random (default: 300)")
    parser.add_argument("--least", type=int, default=3, help="wrong statements from which a row is listed")
    parser.add_argument("--row", help="list what this row read")
    options = parser.parse_args()
    known = [p for p in passages(resource("data/training/passages")) if p.language == options.language]
    drawn = random.Random(SEED).sample(known, min(options.articles, len(known)))
    extractor = make()
    rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for found in (found for passage in drawn for found in judged(passage, extractor)):
        rows[found.row, found.root][found.verdict] += 1
        if found.row == options.row:
            print(f"{found.verdict:12} {found.text}")
    total: Counter[str] = sum(rows.values(), Counter())
    listed = {key: counts for key, counts in rows.items() if counts.total() - counts[RIGHT] >= options.least}
    if not options.row:
        print(f"{'row':28}{'root':12}{RIGHT:>12}{TURNED:>12}{TYPE:>12}{NONE:>12}")
        for (row, root), counts in sorted(listed.items(), key=lambda item: item[1][RIGHT] - item[1].total()):
            print(f"{row:28}{root:12}" + "".join(f"{counts[v]:12}" for v in (RIGHT, TURNED, TYPE, NONE)))
    print(
        f"{total[RIGHT]} of {total.total()} statements of {len(rows)} rows are right, in {len(drawn)} articles"
    )


if __name__ == "__main__":
    main()
