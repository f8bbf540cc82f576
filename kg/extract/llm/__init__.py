"""The back ends ``llm`` and ``rules+llm``: a language model behind the OpenAI-compatible API.

    passages -> prompt -> cache | chat -> schema -> gate -> Statements

What the model says enters the graph only if the article says it too: ``gate.py`` finds every quote and every
actor in the text, or turns the claim away and counts it.
"""

from kg.config import Settings
from kg.extract.base import Extractor
from kg.extract.llm.ask import Asker
from kg.extract.llm.extractor import LlmExtractor
from kg.extract.llm.judge import JudgingExtractor
from kg.extract.llm.values import Chat, LlmError, Message, Reply, Shape


def make(settings: Settings) -> Extractor:
    """Make the extractor ``llm``. Raises ExtractorError where no model or server is named."""
    return LlmExtractor(settings.llm)


def make_with_rules(settings: Settings) -> Extractor:
    """Make the extractor ``rules+llm``. Raises ExtractorError where no model or server is named."""
    return JudgingExtractor(settings.llm)


__all__ = [
    "Asker",
    "Chat",
    "JudgingExtractor",
    "LlmError",
    "LlmExtractor",
    "Message",
    "Reply",
    "Shape",
    "make",
    "make_with_rules",
]
