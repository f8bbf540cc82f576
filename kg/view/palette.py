"""How families and modalities look: colours of Okabe and Ito, and a second cue for whoever sees no colour.

Cooperation is blue and a circle, conflict is orange and a triangle; verbal is light and hollow, material is
dark and filled. Colours: Okabe and Ito, "Color Universal Design" (2008). Seen with deuteranopia (matrix of
Machado et al. 2009), orange and vermilion are the closest: 18 apart in CIELAB, where 2.3 is just noticeable.
"""

from dataclasses import dataclass
from typing import Final

from kg.model import Modality
from kg.ontology import relation_types


@dataclass(frozen=True, slots=True)
class Family:
    """A quad class as it is drawn: ``mark`` is the second cue, readable without colour."""

    id: str
    colour: str
    mark: str
    labels: dict[str, str]


OTHER: Final = Family("other", "#7F7F7F", "◇", {"de": "sonstige", "en": "other"})

FAMILIES: Final = (
    Family("verbalCooperation", "#56B4E9", "○", {"de": "verbale Kooperation", "en": "verbal cooperation"}),
    Family(
        "materialCooperation", "#0072B2", "●", {"de": "materielle Kooperation", "en": "material cooperation"}
    ),
    Family("verbalConflict", "#E69F00", "△", {"de": "verbaler Konflikt", "en": "verbal conflict"}),
    Family("materialConflict", "#D55E00", "▲", {"de": "materieller Konflikt", "en": "material conflict"}),
    OTHER,
)

# Lengths of stroke and gap in pixels; empty is a solid line. A negated claim also gets a cross at its label.
DASHES: Final[dict[Modality, list[int]]] = {
    Modality.ACTUAL: [],
    Modality.PLANNED: [14, 5],
    Modality.POSSIBLE: [2, 5],
    Modality.CONDITIONAL: [14, 5, 2, 5],
    Modality.NEGATED: [4, 12],
}


def family_of(relation: str, type_: str) -> Family:
    """Return the family of a relation, else of its PLOVER root, else ``OTHER``.

    >>> family_of("warns", "THREATEN").id, family_of("unheard of", "").id
    ('verbalConflict', 'other')
    """
    relations = relation_types()
    roots = {known.root: known.quad for known in relations.values()}
    quad = relations[relation].quad if relation in relations else roots.get(type_, "")
    return next((family for family in FAMILIES if family.id == quad), OTHER)
