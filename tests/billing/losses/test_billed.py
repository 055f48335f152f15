"""Whose a loss is: its bands, its pieces and its groups."""

from decimal import Decimal

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.sources import Evidence
from tests.billing import test_sharp as sharp
from tests.billing.cases import (
    AREA,
    CONVENTIONS,
    HOME,
    INDUSTRY,
    LEVIES,
    Data,
    bill,
    catalog,
    changed,
    conventions,
    document,
    entry,
    parsed,
    point,
    prices,
    problems,
    reading,
)
from tests.billing.losses.lost import FIXED, FORMULA, kwh_billed, kwh_lost, low, supply_point

UNTOLD = catalog(conventions=conventions(told={key: value for key, value in CONVENTIONS.items() if key != "losses"}))
ROUND, BANDS, GROUPS = "conventions.losses.round", "conventions.losses.bands", "conventions.losses.groups"


def test_each_band_but_flat_is_rounded_and_flat_takes_the_rest() -> None:
    assert kwh_billed(bill(low({"transformer": FORMULA}))) == {"peak": "1029", "flat": "2057", "valley": "3087"}


def test_running_sums_are_rounded_where_the_convention_says_so() -> None:
    shares = low({"transformer": FORMULA}, {BANDS: "shares"})
    assert kwh_billed(bill(shares)) == {"peak": "1029", "flat": "2058", "valley": "3086"}


def test_a_rest_below_zero_is_shared_by_running_sums_instead() -> None:
    shown = {"metering_points.0.readings.1.peak": "10", "metering_points.0.readings.1.flat": "0",
             "metering_points.0.readings.1.valley": "10"}  # fmt: skip
    data = low({"transformer": {**FIXED, "kwh": "1"}}, shown)
    assert kwh_billed(bill(data)) == {"peak": "1001", "flat": "0", "valley": "1000"}


def test_without_flat_the_last_band_takes_the_rest() -> None:
    data = low({"transformer": {**FIXED, "kwh": "2"}}, {"metering_points.0.not_installed": ["flat"]})
    for number in (0, 1):
        del data["metering_points"][0]["readings"][number]["flat"]
    assert kwh_billed(bill(data)) == {"peak": "1001", "valley": "3001"}  # 0.5 is rounded up


def test_energy_without_bands_has_its_loss_in_the_total() -> None:
    data = low({"transformer": FORMULA}, {"agreement.0.groups.main.time_of_use": False})
    for number, shown in enumerate(("0", "60")):
        readings = data["metering_points"][0]["readings"][number]
        for band in ("peak", "flat", "valley"):
            del readings[band]
        readings["total"] = shown
    assert kwh_billed(bill(data)) == {"total": "6173"}


def test_a_loss_may_be_rounded_to_another_step() -> None:
    data = low({"transformer": FORMULA}, {ROUND: "0.01"})
    assert kwh_lost(data) == [("172.95", "792.31")]


def test_conventions_that_nobody_tells_are_doubted_where_they_tell() -> None:
    found = problems(bill(low({"transformer": FORMULA}), UNTOLD), ProblemCode.CONVENTION_UNDOCUMENTED)
    doubted = {each.facts["key"]: each for each in found}
    assert set(doubted) == {"losses.bands", "losses.round"}
    # 172.95 kWh (28.83 / 57.64 / 86.48) instead of 173; 0.17 less at peak, 0.64 more of flat, 0.52 less of valley
    [other] = doubted["losses.round"].alternatives
    assert other.value == "0.01"
    [shares] = doubted["losses.bands"].alternatives
    assert (shares.value, shares.difference) == ("shares", Decimal("0.30"))  # a kWh of flat for one of the valley


def test_a_price_that_changes_moves_no_kwh_of_a_loss() -> None:
    dearer = [prices("levies", LEVIES), prices("levies", [{**LEVIES[0], "price": "0.03"}, LEVIES[1]], "2024-07-11")]
    billed = bill(low({"transformer": FORMULA}), catalog(levies=dearer))
    assert kwh_lost(billed) == [("173", "792")]
    assert kwh_billed(billed) == {"peak": "1029", "flat": "2057", "valley": "3087"}
    [fact] = billed.power_factors
    assert (fact.active_kwh, fact.reactive_kvarh) == (Decimal(6173), Decimal(1992))


def behind(**changes: str) -> Data:
    """M1 with a fixed quantity of 600 kWh and a tenth of the reading for group home."""
    children = [
        {"id": "F", "kind": "fixed", "group": "home", "value": "600"},
        {"id": "R", "kind": "ratio", "group": "home", "value": "0.1"},
    ]
    groups = {"main": INDUSTRY, "home": HOME}
    told = {"metering_points.0.children": children, "agreement.0.groups": groups}
    return low({"transformer": FORMULA}, {**told, **changes})


def test_the_loss_of_a_meter_is_its_own_groups() -> None:
    billed = bill(behind())
    assert exact_sum(billed.kwh["home"].values()) == 1200
    assert exact_sum(billed.kwh["main"].values()) == 6173 - 1200


def test_the_loss_of_a_meter_is_shared_by_its_groups_where_the_convention_says_so() -> None:
    billed = bill(behind(**{GROUPS: "shares"}))
    # 173 × 1200 ÷ 6000 = 34.6 for home
    assert exact_sum(billed.kwh["home"].values()) == 1235
    assert exact_sum(billed.kwh["main"].values()) == 6173 - 1235
    assert set(billed.kwh["home"]) == {"total"}


def test_who_pays_a_loss_is_doubted_where_nobody_tells() -> None:
    doubted = problems(bill(behind(), UNTOLD), ProblemCode.CONVENTION_UNDOCUMENTED)
    assert "losses.groups" in [each.facts["key"] for each in doubted]


def test_the_article_by_which_a_loss_is_borne_is_cited() -> None:
    law = document(
        "loss_rules", "2020-01-01", {"in_demand": True},
        evidence="unverified", document={"title": "供电营业规则", "clause": "第七十四条"},
    )  # fmt: skip
    billed = bill(low({"transformer": FORMULA}), catalog(law=law))
    assert "第七十四条" in [source.clause for source in billed.losses[0].sources]
    assert "第七十四条" in [source.clause for source in billed.lines[0].sources]
    assert billed.evidence is Evidence.UNVERIFIED
    assert problems(billed, ProblemCode.DOCUMENT_UNVERIFIED)


def test_two_meters_each_add_their_own_loss() -> None:
    second = point(
        id="M2", side="low", losses={"transformer": FIXED},
        readings=[
            reading("2024-07-01", "opening", peak="0", flat="0", valley="0", reactive_forward="0"),
            reading("2024-08-01", "closing", peak="1", flat="0", valley="0", reactive_forward="0"),
        ],
    )  # fmt: skip
    data = low({"transformer": FORMULA})
    data["metering_points"].append(second)
    billed = bill(data)
    assert kwh_lost(billed) == [("173", "792"), ("310", "620")]
    assert kwh_billed(billed)["peak"] == str(1029 + 100 + 310)
    assert [loss.point for loss in billed.losses] == ["M1", "M2"]


def test_a_supply_point_of_two_entries_keeps_its_loss() -> None:
    data = changed(low({"transformer": FORMULA}), {"agreement.0.supply_points.S1": supply_point()})
    assert kwh_lost(
        changed(data, {"agreement": [data["agreement"][0], {**data["agreement"][0], "from": "2024-07-11"}]})
    ) == [("173", "792")]


@pytest.mark.parametrize("day", ["2024-07-02", "2024-07-31"])
def test_a_meter_put_in_inside_the_month_loses_from_then_on(day: str) -> None:
    data = low({"transformer": {**FORMULA, "load_shape": "1"}})
    data["metering_points"][0]["config"][0]["from"] = day
    data["metering_points"][0]["readings"][0] |= {"at": day, "kind": "installation"}
    data["agreement"] = [entry(day, supply_points={"S1": supply_point()})]
    data["period"]["from"] = day
    hours = (32 - int(day[-2:])) * 24
    copper = Decimal(37440000) / (2500 * hours)
    [(kwh, _)] = kwh_lost(data)
    assert Decimal(kwh) == round(Decimal("0.2") * hours + copper)


def test_entries_of_one_day_make_segments_of_a_day() -> None:
    one, other = (entry(day, supply_points={"S1": supply_point()}, basic={"mode": mode})
                  for day, mode in (("2020-01-01", "capacity"), ("2024-07-31", "exempt")))  # fmt: skip
    assert len(kwh_lost(low({"transformer": FIXED}, {"agreement": [one, other]}))) == 2


def test_each_part_of_a_month_is_shared_by_the_groups_of_its_own_days() -> None:
    data = behind(**{GROUPS: "shares"})
    first = data["agreement"][0]
    data["agreement"] = [first, {**first, "from": "2024-07-11", "basic": {"mode": "exempt"}}]
    billed = bill(data)
    whole = exact_sum(loss.kwh for loss in billed.losses)
    assert len(billed.losses) == 2
    assert exact_sum(kwh for group in billed.kwh.values() for kwh in group.values()) == 6000 + whole


def test_a_loss_tells_its_steps_and_a_plain_one_has_none() -> None:
    [loss] = bill(low({"transformer": FORMULA})).losses
    terms = [step.term.value for step in loss.steps]
    assert terms.count("transformer_loss") == 2
    assert terms.count("apparent_square") == 1
    plain = calculate(parsed(low({"transformer": FORMULA})), AREA, derivation=False)
    assert isinstance(plain, Bill)
    assert [(each.kwh, each.steps, each.sources) for each in plain.losses] == [(loss.kwh, (), ())]


def test_what_is_lost_of_sharp_energy_is_billed_at_peak_where_that_is() -> None:
    data = changed(sharp.month(), {"metering_points.0.side": "low", "metering_points.0.losses": {"transformer": FIXED}})
    at_peak, as_sharp = (bill(data, sharp.tariffs(**told)) for told in (sharp.PEAK, sharp.SHARP))
    assert "sharp" not in kwh_billed(at_peak)
    assert int(kwh_billed(as_sharp)["sharp"]) > 0
    both = [exact_sum(each.kwh["main"].values()) for each in (at_peak, as_sharp)]
    assert both[0] == both[1]
    assert at_peak.losses[0].kwh == as_sharp.losses[0].kwh == Decimal(310)
