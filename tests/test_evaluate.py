"""The scorer on tiny cases, and the gold files as they are shipped."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import Score, as_json, as_page, as_text, join, load_gold, predicted, score
from kg.evaluate.__main__ import main
from kg.evaluate.actors import Sides, same_actor
from kg.evaluate.causes import flaws, why_missed, why_wrong
from kg.evaluate.gold import PARTS, GoldArticle, GoldError, GoldRole
from kg.evaluate.predictions import PredictedRole
from kg.model import Article, Kind, Span
from kg.resources import resource

TEXT = (
    "Iran's foreign minister Abbas Araghchi warned the United States on Tuesday. "
    "Two Israeli officials said Germany and France may meet in Vienna. "
    "Hundreds of protesters in Tehran demonstrated against the government. "
    "The Labour Party criticised Boris Johnson. <b>Belgium</b> invited Peru."
)
GOLD_FOLDER = resource("data/gold")
GOLD_FILES = sorted(GOLD_FOLDER.glob("*.json"))
KEYS = {
    "file": {"article", "part", "language", "published", "sha256", "annotators", "claims"},
    "claim": {
        *("type", "relation", "actor", "recipient", "trigger", "modality", "time", "place"),
        *("speakers", "evidence"),
    },
    "role": {"start", "end", "name", "kind", "state"},
    "time": {"start", "end", "span"},
    "place": {"start", "end", "name", "country"},
    "speaker": {"start", "end", "name"},
}


def at(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def gold_role(words: str, name: str = "", kind: str = "state", state: str = "") -> dict[str, Any]:
    return {**at(words), "name": name or words, "kind": kind, "state": state}


def gold_claim(
    type: str, relation: str, actor: Any, recipient: Any, act: str, **values: Any
) -> dict[str, Any]:
    sentence = next(part for part in TEXT.split(". ") if act in part)
    defaults: dict[str, Any] = {"modality": "actual", "time": None, "place": None, "speakers": []}
    roles = {"type": type, "relation": relation, "actor": actor, "recipient": recipient}
    return {**defaults, **roles, "trigger": at(act), "evidence": at(sentence), **values}


IRAN, USA = gold_role("Iran", state="IRN"), gold_role("United States", state="USA")
ARAGHCHI = gold_role("Abbas Araghchi", kind="person", state="IRN")
GERMANY, FRANCE = gold_role("Germany", state="DEU"), gold_role("France", state="FRA")
LABOUR = gold_role("Labour Party", kind="organisation", state="GBR")
JOHNSON = gold_role("Boris Johnson", kind="person", state="GBR")
PROTESTERS = gold_role("Hundreds of protesters in Tehran", "hundreds of protesters", "group", "IRN")
GOVERNMENT = gold_role("government", "Government of Iran", state="IRN")
WARNS = gold_claim("THREATEN", "warns", ARAGHCHI, USA, "warned")
MEETS = gold_claim(
    *("CONSULT", "meets", GERMANY, FRANCE, "meet"),
    modality="possible",
    speakers=[{**at("Two Israeli officials"), "name": "two officials of Israel"}],
)
PROTEST = gold_claim("PROTEST", "protests", PROTESTERS, GOVERNMENT, "demonstrated")
CRITICISES = gold_claim("ACCUSE", "criticises", LABOUR, JOHNSON, "criticised")


def found_role(label: str, kind: str = "state", state: str = "", mention: str = "") -> dict[str, str]:
    return {"id": "", "label": label, "mention": mention or label, "kind": kind, "state": state}


def found_claim(gold: dict[str, Any], actor: Any, recipient: Any, **values: Any) -> dict[str, Any]:
    """Make a prediction that repeats what ``gold`` says, but for what is said here."""
    span = gold["evidence"]
    same = {name: gold[name] for name in ("type", "relation", "modality")}
    quote = TEXT[span["start"] : span["end"]]
    place = {"article": "a1", "actor": actor, "recipient": recipient, "quote": quote, **span}
    return {**same, **place, "time": None, "place": None, "speakers": [], "confidence": 0.5, **values}


def evaluate(
    tmp_path: Path, gold: list[dict[str, Any]], found: list[dict[str, Any]], text: str = TEXT
) -> Score:
    return score(join(written(tmp_path, gold), [texts(tmp_path, text)]), predicted(found))


def written(tmp_path: Path, claims: list[dict[str, Any]]) -> tuple[GoldArticle, ...]:
    folder = tmp_path / "gold"
    folder.mkdir(exist_ok=True)
    sha256 = Article("a1", "", TEXT, "en").sha256
    article = {"article": "a1", "part": "dev", "language": "en", "sha256": sha256, "annotators": ["A"]}
    (folder / "a1.json").write_text(json.dumps({**article, "claims": claims}), encoding="utf-8")
    return load_gold(folder)


def texts(tmp_path: Path, text: str = TEXT) -> Path:
    path = tmp_path / "texts.jsonl"
    record = {"id": "a1", "title": "<i>News</i>", "text": text, "language": "en"}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return path


FOUND_IRAN = found_role("Iran", state="IRN")
FOUND_USA = found_role("United States", state="USA")
FOUND_MINISTER = found_role("Abbas Araghchi", "person", "IRN")


def test_like_names_of_two_states_are_not_one() -> None:
    niger = GoldRole(Span(0, 5), "Foreign Minister of Niger", Kind.PERSON, "NER")
    nigeria = PredictedRole("Foreign Minister of Nigeria", "he", Kind.PERSON, "NGA", ())
    assert not same_actor(Sides(niger, nigeria, "he", domestic=False))
    assert same_actor(
        Sides(niger, replace(nigeria, label="Foreign Minister of the Niger"), "he", domestic=False)
    )


@pytest.mark.parametrize("label", ["", None, 3])
def test_a_role_that_names_nobody_is_refused_with_its_record(label: object) -> None:
    record = found_claim(WARNS, {**FOUND_MINISTER, "label": label}, FOUND_USA)
    with pytest.raises(GoldError, match=r"predicted claim 1: .* names nobody"):
        predicted([record])
    with pytest.raises(GoldError, match="predicted claim 1: 'Iran' names nobody"):
        predicted([{**record, "actor": "Iran"}])


@pytest.mark.parametrize(
    ("actor", "right"),
    [
        (FOUND_MINISTER, True),
        (found_role("Abbas Araghtschi", "person", "IRN", "Araghchi"), True),
        (found_role("Araghchi", "person", "IRN", "He"), True),
        (found_role("Mohammad Javad Zarif", "person", "IRN", "He"), False),
        (FOUND_IRAN, False),
    ],
)
def test_a_person_is_the_same_person_not_the_state(tmp_path: Path, actor: Any, right: bool) -> None:
    result = evaluate(tmp_path, [WARNS], [found_claim(WARNS, actor, FOUND_USA)])
    assert result.total.right == right


@pytest.mark.parametrize(
    ("actor", "right"),
    [
        (FOUND_IRAN, True),
        (FOUND_MINISTER, True),
        (found_role("Iranian army", "organisation", "IRN"), True),
        (found_role("Iraq", state="IRQ"), False),
        (found_role("Iran"), False),
    ],
)
def test_a_state_is_whoever_acts_for_it(tmp_path: Path, actor: Any, right: bool) -> None:
    gold = {**WARNS, "actor": IRAN}
    assert evaluate(tmp_path, [gold], [found_claim(gold, actor, FOUND_USA)]).total.right == right


@pytest.mark.parametrize(
    ("actor", "right"),
    [
        (found_role("Labour Party", "organisation", "GBR"), True),
        (found_role("United Kingdom", state="GBR"), False),
        (found_role("Conservative Party", "organisation", "GBR"), False),
    ],
)
def test_a_code_alone_tells_nobody_apart_within_a_state(tmp_path: Path, actor: Any, right: bool) -> None:
    recipient = found_role("Boris Johnson", "person", "GBR")
    result = evaluate(tmp_path, [CRITICISES], [found_claim(CRITICISES, actor, recipient)])
    assert result.total.right == right


@pytest.mark.parametrize(
    ("actor", "right"),
    [
        (found_role("crowd", "group", mention="protesters in Tehran"), True),
        (found_role("Iranian protesters", "group", "IRN", "They"), True),
        (found_role("Iranian soldiers", "group", "IRN", "soldiers"), False),
        (found_role("Iran", state="IRN", mention="Tehran"), False),
    ],
)
def test_a_group_is_found_by_its_words(tmp_path: Path, actor: Any, right: bool) -> None:
    recipient = found_role("Government of Iran", "organisation", "IRN", "government")
    assert evaluate(tmp_path, [PROTEST], [found_claim(PROTEST, actor, recipient)]).total.right == right


FOUND_GERMANY, FOUND_FRANCE = found_role("Germany", state="DEU"), found_role("France", state="FRA")


def test_direction_is_free_for_symmetric_relations_only(tmp_path: Path) -> None:
    found = [
        found_claim(MEETS, FOUND_FRANCE, FOUND_GERMANY),
        found_claim(WARNS, FOUND_USA, FOUND_MINISTER),
    ]
    result = evaluate(tmp_path, [WARNS, MEETS], found)
    assert [gold for gold, _ in result.matches[0].pairs] == [1]
    assert result.missed == {"wrong direction": 1} == result.wrong


def test_matching_is_one_to_one_and_as_large_as_can_be(tmp_path: Path) -> None:
    """The state fits both gold claims, the minister one: each must get its own, in any order."""
    by_state = {**WARNS, "actor": IRAN}
    found = [found_claim(WARNS, FOUND_MINISTER, FOUND_USA), found_claim(WARNS, FOUND_IRAN, FOUND_USA)]
    for order in (found, found[::-1]):
        result = evaluate(tmp_path, [by_state, WARNS], [*order, found[0]])
        assert (result.total.right, result.total.predicted) == (2, 3)
        assert result.wrong == {"repeats a right claim": 1}


def test_pair_recall_ignores_the_type(tmp_path: Path) -> None:
    found = found_claim(WARNS, FOUND_MINISTER, FOUND_USA, type="REQUEST", relation="demands")
    result = evaluate(tmp_path, [WARNS, MEETS], [found])
    assert result.total.measures()["pair_recall"] == 0.5
    assert (result.total.right, dict(result.wrong)) == (0, {"wrong type": 1})
    assert result.missed == {"nothing found in the sentence": 1, "pair found, wrong type": 1}
    assert result.by_root["REQUEST"].predicted == 1 == result.by_root["THREATEN"].gold


def test_a_right_claim_counts_as_a_pair_that_was_found(tmp_path: Path) -> None:
    """Both gold claims are of one pair and only one is found: the pair must not go to the other."""
    demand = {**WARNS, "type": "REQUEST", "relation": "demands", "trigger": at("on Tuesday")}
    for gold in ([demand, WARNS], [WARNS, demand]):
        result = evaluate(tmp_path, gold, [found_claim(WARNS, FOUND_MINISTER, FOUND_USA)])
        assert (result.by_root["THREATEN"].pairs, result.by_root["REQUEST"].pairs) == (1, 0)


def test_causes_name_the_actor_that_is_wrong(tmp_path: Path) -> None:
    found = found_claim(WARNS, FOUND_MINISTER, found_role("Oman", state="OMN"))
    match = evaluate(tmp_path, [WARNS], [found]).matches[0]
    assert (why_missed(match, 0), why_wrong(match, 0)) == ("recipient missed", "wrong recipient")


def test_a_claim_where_there_is_none_is_said_to_be_so(tmp_path: Path) -> None:
    result = evaluate(tmp_path, [WARNS], [found_claim(MEETS, FOUND_GERMANY, FOUND_FRANCE)])
    assert result.wrong == {"no such claim": 1}


def test_speech_taken_for_fact_is_a_flaw_of_a_right_claim(tmp_path: Path) -> None:
    found = found_claim(MEETS, FOUND_GERMANY, FOUND_FRANCE, modality="actual")
    result = evaluate(tmp_path, [MEETS], [found])
    assert result.total.f1 == 1
    assert result.flaws == {"modality: possible taken for actual": 1, "speech taken for fact": 1}
    assert (result.total.modality, result.total.speakers) == (0, 0)


@pytest.mark.parametrize(
    ("speakers", "flaw"),
    [
        ([{"label": "two Israeli officials"}, {"label": "Reuters"}], ()),
        ([{"label": "Reuters"}, {"label": "Israeli officials"}], ()),
        ([{"label": "Reuters"}], ("wrong speaker",)),
        ([], ("speaker missed",)),
    ],
)
def test_the_innermost_or_the_outermost_speaker_is_enough(tmp_path: Path, speakers: Any, flaw: Any) -> None:
    found = found_claim(MEETS, FOUND_GERMANY, FOUND_FRANCE, speakers=speakers)
    match = evaluate(tmp_path, [MEETS], [found]).matches[0]
    assert flaws(match.gold[0], match.found[0], TEXT) == flaw


def test_time_is_right_when_both_days_are(tmp_path: Path) -> None:
    tuesday = {"start": "2026-02-03", "end": "2026-02-03"}
    gold = {**WARNS, "time": {**tuesday, "span": at("on Tuesday")}}
    result = evaluate(tmp_path, [gold], [found_claim(gold, FOUND_MINISTER, FOUND_USA, time=tuesday)])
    assert result.total.measures()["time_accuracy"] == 1 == result.total.time_f1
    missed = evaluate(tmp_path, [gold], [found_claim(gold, FOUND_MINISTER, FOUND_USA)])
    assert missed.flaws == {"time missed": 1} and missed.total.time_f1 == 0


def test_predictions_for_other_articles_are_left_out_and_counted(tmp_path: Path) -> None:
    found = found_claim(WARNS, FOUND_MINISTER, FOUND_USA, article="a2")
    result = evaluate(tmp_path, [WARNS], [found])
    assert (result.left_out, result.total.predicted) == (1, 0)
    assert "left out" in as_text(result)


def test_another_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"a1 is not the one that was annotated .* use the unchanged text"):
        evaluate(tmp_path, [WARNS], [], text=TEXT + " ")


def test_a_missing_text_says_what_could_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"no text for gold article a1 .*nowhere.jsonl"):
        join(written(tmp_path, []), [tmp_path / "nowhere.jsonl"])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"relation": "meets"}, "claim 1: 'meets' is no relation of type 'THREATEN'"),
        ({"modality": "sure"}, "claim 1: 'sure' is not a valid Modality"),
        ({"trigger": {"start": 9, "end": 3}}, "claim 1: a span needs 0 <= start < end"),
    ],
)
def test_a_damaged_gold_file_names_file_and_claim(tmp_path: Path, change: Any, problem: str) -> None:
    with pytest.raises(GoldError, match=problem) as error:
        written(tmp_path, [{**WARNS, **change}])
    assert "a1.json" in str(error.value)


def test_a_damaged_prediction_says_which() -> None:
    claim = found_claim(WARNS, FOUND_MINISTER, FOUND_USA)
    with pytest.raises(GoldError, match="predicted claim 2: no field 'quote'"):
        predicted([claim, {name: value for name, value in claim.items() if name != "quote"}])


def test_the_page_escapes_all_text_and_loads_nothing(tmp_path: Path) -> None:
    gold = gold_claim("REQUEST", "invites", gold_role("Belgium"), gold_role("Peru"), "invited")
    evil = found_role("<script>alert(1)</script>", "person", mention="Peru")
    page = as_page(evaluate(tmp_path, [gold], [found_claim(gold, evil, evil, speakers=[{"label": "<u>"}])]))
    assert "&lt;b&gt;Belgium&lt;/b&gt; <mark>invited</mark>" in page
    assert "<script" not in page and "<u>" not in page and "<i>" not in page
    assert "default-src &#x27;none&#x27;" in page
    assert "http://" not in page and "https://" not in page


def test_the_json_holds_measures_and_causes(tmp_path: Path) -> None:
    content = json.loads(as_json(evaluate(tmp_path, [WARNS, MEETS], [])))
    assert content["total"]["gold"] == 2 and content["total"]["f1"] == 0
    assert content["causes"]["missed"] == {"nothing found in the sentence": 2}


def test_the_command_writes_what_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, [WARNS])
    claims, page, measures = (tmp_path / name for name in ("claims.jsonl", "page.html", "score.json"))
    claims.write_text(json.dumps(found_claim(WARNS, FOUND_MINISTER, FOUND_USA)) + "\n", encoding="utf-8")
    given = ["--predictions", str(claims), "--texts", str(texts(tmp_path)), "--gold", str(tmp_path / "gold")]
    assert main([*given, "--html", str(page), "--json", str(measures)]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["all", "1", "1", *["100.0"] * 7, "-"]
    assert page.exists() and json.loads(measures.read_text(encoding="utf-8"))["total"]["right"] == 1
    assert main([*given, "--part", "test"]) == 1
    assert "holds no gold articles of part test" in capsys.readouterr().err


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_gold_is_well_formed(path: Path) -> None:
    """The reader checks types, modalities and spans; here: triggers stand in the evidence, days in order."""
    (article,) = (one for one in load_gold(GOLD_FOLDER) if one.id == path.stem)
    assert article.part in PARTS and article.language in ("de", "en") and len(article.sha256) == 64
    for claim in article.claims:
        assert claim.evidence.covers(claim.trigger)
        assert not claim.actor.span.overlaps(claim.recipient.span)
        assert claim.time is None or claim.time.start <= claim.time.end
        assert claim.actor.kind in ("state", "person", "organisation", "group")


def test_no_two_gold_claims_are_the_same() -> None:
    for article in load_gold(GOLD_FOLDER):
        assert len(set(article.claims)) == len(article.claims)


@pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)
def test_gold_files_hold_no_text(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    assert set(record) == KEYS["file"]
    for claim in record["claims"]:
        assert set(claim) == KEYS["claim"]
        assert set(claim["evidence"]) == {"start", "end"} == set(claim["trigger"])
        assert set(claim["actor"]) == KEYS["role"] == set(claim["recipient"])
        assert claim["time"] is None or set(claim["time"]) == KEYS["time"]
        assert claim["place"] is None or set(claim["place"]) == KEYS["place"]
        assert all(set(speaker) == KEYS["speaker"] for speaker in claim["speakers"])
        names = [claim["actor"], claim["recipient"], *claim["speakers"], claim["place"] or claim["actor"]]
        assert all(0 < len(one["name"]) <= 64 for one in names)


def test_each_part_holds_both_languages() -> None:
    found = {(article.part, article.language) for article in load_gold(GOLD_FOLDER)}
    assert found == {(part, language) for part in PARTS for language in ("de", "en")}
