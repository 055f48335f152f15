"""The schema of a shape: what its declaration says, and nothing more."""

from typing import Annotated, Any, Literal, NotRequired, TypedDict

import jsonschema
import pytest

from billcalc.vocabulary import Section
from billcalc.wire.bill import BillData, bill_data, bill_schema
from billcalc.wire.comparison import ComparisonData
from billcalc.wire.derivation import DerivationData
from billcalc.wire.schema import Day, Form, Number, OneOf, Schema, schema_of
from billcalc.wire.tariffs import PageData, PriceSheetData
from tests.billing.cases import bill
from tests.billing.losses.lost import FORMULA, LINE, low
from tests.billing.test_months import two_months
from tests.explain.bills import official

NUMBER = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
SECTIONS = [section.value for section in Section]


class Inner(TypedDict):
    """A record in another one."""

    amount: Number


class Outer(TypedDict):
    """A record."""

    kind: Literal["outer"]
    inner: Inner
    on: NotRequired[Day]


@pytest.mark.parametrize(
    ("shape", "schema"),
    [
        (str, {"type": "string"}),
        (int, {"type": "integer"}),
        (bool, {"type": "boolean"}),
        (Number, NUMBER),
        (Number | None, {**NUMBER, "type": ["string", "null"]}),
        (Literal["bill"], {"const": "bill"}),
        (Annotated[str, OneOf(Section)], {"type": "string", "enum": SECTIONS}),
        (Annotated[str, OneOf(Section)] | None, {"type": ["string", "null"], "enum": [*SECTIONS, None]}),
        (
            Annotated[int, Form(minimum=0, description="a place")],
            {"type": "integer", "minimum": 0, "description": "a place"},
        ),
        (list[str], {"type": "array", "items": {"type": "string"}}),
        (dict[str, Number], {"type": "object", "additionalProperties": NUMBER}),
        (str | bool | None, {"anyOf": [{"type": "string"}, {"type": "boolean"}, {"type": "null"}]}),
        (bool | None, {"type": ["boolean", "null"]}),
        (str | bool, {"anyOf": [{"type": "string"}, {"type": "boolean"}]}),
    ],
)
def test_the_schema_of_a_shape(shape: Any, schema: Schema) -> None:
    assert schema_of(shape) == schema


def test_a_record_has_its_members_in_their_order_and_no_others() -> None:
    schema = schema_of(Outer)
    assert schema == {
        "type": "object",
        "required": ["kind", "inner"],
        "additionalProperties": False,
        "properties": {
            "kind": {"const": "outer"},
            "inner": {
                "type": "object",
                "required": ["amount"],
                "additionalProperties": False,
                "properties": {"amount": NUMBER},
            },
            "on": {"type": "string", "format": "date"},
        },
    }
    assert list(schema["properties"]) == ["kind", "inner", "on"]


def test_another_schema_may_stand_in_the_place_of_a_record() -> None:
    assert schema_of(list[Inner], instead={Inner: {"$ref": "#/inner"}}) == {
        "type": "array",
        "items": {"$ref": "#/inner"},
    }


@pytest.mark.parametrize("shape", [float, set[str], tuple[str, ...], Annotated[str, "a remark"]])
def test_what_json_has_no_word_for_is_no_shape(shape: Any) -> None:
    with pytest.raises(AssertionError):
        schema_of(shape)


@pytest.mark.parametrize("shape", [BillData, ComparisonData, DerivationData, PageData, PriceSheetData])
def test_every_shape_has_a_sound_schema(shape: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(shape))


def test_the_data_of_a_bill_fits_its_schema_and_keeps_its_order() -> None:
    data = bill_data(official("guangxi-2024-06-p1"))
    jsonschema.validate(data, bill_schema())
    assert list(data) == [key for key in bill_schema()["properties"] if key not in ("tax", "losses", "months")]


def test_the_data_of_a_bill_of_several_months_fits_its_schema_too() -> None:
    data = bill_data(bill(two_months()))
    jsonschema.validate(data, bill_schema())
    assert list(data) == [key for key in bill_schema()["properties"] if key not in ("tax", "losses")]


def test_the_data_of_a_bill_with_losses_fits_its_schema_too() -> None:
    data = bill_data(bill(low({"transformer": FORMULA, "line": LINE})))
    jsonschema.validate(data, bill_schema())
    assert list(data) == [key for key in bill_schema()["properties"] if key not in ("tax", "months")]
    [loss] = data["losses"]
    assert (loss["point"], loss["from"], loss["to"]) == ("M1", "2024-07-01", "2024-08-01")
    told = (loss["kwh"], loss["kvarh"], loss["transformer_kwh"], loss["line_kwh"])
    assert told == ("235", "792", "173", "62")
    assert loss["steps"][-1]["name"] == "loss_energy"
    assert set(loss["sources"]) <= {source["id"] for source in data["sources"]}
