"""Text to syntax: sentences, words, lemmas, tags, names and dependencies (Universal Dependencies)."""

from kg.extract.syntax.doc import Doc, Sentence, Token
from kg.extract.syntax.reader import SyntaxReader, syntax_reader

__all__ = ["Doc", "Sentence", "SyntaxReader", "Token", "syntax_reader"]
