"""Both directions of reactive energy: their amounts are added, or reverse is taken off forward."""

import pytest

from tests.billing.cases import AREA, Data, bill, changed, request
from tests.bulk.comparing import Tally, compare


def both_ways(forward: str, reverse: str, how: str | None, registers: tuple[str, str]) -> Data:
    """6,000 kWh beside reactive energy of both directions."""
    told = {"reactive": list(registers)} | ({} if how is None else {"reactive_sum": how})
    data = request(conventions={"power_factor": told})
    place = "metering_points.0.readings"
    for number, shown in ((0, ("0", "0")), (1, (forward, reverse))):
        data = changed(data, {f"{place}.{number}.{name}": each for name, each in zip(registers, shown, strict=True)})
    return data


@pytest.mark.parametrize("registers", [("reactive_forward", "reactive_reverse"), ("reactive_q1", "reactive_q4")])
@pytest.mark.parametrize(("how", "kvarh"), [(None, "3000"), ("absolute", "3000"), ("net", "1800")])
def test_reverse_is_added_to_forward_or_taken_off(how: str | None, kvarh: str, registers: tuple[str, str]) -> None:
    [fact] = bill(both_ways("24", "6", how, registers)).power_factors
    assert str(fact.reactive_kvarh) == kvarh


def test_more_reverse_than_forward_is_use_too() -> None:
    [fact] = bill(both_ways("6", "24", "net", ("reactive_forward", "reactive_reverse"))).power_factors
    assert (str(fact.reactive_kvarh), str(fact.cosphi)) == ("1800", "0.96")  # 6000 ÷ √(6000² + 1800²) = 0.957…


def test_netted_energy_is_the_same_in_columns() -> None:
    shown = (("6", "24"), ("24", "6"), ("7", "7"))
    accounts = [
        (str(place), both_ways(forward, reverse, "net", ("reactive_forward", "reactive_reverse")))
        for place, (forward, reverse) in enumerate(shown)
    ]
    compare(accounts, AREA, tally := Tally())
    assert tally.billed == len(shown)
