"""Laws of losses that hypothesis tries to break."""

from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from billcalc.kernel.decimals import exact_sum
from tests.billing.cases import LEVIES, Data, bill, catalog, changed, entry, prices, request
from tests.billing.losses.lost import COEFFICIENT, FIXED, FORMULA, SHARE, low, supply_point

FEW = settings(max_examples=12, deadline=None)
METHODS: list[Data] = [FORMULA, COEFFICIENT, FIXED, SHARE]
SHOWN = st.integers(0, 999900).map(lambda number: str(Decimal(number).scaleb(-2)))
DAYS = st.integers(2, 31).map(lambda day: f"2024-07-{day:02}")


def of(method: Data, peak: str, valley: str = "30", **told: object) -> Data:
    place = "metering_points.0.readings.1"
    return low({"transformer": method, **told}, {f"{place}.peak": peak, f"{place}.valley": valley})


def lost(data: Data) -> Decimal:
    return exact_sum(loss.kwh for loss in bill(data).losses)


@FEW
@given(st.sampled_from(METHODS), SHOWN, SHOWN)
@example(FORMULA, "0", "0")
def test_every_kwh_of_a_loss_is_billed_once(method: Data, peak: str, valley: str) -> None:
    data = of(method, peak, valley)
    billed = bill(data)
    read = exact_sum(bill(of({"method": "none"}, peak, valley)).kwh["main"].values())
    assert exact_sum(billed.kwh["main"].values()) == read + exact_sum(loss.kwh for loss in billed.losses)
    assert all(kwh >= 0 for kwh in billed.kwh["main"].values())


@FEW
@given(st.sampled_from(METHODS), SHOWN, SHOWN)
def test_more_energy_loses_no_less(method: Data, one: str, other: str) -> None:
    less, more = sorted((one, other), key=Decimal)
    assert lost(of(method, less)) <= lost(of(method, more))


@FEW
@given(SHOWN)
def test_no_loss_is_the_bill_of_the_high_side(peak: str) -> None:
    high = request(agreement=[entry("2020-01-01", supply_points={"S1": supply_point()})])
    high = changed(high, {"metering_points.0.readings.1.peak": peak})
    none = bill(of({"method": "none"}, peak))
    assert (none.lines, none.total) == (bill(high).lines, bill(high).total)


@FEW
@given(st.sampled_from(METHODS), SHOWN, DAYS)
def test_a_price_that_changes_cuts_no_loss(method: Data, peak: str, day: str) -> None:
    dearer = catalog(
        levies=[prices("levies", LEVIES), prices("levies", [{**LEVIES[0], "price": "0.03"}, LEVIES[1]], day)]
    )
    data = of(method, peak)
    cut, whole = bill(data, dearer), bill(data)
    assert [(loss.kwh, loss.kvarh) for loss in cut.losses] == [(loss.kwh, loss.kvarh) for loss in whole.losses]
    assert cut.kwh == whole.kwh


@FEW
@given(st.sampled_from(METHODS), SHOWN, DAYS)
def test_an_agreement_that_changes_cuts_a_loss_into_parts_that_sum_to_it_but_for_rounding(
    method: Data, peak: str, day: str
) -> None:
    """Split by days the load is as even as before: iron goes by hours, and copper by the square of an even load."""
    one, other = (
        entry(start, supply_points={"S1": supply_point()}, basic={"mode": mode})
        for start, mode in (("2020-01-01", "capacity"), (day, "exempt"))
    )
    data = of(method, peak)
    apart = abs(lost({**data, "agreement": [one, other]}) - lost(data))
    # half a kWh of each rounding of a loss, and what a kWh of the split makes of the square of a load
    assert apart <= 2 + lost(data) / 100


@FEW
@given(st.sampled_from(["energy", "equal", "capacity", "fixed"]), SHOWN, st.integers(0, 10**6), st.integers(1, 99))
def test_the_parts_of_users_sum_to_the_loss(by: str, peak: str, kwh: int, weight: int) -> None:
    weighed = by in ("capacity", "fixed")
    mine = {"weight": str(weight)} if weighed else {}
    its = {"weight": str(100 - weight)} if weighed else {}
    user = {"id": "U2", "kwh": str(kwh), "kvarh": "0", **its}
    whole = {**FORMULA, "assumed_cosphi": "1"}
    shared = of(whole, peak, shared={"by": by, "users": [user], **mine})
    read = exact_sum(bill(of({"method": "none"}, peak)).kwh["main"].values())
    back = changed(shared, {"metering_points.0.id": "U2"})
    place = "metering_points.0.losses.shared"
    back = changed(back, {f"{place}.users": [{"id": "M1", "kwh": str(read), "kvarh": "1200", **mine}]})
    back = changed(back, {f"{place}.weight": its["weight"]} if weighed else {})
    back["metering_points"][0] |= {"readings": [], "config": [], "given": {
        "kwh": {"peak": str(kwh), "flat": "0", "valley": "0"}, "kvarh": {"reactive_forward": "0"}}}  # fmt: skip
    together = bill(shared).losses[0]
    square = (read + kwh) ** 2 + 1200**2
    exact = Decimal("148.8") + round(Decimal("1.2") * square / (2500 * 744), 6)
    assert together.kwh + bill(back).losses[0].kwh == exact.quantize(Decimal(1), rounding="ROUND_HALF_UP")
