"""Texts: a JSON number is none, wherever a text belongs."""

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import BaseModel, RootModel

from billcalc.audit.issued import IssuedBill
from billcalc.audit.layout import Layout
from billcalc.billing.request import Request
from billcalc.fields import AS_TEXT, Area, Code, Id, JsonNumber, Model, Printed, Text, validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.tariff.documents import AnyDocument


class Told(Model):
    text: Text = "a"
    printed: Printed = "a"
    id: Id = "a"
    code: Code = "a"
    area: Area = "cn"


@pytest.mark.parametrize("name", Told.model_fields)
def test_a_json_number_is_no_text_and_is_told_how_to_be_one(name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        validated(Told, {name: JsonNumber("100.0")})

    assert str(refused.value) == (
        f'/{name}: json_number: 100.0 is a JSON number, which many programs turn into a float; write it as the string "100.0"'
    )


def test_the_same_digits_as_a_text_are_one() -> None:
    assert validated(Told, {"id": "100", "text": "0.90"}) == Told(id="100", text="0.90")


@pytest.mark.parametrize("root", [Request, IssuedBill, Layout, AnyDocument])
def test_every_text_of_an_input_is_of_these_types(root: type[BaseModel]) -> None:
    bare = [f"{model.__name__}.{name}" for model in models(root) for name in bare_texts(model)]

    assert bare == [], "annotate these as Text, or with AS_TEXT beside str"


def models(root: Any, seen: set[Any] | None = None) -> Iterator[type[BaseModel]]:
    """A model and all the models in its fields."""
    seen = set() if seen is None else seen
    if isinstance(root, type) and issubclass(root, BaseModel) and root not in seen:
        seen.add(root)
        if not issubclass(root, RootModel):
            yield root
        for field in root.model_fields.values():
            yield from models(field.annotation, seen)
    for inner in get_args(root):
        yield from models(inner, seen)


def bare_texts(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if _has_bare_text(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation):
            yield name


def _has_bare_text(annotation: Any) -> bool:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner, *metadata = arguments
        return AS_TEXT not in metadata and _has_bare_text(inner)
    if annotation is str:
        return True
    if (isinstance(origin, type) and issubclass(origin, dict)) or str(origin).endswith("Mapping'>"):
        return _has_bare_text(arguments[1])  # the keys of JSON are texts anyway
    return any(map(_has_bare_text, arguments))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("id", "an id has 1 to 40 letters, digits, _, - or ."),
        ("code", "a code has small letters, digits or _, begins with a letter and has at most 40 characters"),
        ("area", "an area is written as in docs/codes.md, such as cn-guangxi"),
    ],
)
def test_a_text_of_another_form_is_told_the_form_in_words(name: str, told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        validated(Told, {name: "广西"})

    assert str(refused.value) == f'/{name}: wrong_type: {told}; correct the value "广西"'
