"""The schema of an issued bill has our words; the names that bills print are taken, and stand in no closed list."""

from typing import Any

import pytest
from jsonschema import ValidationError, validate

from billcalc.audit import IssuedBill
from billcalc.wire.issued import with_printed_words


def line_schema() -> dict[str, Any]:
    definitions = IssuedBill.model_json_schema()["$defs"]
    return {**with_printed_words(definitions)["IssuedLine"], "$defs": definitions}


@pytest.mark.parametrize(
    "line", [{"band": "peak"}, {"section": "levies"}, {"code": "levies"}, {"code": ["levies", "purchase"]}]
)
def test_a_line_has_its_band_by_our_word_and_one_code_or_several(line: dict[str, Any]) -> None:
    validate({"amount": "1.00", **line}, line_schema())


def test_other_words_are_no_bands() -> None:
    with pytest.raises(ValidationError):
        validate({"amount": "1.00", "band": "night"}, line_schema())
