"""Real bills, published exercises and bills worked out by hand: the calculated bill is that, to the fen, both ways.

``fixtures/official`` is typed from issued bills, ``fixtures/published`` from exam keys and textbooks, ``fixtures/by_hand``
from arithmetic on the rules and prices alone, which stands in its README; each folder with a request and an expectation is
a case here, so a new bill needs no code.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from billcalc.billing.bill import Bill, Line
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.documents import read_document
from billcalc.files.loading import load
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.terms import Term
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import Section

ROOT = Path(__file__).parents[1]
CASES = sorted(
    request.parent
    for place in ("official", "published", "by_hand")
    for request in (ROOT / "fixtures" / place).glob("*/request.yaml")
    if (request.parent / "expected.yaml").exists()
)

case = pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)


@cache
def tariffs() -> Catalog:
    return load_catalog(ROOT / "tariffs")


@cache
def calculated(folder: Path, *, derivation: bool = True) -> Bill:
    request = load(Request, str(folder / "request.yaml"))
    bill = calculate(request, tariffs(), derivation=derivation)
    assert isinstance(bill, Bill), str(bill)
    return bill


@cache
def expected(folder: Path) -> dict[str, Any]:
    data = read_document(str(folder / "expected.yaml")).data
    assert isinstance(data, dict)
    known = {"lines", "facts", "doubts", "total", "partial", "average_price"}
    assert set(data) <= known, f"this test does not look at {set(data) - known}"
    return data


@dataclass(frozen=True)
class Printed:
    """What a bill prints of a line; None where it does not."""

    code: str
    group: str | None
    band: str | None
    quantity: Decimal | None
    price: Decimal | None
    amount: Decimal | None
    since: str | None


def printed(line: dict[str, str]) -> Printed:
    known = {"code", "group", "scope", "band", "quantity", "base", "price", "ratio", "amount", "cosphi", "from"}
    assert set(line) <= known, f"this test does not look at {set(line) - known}"

    def number(*names: str) -> Decimal | None:
        return next((Decimal(line[name]) for name in names if name in line), None)

    group = line.get("group", line.get("scope"))
    amount = number("amount")
    quantity, price = number("quantity", "base"), number("price", "ratio")
    return Printed(line["code"], group, line.get("band"), quantity, price, amount, line.get("from"))


def name_of(line: Line) -> tuple[str, str | None, str | None]:
    return line.code, line.group, None if line.band is None else line.band.value


def named(lines: Iterable[Line], wanted: Printed) -> list[Line]:
    """The calculated lines that a printed one is, or sums up where it tells no group; of one that is cut, those since."""
    name = (wanted.code, wanted.group, wanted.band)
    found = [line for line in lines if name_of(line) == name or (wanted.group is None and line.code == wanted.code)]
    return [line for line in found if wanted.since in (None, str(line.span.start))]


def test_there_are_cases() -> None:
    assert len(CASES) >= 15


@case
def test_no_line_is_missing_and_every_number_is_the_printed_one(folder: Path) -> None:
    bill = calculated(folder)
    for wanted in map(printed, expected(folder)["lines"]):
        found = named(bill.lines, wanted)
        assert found, f"{wanted} is missing"
        if wanted.amount is not None:
            assert exact_sum(line.amount for line in found) == wanted.amount, wanted
        if wanted.quantity is not None:
            assert exact_sum(line.quantity for line in found if line.quantity is not None) == wanted.quantity, wanted
        if wanted.price is not None:
            assert {line.price for line in found} == {wanted.price}, wanted


@case
def test_no_line_is_extra(folder: Path) -> None:
    if "partial" in expected(folder):
        return
    wanted = [printed(line) for line in expected(folder)["lines"]]
    whole = {line.code for line in wanted if line.group is None}
    told = Counter((line.code, line.group, line.band) for line in wanted if line.group is not None)
    assert Counter(name_of(line) for line in calculated(folder).lines if line.code not in whole) == told


@case
def test_the_facts_are_the_printed_ones(folder: Path) -> None:
    bill, data = calculated(folder), expected(folder)
    facts = dict(data.get("facts", {}))
    for band, kwh in facts.pop("kwh", {}).items():
        assert exact_sum(kwh for bands in bill.kwh.values() for each, kwh in bands.items() if each == band) == Decimal(
            kwh
        )
    if "kvarh" in facts:
        scopes = {fact.scope: fact.reactive_kvarh for fact in bill.power_factors}
        assert exact_sum(kvarh for kvarh in scopes.values() if kvarh is not None) == Decimal(facts.pop("kvarh"))
    cosphis = {fact.scope: fact.cosphi for fact in bill.power_factors}
    if "cosphi" in facts:
        assert set(cosphis.values()) == {Decimal(facts.pop("cosphi"))}
    for line in data["lines"]:
        if "cosphi" in line:
            assert cosphis[line["scope"]] == Decimal(line["cosphi"])
    if "demand_kw" in facts:
        assert Decimal(facts.pop("demand_kw")) in set(maximum_demands(bill))
    for told in facts.pop("losses", ()):
        [loss] = [loss for loss in bill.losses if loss.point == told["point"]]
        steps = {step.term.value: step.number for step in loss.steps}
        computed = {"kwh": loss.kwh, **steps}
        assert {key: computed[key] for key in told if key != "point"} == {
            key: Decimal(value) for key, value in told.items() if key != "point"
        }
    assert not facts, f"this test does not look at {set(facts)}"


def maximum_demands(bill: Bill) -> Iterator[Decimal]:
    for line in bill.lines:
        for step in line.steps:
            yield from (step.number for _ in [0] if step.term is Term.MAXIMUM_DEMAND)
            yield from (operand.number for operand in step.operands if operand.term is Term.MAXIMUM_DEMAND)


@case
def test_the_total_is_the_printed_one(folder: Path) -> None:
    if "total" not in expected(folder):
        assert "partial" in expected(folder)
        return
    assert calculated(folder).total == Decimal(expected(folder)["total"])


@case
def test_the_average_price_is_the_printed_one(folder: Path) -> None:
    printed = expected(folder).get("average_price")
    assert printed is None or calculated(folder).average_price == Decimal(printed)


@case
def test_a_doubt_has_the_money_that_is_expected(folder: Path) -> None:
    told = {
        (problem.code.value, each.value, str(each.difference))
        for problem in calculated(folder).problems
        for each in problem.alternatives
    }
    assert {(each["code"], each["other"], each["difference"]) for each in expected(folder).get("doubts", ())} <= told


@case
def test_lines_sum_to_the_sections_and_the_sections_to_the_total(folder: Path) -> None:
    bill = calculated(folder)
    for section in Section:
        amounts = [line.amount for line in bill.lines if line.section is section]
        assert exact_sum(amounts) == bill.sections.get(section, Decimal(0))
    assert exact_sum(bill.sections.values()) == bill.total


@case
def test_numbers_are_the_same_without_their_derivation(folder: Path) -> None:
    derived, plain = calculated(folder), calculated(folder, derivation=False)
    assert plain.lines == derived.lines
    assert (plain.total, plain.kwh, plain.power_factors) == (derived.total, derived.kwh, derived.power_factors)
    assert (plain.id, plain.problems) == (derived.id, derived.problems)
    assert all(line.steps == () for line in plain.lines)
    assert all(line.steps for line in derived.lines if not line.given)


@case
def test_the_same_request_gives_the_same_bill_again(folder: Path) -> None:
    first = calculated(folder)
    again = calculate(load(Request, str(folder / "request.yaml")), tariffs())
    assert again == first
    assert isinstance(again, Bill)
    assert [line.steps for line in again.lines] == [line.steps for line in first.lines]
