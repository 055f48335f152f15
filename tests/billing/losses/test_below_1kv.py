"""Who is supplied below 1 kV has no transformer of his own that loses: its losses are a doubt, with the money."""

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import INDUSTRY, SHOP, Data, bill, codes, problems
from tests.billing.changing import alternatives
from tests.billing.losses.lost import COEFFICIENT, FIXED, FORMULA, LINE, SHARE, TABLE, low

BELOW: Data = {"agreement.0.groups.main": {**SHOP, "voltage": "<1kV"}, "agreement.0.basic": {"mode": "exempt"}}


@pytest.mark.parametrize("method", [FORMULA, COEFFICIENT, TABLE, FIXED, SHARE], ids=lambda method: method["method"])
def test_a_loss_of_a_transformer_below_1_kv_is_a_doubt_with_the_bill_without_it(method: Data) -> None:
    answer = bill(low({"transformer": method}, BELOW))
    [found] = problems(answer, ProblemCode.LOSS_AT_LOW_VOLTAGE)
    assert (found.where, found.severity) == ("/metering_points/0/losses/transformer", Severity.DOUBT)
    without = bill(low(None, BELOW))
    assert alternatives(answer, ProblemCode.LOSS_AT_LOW_VOLTAGE) == [
        ("without the loss", str(without.total - answer.total))
    ]


def test_other_losses_and_other_voltages_are_none() -> None:
    none: Data = {"transformer": {"method": "none"}, "line": LINE}
    assert "loss_at_low_voltage" not in codes(bill(low(none, BELOW)))
    assert "loss_at_low_voltage" not in codes(bill(low({"transformer": FORMULA})))


def test_who_is_behind_the_transformer_of_others_is_none() -> None:
    data = low({"transformer": FORMULA}, BELOW)
    data["agreement"][0]["groups"]["works"] = {**INDUSTRY, "billing": "one_part"}
    other = {**data["metering_points"][0], "id": "M2", "group": "works", "losses": {"transformer": {"method": "none"}}}
    data["metering_points"].append(other)
    assert "loss_at_low_voltage" not in codes(bill(data))
