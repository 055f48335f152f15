"""How metering points are called decides no total, so requests that are asked for theirs alone share plans."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from billcalc.billing import kept
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.kept import KeptPlan, Numbers
from billcalc.billing.planning.planner import make_plan
from billcalc.billing.point_names import by_places
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.billing.cases import AREA, parsed, point, problems, request
from tests.proofs import REQUESTS
from tests.strategies import Case, cases


@pytest.fixture(scope="module")
def tariffs() -> Catalog:
    return load_catalog()


def outcome(asked: Request, catalog: Catalog) -> object:
    """The total of a bill, or that there is none."""
    try:
        answer = calculate(asked, catalog, derivation=False)
    except InvalidInput as invalid:
        return [fault.code for fault in invalid.faults]
    return answer.total if isinstance(answer, Bill) else answer.code


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.parent.name)
def test_a_bill_comes_to_the_same_whatever_its_points_are_called(path: Path, tariffs: Catalog) -> None:
    asked = load(Request, path)
    assert outcome(by_places(asked), tariffs) == outcome(asked, tariffs)


@settings(max_examples=settings().max_examples // 3)
@given(case=cases())
def test_no_bill_asks_how_its_points_are_called(case: Case) -> None:
    asked = parsed(case.data)
    assert outcome(by_places(asked), case.tariffs) == outcome(asked, case.tariffs)


def test_points_are_called_by_their_places_and_found_under_these_names() -> None:
    sub_meter = {"id": "C1", "kind": "meter", "group": "main", "point": "M2"}
    ratio = {"id": "C2", "kind": "ratio", "group": "main", "value": "0.1"}
    asked = by_places(parsed(request(metering_points=[point(children=[sub_meter, ratio]), point(id="M2")])))
    assert [each.id for each in asked.metering_points] == ["0", "1"]
    assert [child.point for child in asked.metering_points[0].children] == ["1", None]


def test_what_is_not_there_is_not_found_under_another_name() -> None:
    sub_meter = {"id": "C1", "kind": "meter", "group": "main", "point": "0"}
    [only] = by_places(parsed(request(metering_points=[point(children=[sub_meter])]))).metering_points
    assert [child.point for child in only.children] == ["none"]


def test_names_that_a_loss_is_shared_in_the_order_of_are_kept() -> None:
    users = [{"id": "other", "kwh": "100"}]
    losses = {
        "transformer": {"method": "share", "share": "0.02"}, "shared": {"by": "energy", "users": users},
    }  # fmt: skip
    asked = parsed(request(metering_points=[point(losses=losses)]))
    assert by_places(asked) is asked


def test_bills_without_one_or_another_of_points_that_are_alike_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    planned, billed = [], []

    def planning(asked: Request, catalog: Catalog) -> object:
        planned.append(asked)
        return make_plan(asked, catalog)

    def billing(plan: KeptPlan, numbers: Numbers) -> Decimal:
        billed.append(numbers)
        return total(plan, numbers)

    total = KeptPlan.total
    monkeypatch.setattr(kept, "make_plan", planning)
    monkeypatch.setattr(KeptPlan, "total", billing)
    points = [point(id=f"M{number}") for number in range(1, 7)]
    for number, each in enumerate(points):
        each["config"] = [{**each["config"][0], "meter": f"B{number}"}]
    answer = calculate(parsed(request(metering_points=points)), AREA)
    assert isinstance(answer, Bill)
    doubts = problems(answer, ProblemCode.POINT_TWICE)
    assert len(doubts) == 5
    assert len({other.difference for doubt in doubts for other in doubt.alternatives}) == 1
    assert len(planned) == 2
    assert len(billed) == 1
