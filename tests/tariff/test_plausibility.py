"""The sizes that equipment is made in are data, with the standard that has them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billcalc.fields import validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.tariff.plausibility import Plausibility, RatedSizes
from billcalc.vocabulary import Kind


def test_transformers_and_current_transformers_are_made_in_these_sizes() -> None:
    found = load_catalog(areas=["cn"]).find(Kind.PLAUSIBILITY, "cn", date(2026, 9, 1))
    assert found is not None
    assert isinstance(found.document, Plausibility)
    assert found.document.ratings is not None
    kva, amperes = ({*each.all()} for each in (found.document.ratings.transformers, found.document.ratings.currents))
    assert {Decimal(each) for each in ("30", "50", "80", "100", "315", "630", "1250", "1600", "31500")} <= kva
    assert not {Decimal(each) for each in ("8", "320", "1000000")} & kva
    assert {Decimal(each) for each in ("5", "75", "150", "400", "600")} <= amperes
    assert not {Decimal("0.75"), Decimal(1000)} & amperes


@pytest.mark.parametrize(("key", "value"), [("decade", ["1", "0"]), ("least", "0"), ("most", "-1")])
def test_a_size_is_above_zero(key: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        validated(RatedSizes, {"source": "-", "decade": ["1"], "least": "1", "most": "10", key: value})
    assert [each.code for each in caught.value.faults] == [FaultCode.OUT_OF_RANGE]
