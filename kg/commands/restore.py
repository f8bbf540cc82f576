"""``kg restore``: makes a folder of a backup."""

import argparse
from pathlib import Path

from kg.backup import restore

EXAMPLE = "kg restore graph-2026-02-03.tar.gz -o graph"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help="file that kg backup wrote")
    parser.add_argument(
        "-o", "--out", type=Path, required=True, metavar="DIR", help="folder to make; it must not exist"
    )


def run(options: argparse.Namespace) -> int:
    """Make the folder and print its path. Raises StoreError, OSError."""
    print(restore(options.file, options.out))
    return 0
