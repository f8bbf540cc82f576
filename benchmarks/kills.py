"""Kills builds at random points: nothing that was acknowledged is lost, and a rerun gives the same bytes.

python -m benchmarks.kills --kills 30

``kg.build`` runs in a process of its own, with the stand-in extractor of the tests, and is killed (-9) after a
random time: in turn as a first load of many articles, as an update with new and changed ones, and as a small first
build. After each kill the store must open, and what stood in the record must still be there. Then the same build
runs to its end, and every file and the store must equal those of an undisturbed one.

Processes are forked from one that has imported everything, but has opened no store: so a kill costs no start-up.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import kg
import kg.writer
from kg.folder import ENTRIES, NQUADS, PAGE, TABLE, TRIG, read_entries
from kg.knowledge.entities import knowledge_base
from kg.ontology import DK
from kg.store import Solutions, open_store
from tests import standin

ACTORS = ("Iran", "Oman", "Angela Merkel", "Zork Blorb", "Zork Blorb of iran", "Fra Zort", "France", "Japan")
RELATIONS = ("meets", "warns", "praises", "supports", "accuses")
FILES = (ENTRIES, NQUADS, TRIG, TABLE, PAGE)


@dataclass(frozen=True, slots=True)
class Case:
    """Builds to be made one after the other; the last one is killed."""

    name: str
    files: tuple[Path, ...]
    written: str = "auto"


def main() -> None:
    """Print what each kill met; fail on the first loss."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--articles", type=int, default=1500, help="of the bulk load; the others have a tenth"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), options.kills, options.seed, options.articles)


def run(folder: Path, kills: int, seed: int, articles: int) -> None:
    """Kill as often as said, in turn in each case. Raises AssertionError for what was lost or differs."""
    chance = random.Random(seed)
    os.environ.update(standin.environment(folder / "site"))
    sys.path.insert(0, str(folder / "site"))
    knowledge_base()
    found = cases(folder, chance, articles)
    wholes = {case.name: undisturbed(folder, case) for case in found}
    for number in range(kills):
        case = found[number % len(found)]
        prepared, seconds, whole = wholes[case.name]
        out = folder / f"kill-{number}"
        if prepared:
            copytree(prepared, out)
        told = killed(case, out, chance.uniform(0.0, 1.0) * seconds)
        in_child(build, case, out, len(case.files) - 1)
        assert in_child(contents, out) == whole, f"{case.name}: other bytes after the rerun of kill {number}"
        assert not list((out / "store").glob("bulk-*.sst")), f"{case.name}: files of a killed load are left"
        print(f"kill {number + 1}: {case.name}, {told}; rerun gives the same bytes", flush=True)
        rmtree(out)


def cases(folder: Path, chance: random.Random, articles: int) -> Sequence[Case]:
    """Return a bulk load, an update and a small build, over invented articles."""
    small, new = made(chance, articles // 10), made(chance, articles // 10)
    changed = dict(list(small.items())[::2]) | {f"n{id}": text for id, text in new.items()}
    changed |= {id: new[id] for id in list(changed)[:5] if id in new}
    many, first, second = (folder / f"{name}.jsonl" for name in ("many", "first", "second"))
    for path, texts in ((many, made(chance, articles)), (first, small), (second, changed)):
        path.write_text("".join(line(id, text) for id, text in texts.items()), "utf-8")
    return (
        Case("bulk load", (many,), "never"),
        Case("update", (first, second)),
        Case("build", (first,)),
    )


def made(chance: random.Random, count: int) -> dict[str, str]:
    """Return texts by id."""
    return {f"a{number}": "\n".join(sentence(chance) for _ in range(6)) for number in range(count)}


def sentence(chance: random.Random) -> str:
    """Return a line that the stand-in reads."""
    actor, recipient = chance.sample(ACTORS, 2)
    return f"{actor} {chance.choice(RELATIONS)} {recipient}{chance.choice(['', '', ' denied', ' planned'])}."


def line(id: str, text: str) -> str:
    """Return an article as a line of the input."""
    day = f"2026-{1 + hash_of(id) % 12:02}-{1 + hash_of(id) % 28:02}"
    return f"{json.dumps({'id': id, 'text': text, 'language': 'en', 'published': day})}\n"


def hash_of(id: str) -> int:
    """Return a number that follows from an id."""
    return sum(map(ord, id))


def build(case: Case, out: Path, step: int) -> None:
    """Make a build of a case."""
    kg.build(case.files[step], out, kg.Settings(extractor=standin.NAME, files=case.written))


def undisturbed(folder: Path, case: Case) -> tuple[Path | None, float, dict[str, bytes]]:
    """Return the folder before the last build, the seconds of that, and the bytes that it gives."""
    out, prepared = folder / f"whole {case.name}", None
    seconds = 0.0
    for step in range(len(case.files)):
        if step:
            prepared = Path(copytree(out, folder / f"before {case.name}"))
        begun = time.perf_counter()
        in_child(build, case, out, step)
        seconds = time.perf_counter() - begun
    return prepared, seconds, in_child(contents, out)


def killed(case: Case, out: Path, seconds: float) -> str:
    """Kill a build after some time, check what it left, and say how far it came."""
    process = get_context("fork").Process(target=build, args=(case, out, len(case.files) - 1))
    process.start()
    process.join(seconds)
    told = f"killed after {seconds:.2f} s" if process.is_alive() else f"done before {seconds:.2f} s"
    record = out / ENTRIES
    acknowledged = len(read_entries(out)) if record.is_file() else 0
    process.kill()
    process.join()
    articles, shown = in_child(left, out)
    assert articles >= acknowledged, f"{case.name}: {acknowledged - articles} acknowledged articles are lost"
    return f"{told}, {articles} articles in the record, {shown} in the store"


def left(out: Path) -> tuple[int, int]:
    """Return how many articles the record and the store hold. Raises StoreError if one is damaged."""
    if not (out / "diplokg.json").is_file():
        return len(read_entries(out)), 0
    with open_store(out) as store:
        found = store.query(f"SELECT ?a {{ ?a a <{DK.Article}> }}")
    assert isinstance(found, Solutions)
    return len(read_entries(out)), len(found)


def in_child(function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a function returns in a process of its own. Raises AssertionError if that fails."""
    context = get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, function, arguments))
    process.start()
    theirs.close()
    try:
        answer = mine.recv()
    except EOFError:
        raise AssertionError(f"{function.__name__} failed, see above") from None
    finally:
        process.join()
    return answer


def _answer(connection: Connection, function: Callable[..., Any], arguments: Sequence[Any]) -> None:
    connection.send(function(*arguments))


def contents(out: Path) -> dict[str, bytes]:
    """Return all bytes of a build but those of the record where it is kept in the order of reading."""
    with open_store(out) as store:
        found = {"store": store.dump()}
    present = [name for name in FILES if (out / name).is_file()]
    return found | {name: (out / name).read_bytes() for name in present}


if __name__ == "__main__":
    main()
