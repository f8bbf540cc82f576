"""Words to the pieces of the encoder: the same in training and in reading."""

from functools import lru_cache

from tokenizers import Tokenizer, pre_tokenizers

BOS, PAD, EOS, UNKNOWN = 0, 1, 2, 3  # ids of the special pieces


class Pieces:
    """Word -> piece ids, remembered; a word that touches the one before it gets no ``▁``."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._spaced = tokenizer
        self._touching = Tokenizer.from_str(tokenizer.to_str())
        self._touching.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="never")
        self._known = lru_cache(maxsize=65536)(self._encode)

    def __call__(self, form: str, space_before: bool) -> tuple[int, ...]:
        """Return the piece ids of a word; the unknown piece where it has none."""
        return self._known(form, space_before)

    def _encode(self, form: str, space_before: bool) -> tuple[int, ...]:
        tokenizer = self._spaced if space_before else self._touching
        return tuple(tokenizer.encode(form, add_special_tokens=False).ids) or (UNKNOWN,)
