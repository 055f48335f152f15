"""Laws of every bill (the design, sections 7 and 12), which hypothesis tries to break."""

from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.charges.basic.charge import BASIC
from billcalc.billing.charges.basic.records import CapacityPlan
from billcalc.billing.planning.planner import make_plan
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.numbers import rounded_number
from billcalc.kernel.troubles import Refusal
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import Data, bill, derived, parsed, prices
from tests.strategies import Case, cases, days_within, levies_from

lawful = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large])

MONTHLY = ("capacity", "demand", "metering_fee")
BY_ENERGY = ("purchase", "own", "network_energy", "fund", "home_energy")


def billed(case: Case) -> Bill:
    """The bill of a case; one that cannot be billed is no example of a law."""
    answer = calculate(parsed(case.data), case.tariffs, derivation=False)
    assume(isinstance(answer, Bill))
    assert isinstance(answer, Bill)
    return derived(answer, case.data, case.tariffs)


def told(answer: Bill, *codes: str) -> list[tuple[Any, ...]]:
    """What is printed of the lines of some codes (of all)."""
    return [
        (line.code, line.group, line.band, line.span, line.quantity, line.price, line.amount)
        for line in answer.lines
        if not codes or line.code in codes
    ]


def metered(data: Data) -> Decimal:
    """What the meters counted, each run rounded by itself: an oracle without bands, pieces and sub-meters."""
    step = Decimal(data["conventions"].get("kwh", {}).get("round", {}).get("reading", "1"))
    inside = {child.get("point") for point in data["metering_points"] for child in point.get("children", [])}
    runs = []
    for point in data["metering_points"]:
        multiplier = Decimal(point["config"][0]["multiplier"])
        for opening, closing in pairwise(point["readings"]):
            for register in ("total", "peak", "flat", "valley"):
                if register in opening and point["id"] not in inside:
                    runs.append((Decimal(closing[register]) - Decimal(opening[register])) * multiplier)
    return exact_sum(rounded_number(run, step) for run in runs)


@lawful
@given(case=cases())
def test_a_case_that_cannot_be_billed_is_refused_for_what_it_may_be(case: Case) -> None:
    answer = calculate(parsed(case.data), case.tariffs, derivation=False)
    if isinstance(answer, Refusal):
        may_be = {"change_without_reading", "not_supported", "demand_missing"}
        if case.data["conventions"].get("sub_meters", {}).get("from_bands") == "flat_first":
            may_be.add("child_above_parent")  # a fixed quantity may be above what the flat band has
        assert answer.code in may_be, str(answer)


@lawful
@given(case=cases())
def test_lines_sum_and_derived_values_are_the_plain_ones(case: Case) -> None:
    answer = billed(case)  # which looks at both
    assert all(line.steps for line in answer.lines if not line.given)
    again = bill(deepcopy(case.data), case.tariffs)
    assert again == answer
    assert [line.steps for line in again.lines] == [line.steps for line in answer.lines]


@lawful
@given(case=cases())
def test_every_kwh_is_billed_once_by_every_component(case: Case) -> None:
    answer = billed(case)
    energies = {group: exact_sum(bands.values()) for group, bands in answer.kwh.items()}
    assert exact_sum(energies.values()) == metered(case.data)
    by_line: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for line in answer.lines:
        if line.code in BY_ENERGY and line.quantity is not None:
            by_line[line.code, line.group].append(line.quantity)
    for (_, group), parts in by_line.items():
        assert exact_sum(parts) == energies[group]
    for group in energies:
        sections = {line.section for line in answer.lines if line.group == group and not line.given}
        assert sections & {"energy", "catalogue"}


@lawful
@given(case=cases())
def test_every_kva_day_is_billed_once(case: Case) -> None:
    billed(case)
    plan, inputs = make_plan(parsed(case.data), case.tariffs)
    billed_days: defaultdict[tuple[str, str, Decimal], list[Decimal]] = defaultdict(list)
    wholes: dict[tuple[str, str, Decimal], Decimal] = {}
    for basic in plan.charges.of(BASIC):
        for part in basic.parts if isinstance(basic, CapacityPlan) else ():
            [[slot]] = part.capacity
            kva, share = inputs[slot], part.share
            key = (basic.terms.supply_point, kva.of[0], kva.number)
            billed_days[key].append(Decimal(1) if share.whole else inputs[share.days].number)
            wholes[key] = Decimal(1) if share.whole else inputs[share.cycle].number
    for key, days in billed_days.items():
        assert exact_sum(days) <= wholes[key]
        if _in_service_throughout(case.data, *key):
            assert exact_sum(days) == wholes[key]


def _in_service_throughout(data: Data, supply_point: str, name: str, kva: Decimal) -> bool:
    """Whether a transformer was in service, and billed by capacity, on all days of the cycle."""
    entries = [entry for entry in data["agreement"] if entry["from"] < data["period"]["to"]]
    return data["period"] == data["cycle"] and all(
        entry["basic"]["mode"] == "capacity"
        and (name, kva, "in_service")
        in {
            (each["id"], Decimal(each["kva"]), each["state"])
            for each in entry["supply_points"][supply_point]["transformers"]
        }
        for entry in entries
    )


@lawful
@given(case=cases(), data=st.data())
def test_a_price_cut_with_equal_prices_changes_nothing_at_all(case: Case, data: st.DataObject) -> None:
    day = data.draw(days_within(case.data["cycle"]["from"], case.data["cycle"]["to"]))
    before = billed(case)
    after = bill(case.data, _with_again(case.tariffs, day))
    assert told(after) == told(before)
    assert (after.total, after.kwh, after.power_factors) == (before.total, before.kwh, before.power_factors)


def _with_again(tariffs: Catalog, day: str) -> Catalog:
    """The tariffs with each price document given anew, word by word, from a day on."""
    again = []
    for (kind, area), series in tariffs.series.items():
        if area == "cn-test" and kind in ("levies", "network_price", "purchase_price", "catalogue_price"):
            for span, header in series:
                starts = span.start < date.fromisoformat(day) and (span.end is None or str(span.end) > day)
                if starts:
                    components = [
                        each.model_dump(mode="json", by_alias=True, exclude_unset=True)
                        for each in header.components  # type: ignore[attr-defined]
                    ]
                    again.append(prices(kind, components, day))
    return Catalog([*tariffs.documents, *again], version="test")


@lawful
@given(case=cases(), data=st.data())
def test_a_new_levy_splits_its_own_energy_and_nothing_else(case: Case, data: st.DataObject) -> None:
    starts = {
        str(span.start) for (kind, _), series in case.tariffs.series.items() for span, _ in series if kind == "levies"
    }
    day = data.draw(days_within(case.data["cycle"]["from"], case.data["cycle"]["to"]))
    # What is settled by a reading is shared out by itself; a price must not make a settlement of what is none.
    read = {each["at"] for point in case.data["metering_points"] for each in point["readings"]}
    assume(day not in starts | read)
    before = billed(case)
    after = bill(case.data, Catalog([*case.tariffs.documents, levies_from(day, "0.07")], version="test"))
    assert told(after, *MONTHLY, *(code for code in BY_ENERGY if code != "fund")) == told(
        before, *MONTHLY, *(code for code in BY_ENERGY if code != "fund")
    )
    assert {group: exact_sum(bands.values()) for group, bands in after.kwh.items()} == {
        group: exact_sum(bands.values()) for group, bands in before.kwh.items()
    }


@lawful
@given(case=cases(), data=st.data())
def test_an_entry_that_agrees_on_the_same_changes_nothing(case: Case, data: st.DataObject) -> None:
    taken = {entry["from"] for entry in case.data["agreement"]}
    day = data.draw(days_within(case.data["cycle"]["from"], case.data["cycle"]["to"]))
    assume(day not in taken)
    before = billed(case)
    entries = case.data["agreement"]
    same = deepcopy(max((entry for entry in entries if entry["from"] < day), key=lambda entry: entry["from"]))
    longer = sorted([*entries, {**same, "from": day}], key=lambda entry: entry["from"])
    after = bill({**case.data, "agreement": longer}, case.tariffs)
    assert told(after) == told(before)


@lawful
@given(case=cases())
def test_what_is_paid_by_the_month_in_equal_parts_is_paid_once(case: Case) -> None:
    answer = billed(case)
    fees = [line for line in answer.lines if line.code == "metering_fee"]
    for group in {line.group for line in fees}:
        mine = [line for line in fees if line.group == group]
        if case.data["period"] == case.data["cycle"] and len({line.price for line in mine}) == 1:
            assert exact_sum(line.amount for line in mine) == Decimal("17.77") or mine[0].price != Decimal("17.77")
            assert abs(exact_sum(line.quantity or Decimal(0) for line in mine) - 1) < Decimal("0.00001")


@lawful
@given(case=cases())
def test_spans_of_one_line_follow_one_another(case: Case) -> None:
    answer = billed(case)
    spans: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for line in answer.lines:
        if not line.given:
            # two supply points may print one code for one group
            spans[line.code, line.group, line.band].append(line.span)
    for (code, _, _), found in spans.items():
        if code in BY_ENERGY:
            assert all(
                earlier.end <= later.start for earlier, later in pairwise(sorted(found, key=lambda span: span.start))
            )
    _cover(
        answer.period,
        [span for key, found in spans.items() if key[0] == "network_energy" and key[1] == "main" for span in found],
    )


def _cover(period: Any, spans: Iterable[Any]) -> None:
    days = {span.start + timedelta(days=offset) for span in spans for offset in range(span.days)}
    assert days == {period.start + timedelta(days=offset) for offset in range(period.days)}
