"""Users behind one transformer: what each of them bears, and that the parts sum to the loss."""

from typing import Any

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.decimals import exact_sum
from tests.billing.cases import Data, bill, changed, entry, fault, faults, point, problems, reading, refusal
from tests.billing.losses.lost import FIXED, FORMULA, kwh_lost, low, supply_point

U2: Data = {"id": "U2", "kwh": "3000", "kvarh": "600"}
WHERE = "/metering_points/0/losses/shared"


def shared(*users: Data, by: str = "energy", method: Data = FORMULA, **own: Any) -> Data:
    return low({"transformer": method, "shared": {"by": by, "users": [*users], **own}})


# 9000 kWh and 1800 kvarh: 148.8 + 1.2 × (9000² + 1800²) ÷ (2500 × 744) = 203.148387; kvarh 744 + 108.696774


@pytest.mark.parametrize(
    ("by", "weights", "lost"),
    [
        ("energy", None, ("135", "569")),  # 203 × 6000 ÷ 9000, 853 × 6000 ÷ 9000
        ("equal", None, ("102", "427")),  # halves, the first rounded up
        ("capacity", ("30", "20"), ("122", "512")),
        ("fixed", ("0.25", "0.75"), ("51", "213")),
    ],
)
def test_the_loss_is_shared(by: str, weights: tuple[str, str] | None, lost: tuple[str, str]) -> None:
    mine, its = weights or (None, None)
    user = {**U2, "weight": its} if weights else U2
    own: Data = {"weight": mine} if weights else {}
    assert kwh_lost(shared(user, by=by, **own)) == [lost]


def test_without_energy_the_users_share_in_equal_parts() -> None:
    still = point()["readings"][0] | {"at": "2024-08-01", "kind": "closing"}
    data = changed(shared({**U2, "kwh": "0", "kvarh": "0"}), {"metering_points.0.readings.1": still})
    assert kwh_lost(data) == [("75", "372")]  # halves of 149 and 744


@pytest.mark.parametrize("by", ["capacity", "fixed"])
def test_a_user_who_used_energy_and_has_no_weight_is_doubted(by: str) -> None:
    its = bill(shared({**U2, "weight": "0"}, by=by, weight="30"))
    [found] = problems(its, ProblemCode.USER_BEARS_NO_LOSS)
    assert (found.where, dict(found.facts)) == (
        f"{WHERE}/users/0/weight",
        {"point": "M1", "id": "U2", "energy": "3000"},
    )
    mine = bill(shared({**U2, "weight": "30"}, by=by, weight="0"))
    [found] = problems(mine, ProblemCode.USER_BEARS_NO_LOSS)
    assert (found.where, dict(found.facts)) == (f"{WHERE}/weight", {"point": "M1", "id": "M1", "energy": "6000"})


def test_a_user_without_energy_or_with_a_weight_is_not_doubted() -> None:
    still = bill(shared({**U2, "kwh": "0", "kvarh": "0", "weight": "0"}, by="fixed", weight="1"))
    both = bill(shared({**U2, "weight": "0.001"}, by="fixed", weight="1"))
    assert not problems(still, ProblemCode.USER_BEARS_NO_LOSS) + problems(both, ProblemCode.USER_BEARS_NO_LOSS)


def test_the_order_of_the_users_decides_no_digit() -> None:
    others = [{"id": f"U{number}", "kwh": "1000", "kvarh": "0"} for number in (4, 2, 3)]
    assert kwh_lost(shared(*others, by="equal")) == kwh_lost(shared(*reversed(others), by="equal"))


def second(**changes: Any) -> Data:
    """M2: 3,000 kWh in the valley and 600 kvarh."""
    zeros = dict.fromkeys(("peak", "flat", "valley", "reactive_forward"), "0")
    shown = {"peak": "0", "flat": "0", "valley": "30", "reactive_forward": "6"}
    readings = [reading("2024-07-01", "opening", **zeros), reading("2024-08-01", "closing", **shown)]
    return point(**{"id": "M2", "side": "low", "readings": readings, **changes})


def test_metering_points_of_one_bill_share_a_transformer() -> None:
    data = shared({"id": "M2", "point": "M2"})
    data["metering_points"].append(second())
    billed = bill(data)
    assert [(loss.point, str(loss.kwh), str(loss.kvarh)) for loss in billed.losses] == [
        ("M1", "135", "569"),
        ("M2", "68", "284"),
    ]
    assert exact_sum(billed.kwh["main"].values()) == 9000 + 203
    [fact] = billed.power_factors
    assert fact.reactive_kvarh is not None
    assert int(fact.reactive_kvarh) == 1800 + 853


def test_a_month_that_is_cut_shares_among_metering_points_in_each_part() -> None:
    one, other = (entry(day, supply_points={"S1": supply_point()}, basic={"mode": mode})
                  for day, mode in (("2020-01-01", "capacity"), ("2024-07-11", "exempt")))  # fmt: skip
    data = changed(shared({"id": "M2", "point": "M2"}), {"agreement": [one, other]})
    data["metering_points"].append(second())
    assert [loss.point for loss in bill(data).losses] == ["M1", "M2", "M1", "M2"]
    cut = changed(shared(U2), {"agreement": [one, other]})
    refused = refusal(cut)
    assert (refused.code, refused.where) == (RefusalCode.NOT_SUPPORTED, WHERE)


def test_the_bills_of_two_users_sum_to_the_loss() -> None:
    mine = kwh_lost(shared(U2))
    its = shared({"id": "M1", "kwh": "6000", "kvarh": "1200"})
    its["metering_points"] = [second(id="U2", losses=its["metering_points"][0]["losses"])]
    assert [int(mine[0][0]) + int(kwh_lost(its)[0][0])] == [203]


def test_a_fixed_loss_is_shared_too() -> None:
    assert kwh_lost(shared(U2, method=FIXED)) == [("207", "413")]


def test_the_line_is_its_own() -> None:
    data = changed(
        shared(U2), {"metering_points.0.losses.line": {"method": "share", "share": "0.1", "reactive_share": "0"}}
    )
    assert kwh_lost(data) == [("749", "569")]  # 135 and a tenth of 6135


def test_a_reactive_loss_needs_the_reactive_energy_of_all() -> None:
    found = fault(shared({"id": "U2", "kwh": "3000"}))
    assert (found.code, found.where, found.facts["key"]) == (FaultCode.MISSING_KEY, f"{WHERE}/users/0", "kvarh")


def test_transformers_at_rest_have_nothing_to_share() -> None:
    points = {"S1": supply_point({"id": "T1", "kva": "50", "state": "suspended"})}
    still = point()["readings"][0] | {"at": "2024-08-01", "kind": "closing"}
    data = changed(
        shared({**U2, "kwh": "0"}),
        {
            "agreement.0.supply_points": points,
            "agreement.0.basic.mode": "exempt",
            "metering_points.0.readings.1": still,
        },
    )
    assert kwh_lost(data) == []


def test_users_that_cannot_be_are_faults() -> None:
    double = fault(shared({**U2, "id": "M1"}))
    assert (double.code, double.where) == (FaultCode.DUPLICATE_ID, f"{WHERE}/users/0/id")
    unknown = fault(shared({"id": "U2", "point": "M9"}))
    assert (unknown.code, unknown.where) == (FaultCode.UNKNOWN_REFERENCE, f"{WHERE}/users/0/point")
    itself = fault(shared({"id": "U2", "point": "M1"}))
    assert itself.code is FaultCode.UNKNOWN_REFERENCE


@pytest.mark.parametrize(
    "other", [{"side": "high"}, {"losses": {"transformer": FIXED}}], ids=["on the high side", "with a loss of its own"]
)
def test_a_metering_point_has_the_loss_of_one_transformer(other: Data) -> None:
    data = shared({"id": "M2", "point": "M2"})
    data["metering_points"].append({**second(), **other})
    found = fault(data)
    assert (found.code, found.where) == (FaultCode.INCONSISTENT, f"{WHERE}/users/0/point")


def test_a_metering_point_is_a_user_once() -> None:
    data = shared({"id": "M2", "point": "M2"}, {"id": "U3", "point": "M2"})
    data["metering_points"].append(second())
    assert fault(data).where == f"{WHERE}/users/1/point"
    data = shared({"id": "M2", "point": "M2"})
    third = {"transformer": FORMULA, "shared": {"by": "equal", "users": [{"id": "M2", "point": "M2"}]}}
    data["metering_points"].extend([second(), second(id="M3", losses=third)])
    assert {each.where for each in faults(data)} == {
        f"{WHERE}/users/0/point",
        "/metering_points/2/losses/shared/users/0/point",
    }


def test_metering_points_that_share_are_metered_on_the_same_days_and_with_the_same_registers() -> None:
    one, other = (entry(day, supply_points={"S1": supply_point()}, basic={"mode": mode})
                  for day, mode in (("2020-01-01", "capacity"), ("2024-07-11", "exempt")))  # fmt: skip
    later = second()
    later["config"][0]["from"] = "2024-07-11"
    later["readings"][0] |= {"at": "2024-07-11", "kind": "installation"}
    data = changed(shared({"id": "M2", "point": "M2"}), {"agreement": [one, other]})
    data["metering_points"].append(later)
    assert (refusal(data).code, refusal(data).where) == (RefusalCode.NOT_SUPPORTED, WHERE)
    bare = second()
    for number in (0, 1):
        del bare["readings"][number]["reactive_forward"]
    data = changed(shared({"id": "M2", "point": "M2"}), {"agreement.0.supply_points.S1.power_factor_standard": "none"})
    data["metering_points"].append(bare)
    refused = refusal(data)
    assert (refused.code, refused.where) == (RefusalCode.REGISTER_MISSING, "/metering_points/1")
