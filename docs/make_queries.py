"""Writes ``docs/queries.md`` and the examples in ``ontology/queries``: ``python docs/make_queries.py --store demo``.

Each named query is run over the sample articles with the parameters of its example. The first rows of the
answer go to the page, the first one to the header of the query. With ``--check`` nothing is written, and what
would change is an error.
"""

import argparse
import re
import shlex
import sys
from pathlib import Path
from typing import Final

from kg.query import Query, Table, example_of, named_queries, parse_query, run_query
from kg.store import Store, open_store

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "queries.md"
QUERIES: Final = ROOT / "ontology" / "queries"

THEMES: Final = {
    "contacts": "Contacts: who meets whom",
    "conflict": "Demands, warnings, conflict",
    "cooperation": "Cooperation and conflict counted",
    "actors": "One actor, or two",
    "events": "Events and what stands against them",
    "sources": "Who reports, and who says so",
}
"""The chapters of the page, by the theme that a query's header names."""

ROWS: Final = 4
"""Rows of an answer that the page shows."""

CELL: Final = 26
"""Characters of a cell on the page; the same of the header's answer."""

INTRODUCTION: Final = """# Named queries

{count} questions have names. `kg query --list` shows them, `kg query --list NAME` explains one, and
`graph.query("NAME", actor="Iran")` asks it from Python. The files are in
[`ontology/queries`](../ontology/queries); each runs as it is in any SPARQL 1.1 tool. To ask a question of your own
under a name, write a file with such a header and give its path: `kg query mine.rq -p actor=Iran`.

Parameters go by name: `-p actor=Iran`. An actor may be named by label, short name or IRI; a state stands for all who
act for it. A word in brackets after the meaning is what holds if the parameter is not given. Counts are counts of
*claims* or *events*, never of triples, and a claim counts once, however many graphs or labels it touches.
The answers below are the first rows of what the 35 sample articles give.

This page is made by `python docs/make_queries.py`; change the queries, not the page.
"""


def example(query: Query, store: Store) -> dict[str, str]:
    """Return the parameters of a query's example; the one event that most outlets report where it needs one."""
    found = example_of(query)
    for parameter in query.parameters:
        if parameter.type == "iri":
            table = run_query(store, "most-reported")
            event = str(table.rows[0][table.columns.index("event")])
            found[parameter.name] = f"event:{event.rpartition('/')[2]}"
    return found


def renewed(text: str, store: Store) -> str:
    """Return the text of a query with the example and the answer of now. Raises QueryError."""
    query = parse_query(text)
    parameters = example(query, store)
    words = (
        query.example if parameters == example_of(query) else shlex.join(map("=".join, parameters.items()))
    )
    lines = f"# example: {words}\n# answer: {first_row(run_query(store, query, parameters))}\n"
    text = re.sub(r"^# answer:.*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"^# example:.*\n", lambda _: lines, text, count=1, flags=re.MULTILINE)


def first_row(table: Table) -> str:
    """Return the first row of an answer on one line.

    >>> first_row(Table(("who",), ()))
    'nothing found'
    """
    lines = Table(table.columns, table.terms[:1]).to_text(CELL).splitlines()
    if len(lines) < 3:
        return lines[0]
    widths = [len(rule) for rule in lines[1].split("  ")]
    cells, start = [], 0
    for width in widths:
        cells.append(lines[2][start : start + width].strip())
        start += width + 2
    return " | ".join(cells)


def page(store: Store) -> str:
    """Return the page, as Markdown. Raises QueryError, KeyError for a query of no known theme."""
    queries = named_queries()
    chapters = {theme: [] for theme in THEMES}  # type: dict[str, list[str]]
    for name, query in queries.items():
        chapters[query.theme].append(entry(name, query, store))
    parts = [INTRODUCTION.format(count=len(queries))]
    for theme, title in THEMES.items():
        parts += [f"## {title}\n", *chapters[theme]]
    return "\n".join(parts)


def entry(name: str, query: Query, store: Store) -> str:
    """Return what the page says of a query: title, meaning, parameters, example, answer."""
    parameters = example(query, store)
    table = run_query(store, query, parameters)
    rows = "\n".join(
        line.rstrip() for line in Table(table.columns, table.terms[:ROWS]).to_text(CELL).splitlines()
    )
    more = f"\n… {len(table)} rows" if len(table) > ROWS else ""
    words = "".join(f" -p {shlex.quote(f'{key}={value}')}" for key, value in parameters.items())
    meanings = "".join(f"| `{each.name}` | {each.meaning} |\n" for each in query.parameters)
    return (
        f"### {name}\n\n**{query.title}** · *{query.title_de}*\n\n{query.description}\n\n"
        f"| parameter | meaning |\n|---|---|\n{meanings}\n"
        f"```text\n$ kg query {name}{words}\n{rows}{more}\n```\n"
    )


def main() -> int:
    """Write or check page and headers, and return 1 if a check finds something that is not of now."""
    parser = argparse.ArgumentParser(description="Write docs/queries.md and the examples of the queries.")
    parser.add_argument("--store", type=Path, default=Path("demo"), help="folder that make demo wrote")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if something is old")
    options = parser.parse_args()
    with open_store(options.store) as store:
        wanted = {path: renewed(path.read_text("utf-8"), store) for path in sorted(QUERIES.glob("*.rq"))}
        wanted[PAGE] = page(store)
    old = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in old:
        print(
            f"{path.relative_to(ROOT)}: {'old; renew it with: make examples' if options.check else 'renewed'}"
        )
        if not options.check:
            path.write_text(wanted[path], "utf-8")
    return 1 if options.check and old else 0


if __name__ == "__main__":
    sys.exit(main())
