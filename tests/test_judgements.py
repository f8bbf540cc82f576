"""Judgements of reviewers: read with their ids in any form, refused by file, row and cure where they are wrong."""

from pathlib import Path

import pytest

import kg
from kg.cli import main
from kg.errors import TableError
from kg.folder import NQUADS
from kg.knowledge.judgements import Judgement, Judgements, read_judgements, same_groups

HEADER = "kind\tleft\tright\tjudgement\treviewer\tnote"


def write(path: Path, *rows: str, header: str = HEADER) -> Path:
    """Write a file of judgements; the cells of a row are parted by one space."""
    file = path / "judgements.tsv"
    file.write_text("\n".join([header, *(row.replace(" ", "\t") for row in rows)]) + "\n", "utf-8")
    return file


def read(path: Path, *rows: str) -> Judgements:
    return read_judgements(write(path, *rows))


def short(judgements: tuple[Judgement, ...]) -> list[tuple[str, str, bool]]:
    return [(one.left, one.right, one.same) for one in judgements]


def test_judgements_are_read_by_kind_with_their_pair_in_order(tmp_path: Path) -> None:
    found = read(tmp_path, "event b a same ada seen", "entity x y different", "event a c different")
    assert short(found.events) == [("a", "b", True), ("a", "c", False)]
    assert short(found.entities) == [("x", "y", False)]
    assert (found.events[0].reviewer, found.events[0].note) == ("ada", "seen")
    assert found.events[0].where == f"{tmp_path / 'judgements.tsv'}, row 2"


def test_reviewer_and_note_may_be_left_out(tmp_path: Path) -> None:
    file = write(tmp_path, "event a b same", header="kind\tleft\tright\tjudgement")
    assert short(read_judgements(file).events) == [("a", "b", True)]


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("entity", "https://w3id.org/diplokg/entity/a"),
        ("entity", "ent:a"),
        ("event", "<https://w3id.org/diplokg/claim/a>"),
        ("event", "claim:a"),
    ],
)
def test_an_id_may_be_copied_from_an_answer(tmp_path: Path, kind: str, written: str) -> None:
    found = read(tmp_path, f"{kind} {written} b same")
    assert short(found.events + found.entities) == [("a", "b", True)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["person a b same"], "row 2: kind 'person' must be one of entity, event"),
        (["event a b maybe"], "row 2: judgement 'maybe' must be same or different"),
        (["event a b"], "row 2: judgement '' must be same or different"),
        (["entity a a same"], "row 2: left and right are both 'a'; name two, or remove the row"),
        (["event  b same"], "row 2: left is empty; give the id of a claim"),
        (
            ["entity a wd:Q5 same"],
            "row 2: right 'wd:Q5' is no id of an entity; write one such as angela-merkel",
        ),
        (
            ["event a b same"] * 2 + ["event b a different"],
            "row 4: 'a' and 'b' are different here, but row 2",
        ),
        (
            ["entity a c different", "entity a b same", "entity c b same"],
            "row 2: 'a' and 'c' are different here, but other rows imply that they are the same; change the",
        ),
    ],
)
def test_a_wrong_row_is_refused_by_file_row_and_cure(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(TableError) as raised:
        read(tmp_path, *rows)
    assert f"judgements.tsv, {message}" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_entity_and_a_claim_of_one_name_do_not_meet(tmp_path: Path) -> None:
    found = read(tmp_path, "event a b same", "entity a b different")
    assert (len(found.events), len(found.entities)) == (1, 1)


def test_groups_do_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    rows = ["event d c same", "event a b same", "event c b same", "event x y different"]
    expected = {"a": "a", "b": "a", "c": "a", "d": "a"}
    assert same_groups(read(tmp_path, *rows).events) == expected
    assert same_groups(read(tmp_path, *reversed(rows)).events) == expected


# The next build obeys


@pytest.fixture
def apart(copied: Path) -> tuple[str, str]:
    """Return two claims of different events of the build in ``copied``."""
    first, second, *_ = kg.open_graph(copied).events
    return first.claims[0], second.claims[0]


def event_of(folder: Path, claim: str) -> tuple[str, ...]:
    return next(event.claims for event in kg.open_graph(folder).events if claim in event.claims)


def build(articles: Path, folder: Path, *options: str | Path) -> int:
    return main(["build", str(articles), "-o", str(folder), "--published", "2018-06-19", *map(str, options)])


def test_the_next_build_obeys_and_later_ones_remember(
    articles: Path, copied: Path, apart: tuple[str, str], tmp_path: Path
) -> None:
    left, right = apart
    assert right not in event_of(copied, left)
    same = write(tmp_path, f"event claim:{left} {right} same ada")
    assert build(articles, copied, "--judgements", same) == 0
    assert right in event_of(copied, left)
    judged = (copied / NQUADS).read_bytes()
    same.unlink()
    assert build(articles, copied) == 0
    assert (copied / NQUADS).read_bytes() == judged
    assert build(articles, copied, "--judgements", write(tmp_path, f"event {left} {right} different")) == 0
    assert right not in event_of(copied, left)


def test_a_wrong_file_changes_nothing_and_a_claim_that_is_gone_is_named(
    articles: Path, copied: Path, apart: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (copied / NQUADS).read_bytes()
    wrong = write(tmp_path, f"event {apart[0]} {apart[1]} perhaps")
    assert build(articles, copied, "--judgements", wrong) == 1
    assert "judgements.tsv, row 2: judgement 'perhaps' must be same or different" in capsys.readouterr().err
    assert (copied / NQUADS).read_bytes() == before
    assert build(articles, copied, "--judgements", write(tmp_path, f"event {apart[0]} gone same")) == 0
    assert "row 2: no claim gone in this graph; the row waits until there is" in capsys.readouterr().err
    assert (copied / NQUADS).read_bytes() == before
