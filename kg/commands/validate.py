"""``kg validate``: checks a graph against the SHACL shapes."""

import argparse
import sys
from pathlib import Path

from kg.commands.options import add_store
from kg.errors import ValidationError
from kg.folder import TRIG
from kg.graph import Finding, read_dataset, validate
from kg.store import open_store, server_of_folder

EXAMPLE = "kg validate --store graph"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", nargs="?", type=Path, help=f"an RDF file (default: {TRIG} of the store)")
    add_store(parser, servers=True)


def run(options: argparse.Namespace) -> int:
    """Print what breaks the shapes, a line each. Returns 1 if anything does. Raises ValidationError."""
    name, findings = _findings(options)
    for finding in findings:
        print(finding)
    if findings:
        print(f"kg: {name} breaks the shapes {len(findings)} times", file=sys.stderr)
        return 1
    print(f"{name} conforms to the shapes")
    return 0


def _findings(options: argparse.Namespace) -> tuple[str, list[Finding]]:
    """Return what was checked, a file, or all that a server or a folder without that file holds, and the findings."""
    path: Path | None = options.file
    if path is None and (isinstance(options.store, str) or server_of_folder(options.store)):
        with open_store(options.store) as store:
            return store.name, validate(store.as_rdflib())
    path = path or options.store / TRIG
    if not path.is_file():
        raise ValidationError(f"no file {path}; build one with: kg build FILES -o {options.store}")
    return str(path), validate(read_dataset(path))
