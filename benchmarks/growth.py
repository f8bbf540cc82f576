"""Seconds to add ten articles to a graph of many claims, and to make that graph from its record.

python -m benchmarks.growth --claims 100000 --claims 1000000

The articles are invented (``benchmarks.synthetic``) and come with their claims, so that neither reading nor the
start of a model is in the figures. ``add`` opens the folder, adds ten articles, brings record, index and store up to
date and closes it, five times with other articles; ``floor`` writes and syncs as many bytes as the ten lines of the
record have. Then ten articles are changed, and withdrawn.
"""

import argparse
import os
import resource
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.synthetic import CLAIMS, entries
from kg.folder import ENTRIES, Record, line_bytes
from kg.records import Entry, Withdrawal
from kg.results import Summary
from kg.writer import Writer

NEW, TIMES = 10, 5


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, action="append", help="default: 100,000")
    parser.add_argument("--folder", type=Path, help="keep the graph here (default: a temporary folder)")
    options = parser.parse_args()
    for claims in options.claims or [100_000]:
        folder = (options.folder or Path(tempfile.mkdtemp())) / f"growth-{claims}"
        grow(folder, claims // CLAIMS)
        if options.folder is None:
            shutil.rmtree(folder.parent)


def grow(folder: Path, articles: int) -> None:
    """Make a graph, change it, and print how long each step took."""
    if not (folder / ENTRIES).is_file():
        with Record(folder) as record:
            for entry in entries(articles):
                record.add(entry)
    seconds = timed(folder, [])
    parts = ("articles.jsonl", "index.sqlite*", "store/*")
    mib = {part: sum(file.stat().st_size for file in folder.glob(part)) >> 20 for part in parts}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    made = f"made in {seconds[0]:.0f} s ({seconds[1]:.0f} s of CPU)"
    print(f"{articles * CLAIMS} claims: {made}, {memory} MB memory, MB on disk: {mib}", flush=True)
    new = list(entries(NEW * TIMES, start=articles))
    floors, spent = [], []
    for step in range(TIMES):
        ten: list[Entry | Withdrawal] = list(new[step * NEW : (step + 1) * NEW])
        floors.append(floor(folder, ten))
        spent.append(timed(folder, ten))
    wall, cpu = [pair[0] for pair in spent], [pair[1] for pair in spent]
    print(f"  add {NEW}: {show(wall)}, of CPU {show(cpu)}; floor {median(floors):.3f} s", flush=True)
    changed = [replace(entry, article=replace(entry.article, title="Changed")) for entry in new[:NEW]]
    print(f"  change {NEW}: {timed(folder, list(changed))[0]:.2f} s", flush=True)
    gone = [Withdrawal(entry.article.id) for entry in new[:NEW]]
    print(f"  withdraw {NEW}: {timed(folder, list(gone))[0]:.2f} s", flush=True)


def timed(folder: Path, lines: list[Entry | Withdrawal]) -> tuple[float, float]:
    """Add lines to a folder; return the seconds it took, with opening and closing it, and those of CPU."""
    begun, cpu = time.perf_counter(), time.process_time()
    with Writer(folder) as writer:
        for line in lines:
            writer.add(line)
        writer.finish(Summary())
    return time.perf_counter() - begun, time.process_time() - cpu


def floor(folder: Path, lines: list[Entry | Withdrawal]) -> float:
    """Return the seconds to write and sync the bytes of some lines."""
    begun = time.perf_counter()
    with (folder / "floor").open("wb") as file:
        file.write(b"".join(map(line_bytes, lines)))
        file.flush()
        os.fsync(file.fileno())
    return time.perf_counter() - begun


def show(seconds: list[float]) -> str:
    """Return median and range."""
    return f"median {median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"


if __name__ == "__main__":
    main()
