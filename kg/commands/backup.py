"""``kg backup``: writes a folder to one file, even while a build runs."""

import argparse
from pathlib import Path

from kg.backup import backup
from kg.commands.options import add_store

EXAMPLE = "kg backup graph-2026-02-03.tar.gz --store graph"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help="file to write, .tar.gz; it must not exist")
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Write the backup and print its path. Raises StoreError, OSError."""
    print(backup(options.store, options.file))
    return 0
