"""Conventions that no document settles are in doubt with many bills as with each alone."""

import pytest

from billcalc.kernel.codes import ProblemCode
from tests.billing.cases import CONVENTIONS, HOME, INDUSTRY, Data, bill, catalog, conventions, entry, point, request
from tests.bulk.comparing import batch_of, bulk, problems_of

STEP_UNTOLD = {**CONVENTIONS, "kwh": {"source": "bands", "remainder": "report"}}
TARIFFS = catalog(conventions=conventions(told=STEP_UNTOLD))
DOUBT = {"code": ProblemCode.CONVENTION_UNDOCUMENTED.value, "where": "/conventions/kwh/round/reading"}
EXACT_AND_LONG = "100." + "0" * 30
"""A multiplier of 100 that no column holds."""


def with_flat(closing: str, multiplier: str) -> Data:
    """M1, whose flat register shows some energy, of which a household takes 2,000 kWh."""
    child = {"id": "F", "kind": "fixed", "group": "home", "value": "2000", "band": "flat"}
    found = point(children=[child])
    found["readings"][1]["flat"] = closing
    found["config"][0]["multiplier"] = multiplier
    home = {**HOME, "power_factor": {"money_in_base": False}}
    return request(agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "home": home})], metering_points=[found])


@pytest.mark.parametrize("multiplier", ["100", EXACT_AND_LONG], ids=["columns", "scalars"])
def test_a_rounded_reading_is_in_doubt(multiplier: str) -> None:
    whole, rounded = with_flat("21", multiplier), with_flat("21.001", multiplier)  # 2,100 and 2,100.1 kWh
    assert told(whole, rounded) == [[], [DOUBT]]


@pytest.mark.parametrize("multiplier", ["100", EXACT_AND_LONG], ids=["columns", "scalars"])
def test_a_reading_whose_other_rounding_cannot_be_billed_is_in_doubt(multiplier: str) -> None:
    # 1,999.6 kWh are billed as 2,000, all of them the household's; of 1,999.6 it could not take so much
    assert told(with_flat("19.996", multiplier)) == [[DOUBT]]


def told(*accounts: Data) -> list[list[dict[str, str]]]:
    """The problems of each account, the same in a batch and alone."""
    result = bulk(batch_of((str(place), data) for place, data in enumerate(accounts)), TARIFFS, "problems")
    assert result.billed == len(accounts)
    rows = result.bills.to_pylist()
    found = [
        [{"code": row["code"], "where": row["where"]} for row in rows if row["account"] == str(place)]
        for place in range(len(accounts))
    ]
    assert found == [problems_of(bill(data, TARIFFS)) for data in accounts]
    unread = ProblemCode.STATED_WITHOUT_EFFECT.value  # the demand register, of a customer by capacity
    return [[each for each in problems if each["code"] != unread] for problems in found]
