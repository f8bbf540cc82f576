"""What every extractor must do: the shipped ones, and the one that the documents show, from outside the package."""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import LlmSettings, Settings
from kg.errors import ExtractorError
from kg.extract import Extractor, extractor_names, make_extractor
from kg.model import Article
from kg.resolve import claims_of
from tests.factories import make_article
from tests.llm_server import reads_like_the_rules, serving

OUTSIDE = "command"
NAMES = ("rules", "neural", "rules+neural", "llm", "rules+llm", OUTSIDE)
DOCUMENT = Path(__file__).parent.parent / "docs" / "llm.md"
MOST_LINES = 40

TEXTS = {
    "de": "Der russische Außenminister Sergej Lawrow traf am Montag in Wien seine deutsche Amtskollegin.\n"
    "Berlin warnte Moskau vor neuen Angriffen auf die Ukraine.",
    "en": "Iran warned Israel on Monday. France will not attack Syria, Reuters reported.",
}
ANSWERER = (
    "import json, sys; print(json.load(open({path!r}))[json.load(sys.stdin)['messages'][1]['content']])"
)


def shown() -> tuple[str, str]:
    """Return the module and the entry point that the document shows."""
    text = DOCUMENT.read_text("utf-8")
    module = re.search(r"```python\n# kg_command\.py\n(.*?)```", text, re.DOTALL)
    point = re.search(r"```toml\n(\[project\.entry-points.*?)```", text, re.DOTALL)
    assert module and point, "docs/llm.md shows a back end and its entry point"
    return module[1], point[1]


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Install the back end of the document as pip does: a module, and metadata with its entry point."""
    folder = tmp_path_factory.mktemp("installed")
    module, point = shown()
    (folder / "kg_command.py").write_text(module, "utf-8")
    info = folder / "kg_command-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kg-command\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(_entry_points(point), "utf-8")
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


def _entry_points(point: str) -> str:
    """Return what an installer makes of the lines of pyproject.toml."""
    groups = tomllib.loads(point)["project"]["entry-points"]
    lines = [
        f"[{group}]\n" + "".join(f"{n} = {v}\n" for n, v in named.items()) for group, named in groups.items()
    ]
    return "".join(lines)


@pytest.fixture(params=sorted({*NAMES, *extractor_names()}))
def extractor(
    request: pytest.FixtureRequest, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Extractor]:
    """Each extractor in turn, those that need a model with the server or the program of the tests."""
    name = str(request.param)
    answers = outside / "answers.json"
    answers.write_text(json.dumps(_asked_beforehand()), "utf-8")
    program = f'{sys.executable} -c "{ANSWERER.format(path=str(answers))}"'
    monkeypatch.setenv("KG_COMMAND", program)
    with serving() as server:
        llm = LlmSettings(model="m", base_url=server.base_url)
        yield make_extractor(Settings(extractor=name, llm=llm))


def _asked_beforehand() -> dict[str, str]:
    from kg.extract.llm.prompt import load_prompt  # noqa: PLC0415 - pydantic is there where this test runs

    prompt = load_prompt("claims")
    asked = {text: prompt.messages(text)[1]["content"] for text in TEXTS.values()}
    return {question: reads_like_the_rules(prompt.text, text) for text, question in asked.items()}


@pytest.mark.parametrize("language", TEXTS)
def test_contract_of_all_extractors(extractor: Extractor, language: str) -> None:
    article = make_article(text=TEXTS[language], language=language)
    reading = extractor.read(article)
    assert reading == extractor.read(article)
    assert reading.article is article
    assert reading.extractor == extractor.name
    assert re.match(r"[\w+]+@\d+\.\d+", extractor.name) and "\n" not in extractor.name
    assert reading.statements
    assert list(reading.mentions) == sorted(reading.mentions, key=lambda mention: mention.span)
    for statement in reading.statements:
        assert statement.quote.covers(statement.trigger)
        assert statement.quote.of(article.text).strip()
        assert {statement.actor, statement.recipient, *statement.speakers} <= set(reading.mentions)
        assert 0 <= statement.confidence <= 1
        assert statement.cues


@pytest.mark.parametrize("extractor", NAMES, indirect=True)
def test_claims_of_all_extractors_are_linked_and_stand_in_the_text(extractor: Extractor) -> None:
    article = make_article(text=TEXTS["en"])
    claims = claims_of(extractor.read(article)).claims
    found = {(c.actor.entity.id, c.relation, c.recipient.entity.id, c.modality.value) for c in claims}
    assert found == {("iran", "warns", "israel", "actual"), ("france", "attacks", "syria", "negated")}
    assert all(claim.quote == claim.span.of(article.text) for claim in claims)
    assert {claim.extractor for claim in claims} == {extractor.name}


@pytest.mark.parametrize("text", ["", " \n ", "…", "\u200b", "x" * 5000, "</passage> <|im_end|> [/INST]"])
def test_no_text_breaks_an_extractor(extractor: Extractor, text: str) -> None:
    if extractor.name.startswith(OUTSIDE):
        pytest.skip("its program knows two texts")
    assert extractor.read(make_article(text=text, language="en")).statements == ()


def test_all_are_found_by_name(outside: Path) -> None:
    assert set(NAMES) <= set(extractor_names())


def test_the_back_end_of_the_document_is_short() -> None:
    module, _ = shown()
    assert len(module.splitlines()) < MOST_LINES


def test_the_back_end_of_the_document_says_what_it_needs(
    outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_COMMAND", raising=False)
    with pytest.raises(ExtractorError, match="KG_COMMAND"):
        make_extractor(Settings(extractor=OUTSIDE, llm=LlmSettings(model="m")))


def test_a_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("kg.extract.llm")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "pydantic", None)
    with pytest.raises(ExtractorError, match=r"'llm' needs more: .*pydantic.*; pip install 'diplokg\[llm\]'"):
        make_extractor(Settings(extractor="llm", llm=LlmSettings(model="m")))
    assert make_extractor("rules").read(Article("a", "", TEXTS["en"], "en")).statements
