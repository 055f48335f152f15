"""The schema of an issued bill takes the words with which bills are printed."""

from typing import Any

import pytest
from jsonschema import ValidationError, validate

from billcalc.audit import IssuedBill
from billcalc.wire.issued import with_printed_words


def line_schema() -> dict[str, Any]:
    definitions = IssuedBill.model_json_schema()["$defs"]
    return {**with_printed_words(definitions)["IssuedLine"], "$defs": definitions}


@pytest.mark.parametrize(
    "line", [{"band": "peak"}, {"band": "峰"}, {"code": "levies"}, {"code": ["levies", "purchase"]}]
)
def test_a_line_has_its_band_in_either_language_and_one_code_or_several(line: dict[str, Any]) -> None:
    validate({"amount": "1.00", **line}, line_schema())


def test_other_words_are_no_bands() -> None:
    with pytest.raises(ValidationError):
        validate({"amount": "1.00", "band": "night"}, line_schema())
