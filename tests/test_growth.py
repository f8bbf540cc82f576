"""A graph that grows, changes and shrinks: the same bytes as if it had been built of the last articles at once."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import kg
from kg.build import withdraw
from kg.errors import EngineError, StoreError
from kg.folder import ENTRIES, NQUADS, PAGE, TABLE, TRIG, Record
from kg.index import INDEX
from kg.migrate import migrate
from kg.store import create_store, open_store
from kg.writer import Writer
from tests import standin

FILES = (ENTRIES, NQUADS, TRIG, TABLE, PAGE)
ACTORS = (
    "Iran",
    "Oman",
    "Angela Merkel",
    "Zork Blorb",
    "Zork Blorb of iran",
    "Zork Blorb of oman",
    "Fra Zort",
)
RELATIONS = ("meets", "warns", "praises", "supports", "accuses")
FAST = kg.Settings(extractor=standin.NAME, files="never")
WHOLE = kg.Settings(extractor=standin.NAME)

Texts = dict[str, str]


@pytest.fixture(autouse=True)
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stand-in extractor is installed; the folder of its notes."""
    standin.install(tmp_path / "site", monkeypatch)
    return tmp_path / "site"


def made_text(chance: random.Random) -> str:
    lines = []
    for _ in range(chance.randrange(1, 5)):
        actor, recipient = chance.sample(ACTORS, 2)
        lines.append(
            f"{actor} {chance.choice(RELATIONS)} {recipient}{chance.choice(['', '', ' denied', ' planned'])}."
        )
    return "\n".join(lines)


def made_texts(chance: random.Random, count: int = 12) -> Texts:
    return {f"a{number}": made_text(chance) for number in range(count)}


def written(path: Path, texts: Texts) -> Path:
    """Write articles as JSON Lines, in the order given; an article's day follows from its id."""
    day = date(2026, 3, 1)
    lines = [
        json.dumps(
            {"id": id, "text": text, "language": "en", "published": str(day + timedelta(int(id[1:]) % 9))}
        )
        for id, text in texts.items()
    ]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    with open_store(folder) as store:
        return {name: (folder / name).read_bytes() for name in FILES} | {"store": store.dump()}


def at_once(tmp_path: Path, texts: Texts) -> dict[str, bytes]:
    """Return all bytes of a graph that is built of these articles at once, and nothing else."""
    built = kg.build(written(tmp_path / "all.jsonl", texts), tmp_path / "at-once", WHOLE)
    assert not built.summary.errors
    found = contents(built.folder)
    assert found["store"] == found[NQUADS], "the store holds what the whole record says"
    return found


@pytest.mark.parametrize("seed", range(4))
def test_parts_orders_changes_and_withdrawals_leave_no_trace(tmp_path: Path, seed: int) -> None:
    chance, folder = random.Random(seed), tmp_path / "grown"
    now: Texts = {}
    for step, (id, text) in enumerate(made_texts(chance).items()):
        now[id] = text
        if step % 3 == 0:
            shuffled = dict(chance.sample(sorted(now.items()), len(now)))
            kg.build(written(tmp_path / "part.jsonl", shuffled), folder, FAST)
            now[chance.choice(list(now))] = made_text(chance)
        if step % 4 == 3:
            kg.build(written(tmp_path / "part.jsonl", now), folder, FAST)
            gone = chance.sample(sorted(now), 2)
            withdraw(gone, folder, FAST)
            now = {id: text for id, text in now.items() if id not in gone}
    kg.build(written(tmp_path / "part.jsonl", now), folder, WHOLE)
    assert contents(folder) == at_once(tmp_path, now)


def test_what_only_a_withdrawn_article_said_is_gone(tmp_path: Path) -> None:
    texts = {
        "a1": "Fra Zort of iran warns Zork Blorb of oman.",
        "a2": "Fra Zort of iran warns Zork Blorb of oman.\nMira Tolm of iran praises Oman.",
        "a3": "Fra Zort of iran warns Zork Blorb of oman denied.",
    }
    folder = kg.build(written(tmp_path / "x.jsonl", texts), tmp_path / "g", WHOLE).folder
    edge = "ASK { GRAPH <https://w3id.org/diplokg/graph/edges> { ?who dk:warns ?whom } }"
    graph = kg.open_graph(folder)
    assert [str(row) for row in graph.query(edge).to_pandas().iloc[0]] == ["False"], "it is denied"
    left = withdraw(["a2", "a3"], folder)
    assert left.summary.counts.claims == 1
    assert [str(row) for row in left.query(edge).to_pandas().iloc[0]] == ["True"]
    assert b"mira-tolm" not in contents(folder)["store"]
    assert contents(folder) == at_once(tmp_path, {"a1": texts["a1"]})


def test_withdrawing_what_is_not_there_changes_nothing(tmp_path: Path) -> None:
    folder = kg.build(written(tmp_path / "x.jsonl", {"a1": "Iran warns Oman."}), tmp_path / "g", WHOLE).folder
    before = contents(folder)
    with pytest.raises(StoreError, match="holds no article 'a2'; none was removed"):
        withdraw(["a1", "a2"], folder)
    assert contents(folder) == before
    with pytest.raises(StoreError, match="no build in"):
        withdraw(["a1"], tmp_path / "nowhere")


def test_one_description_of_an_entity_moves_the_claims_of_others(tmp_path: Path) -> None:
    """Zork Blorb's meeting becomes Iran's event once any article says whom he acts for, and is his alone again."""
    first = {"a1": "Zork Blorb meets Oman.", "a2": "Iran meets Oman."}
    third = {"a3": "Zork Blorb of iran praises Angela Merkel."}
    folder = kg.build(written(tmp_path / "x.jsonl", first), tmp_path / "g", WHOLE).folder
    before = contents(folder)
    kg.build(written(tmp_path / "y.jsonl", third), folder, WHOLE)
    assert contents(folder) == at_once(tmp_path, first | third)
    withdraw(["a3"], folder)
    assert contents(folder) == before


def test_a_large_graph_has_no_files_until_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = made_texts(random.Random(1))
    half = dict(list(texts.items())[:6])
    folder = kg.build(written(tmp_path / "x.jsonl", half), tmp_path / "g", WHOLE).folder
    monkeypatch.setattr("kg.writer.SMALL", 3)
    built = kg.build(written(tmp_path / "x.jsonl", texts), folder, WHOLE)
    assert not built.summary.files
    assert not any((folder / name).exists() for name in FILES if name != ENTRIES), "older ones would mislead"
    kg.build([], folder, kg.Settings(extractor=standin.NAME, files="always"))
    assert contents(folder) == at_once_always(tmp_path, texts)


def at_once_always(tmp_path: Path, texts: Texts) -> dict[str, bytes]:
    settings = kg.Settings(extractor=standin.NAME, files="always")
    return contents(kg.build(written(tmp_path / "all.jsonl", texts), tmp_path / "at-once", settings).folder)


@pytest.mark.parametrize("harm", ["missing", "no database", "cut off", "record changed"])
def test_an_index_that_does_not_fit_is_made_anew(tmp_path: Path, harm: str) -> None:
    texts = made_texts(random.Random(2), 5)
    folder = kg.build(written(tmp_path / "x.jsonl", texts), tmp_path / "g", WHOLE).folder
    index = folder / INDEX
    if harm == "missing":
        index.unlink()
    elif harm == "no database":
        index.write_bytes(b"nothing that SQLite knows" * 100)
    elif harm == "cut off":
        index.write_bytes(index.read_bytes()[:5000])
    else:
        record = folder / ENTRIES
        record.write_bytes(b"".join(reversed(record.read_bytes().splitlines(keepends=True))))
    kg.build(written(tmp_path / "x.jsonl", texts), folder, WHOLE)
    assert contents(folder) == at_once(tmp_path, texts)


def test_a_folder_is_written_by_one_at_a_time(tmp_path: Path) -> None:
    file = written(tmp_path / "x.jsonl", {"a1": "Iran warns Oman."})
    folder = kg.build(file, tmp_path / "g", FAST).folder
    with Writer(folder), pytest.raises(StoreError, match="is being written by another process; wait for it"):
        kg.build(file, folder, FAST)


def test_a_large_first_load_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = made_texts(random.Random(3))
    whole = at_once(tmp_path, texts)
    for name in (
        "kg.update.ARTICLES",
        "kg.update.OTHERS",
        "kg.index.intake.LINES",
        "kg.store.oxigraph.BULK",
    ):
        monkeypatch.setattr(name, 2)
    folder = tmp_path / "g"
    kg.build(written(tmp_path / "x.jsonl", texts), folder, WHOLE)
    assert contents(folder) == whole
    changed = made_texts(random.Random(4))
    kg.build(written(tmp_path / "x.jsonl", changed), folder, FAST)
    kg.build(written(tmp_path / "x.jsonl", texts), folder, WHOLE)
    assert contents(folder) == whole, "also in many small portions"


def test_what_a_killed_bulk_load_left_is_removed(tmp_path: Path) -> None:
    create_store(tmp_path / "g").close()
    orphan = tmp_path / "g" / "store" / "bulk-116162409048545260441213187502151149852.sst"
    orphan.write_bytes(b"left over")
    create_store(tmp_path / "g").close()
    assert not orphan.exists()


# Versions


def old_folder(tmp_path: Path, texts: Texts) -> Path:
    """Return a folder as diplokg made it when it did not write versions into the record."""
    folder = kg.build(written(tmp_path / "x.jsonl", texts), tmp_path / "old", WHOLE).folder
    lines = [json.loads(line) for line in (folder / ENTRIES).read_text("utf-8").splitlines()]
    for line in lines:
        del line["version"]
    (folder / ENTRIES).write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    (folder / "diplokg.json").write_text('{"format": 1, "made by": "diplokg"}\n')
    (folder / INDEX).unlink()
    return folder


def test_an_older_folder_is_refused_and_migrated_to_the_same_bytes(tmp_path: Path) -> None:
    texts = made_texts(random.Random(5), 4)
    folder = old_folder(tmp_path, texts)
    for refused in (lambda: kg.build([], folder), lambda: kg.open_graph(folder), lambda: open_store(folder)):
        with pytest.raises(StoreError, match=f"has format 1, .* kg migrate --store {folder}"):
            refused()
    assert migrate(folder) is not None
    assert contents(folder) == at_once(tmp_path, texts)
    assert migrate(folder) is None, "there is nothing left to do"


def test_a_migration_that_is_not_certain_changes_nothing(tmp_path: Path) -> None:
    folder = old_folder(tmp_path, {"a1": "Iran warns Oman."})
    record = folder / ENTRIES
    record.write_text(record.read_text("utf-8").replace('"warns"', '"grumbles"'), "utf-8")
    before = record.read_bytes()
    with pytest.raises(StoreError, match=r"line 1: the vocabulary .* has no relation 'grumbles' under"):
        migrate(folder)
    assert record.read_bytes() == before
    assert json.loads((folder / "diplokg.json").read_text())["format"] == 1


def test_a_folder_of_a_newer_diplokg_is_not_migrated(tmp_path: Path) -> None:
    folder = old_folder(tmp_path, {"a1": "Iran warns Oman."})
    (folder / "diplokg.json").write_text('{"format": 2, "vocabulary": "99.0"}')
    with pytest.raises(StoreError, match="newer diplokg"):
        migrate(folder)
    with pytest.raises(StoreError, match=r"vocabulary 99.0, .* install that one"):
        kg.open_graph(folder)


# Workers


@pytest.fixture(params=["processes", "dask"])
def engine(request: pytest.FixtureRequest) -> Iterator[kg.Settings]:
    if request.param == "dask":
        pytest.importorskip("distributed", reason="the extra dask is not installed")
    yield kg.Settings(extractor=standin.NAME, engine=request.param, workers=2)


def test_workers_give_the_same_bytes_and_each_makes_the_extractor_once(
    tmp_path: Path, notes: Path, engine: kg.Settings
) -> None:
    texts = made_texts(random.Random(6), 30)
    folder = kg.build(written(tmp_path / "x.jsonl", texts), tmp_path / "g", engine).folder
    made = [file.read_text() for file in notes.glob("made-*")]
    assert len(made) >= 2
    assert set(made) == {"made\n"}
    assert contents(folder) == at_once(tmp_path, texts)


def test_what_a_killed_worker_had_is_read_again(tmp_path: Path, notes: Path, engine: kg.Settings) -> None:
    texts = made_texts(random.Random(7), 20)
    deadly = texts | {"a5": f"{texts['a5']}\ndie once", "a13": f"{texts['a13']}\ndie twice"}
    built = kg.build(written(tmp_path / "x.jsonl", deadly), tmp_path / "g", engine)
    assert (notes / "died-once").exists() and (notes / "died-twice").exists()
    assert built.summary.errors == []
    assert contents(built.folder) == at_once(tmp_path, deadly)


def test_an_article_that_kills_every_worker_is_reported(tmp_path: Path, engine: kg.Settings) -> None:
    texts = made_texts(random.Random(8), 10)
    deadly = texts | {"a5": "die always"}
    built = kg.build(written(tmp_path / "x.jsonl", deadly), tmp_path / "g", engine)
    (error,) = built.summary.errors
    assert "whoever reads it dies" in error.problem
    del texts["a5"]
    assert contents(built.folder) == at_once(tmp_path, texts)


def test_a_scheduler_that_does_not_answer_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr("kg.engines.cluster.PATIENCE", 0.2)
    settings = kg.Settings(extractor=standin.NAME, engine="dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(EngineError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9"):
        kg.build(written(tmp_path / "x.jsonl", {"a1": "Iran warns Oman."}), tmp_path / "g", settings)


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    settings = kg.Settings(extractor=standin.NAME, engine="ray")
    with pytest.raises(EngineError, match="no engine 'ray'; there are serial, processes, dask"):
        kg.build(written(tmp_path / "x.jsonl", {"a1": "Iran warns Oman."}), tmp_path / "g", settings)


def test_a_line_that_another_process_is_writing_is_not_cut(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    with Writer(folder):
        with (folder / ENTRIES).open("ab") as file:
            file.write(b'{"half')
        with pytest.raises(StoreError, match="being written"):
            Writer(folder)
        assert (folder / ENTRIES).read_bytes() == b'{"half'
    with Record(folder):
        assert (folder / ENTRIES).read_bytes() == b""


def test_killed_builds_lose_nothing_and_are_completed_to_the_same_bytes() -> None:
    """Three of the kills of ``benchmarks.kills``: a bulk load, an update and a small build."""
    command = [sys.executable, "-m", "benchmarks.kills", "--kills", "3", "--articles", "60"]
    root = Path(kg.__file__).parents[1]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("rerun gives the same bytes") == 3
