"""Scores what an extractor found against what people would find.

    load_gold + texts -> join -> score(predictions) -> as_text | as_json | as_page

The unit is a claim; ``docs/annotation-guide.md`` says what one is, ``actors.py`` when two actors are one.
"""

from kg.evaluate.compare import Run, comparison, comparison_json
from kg.evaluate.gold import Annotated, GoldArticle, GoldClaim, GoldError, join, load_gold
from kg.evaluate.measures import Counts, Score, score
from kg.evaluate.page import as_page
from kg.evaluate.predictions import Predicted, load_predictions, predicted
from kg.evaluate.report import as_json, as_text

__all__ = [
    "Annotated",
    "Counts",
    "GoldArticle",
    "GoldClaim",
    "GoldError",
    "Predicted",
    "Run",
    "Score",
    "as_json",
    "as_page",
    "as_text",
    "comparison",
    "comparison_json",
    "join",
    "load_gold",
    "load_predictions",
    "predicted",
    "score",
]
