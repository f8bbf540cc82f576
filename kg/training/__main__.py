"""Trains or scores the models: ``python -m kg.training --help``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.errors import KgError
from kg.resources import resource
from kg.training.scores import Scores, as_json, as_text, score

SCORE = "score"
RELATIONS = "relations"
SCORES_FILE = "scores.json"
MODEL = "data/models/reader"
WRITTEN = "data/training"

TRAIN_EXAMPLE = """example:
  python -m kg.training --data corpora --out data/models/reader --epochs 8
  python -m kg.training score --data corpora

corpora/ud holds CoNLL-U treebanks, corpora/ner names in IOB2; kg/training/train.py says which."""
RELATIONS_EXAMPLE = """example:
  python -m kg.training relations --sentences data/training --model data/models/reader --epochs 6

Run it after the reading model was trained: --work must hold the vocabulary that its training left there."""
SCORE_EXAMPLE = """example:
  python -m kg.training score --data corpora --json scores.json"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and score, or only score; return the exit status, 1 with one line where it cannot be done."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _COMMANDS.get(words[0] if words else "", _train)(words)
    except ModuleNotFoundError as error:
        problem = f"{error.name} is not installed; run: pip install 'diplokg[training]'"
    except (KgError, OSError, ValueError, RuntimeError) as error:
        problem = str(error)
    print(f"error: {problem}", file=sys.stderr)
    return 1


def score_parser() -> argparse.ArgumentParser:
    """Return the parser of ``score``."""
    made = _parser(f"python -m kg.training {SCORE}", "Score a model on the test sets.", SCORE_EXAMPLE)
    made.add_argument(
        "--model", type=Path, metavar="DIR", help="folder of the model (default: the shipped one)"
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="write the scores as JSON")
    return made


def train_parser() -> argparse.ArgumentParser:
    """Return the parser of training."""
    made = _parser("python -m kg.training", "Train the reading model, export and score it.", TRAIN_EXAMPLE)
    made.add_argument(
        "--written",
        type=Path,
        metavar="DIR",
        help="folder of what was written and corrected for this project (default: data/training)",
    )
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the model")
    made.add_argument(
        "--work",
        type=Path,
        default=Path("build/training"),
        metavar="DIR",
        help="folder for vocabulary and weights (default: build/training)",
    )
    _add_shared(made, epochs=8)
    made.add_argument("--german-times", type=int, default=2, help="times an epoch sees the German treebanks")
    made.add_argument(
        "--names-part",
        type=float,
        default=0.5,
        help="share of the German sentences with names alone in an epoch",
    )
    made.add_argument(
        "--english-part", type=float, default=0.3, help="share of the English sentences in an epoch"
    )
    return made


def _parser(program: str, description: str, example: str) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog=program,
        description=description,
        epilog=example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with ud/ and ner/")
    return made


def relations_parser() -> argparse.ArgumentParser:
    """Return the parser of ``relations``."""
    made = argparse.ArgumentParser(
        prog=f"python -m kg.training {RELATIONS}",
        description="Train the learned relation layer and export it.",
        epilog=RELATIONS_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--sentences", type=Path, metavar="DIR", help="folder of what to learn from (default: data/training)"
    )
    made.add_argument("--model", type=Path, required=True, metavar="DIR", help="folder of the reading model")
    made.add_argument("--work", type=Path, default=Path("build/training"), metavar="DIR")
    made.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder with ud/ and ner/, for the sentences annotated on them",
    )
    _add_shared(made, epochs=6)
    return made


def _add_shared(made: argparse.ArgumentParser, *, epochs: int) -> None:
    made.add_argument("--start", type=Path, metavar="FILE", help="go on from these weights")
    made.add_argument("--weights", type=Path, metavar="FILE", help="export these weights instead of training")
    made.add_argument("--epochs", type=int, default=epochs)
    made.add_argument(
        "--bf16", action="store_true", help="train in 16 bits: several times as fast on processors with AMX"
    )
    made.add_argument("--threads", type=int, default=2)


def _relations(words: Sequence[str]) -> int:
    options = relations_parser().parse_args(words[1:])
    from kg.training.relations.run import Folders, make_relations  # noqa: PLC0415 - the rest needs no torch
    from kg.training.relations.train import Recipe  # noqa: PLC0415

    recipe = Recipe(options.epochs, options.bf16)
    folders = Folders(options.sentences or resource(WRITTEN), options.model, options.work, options.data)
    make_relations(folders, recipe, start=options.start, weights=options.weights, threads=options.threads)
    return 0


def _score(words: Sequence[str]) -> int:
    options = score_parser().parse_args(words[1:])
    _report(score(options.data, options.model or resource(MODEL)), options.json)
    return 0


def _train(words: Sequence[str]) -> int:
    options = train_parser().parse_args(words)
    from kg.training.run import Folders, make_model  # noqa: PLC0415 - scoring needs no torch
    from kg.training.train import Recipe  # noqa: PLC0415

    shares = (options.german_times, options.names_part, options.english_part)
    recipe = Recipe(options.epochs, *shares, bf16=options.bf16)
    folders = Folders(options.data, options.written or resource(WRITTEN), options.out, options.work)
    make_model(folders, recipe, start=options.start, weights=options.weights, threads=options.threads)
    _report(score(options.data, options.out), options.out / SCORES_FILE)
    return 0


def _report(scores: Scores, path: Path | None) -> None:
    if path:
        path.write_text(as_json(scores), encoding="utf-8")
    print(as_text(scores), end="")


_COMMANDS: Final = {SCORE: _score, RELATIONS: _relations}


if __name__ == "__main__":
    sys.exit(main())
