"""The edge: what a model may answer, by JSON schema and checked by pydantic."""

from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema

from kg.extract.llm.values import Shape
from kg.model import Modality
from kg.ontology import relation_types

_RELATIONS: Final = {id.casefold(): id for id in relation_types()}
_MOST_PROBLEMS: Final = 5
"""Problems that a model is told of when it is asked to repair its answer."""


def _relation(value: object) -> str:
    """Return a relation of the scheme. Raises ValueError for any other."""
    found = _RELATIONS.get(str(value).removeprefix("dk:").rstrip("*").casefold())
    if found is None:
        raise ValueError(f"{str(value)[:40]!r} is no relation of the list")
    return found


def _modality(value: object) -> Modality:
    try:
        return Modality(str(value).casefold())
    except ValueError:
        raise ValueError(f"{str(value)[:40]!r} is none of {', '.join(Modality)}") from None


def _nothing_is_empty(value: object) -> object:
    return "" if value is None else value


def _nothing_is_none_of_them(value: object) -> object:
    return () if value is None else value


_ENUM: Final[dict[str, Any]] = {"type": "string", "enum": list(relation_types())}
_MODALITIES: Final[dict[str, Any]] = {"type": "string", "enum": [modality.value for modality in Modality]}

Relation = Annotated[str, BeforeValidator(_relation), WithJsonSchema(_ENUM)]
Mode = Annotated[Modality, BeforeValidator(_modality), WithJsonSchema(_MODALITIES)]
Words = Annotated[str, BeforeValidator(_nothing_is_empty)]


class Found(BaseModel):
    """A claim as a model tells it: all but relation and modality are words of the passage."""

    model_config = ConfigDict(frozen=True)

    relation: Relation
    actor: Words
    recipient: Words
    modality: Mode
    speakers: Annotated[tuple[str, ...], BeforeValidator(_nothing_is_none_of_them)]
    when: Words
    place: Words
    trigger: Words
    quote: Words


class Judged(BaseModel):
    """A claim between numbered actors of a numbered sentence."""

    model_config = ConfigDict(frozen=True)

    sentence: int
    actor: int
    recipient: int
    relation: Relation
    modality: Mode
    speakers: Annotated[tuple[int, ...], BeforeValidator(_nothing_is_none_of_them)]
    when: Words


Item = TypeVar("Item", bound=BaseModel)


def shape_of(item: type[BaseModel]) -> Shape:
    """Return the shape of an answer: an object with a list of claims, and where proposals are judged the right ones.

    Nothing else, and every field there: what servers call strict.
    """
    schema = item.model_json_schema()
    one = {
        "type": "object",
        "properties": {
            name: {key: value for key, value in described.items() if key not in {"title", "default"}}
            for name, described in schema["properties"].items()
        },
        "required": list(schema["properties"]),
        "additionalProperties": False,
    }
    lists: dict[str, Any] = {"claims": {"type": "array", "items": one}}
    if issubclass(item, Judged):
        lists = {"right": {"type": "array", "items": {"type": "integer"}}, **lists}
    return Shape(
        name="claims",
        schema={
            "type": "object",
            "properties": lists,
            "required": list(lists),
            "additionalProperties": False,
        },
    )


def checked(records: list[object], item: type[Item]) -> tuple[list[Item], list[str]]:
    """Return the records that fit, and for the others what is wrong with them. Raises nothing."""
    fitting: list[Item] = []
    problems: list[str] = []
    for number, record in enumerate(records, start=1):
        try:
            fitting.append(item.model_validate(record))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"])) or "it"
            problems.append(f"claim {number}: {place}: {first['msg']}")
    return fitting, problems


def numbers(value: object) -> tuple[int, ...]:
    """Return a list of numbers, each once; nothing for what is no such list."""
    if not isinstance(value, list):
        return ()
    return tuple(dict.fromkeys(number for number in value if type(number) is int))


def told(problems: list[str]) -> str:
    """Return problems as a line for the model, the first ones of many."""
    more = len(problems) - _MOST_PROBLEMS
    return "; ".join(problems[:_MOST_PROBLEMS]) + (f"; and {more} more" if more > 0 else "")
