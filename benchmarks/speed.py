"""Articles and sentences per second of the whole reading, on one core, with start-up and peak memory.

python -m benchmarks.speed data/sample
"""

import argparse
import resource
import time
from pathlib import Path


def main() -> None:
    """Print start-up time, rates per CPU second and peak memory."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    options = parser.parse_args()
    begun = time.monotonic()
    from kg.extract.rules import make  # noqa: PLC0415 - the import is part of the start
    from kg.extract.syntax.words import split_sentences  # noqa: PLC0415
    from kg.model import Article  # noqa: PLC0415
    from kg.read import read_articles  # noqa: PLC0415
    from kg.resolve import claims_of  # noqa: PLC0415

    articles = [found for found in read_articles(options.paths) if isinstance(found, Article)]
    extractor = make()
    claims = len(claims_of(extractor.read(articles[0])).claims)
    print(f"first article after {time.monotonic() - begun:.1f} s")
    cpu = time.process_time()
    claims += sum(len(claims_of(extractor.read(article)).claims) for article in articles[1:])
    spent = time.process_time() - cpu
    sentences = sum(len(split_sentences(a.text, a.language)) for a in articles[1:])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{(len(articles) - 1) / spent:.1f} articles and {sentences / spent:.0f} sentences per CPU second")
    print(f"{len(articles)} articles, {claims} claims, peak memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
