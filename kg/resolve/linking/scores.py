"""Points of a candidate, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A feature that holds: its points and the facts behind it."""

    feature: str
    points: float
    detail: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its points and their reasons, in the order of the table."""

    id: str
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """Sum of the points."""
        return round(sum(reason.points for reason in self.reasons), 2)
