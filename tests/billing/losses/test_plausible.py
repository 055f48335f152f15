"""Numbers of losses that are hardly meant: another unit, a percentage for a share; a doubt each, at its place."""

from typing import Any

import pytest

from billcalc.billing.calculate import calculate
from billcalc.kernel.codes import FaultCode, ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import Data, bill, catalog, codes, document, fault, parsed, problems
from tests.billing.losses.lost import COEFFICIENT, FIXED, FORMULA, LINE, SHARE, T1, TABLE, low

LIMITS: Data = {
    "no_load": "0.02", "full_load": "0.06", "no_load_current": "15", "short_circuit": "20", "load_shape": "3",
    "share": "0.2", "reactive_copper": "15",
}  # fmt: skip
LIMITED = catalog(limits=document("plausibility", "2020-01-01", {"losses": LIMITS}))
HERE = "/metering_points/0/losses"
AT_T1 = f"{HERE}/transformer/transformers/T1"
CURRENT: Data = {"method": "current", "resistance_ohm": "1", "current_a": "20"}
EXEMPT: Data = {"agreement.0.basic": {"mode": "exempt"}}
ACTUAL: Data = {"agreement.0.basic": {"mode": "actual"}}
BANDS = [{"up_to_kwh": "6000", "kwh": "170", "kvarh": "750"}, {"kwh": "2977", "kvarh": "800"}]


def rated(**numbers: str) -> Data:
    return {"transformer": {**FORMULA, "transformers": {"T1": {**T1, **numbers}}}}


def of(method: Data, **changes: Any) -> Data:
    return {"transformer": {**method, **changes}}


@pytest.mark.parametrize(
    ("losses", "where", "told", "limit"),
    [
        (rated(p0_kw="1.01", pk_kw="2"), f"{AT_T1}/p0_kw", "1.01", "1"),  # 50 kVA × 0.02
        (rated(pk_kw="3.1"), f"{AT_T1}/pk_kw", "3.1", "3"),
        (rated(i0_percent="15.1"), f"{AT_T1}/i0_percent", "15.1", "15"),
        (rated(uk_percent="20.1"), f"{AT_T1}/uk_percent", "20.1", "20"),
        (of(FORMULA, load_shape="3.1"), f"{HERE}/transformer/load_shape", "3.1", "3"),
        (of(COEFFICIENT, reactive_copper="16"), f"{HERE}/transformer/reactive_copper", "16", "15"),
        (of(COEFFICIENT, copper=[{"share": "0.3"}]), f"{HERE}/transformer/copper/0/share", "0.3", "0.2"),
        (of(SHARE, share="0.9"), f"{HERE}/transformer/share", "0.9", "0.2"),
        # 50 kVA × (0.02 + 0.06) × 744 h = 2976 kWh, and 50 kVA × 35 % × 744 h = 13020 kvarh
        (of(FIXED, kwh="2977"), f"{HERE}/transformer/kwh", "2977", "2976"),
        (of(FIXED, kvarh="13021"), f"{HERE}/transformer/kvarh", "13021", "13020"),
        (of(TABLE, bands=BANDS), f"{HERE}/transformer/bands/1/kwh", "2977", "2976"),
        ({"line": {**LINE, "share": "0.21"}, "transformer": {"method": "none"}}, f"{HERE}/line/share", "0.21", "0.2"),
        ({"line": {**FIXED, "kwh": "2977"}, "transformer": {"method": "none"}}, f"{HERE}/line/kwh", "2977", "2976"),
    ],
)  # fmt: skip
def test_a_number_that_no_such_loss_has_is_a_doubt(losses: Data, where: str, told: str, limit: str) -> None:
    [found] = problems(bill(low(losses), LIMITED), ProblemCode.LOSS_IMPLAUSIBLE)
    assert (found.where, found.severity, found.facts) == (
        where, Severity.DOUBT, {"point": "M1", "key": where.rpartition("/")[2], "told": told, "limit": limit},
    )  # fmt: skip


def test_numbers_as_transformers_have_them_are_none() -> None:
    at_the_limit = rated(p0_kw="1", pk_kw="3", i0_percent="15", uk_percent="20")
    for losses in (
        at_the_limit,
        of(FORMULA),
        of(COEFFICIENT),
        of(TABLE),
        of(FIXED, kwh="2976"),
        of(SHARE, share="0.2"),
    ):
        assert "loss_implausible" not in codes(bill(low(losses), LIMITED))
    assert "loss_implausible" not in codes(bill(low(of(SHARE, share="0.9"))))


def test_an_agreed_loss_without_transformers_has_no_measure() -> None:
    bare = low(of(FIXED, kwh="31000"), {"agreement.0.supply_points.S1.transformers": [], **EXEMPT})
    assert "loss_implausible" not in codes(bill(bare, LIMITED))
    table = low(of(TABLE, bands=BANDS), {"agreement.0.supply_points.S1.transformers.0.state": "suspended"})
    assert "loss_implausible" not in str(calculate(parsed(table), LIMITED))


def test_a_share_that_a_demand_is_raised_by_is_held_to_the_same() -> None:
    losses = {"transformer": FORMULA, "demand_share": "0.5"}
    [found] = problems(bill(low(losses, ACTUAL), LIMITED), ProblemCode.LOSS_IMPLAUSIBLE)
    assert (found.where, found.facts["told"]) == (f"{HERE}/demand_share", "0.5")


def test_what_a_line_loses_is_a_small_part_of_what_it_carried() -> None:
    none = {"transformer": {"method": "none"}}
    # 3 × 20² A² × 1.4 Ω × 744 h ÷ 1000 = 1249.92 kWh, and a fifth of 6000 kWh is 1200
    [found] = problems(
        bill(low({**none, "line": {**CURRENT, "resistance_ohm": "1.4", "reactance_ohm": "0"}}), LIMITED),
        ProblemCode.LOSS_IMPLAUSIBLE,
    )
    assert (found.where, found.facts["told"], found.facts["limit"]) == (f"{HERE}/line", "1250", "1200")
    fits = low({**none, "line": {**CURRENT, "reactance_ohm": "0"}})
    assert "loss_implausible" not in codes(bill(fits, LIMITED))


def test_hours_are_no_more_than_a_month_has() -> None:
    found = fault(low({"transformer": FORMULA, "hours": "7440"}), LIMITED)
    assert (found.code, found.where) == (FaultCode.OUT_OF_RANGE, f"{HERE}/hours")
    assert bill(low({"transformer": FORMULA, "hours": "744"}), LIMITED).total


def test_what_is_told_of_active_energy_alone_is_held_to_its_limits() -> None:
    none = {"agreement.0.supply_points.S1.power_factor_standard": "none"}
    active: list[Data] = [
        {"method": "fixed", "kwh": "2977"},
        {**TABLE, "bands": [{"kwh": "2977"}]},
        {"method": "coefficient", "transformers": {"T1": {"p0_kw": "1.01"}}, "copper": [{"share": "0.02"}]},
    ]
    for method in active:
        assert len(problems(bill(low({"transformer": method}, none), LIMITED), ProblemCode.LOSS_IMPLAUSIBLE)) == 1


@pytest.mark.parametrize(
    ("losses", "where"),
    [
        (rated(p0_kw="0"), f"{AT_T1}/p0_kw"),
        (rated(pk_kw="0.0", p0_kw="0"), f"{AT_T1}/pk_kw"),
        (of(SHARE, share="0"), f"{HERE}/transformer/share"),
        (of(FIXED, kwh="0"), f"{HERE}/transformer/kwh"),
        ({"line": {**LINE, "share": "0"}, "transformer": {"method": "none"}}, f"{HERE}/line/share"),
    ],
)
def test_a_loss_of_exactly_nothing_is_a_doubt(losses: Data, where: str) -> None:
    found = problems(bill(low(losses), LIMITED), ProblemCode.LOSS_AT_NOTHING)
    assert where in [each.where for each in found]
    assert "loss_at_nothing" not in codes(bill(low(of(FORMULA)), LIMITED))


def test_a_transformer_loses_less_without_load_than_with_it() -> None:
    [found] = problems(bill(low(rated(p0_kw="0.9", pk_kw="0.2")), LIMITED), ProblemCode.LOSS_IMPLAUSIBLE)
    assert (found.where, found.facts["told"], found.facts["limit"]) == (f"{AT_T1}/p0_kw", "0.9", "0.2")


BEARS = catalog(
    limits=document("plausibility", "2020-01-01", {"losses": LIMITS, "demand": {
        "per_capacity": "1.2", "minutes": "15", "mean_tolerance": "0.05", "register_step": "0.01",
    }})
)  # fmt: skip


def test_the_energy_came_in_the_hours_that_are_told() -> None:
    # 6,000 kWh in 99 hours of 50 kVA × 1.2 = 60 kW, which bear 5,940
    [found] = problems(bill(low({"transformer": FORMULA, "hours": "99"}), BEARS), ProblemCode.LOSS_IMPLAUSIBLE)
    assert (found.where, found.facts["told"], found.facts["limit"]) == (f"{HERE}/hours", "6000", "5940")
    assert "loss_implausible" not in codes(bill(low({"transformer": FORMULA, "hours": "100"}), BEARS))
    assert "loss_implausible" not in codes(bill(low({"transformer": FORMULA, "hours": "99"}), LIMITED))


def test_what_others_used_came_through_the_same_transformer() -> None:
    def shared(kwh: str) -> Data:
        return {"transformer": FORMULA, "shared": {"by": "energy", "users": [{"id": "U", "kwh": kwh, "kvarh": "0"}]}}

    # 60 kW in 744 hours
    [found] = problems(bill(low(shared("44641")), BEARS), ProblemCode.LOSS_IMPLAUSIBLE)
    assert (found.where, found.facts["limit"]) == (f"{HERE}/shared/users/0/kwh", "44640")
    assert "loss_implausible" not in codes(bill(low(shared("44640")), BEARS))
    bare = low(
        {"line": LINE, "hours": "1"},
        {"agreement.0.supply_points.S1.transformers": [], **EXEMPT, "metering_points.0.side": "high"},
    )
    assert "loss_implausible" not in codes(bill(bare, BEARS))


def test_without_limits_of_losses_none_is_held_to_any() -> None:
    bare = catalog(limits=document("plausibility", "2020-01-01", {"prices": []}))
    assert not {"loss_implausible", "loss_at_nothing"} & codes(bill(low(of(SHARE, share="0")), bare))
