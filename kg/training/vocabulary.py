"""Prunes the 250,037 pieces of the base model to those that German, English and neighbouring news text uses.

Kept: every piece met when the German and English word forms of simplemma and all treebank text are tokenized,
and the single Latin, Cyrillic and punctuation characters, so that unknown names fall apart into characters and
never into ``<unk>``.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from kg.training.base import BaseModel

_SPECIAL = (0, 1, 2, 3)
_SINGLE_RANGES = ((0x21, 0x250), (0x386, 0x3CF), (0x400, 0x460), (0x2000, 0x2600))
FORM_LANGUAGES = ("de", "en")


def pieces_to_keep(base: BaseModel, texts: Iterable[str]) -> NDArray[np.int64]:
    """Return the ascending ids of the pieces to keep, special ones first."""
    tokenizer = base.tokenizer()
    keep = set(_SPECIAL)
    keep.update(i for i, piece in enumerate(base.pieces) if _is_single_character(piece))
    for batch in _batches((*_word_forms(), *texts), 2000):
        for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
            keep.update(encoding.ids)
    return np.array(sorted(keep), np.int64)


def _is_single_character(piece: str) -> bool:
    return len(piece) == 1 and any(low <= ord(piece) < high for low, high in _SINGLE_RANGES)


def _word_forms() -> Iterator[str]:
    factory = DefaultDictionaryFactory()
    for language in FORM_LANGUAGES:
        forms = sorted(
            key.decode() if isinstance(key, bytes) else key for key in factory.get_dictionary(language)
        )
        for batch in _batches(forms, 20):
            yield " ".join(batch)


def _batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
