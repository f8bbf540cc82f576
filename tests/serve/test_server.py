"""The server as a process: where it listens, how it ends, what it leaves, and whom it answers."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.cli import main
from kg.serve.formats import choose
from kg.serve.snapshot import copy_store
from kg.store import create_store, open_store
from tests.serve.conftest import Server, running
from tests.serve.corpus import make_folder

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
WRITER = """
import sys
from kg.store import create_store
with create_store(sys.argv[1]) as store:
    for number in range(100_000):
        store.add_quads(b"<urn:s> <urn:p> \\"%d\\" <urn:g%d> ." % (number, number))
        print(number, flush=True)
"""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_running_queries_and_leaves_nothing(tmp_path: Path, stop: signal.Signals) -> None:
    folder = make_folder(tmp_path / "graph")
    left = folder / ".serve-killed"  # as a server leaves it that is killed
    left.mkdir()
    with running(folder, "--timeout", "60", "--workers", "2") as server:
        assert server.query("ASK {}").status == 200
        assert len(server.left_behind()) == 1 and not left.exists()
        with pytest.raises(TimeoutError):
            server.ask("/sparql", query=ENDLESS, timeout=0.3)
        children = _children(server.process.pid)
        assert len(children) >= 3
        with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as busy:
            busy.sendall(
                f"GET /sparql?query={ENDLESS.replace(' ', '+')} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            )
            begun = time.monotonic()
            server.process.send_signal(stop)
            assert server.process.wait(20) == 0
            assert time.monotonic() - begun < 15
    assert server.left_behind() == []
    deadline = time.monotonic() + 5
    while any(map(_runs, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_runs, children))


def test_what_is_added_to_the_store_is_served(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "graph")
    with running(folder) as server:
        assert server.query("ASK { <urn:new> ?p ?o }").text == '{"head":{},"boolean":false}'
        with create_store(folder) as store:
            store.add_quads(b"<urn:new> <urn:p> <urn:o> <urn:g> .")
            deadline = time.monotonic() + 20
            while "false" in server.query("ASK { <urn:new> ?p ?o }").text and time.monotonic() < deadline:
                time.sleep(0.1)
            assert "true" in server.query("ASK { <urn:new> ?p ?o }").text, (
                "while it is still open for writing"
            )


def test_a_snapshot_beside_a_writer_holds_all_that_was_written_before(tmp_path: Path) -> None:
    words = (sys.executable, "-c", WRITER, str(tmp_path / "graph"))
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        try:
            for turn in range(5):
                acknowledged = [int(writer.stdout.readline()) for _ in range(60)][-1]
                copy = tmp_path / f"copy{turn}"
                copy_store(tmp_path / "graph" / "store", copy / "store")
                shutil.copy2(tmp_path / "graph" / "diplokg.json", copy)
                with open_store(copy) as store:
                    found = {int(name.removeprefix("urn:g")) for name in store.graphs()}
                assert found == set(range(len(found))), "no hole"
                assert acknowledged in found
        finally:
            writer.kill()


def test_a_port_in_use_is_a_line(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    port = server.url.rpartition(":")[2]
    assert main(["serve", "--store", str(server.folder), "--port", port]) == 1
    assert capsys.readouterr().err == (
        f"kg: cannot listen at 127.0.0.1:{port} (Address already in use); choose another --port\n"
    )


def test_no_store_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--store", "nowhere"]) == 1
    assert capsys.readouterr().err == "kg: no folder nowhere; make one with: kg build FILES -o nowhere\n"


def test_a_missing_extra_is_a_line(
    served: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("kg.serve") or name == "uvicorn"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["serve", "--store", str(served)]) == 1
    assert (
        capsys.readouterr().err == "kg: uvicorn is missing; install it with: pip install 'diplokg[serve]'\n"
    )


def test_a_name_that_is_not_ours_is_turned_away(server: Server) -> None:
    reply = server.ask("/sparql", query="ASK {}", headers={"Host": "evil.example"})
    assert reply.status == 400
    assert server.ask("/sparql", query="ASK {}", headers={"Host": "localhost"}).status == 200


def test_every_reply_forbids_foreign_scripts_and_readers(server: Server) -> None:
    for path in (
        "/de/",
        "/sparql?query=ASK%20%7B%7D",
        "/assets/explore.js",
        "/de/nothing",
        "/sparql?query=X",
    ):
        headers = server.ask(path, headers={"Origin": "https://evil.example"}).headers
        assert headers["content-security-policy"].startswith("default-src 'self'; script-src 'self'; ")
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_the_format_is_chosen_by_the_closest_range() -> None:
    offered = ("text/turtle", "application/n-triples")
    assert choose("text/*;q=0.1, */*;q=0.5", offered) == "application/n-triples"
    assert choose("text/turtle;q=0, */*", offered) == "application/n-triples"
    assert choose("text/turtle;q=x", offered) == "text/turtle"


def _children(pid: int) -> list[int]:
    """Return all processes below one."""
    if sys.platform != "linux":
        return [pid] * 3
    found, waiting = [], [pid]
    while waiting:
        parent = waiting.pop()
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            waiting += [int(child) for child in path.read_text("ascii").split()]
        found.append(parent)
    return found[1:]


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
