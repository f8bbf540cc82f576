"""How many example sentences of the predicate lexicon the rules read: root, actor and recipient found.

python -m benchmarks.lexicon --language de
"""

import argparse
from collections import Counter

from kg.extract.rules import make
from kg.knowledge.predicates import LANGUAGES, predicate_lexicon
from kg.model import Article
from kg.ontology import relation_types
from tests.test_lexicon import expresses, marked


def main() -> None:
    """Print the share of examples that are read, by language and PLOVER root."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="default: both")
    parser.add_argument("--misses", action="store_true", help="print the sentences that are not read")
    options = parser.parse_args()
    extractor = make()
    for language in options.language or LANGUAGES:
        read: Counter[str] = Counter()
        rows: Counter[str] = Counter()
        for frame in predicate_lexicon(language).frames:
            root = relation_types()[frame.relation].root
            plain, actor, recipient = marked(frame.example)
            reading = extractor.read(Article("example", "", plain, language))
            hit = any(expresses(s, frame, actor, recipient) for s in reading.statements)
            rows[root] += 1
            read[root] += hit
            if options.misses and not hit:
                print(f"{frame.source}\t{frame.example}")
        for root in (*sorted(rows), "all"):
            right, count = (read[root], rows[root]) if root in rows else (read.total(), rows.total())
            print(f"{language}  {root:10} {right:5} of {count:5}  {100 * right / count:5.1f} %")


if __name__ == "__main__":
    main()
