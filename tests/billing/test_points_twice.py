"""Metering points that are there twice under two ids: what they count is the same to the last digit."""

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import Data, bill, codes, point, problems, request


def given(name: str, kwh: str, supply_point: str = "S1") -> Data:
    energies = dict.fromkeys(("peak", "flat", "valley"), kwh)
    told = {"kwh": energies, "kvarh": {"reactive_forward": "300"}}
    return {"id": name, "group": "main", "supply_point": supply_point, "side": "high", "given": told}


def test_a_point_that_has_the_energy_of_another_is_a_doubt_with_the_bill_without_it() -> None:
    answer = bill(request(metering_points=[given("M1", "1000"), given("M2", "1000")]))
    [doubt] = problems(answer, ProblemCode.POINT_TWICE)
    assert (doubt.severity, doubt.where) == (Severity.DOUBT, "/metering_points/1")
    assert doubt.facts == {"point": "M2", "other": "M1", "energy": "3000"}
    [without] = doubt.alternatives
    alone = bill(request(metering_points=[given("M1", "1000")]))
    assert without.difference == alone.total - answer.total


def test_a_meter_whose_readings_were_copied_is_a_doubt() -> None:
    copied = point(id="M2")
    copied["config"] = [{**copied["config"][0], "meter": "another"}]
    assert "point_twice" in codes(bill(request(metering_points=[point(), copied])))


def test_points_that_differ_by_a_digit_or_count_nothing_are_none() -> None:
    for kwh in (("1000", "1001"), ("0", "0")):
        points = [given(f"M{number}", each) for number, each in enumerate(kwh)]
        answer = bill({**request(metering_points=points), "facts": {"S1": {"cosphi": "0.9"}}})
        assert "point_twice" not in codes(answer)


def test_what_settles_an_estimate_is_compared_with_nothing() -> None:
    estimated = point(id="M2")
    estimated["config"] = [{**estimated["config"][0], "meter": "another"}]
    estimated["readings"][0]["kind"] = "estimated"
    assert "point_twice" not in codes(bill(request(metering_points=[point(), estimated])))
