"""Notebooks: the magic, its completion, and what graph, claim and article show."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

import kg
from kg.errors import SelectionError
from kg.jupyter import MarkedArticle, claim_html
from kg.jupyter.magics import _folder
from kg.markup import xml_text
from kg.model import Modality
from kg.query.complete import completions
from tests.factories import ARAGHCHI, REUTERS, TEXT, make_article, make_claim, make_role

QUERY = "SELECT ?who ?what ?whom { ?claim dk:actor ?who ; dk:relation ?what ; dk:recipient ?whom } ORDER BY ?claim"


@pytest.fixture(scope="module")
def shell(built: kg.Graph) -> Iterator[InteractiveShell]:
    """An IPython with the extension, where ``graph`` is the graph of four articles."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(built.folder.parent / "ipython"))
        mathjax = pd.get_option("display.html.use_mathjax")
        made: Any = InteractiveShell()  # type: ignore[no-untyped-call]
        kg.load_ipython_extension(made)
        made.user_ns["graph"] = built
        yield made
        kg.unload_ipython_extension(made)
        pd.set_option("display.html.use_mathjax", mathjax)


def sparql(shell: Any, line: str, cell: str = "") -> Any:
    if cell:
        return shell.run_cell_magic("sparql", line, cell)
    return shell.run_line_magic("sparql", line)


# the magic


def test_a_cell_is_answered_with_names(shell: InteractiveShell, built: kg.Graph) -> None:
    frame = sparql(shell, "", QUERY)
    assert list(frame.columns) == ["who", "what", "whom"]
    assert len(frame) == len(built.claims)
    names = {role.entity.label("en") for claim in built.claims for role in (claim.actor, claim.recipient)}
    assert {*frame["who"], *frame["whom"]} == names
    assert not [cell for cell in frame.to_numpy().ravel() if "://" in cell]


def test_a_cell_may_name_the_graph_that_it_is_about(shell: InteractiveShell) -> None:
    count = "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/diplokg/graph/{}> {{ ?s ?p ?o }}"
    assert sparql(shell, "", count.format("none")).iloc[0, 0] == 0
    assert 0 < sparql(shell, "", count.format("edges")).iloc[0, 0] < len(shell.user_ns["graph"].claims) * 5


def test_names_may_be_german_or_left_out(shell: InteractiveShell, built: kg.Graph) -> None:
    german = sparql(shell, "--language de", QUERY)
    assert {*german["who"]} == {claim.actor.entity.label("de") for claim in built.claims}
    plain = sparql(shell, "--iris", QUERY)
    assert all(cell.startswith("https://w3id.org/diplokg/") for cell in plain.to_numpy().ravel())


def test_an_answer_can_be_kept_and_a_folder_asked(shell: InteractiveShell, built: kg.Graph) -> None:
    kept = sparql(shell, f"--to rows --store '{built.folder}'", QUERY)
    assert shell.user_ns["rows"] is kept


def test_an_answer_shows_whole_sentences_to_the_left_and_empty_cells_empty(
    shell: InteractiveShell, built: kg.Graph
) -> None:
    sentence = "dk:quote/oa:hasSelector/oa:exact ?sentence"
    shown = sparql(
        shell,
        "",
        f"SELECT ?sentence ?none (1 AS ?one) {{ ?c {sentence} OPTIONAL {{ ?c dk:place ?none FILTER(false) }} }}",
    )
    html = shown._repr_html_()
    quotes = [claim.quote for claim in built.claims]
    assert max(map(len, quotes)) > pd.get_option("display.max_colwidth")
    assert all(xml_text(quote) in html for quote in quotes)
    assert "NaN" not in html
    assert "None" not in html
    assert html.count("text-align: right") == 1 + len(shown)  # numbers, and the name above them
    assert type(shown.head(1)) is pd.DataFrame


def test_a_long_answer_says_how_much_more_there_is(shell: InteractiveShell) -> None:
    values = " ".join(map(str, range(70)))
    html = sparql(shell, "", f"SELECT ?n {{ VALUES ?n {{ {values} }} }} ORDER BY ?n")._repr_html_()
    assert "10 more rows" in html
    assert "nothing found" in sparql(shell, "", "SELECT ?n { FILTER(false) BIND(1 AS ?n) }")._repr_html_()


def test_named_queries_take_parameters_and_nothing_of_python(shell: InteractiveShell) -> None:
    shell.user_ns["secret"] = "who-met-whom"
    assert len(sparql(shell, "who-met-whom relation=meets")) >= 0
    with pytest.raises(UsageError, match=r"no query is called '\$secret'"):
        sparql(shell, "$secret")


@pytest.mark.parametrize(
    ("line", "cell", "message"),
    [
        ("", "SELECT ?a { ?a dk:warnz ?b }", "did you mean dk:warns"),
        ("--graph grap", "ASK {}", "no graph 'grap'; there is graph"),
        ("--store nowhere", "ASK {}", "nowhere"),
        ("--wrong", "ASK {}", "see %sparql --help"),
        ("'", "ASK {}", "No closing quotation"),
        ("", "", "write a query below %%sparql"),
        ("", "DROP ALL", "would change the store"),
    ],
)
def test_a_mistake_is_one_line(shell: InteractiveShell, line: str, cell: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        sparql(shell, line, cell)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_a_graph_it_says_how_to_open_one(shell: InteractiveShell) -> None:
    with pytest.raises(UsageError, match="open_graph"):
        _folder({}, None)


# completion


def complete(shell: InteractiveShell, code: str) -> list[str]:
    with provisionalcompleter():
        found = list(shell.Completer.completions(code, len(code)))
    return [code[: one.start] + one.text for one in found]


def test_tab_completes_terms_entities_and_variables(shell: InteractiveShell, built: kg.Graph) -> None:
    assert complete(shell, "%%sparql\nSELECT ?c { ?c dk:warn") == ["%%sparql\nSELECT ?c { ?c dk:warns"]
    assert complete(shell, "%%sparql\nSELECT ?claim { ?cl") == ["%%sparql\nSELECT ?claim { ?claim"]
    entity = built.claims[0].actor.entity.id
    assert f"%%sparql\nASK {{ ent:{entity}" in complete(shell, f"%%sparql\nASK {{ ent:{entity[:4]}")


def test_completion_leaves_python_alone(shell: InteractiveShell) -> None:
    assert not [one for one in complete(shell, "dk") if ":" in one]
    assert completions("") == completions("SELECT * { ") == []
    assert "prov:wasDerivedFrom" in completions("?claim prov:was")
    assert "FILTER" in completions("fil")


# displays


def test_a_claim_shows_who_says_so_and_how_certainly() -> None:
    claim = make_claim(
        "„Wir warnen die USA“, sagte der Minister.",
        relation="warns",
        trigger="warnen",
        modality=Modality.POSSIBLE,
        speakers=(make_role(ARAGHCHI), make_role(REUTERS)),
    )
    html = claim_html(claim, language="de")
    assert "warnt" in html and "möglich" in html and "wer das sagt" in html
    assert html.index("Reuters") < html.index("←") < html.index("Abbas Araghchi")
    assert "<b><bdi>warnen</bdi></b>" in html


def test_an_article_shows_its_claims_where_they_stand() -> None:
    met = make_claim(trigger="met")
    reported = make_claim("Reuters reported", relation="informs", trigger="reported")
    html = MarkedArticle(make_article(), (met, reported))._repr_html_()
    shown = html.replace("</bdi>", "").replace("<bdi>", "")
    assert shown.count("<mark ") == 6, "before, at and after the trigger of each"
    assert html.count("<li>") == 2
    assert html.count("<p ") == len(TEXT.splitlines())


def test_a_quote_that_stands_elsewhere_is_not_marked() -> None:
    claim = make_claim(trigger="met")
    html = MarkedArticle(make_article(text="Something else entirely."), (claim,))._repr_html_()
    assert "<mark" not in html and "no claims" in html


def test_a_graph_shows_counts_pages_and_articles(built: kg.Graph) -> None:
    html = built._repr_html_()
    assert f"{len(built.claims)} claims" in html
    assert repr(built.show()) == f"<View of {len(built.claims)} claims>"
    assert built.text(built.articles[0].id).article == built.articles[0]
    with pytest.raises(SelectionError, match=f"the nearest is '{built.articles[0].id}'"):
        built.text(f"{built.articles[0].id}x")
