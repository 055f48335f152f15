"""Where in the input a fault of pydantic's lies: its path is walked through the data and through the types.

Pydantic's own path also names the branches of unions, and what validators made of the input; no input has those.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic_core import ErrorDetails

from billcalc.fields.values import key_of

__all__ = ["Found", "Path", "Trail", "find", "models_in", "tag_key"]

Path = tuple[int | str, ...]


class Trail(NamedTuple):
    """Pydantic's path, resolved.

    Attributes:
        path: the parts of it that the data has; with the key that is too many, or that holds an unknown tag.
        types: the annotations at its end.
        forks: the indices in pydantic's path of the parts that name the branch of a union.
    """

    path: Path
    types: list[Any]
    forks: list[int]


class Found(NamedTuple):
    """A fault as pydantic tells it, and where it lies."""

    detail: ErrorDetails
    trail: Trail


def find(model: type[BaseModel], data: object, details: Iterable[ErrorDetails]) -> list[Found]:
    """Find each fault's place; of a union, keep the faults of the branches that fit best."""
    details = list(details)
    around = {detail["loc"][:end] for detail in details for end in range(len(detail["loc"]))}
    # Pydantic counts only the entries without faults, and so also finds too few of them.
    true = [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in around]
    return _best_branches([Found(detail, _trail(model, data, detail)) for detail in true])


def _trail(model: type[BaseModel], data: object, detail: ErrorDetails) -> Trail:
    """Resolve pydantic's path.

    After a union it has the name of a branch. Other parts that the data does not have stem from validators that
    rearrange their input.
    """
    location: Path = detail["loc"]
    last: int | str | None = None
    match detail["type"]:
        case "extra_forbidden":
            location, last = location[:-1], location[-1]
        case "missing":
            location = location[:-1]
        case "union_tag_invalid":
            last = tag_key(detail)
    path: list[int | str] = []
    forks: list[int] = []
    types = _members(model)
    forking = len(types) > 1
    for index, part in enumerate(location):
        if forking:
            forks.append(index)
            types = _branch(types, str(part))
            forking = len(types) == 1 and len(_members(types[0])) > 1  # a union inside the union
            types = [member for each in types for member in _members(each)]
            continue
        if _has(data, part):
            data = data[part]  # type: ignore[index]
            path.append(part)
        inside = [_inside(each, part) for each in types]
        forking = any(len(members) > 1 for members in inside)
        types = [member for members in inside for member in members]
    if last is not None and _has(data, last):
        path.append(last)
    return Trail(tuple(path), types, forks)


def tag_key(detail: ErrorDetails) -> str:
    """The key that tells the branch of a union."""
    return str(detail["ctx"]["discriminator"]).strip("'")


def _has(data: object, part: int | str) -> bool:
    if isinstance(data, Mapping):
        return part in data
    return isinstance(data, list | tuple) and isinstance(part, int) and part < len(data)


def _members(annotation: Any) -> list[Any]:
    """The branches of a union, without None; anything else is its own only branch."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _members(get_args(annotation)[0])
    if origin in (Union, UnionType):
        members = [member for member in get_args(annotation) if member is not NoneType]
        return _members(members[0]) if len(members) == 1 else members
    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        return _members(annotation.model_fields["root"].annotation)
    return [annotation]


def _inside(annotation: Any, part: int | str) -> list[Any]:
    """The types of the value under a key or index of a value of this type; none where that is not known."""
    for model in models_in([annotation]):
        for name, field in model.model_fields.items():
            if part in (name, key_of(name, field)):
                return _members(field.annotation)
    [member, *_] = _members(annotation)
    origin, arguments = get_origin(member), get_args(member)
    if not isinstance(origin, type) or not issubclass(origin, Iterable):
        return []
    if issubclass(origin, Mapping):
        return _members(arguments[1]) if isinstance(part, str) else []
    if isinstance(part, str):
        return []
    if issubclass(origin, tuple) and Ellipsis not in arguments:
        return _members(arguments[part]) if part < len(arguments) else []
    return _members(arguments[0])


def _branch(types: Sequence[Any], label: str) -> list[Any]:
    """The branch that pydantic names by its class, its tag or a description; else those it names otherwise."""
    named = [each for each in types if _is_named(each, label)]
    return named or [each for each in types if not models_in([each])] or list(types)


def _is_named(annotation: Any, label: str) -> bool:
    if len(_members(annotation)) > 1:
        return label.partition("[")[0] in ("union", "tagged-union")
    return any(
        label in (model.__name__, *_tags(model)) or re.fullmatch(rf"function-\w+\[.*, {model.__name__}\]+", label)
        for model in models_in([annotation])
    )


def _tags(model: type[BaseModel]) -> Iterator[str]:
    for field in model.model_fields.values():
        if get_origin(field.annotation) is Literal:
            for word in get_args(field.annotation):
                yield str(word.value if isinstance(word, Enum) else word)


def models_in(types: Iterable[Any]) -> list[type[BaseModel]]:
    """The models among types, and among the branches of those that are unions."""
    members = [member for each in types for member in _members(each)]
    return [each for each in members if isinstance(each, type) and issubclass(each, BaseModel)]


def _best_branches(found: Sequence[Found]) -> list[Found]:
    """Leave out the faults of the branches of a union that the input was hardly meant to be."""
    faults: Counter[Path] = Counter()
    unlike: Counter[Path] = Counter()  # the branch is of another kind altogether, such as a text for a mapping
    for each in found:
        location = each.detail["loc"]
        for index in each.trail.forks:
            branch = location[: index + 1]
            faults[branch] += 1
            unlike[branch] += index == len(location) - 1 and not _was_built(each)

    best: dict[Path, tuple[int, int]] = {}
    for branch, count in faults.items():
        rank = (unlike[branch], count)
        best[branch[:-1]] = min(rank, best.get(branch[:-1], rank))
    fitting = {branch for branch in faults if (unlike[branch], faults[branch]) == best[branch[:-1]]}
    return [each for each in found if all(each.detail["loc"][: index + 1] in fitting for index in each.trail.forks)]


def _was_built(found: Found) -> bool:
    """Whether a model had all its fields and its own validator found the fault."""
    raised = found.detail["type"] in ("fault", "value_error", "assertion_error")
    return raised and isinstance(found.detail["input"], Mapping) and bool(models_in(found.trail.types))
