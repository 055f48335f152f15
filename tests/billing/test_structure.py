"""What planning branches on is the structure of a request, and nothing of the customer's numbers."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from billcalc.billing.calculate import wanted_tariffs
from billcalc.billing.identity import canonical_json
from billcalc.billing.planning import notes
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.request import Request
from billcalc.billing.structure import canonical_text, structure_of
from billcalc.files.loading import load
from billcalc.kernel.slots import LAST_DIGIT
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.library.catalog import load_catalog
from billcalc.metering.models import Register
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import Data, changed, entry, parsed, point, request, transformer
from tests.billing.leaves import Leaf, leaves_in, with_leaves
from tests.proofs import REQUESTS
from tests.strategies import Case, cases


@pytest.fixture(scope="module")
def tariffs() -> Catalog:
    return load_catalog()


def check_planning(asked: Request, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan a request, and again with numbers that refuse to be looked at: the two plans are one."""
    try:
        plan, inputs = make_plan(asked, catalog)
    except (InvalidInput, Refused):
        return
    with monkeypatch.context() as patch:
        patch.setattr(notes, "last_digit_of", lambda number: number)  # what is kept of it is a number of the customer's
        blind, leaves = make_plan(with_leaves(asked), catalog)
    assert repr(blind) == repr(plan)
    assert not list(leaves_in(blind)), "a plan holds none of the customer's numbers"
    assert leaves.keys() == inputs.keys()
    for slot, leaf in leaves.items():
        told = inputs[slot]
        assert replace(leaf, number=told.number) == told
        if isinstance(leaf.number, Leaf):
            assert leaf.number.where == slot.where
        else:
            assert slot.use != LAST_DIGIT
            assert leaf == told


@pytest.mark.no_cover
@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.parent.name)
def test_planning_looks_at_no_number_of_the_customer(
    path: Path, tariffs: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = load(Request, path)
    check_planning(asked, wanted_tariffs(asked, tariffs), monkeypatch)


@settings(max_examples=25)
@given(case=cases())
def test_planning_looks_at_no_number_of_any_customer(case: Case) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        check_planning(parsed(case.data), case.tariffs, monkeypatch)


def test_a_leaf_is_looked_at_by_nobody() -> None:
    asked = with_leaves(parsed(request()))
    leaf = asked.metering_points[0].readings[0].registers[Register.PEAK]
    with pytest.raises(TypeError, match="/metering_points/0/readings/0/peak"):
        bool(leaf)
    with pytest.raises(TypeError, match="/metering_points/0/readings/0/peak"):
        f"{leaf}"
    with pytest.raises(ArithmeticError):
        assert leaf < 1


def same(one: Data, other: Data) -> bool:
    return structure_of(parsed(one)) == structure_of(parsed(other))


def test_numbers_and_how_they_are_written_are_no_structure() -> None:
    assert same(request(), changed(request(), {"metering_points.0.readings.1.peak": "77.10"}))
    assert same(request(), changed(request(), {"agreement.0.supply_points.S1.transformers.0.kva": "5"}))


@pytest.mark.parametrize(
    "changes",
    [
        {"area": "cn-guangxi"},
        {"metering_points.0.side": "low"},
        {"metering_points.0.config.0.digits": "5"},
        {"agreement.0.supply_points.S1.power_factor_standard": "0.85"},
        {"conventions": {"kwh": {"round": {"reading": "0.01"}}}},
        {"metering_points.0.id": "17"},
        {"given": [{"code": "refund", "section": "refunds", "group": "main", "amount": "1", "label": "1"}]},
    ],
)
def test_everything_else_is_structure(changes: Data) -> None:
    assert not same(request(), changed(request(), changes))


def test_a_label_that_looks_like_a_number_is_structure() -> None:
    line = {"code": "refund", "section": "refunds", "group": "main", "amount": "1", "label": "1"}
    assert same(request(given=[line]), request(given=[{**line, "amount": "2"}]))
    assert not same(request(given=[line]), request(given=[{**line, "label": "2"}]))


@pytest.mark.parametrize("label", ['"5', 'x"-1.5', '\\"5', '"meter":"7', '5"', "NaN"])
def test_a_text_with_a_quote_and_a_number_is_a_text(label: str) -> None:
    line = {"code": "refund", "section": "refunds", "group": "main", "amount": "1"}
    asked = [request(given=[{**line, "label": told}]) for told in (label, f"{label}1")]
    assert same(asked[0], request(given=[{**line, "label": label}]))
    assert not same(*asked)


@pytest.mark.parametrize("label", ["1", "-0.50", "NaN", "_hole0;", '_"_hole3;', '"5', "\\", "\x07\n", "电\x7f"])
def test_the_canonical_text_is_that_of_the_whole(label: str) -> None:
    line = {"code": "refund", "section": "refunds", "group": "main", "amount": "1.50", "label": label}
    asked = parsed(request(given=[line, {**line, "code": "other"}]))
    assert canonical_text(asked).encode() == canonical_json(json.loads(asked.written))


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.parent.name)
def test_the_canonical_text_of_a_fixture_is_that_of_the_whole(path: Path) -> None:
    asked = load(Request, path)
    assert canonical_text(asked).encode() == canonical_json(json.loads(asked.written))


def test_how_a_meter_is_called_is_no_structure_unless_another_has_its_name() -> None:
    def metered(first: str, second: str) -> Data:
        config = [{**point()["config"][0], "meter": meter} for meter in (first, second)]
        return request(metering_points=[point(config=config[:1]), point(id="M2", config=config[1:])])

    assert same(metered("A", "B"), metered("8", "9"))
    assert not same(metered("A", "B"), metered("A", "A"))
    assert not same(metered("A", "A"), metered("B", "B"))  # the bill tells its name


def test_a_contract_that_is_called_meter_is_a_number() -> None:
    def contracted(kw: str) -> Data:
        return changed(request(), {"agreement.0.basic": {"mode": "contracted", "contracts": {"meter": kw}}})

    assert same(contracted("100"), contracted("200"))


def test_equal_terms_of_several_entries_of_the_agreement_are_structure() -> None:
    def twice(first: str, second: str) -> Data:
        points = [
            {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(kva=kva)]}} for kva in (first, second)
        ]
        days = ("2020-01-01", "2024-07-11")
        return request(agreement=[entry(day, supply_points=each) for day, each in zip(days, points, strict=True)])

    assert same(twice("100", "100"), twice("7", "7.0"))
    assert same(twice("100", "200"), twice("7", "8"))
    assert not same(twice("100", "100"), twice("100", "200"))
