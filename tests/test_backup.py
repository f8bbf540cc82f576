"""Backups: one file, written beside a build, from which the same graph is made again."""

import io
import tarfile
from pathlib import Path

import pytest

import kg
from kg.backup import backup, restore
from kg.cli import main
from kg.errors import StoreError
from kg.folder import ENTRIES
from kg.store import create_store, memory_store, open_store
from tests import standin
from tests.test_growth import FAST, WHOLE, contents, written


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A graph of two articles, read by the stand-in extractor."""
    standin.install(tmp_path / "site", monkeypatch)
    texts = {"a1": "Iran warns Oman.", "a2": "Fra Zort of iran praises Oman."}
    return kg.build(written(tmp_path / "x.jsonl", texts), tmp_path / "graph", WHOLE).folder


def test_a_restored_folder_answers_and_grows_as_the_old_one(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "graph.tar.gz"
    assert main(["backup", str(file), "--store", str(folder)]) == 0
    assert main(["restore", str(file), "-o", str(tmp_path / "new")]) == 0
    with open_store(folder) as old, open_store(tmp_path / "new") as new:
        assert old.dump() == new.dump()
    more = written(tmp_path / "y.jsonl", {"a3": "Iran meets Oman."})
    for place in (folder, tmp_path / "new"):
        assert kg.build(more, place, WHOLE).summary.new == 1
    assert contents(folder) == contents(tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_backup_beside_a_build_holds_what_was_whole(folder: Path, tmp_path: Path) -> None:
    before = contents(folder)["store"]
    with create_store(folder) as writer, (folder / ENTRIES).open("ab") as record:
        writer.add_quads(b'<urn:a> <urn:b> "c" <urn:g> .')
        record.write(b'{"id": "half a li')
        record.flush()
        file = backup(folder, tmp_path / "graph.tar.gz")
        writer.replace_graph("urn:g", b"")
    new = restore(file, tmp_path / "new")
    with open_store(new) as store:
        assert "urn:g" in store.graphs(), "what was committed is there"
    kg.build([], new, FAST)
    with open_store(new) as store:
        assert store.dump() == before


def test_a_graph_goes_to_rdflib_and_back(folder: Path) -> None:
    dataset = kg.open_graph(folder).to_rdflib()
    assert memory_store(dataset).dump() == contents(folder)["store"]


def test_nothing_is_overwritten(folder: Path, tmp_path: Path) -> None:
    file = backup(folder, tmp_path / "graph.tar.gz")
    with pytest.raises(StoreError, match="overwrites nothing"):
        backup(folder, file)
    with pytest.raises(StoreError, match="restored to a new folder"):
        restore(file, folder)
    (tmp_path / "empty").mkdir()
    assert restore(file, tmp_path / "empty") == tmp_path / "empty"


def test_what_is_no_backup_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    whole = backup(folder, tmp_path / "graph.tar.gz").read_bytes()
    broken = {
        "text": b"x",
        "short": whole[: len(whole) // 2],
        "evil": _archive("../evil"),
        "other": _archive("store/a"),
    }
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(StoreError, match=r"is no (whole )?backup of diplokg"):
            restore(tmp_path / name, tmp_path / "new")
        assert not (tmp_path / "new").exists()
    assert not (tmp_path.parent / "evil").exists()
    with pytest.raises(StoreError, match="no build in"):
        backup(tmp_path / "nowhere", tmp_path / "b.tar.gz")


def _archive(name: str) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    return content.getvalue()
