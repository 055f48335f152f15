"""A plan of intervals is kept for other values: the bill is the one that a plan of its own gives, to the last byte."""

import json
import weakref
from typing import Any

import pytest

from billcalc.billing import kept
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.identity import canonical_json
from billcalc.billing.kept import kept_plan
from billcalc.billing.structure import canonical_text, structure_of
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Refusal
from billcalc.tariff.catalog import Catalog
from billcalc.wire.bill import bill_json
from tests.billing.cases import INDUSTRY, SHOP, Data, changed, document, entry, parsed, transformer
from tests.billing.test_intervals import metered, timed

LIMITS: Data = {
    "demand": {"per_capacity": "0.5", "minutes": "15", "mean_tolerance": "0", "register_step": "0.01"},
    "intervals": {"times": "5", "among": 2, "least": "1"},
}
DOCUMENTS = timed(limits=document("plausibility", "2020-01-01", LIMITS))
VALUES, COUNT = "metering_points.0.intervals.values", 31 * 48
USUAL = [f"{1 + place % 7 / 10:.1f}" for place in range(COUNT)]


def month(group: Data, **told: Any) -> Data:
    """A month of half hours."""
    span = {"from": "2024-07-01", "to": "2024-08-01"}
    return {**metered(group, values=USUAL, **told), "cycle": span, "period": span}


def industry(*, transformers: bool = True) -> Data:
    """A month of an industry that pays a demand that its intervals tell."""
    shown = {"S1": {"power_factor_standard": "none", "transformers": [transformer(kva="10")] if transformers else []}}
    asked = month(INDUSTRY, demand={"minutes": "30", "rolling": False})
    terms = entry("2020-01-01", groups={"main": INDUSTRY}, supply_points=shown, basic={"mode": "actual"})
    return {**asked, "agreement": [terms]}


ASKED = {
    "industry": industry(),
    "no transformers": industry(transformers=False),
    "no hours": month({**SHOP, "time_of_use": False}),
    "powers": changed(industry(), {"metering_points.0.intervals.unit": "kw"}),
    "an hour": changed(industry(), {"metering_points.0.intervals.demand": {"minutes": "60", "rolling": True}}),
    "instants": changed(
        industry(),
        {
            "metering_points.0.intervals": {
                **industry()["metering_points"][0]["intervals"],
                "unit": "kw",
                "sampling": "instant",
                "values": [*USUAL, "1"],
            }
        },
    ),
    "in part": changed(industry(), {VALUES: USUAL[:1400], "metering_points.0.intervals.fill": "neighbours"}),
}
OTHERS: dict[str, dict[int, str | None]] = {
    "others": {0: "1.25", 40: "0.75", 95: "2"},
    "none at all": dict.fromkeys(range(COUNT), "0"),
    "one stands above all": {17: "9"},
    "another does": {60: "8.50"},
    "more than the transformers bear": {50: "4", 51: "3.9", 52: "3.8"},
    "more at another time": {3: "4.10", 4: "4.10", 5: "4.20"},
    "one is missing": {5: None},
    "one was fed back": {7: "-1"},
    "at the end": {1399: "2.5"},
}


def answer(asked: Data, *, derivation: bool = True) -> object:
    """All that is answered, as one value that can be compared."""
    found = calculate(parsed(asked), DOCUMENTS, derivation=derivation)
    return bill_json(found) if isinstance(found, Bill) else found


@pytest.mark.parametrize("name", ASKED)
def test_other_values_are_billed_as_by_a_plan_of_their_own(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_PLANS", weakref.WeakKeyDictionary())
    values = ASKED[name]["metering_points"][0]["intervals"]["values"]
    every = [[told.get(place, value) for place, value in enumerate(values)] for told in ({}, *OTHERS.values(), {})]
    asked = [changed(ASKED[name], {VALUES: each}) for each in every]
    by_kept = [(answer(each), answer(each, derivation=False)) for each in asked]
    assert sum(not isinstance(found, Refusal) for found, _ in by_kept) >= len(asked) - 1, (
        "all but what is missing is billed"
    )
    for each, found in zip(asked, by_kept, strict=True):
        monkeypatch.setattr(kept, "_PLANS", weakref.WeakKeyDictionary())
        assert (answer(each), answer(each, derivation=False)) == found


def plan_of(asked: Data, documents: Catalog = DOCUMENTS) -> object:
    return kept_plan(parsed(asked), documents)[0]


def test_whole_values_have_one_plan_and_others_one_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_PLANS", weakref.WeakKeyDictionary())

    def with_value(place: int, value: str | None) -> Data:
        return changed(industry(), {f"{VALUES}.{place}": value})

    first = plan_of(industry())
    assert plan_of(with_value(3, "1.7")) is first
    for place, value in ((3, "9"), (3, "-0.1")):
        assert plan_of(with_value(place, value)) is not first
    assert plan_of(industry()) is first
    marked = changed(industry(), {"metering_points.0.intervals.estimated": [3]})
    assert structure_of(parsed(marked)) != structure_of(parsed(changed(marked, {f"{VALUES}.3": "1.9"})))


def test_the_largest_interval_is_told_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_PLANS", weakref.WeakKeyDictionary())
    found = []
    for place in (50, 20):
        high = {f"{VALUES}.{number}": f"{4 - (number - place) / 10}" for number in range(place, place + 3)}
        told: Any = calculate(parsed(changed(industry(), high)), DOCUMENTS)
        found += [each.where for each in told.problems if each.code is ProblemCode.INTERVAL_ABOVE_CAPACITY]
    assert found == [f"/metering_points/0/intervals/values/{place}" for place in (50, 20)]


@pytest.mark.parametrize("value", ["1.50", "100.00", "007.5", "3", "-1", None])
@pytest.mark.parametrize("label", ["", '"values":["*1488"]', "*1488"])
def test_the_text_of_a_request_has_all_values(value: str | None, label: str) -> None:
    line = {"code": "refund", "section": "refunds", "group": "main", "amount": "1.50", "label": label}
    asked = parsed({**changed(industry(), {f"{VALUES}.5": value}), "given": [line] if label else []})
    whole = json.loads(asked.model_dump_json(by_alias=True))
    assert json.loads(asked.written) == asked.as_data() == whole
    assert canonical_text(asked).encode() == canonical_json(whole)
    [told] = [each["intervals"]["values"] for each in whole["metering_points"]]
    assert told[5] == {"1.50": "1.5", "100.00": "100", "007.5": "7.5", "3": "3", "-1": "-1", None: None}[value]
