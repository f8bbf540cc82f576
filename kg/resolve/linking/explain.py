"""Why a mention is linked as it is: the candidates with their points and reasons."""

from dataclasses import dataclass

from kg.model import Entity, Kind, Mention
from kg.resolve.linking.features import THRESHOLD
from kg.resolve.linking.linker import ArticleLinker
from kg.resolve.linking.scores import Scored

__all__ = ["THRESHOLD", "Explanation", "explain"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a mention was linked to, and what it was chosen from.

    Attributes:
        words: the words of the mention.
        kind: what it looks like from the text alone.
        candidates: who was considered, best first; none where only what came before it decides.
        entity: whom it names, None if that stays unknown.
        actor: who acts under it: the government behind a capital, else ``entity``.
        state: the code that it counts for.
    """

    words: str
    kind: Kind
    candidates: tuple[Scored, ...]
    entity: Entity | None
    actor: Entity | None
    state: str


def explain(mention: Mention, text: str, linker: ArticleLinker) -> Explanation:
    """Return how a mention of a linked article came to its entity. Raises nothing."""
    entity, actor = linker.entity(mention), linker.actor(mention)
    acting = actor or entity
    state = linker.code(acting) if acting else ""
    return Explanation(
        mention.span.of(text),
        mention.kind,
        linker.discourse.considered.get(mention, ()),
        entity,
        actor,
        state,
    )
