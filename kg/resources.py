"""Finds ``ontology/`` and ``data/`` in a checkout and in an installed wheel."""

from importlib.resources import files
from pathlib import Path


def resource(relative: str) -> Path:
    """Return the path of a shipped file or folder, such as ``data/lexicon/states.tsv``.

    Raises FileNotFoundError where neither the wheel nor the checkout has it.
    """
    packed = Path(str(files("kg"))) / "_resources"
    root = packed if packed.is_dir() else Path(__file__).resolve().parent.parent
    path = root / relative
    if not path.exists():
        raise FileNotFoundError(f"{relative} is not part of this installation; reinstall diplokg")
    return path
