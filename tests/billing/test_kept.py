"""A plan that is kept gives the bill that a new one gives, to the last byte."""

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billcalc.billing import kept
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.kept import kept_plan
from billcalc.billing.places import Holds, pattern_of
from billcalc.billing.request import Request
from billcalc.fields import Model
from billcalc.fields.values import key_of
from billcalc.files.loading import load
from billcalc.kernel.troubles import InvalidInput, Refusal, Refused
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.wire.bill import bill_json
from tests.billing.cases import LEVIES, NETWORK, bill, catalog, changed, line, parsed, prices, request
from tests.strategies import Case, cases

ROOT = Path(__file__).parents[2]
PATHS = sorted(path for kind in ("official", "published", "regression", "by_hand")
               for path in (ROOT / "fixtures" / kind).glob("*/request.yaml"))  # fmt: skip
NUMBERS = pattern_of(Holds.NUMBER)


@pytest.fixture(scope="module")
def tariffs() -> Catalog:
    return load_catalog()


def answer(asked: Request, documents: Catalog, *, derivation: bool = True) -> object:
    """All that is answered, as one value that can be compared."""
    try:
        found = calculate(asked, documents, derivation=derivation)
    except InvalidInput as invalid:
        return invalid.faults
    return bill_json(found) if isinstance(found, Bill) else found


def with_numbers(value: Any, at: str, numbers: Iterator[Decimal]) -> Any:
    """A request in which some numbers of the customer's are others."""
    if isinstance(value, Model):
        kinds = type(value).model_fields.items()
        places = {name: at if name == value.spread else f"{at}/{key_of(name, field)}" for name, field in kinds}
        told = {name: with_numbers(getattr(value, name), place, numbers) for name, place in places.items()}
        return value.model_copy(update=told)
    if isinstance(value, tuple):
        return tuple(with_numbers(each, f"{at}/{place}", numbers) for place, each in enumerate(value))
    if isinstance(value, dict):
        return {key: with_numbers(each, f"{at}/{key}", numbers) for key, each in value.items()}
    return value * next(numbers) if isinstance(value, Decimal) and NUMBERS.fullmatch(at) else value


def check(asked: Request, documents: Catalog, factors: Iterator[Decimal], monkeypatch: pytest.MonkeyPatch) -> None:
    """Bill a request and the same with other numbers; then the latter by a plan of its own."""
    calculate(asked, documents, derivation=False)
    other = with_numbers(asked, "", factors)
    by_kept = answer(other, documents)
    with monkeypatch.context() as patch:
        patch.setattr(kept, "_PLANS", weakref.WeakKeyDictionary())
        assert answer(other, documents) == by_kept


def growing() -> Iterator[Decimal]:
    """Factors that let registers rise, and numbers that were equal differ."""
    factor = Decimal("1.00")
    while True:
        yield factor
        factor += Decimal("0.01")


@pytest.mark.no_cover
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parent.name)
def test_other_numbers_are_billed_by_the_plan_that_is_kept(
    path: Path, tariffs: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(load(Request, path), tariffs, growing(), monkeypatch)


@settings(max_examples=20)
@given(case=cases(), factors=st.lists(st.sampled_from(["1", "1.00", "0", "1.5", "2"]), min_size=1, max_size=9))
def test_any_numbers_are_billed_by_the_plan_that_is_kept(case: Case, factors: list[str]) -> None:
    repeated = (Decimal(factors[place % len(factors)]) for place in range(10_000))
    with pytest.MonkeyPatch.context() as monkeypatch:
        try:
            asked = parsed(case.data)
            calculate(asked, case.tariffs)
        except InvalidInput:
            return
        check(asked, case.tariffs, repeated, monkeypatch)


def test_requests_of_one_structure_have_one_plan() -> None:
    documents = catalog()
    first, _ = kept_plan(parsed(request()), documents)
    assert kept_plan(parsed(changed(request(), {"metering_points.0.readings.1.peak": "99"})), documents)[0] is first
    assert kept_plan(parsed(changed(request(), {"metering_points.0.id": "M7"})), documents)[0] is not first


def test_what_cannot_be_billed_is_found_each_time() -> None:
    documents = catalog(network=None)
    assert isinstance(calculate(parsed(request()), documents), Refusal)
    assert isinstance(calculate(parsed(request()), documents), Refusal)
    with pytest.raises(Refused):
        kept_plan(parsed(request()), documents)


def test_a_plan_is_of_the_documents_and_not_of_their_version() -> None:
    first = calculate(parsed(request()), catalog())
    other = calculate(parsed(request()), catalog(levies=prices("levies", [{**LEVIES[0], "price": "0"}])))
    assert isinstance(first, Bill)
    assert isinstance(other, Bill)
    assert first.tariff_set == other.tariff_set
    assert first.total > other.total


def test_the_plans_that_were_asked_for_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "KEPT_MAX", 2)
    documents = catalog()
    asked = [parsed(changed(request(), {"metering_points.0.id": f"M{number}"})) for number in range(3)]
    first, second = (kept_plan(each, documents)[0] for each in asked[:2])
    assert kept_plan(asked[0], documents)[0] is first
    kept_plan(asked[2], documents)
    assert kept_plan(asked[0], documents)[0] is first
    assert kept_plan(asked[1], documents)[0] is not second


def test_plans_are_forgotten_with_their_tariffs() -> None:
    documents = catalog()
    kept_plan(parsed(request()), documents)
    forgotten = weakref.ref(documents)
    del documents
    gc.collect()
    assert forgotten() is None


def test_the_prices_that_come_with_a_request_are_numbers_of_its_own() -> None:
    given = [
        *NETWORK,
        {"code": "own", "section": "energy", "price": "given", "for": {"class": "industrial_commercial"}},
    ]
    documents = catalog(network=prices("network_price", given))
    one = request(price_sheet={"title": "contract", "prices": {"own": {"total": "0.5"}}})
    other = changed(one, {"price_sheet.prices.own.total": {"official": "0.512", "billed": "0.51"}})
    assert [str(line(bill(each, documents), "own").price) for each in (one, other, one)] == ["0.5", "0.51", "0.5"]


@pytest.mark.no_cover
def test_several_threads_are_answered_by_one_catalog_as_one_is() -> None:
    asked = [
        parsed(
            changed(request(), {"metering_points.0.id": name, "metering_points.0.readings.1.peak": f"{peak}.{peak}"})
        )
        for peak in range(10, 18)
        for name in ("M1", "M2")
    ]
    alone = [answer(each, catalog(), derivation=False) for each in asked]
    documents = catalog()
    with ThreadPoolExecutor(4) as threads:
        for _ in range(3):
            together = list(threads.map(lambda each: answer(each, documents, derivation=False), asked))
            assert together == alone
