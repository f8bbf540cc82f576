"""``kg validate``: checks a graph against the SHACL shapes."""

import argparse
import sys
from pathlib import Path

from kg.commands.options import add_store
from kg.errors import ValidationError
from kg.folder import TRIG
from kg.graph import read_dataset, validate

EXAMPLE = "kg validate --store graph"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", nargs="?", type=Path, help=f"an RDF file (default: {TRIG} of the store)")
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Print what breaks the shapes, a line each. Returns 1 if anything does. Raises ValidationError."""
    path: Path = options.file or options.store / TRIG
    if not path.is_file():
        raise ValidationError(f"no file {path}; build one with: kg build FILES -o {options.store}")
    findings = validate(read_dataset(path))
    for finding in findings:
        print(finding)
    if findings:
        print(f"kg: {path} breaks the shapes {len(findings)} times", file=sys.stderr)
        return 1
    print(f"{path} conforms to the shapes")
    return 0
