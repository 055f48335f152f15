"""Who loses: a transformer loses once, and each one in service somewhere."""

import pytest

from billcalc.kernel.codes import ProblemCode
from tests.billing.cases import Data, bill, changed, codes, point, problems, transformer
from tests.billing.losses.lost import FORMULA, T1, low, supply_point

TWO = {"agreement.0.supply_points.S1": supply_point(transformer(kva="50"), transformer("T2", "50"))}
POINT_2 = point(id="M2", side="low")


def formula(*names: str, **more: Data) -> Data:
    return {"transformer": {**FORMULA, "transformers": dict.fromkeys(names, T1)}, **more}


def with_second(losses: Data | None) -> Data:
    """Another meter beside M1 on the low side."""
    data = low(formula("T1"))
    second = changed(POINT_2, {"readings.1.peak": "11"}) if losses is None else {**POINT_2, "losses": losses}
    return {**data, "metering_points": [*data["metering_points"], second]}


def test_the_losses_of_a_transformer_that_two_meters_count_are_a_doubt() -> None:
    [doubt] = problems(bill(with_second(formula("T1"))), ProblemCode.LOSS_TWICE)
    assert doubt.where == "/metering_points/1/losses/transformer/transformers/T1"
    assert doubt.facts == {"id": "T1", "point": "M2", "other": "M1"}


def test_a_transformer_that_is_shared_loses_once() -> None:
    shared = {"by": "energy", "users": [{"id": "M2", "point": "M2"}]}
    data = with_second(None)
    data["metering_points"][0]["losses"]["shared"] = shared
    assert not codes(bill(data)) & {"loss_twice", "transformer_without_loss"}


def test_a_transformer_in_service_that_no_meter_loses_in_is_a_doubt() -> None:
    [doubt] = problems(bill(low(formula("T1"), TWO)), ProblemCode.TRANSFORMER_WITHOUT_LOSS)
    assert doubt.where == "/agreement/0/supply_points/S1/transformers/1"
    assert doubt.facts == {"id": "T2", "supply_point": "S1"}


@pytest.mark.parametrize("state", ["suspended", "sealed_standby"])
def test_one_that_does_not_run_loses_nothing(state: str) -> None:
    stopped = {"agreement.0.supply_points.S1": supply_point(transformer(kva="50"), transformer("T2", "50", state))}
    assert "transformer_without_loss" not in codes(bill(low(formula("T1"), stopped)))


def test_one_that_both_meters_together_name_is_none() -> None:
    assert "transformer_without_loss" not in codes(bill(low(formula("T1", "T2"), TWO)))
    data = changed(with_second(formula("T2")), TWO)
    assert not codes(bill(data)) & {"loss_twice", "transformer_without_loss"}


def test_one_that_a_meter_on_the_high_side_may_stand_before_is_none() -> None:
    data = changed(low(formula("T1"), TWO), {})
    data["metering_points"].append(changed(point(id="M2"), {"readings.1.peak": "11"}))
    assert "transformer_without_loss" not in codes(bill(data))
