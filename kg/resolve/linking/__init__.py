"""Mentions of an article -> entities: names, governments, offices, descriptions, pronouns.

``ArticleLinker`` links an article; the parts below it take a ``Discourse``, what the article has said so far.

- ``features``: what speaks for a candidate, as a table of weights; every score has its reasons
- ``persons``: named persons, known ones among candidates, unknown ones by their name
- ``names``: names of states, organisations and places
- ``offices``: who held an office on the day, and counterparts
- ``descriptions``: governments, bodies and groups
- ``references``: pronouns, "both sides", and what came before
"""

from kg.resolve.linking.linker import ArticleLinker
from kg.resolve.linking.scores import Reason, Scored

__all__ = ["ArticleLinker", "Reason", "Scored"]
