"""Cuts a query into tokens, so that words in quotes, comments and IRIs are told from keywords.

Where a "<" may begin an IRI or mean "less than", it is taken for an IRI only if no query could mean the
other: a hidden SERVICE must not pass for a part of an IRI.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TOKEN: Final = re.compile(
    r"""
    (?P<iri>    <[A-Za-z][\w+.-]*://[^\x00-\x20<>"{}|^`]*> | <[A-Za-z][\w+.-]*:[^\x00-\x20<>"'(){}|^`\\\#]*> )
  | (?P<text>   \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
              | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<comment> \#[^\n\r]* )
  | (?P<variable> [?$]\w+ )
  | (?P<name>   (?:[^\W\d](?:[\w.-]*[\w-])?)? : (?![.-])
                (?:(?:[\w:.-] | %[0-9A-Fa-f]{2} | \\[_~.\-!$&'()*+,;=/?\#@%])*
                   (?:[\w:-] | %[0-9A-Fa-f]{2} | \\[_~.\-!$&'()*+,;=/?\#@%]))? )
  | (?P<word>   [^\W\d]\w* )
  | (?P<space>  \s+ )
  | (?P<sign>   . )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: what it is, its wording, and the position of its first character."""

    kind: str
    wording: str
    start: int


def tokens(sparql: str) -> Iterator[Token]:
    """Yield the tokens of a query without space and comments. Raises nothing; a sign out of place is a token.

    >>> [token.wording for token in tokens("ASK { ent:iran dk:warns ?x } # who?")]
    ['ASK', '{', 'ent:iran', 'dk:warns', '?x', '}']
    """
    for match in TOKEN.finditer(sparql):
        kind = match.lastgroup or "sign"
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], match.start())


def place(sparql: str, position: int) -> str:
    r"""Return the place of a character for messages.

    >>> place("ASK\n{ }", 6)
    'line 2, column 3'
    """
    line = sparql.count("\n", 0, position) + 1
    column = position - sparql.rfind("\n", 0, position)
    return f"line {line}, column {column}"
