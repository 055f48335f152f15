"""What causes can move that are offered by what a request has: beside any other cause, too."""

from contextlib import suppress
from typing import Any

import pytest

from billcalc.audit.diagnose.capacity import BASIC, reach_of_shares
from billcalc.audit.diagnose.cause import ANYTHING, Instance, Situation, subtracted
from billcalc.audit.diagnose.cells import Money, Priced
from billcalc.audit.diagnose.documents import reach_of_floating
from billcalc.files.documents import read_document
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.library.catalog import load_catalog
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.injecting import instances, lines, situation
from tests.billing.cases import HOME, INDUSTRY, entry, parsed, point, request, sheet
from tests.documents import ROOT

NARROW = {"basic.days", "basic.first_day", "basic.last_day", "time_of_use.ratio_of"}
"""Conventions of which it is told by the request and the documents what they can move."""
GUANGXI: Any = read_document(str(ROOT / "fixtures/official/guangxi-2024-06-p1/request.yaml")).data


def made(where: Situation, *causes: Instance) -> Money:
    return where.cells.of(Priced(each.name, each.band, number_of(each.amount)) for each in lines(where, causes))


def bands_of(where: Situation) -> list[Instance]:
    return [each for each in instances(where) if each.slot == "sub_meters.ratio_bands"]


@pytest.mark.parametrize("name", ["cut", "contracts"])
def test_beside_another_cause_one_moves_nothing_that_it_does_not_reach(name: str) -> None:
    where = situation(SAMPLES[name], tariffs())
    every = instances(where)
    narrow = [each for each in every if each.slot in NARROW]
    assert {each.slot for each in narrow} == NARROW
    assert all(each.reach != ANYTHING for each in narrow)
    for other in every:
        with suppress(InvalidInput, Refused):
            alone = made(where, other)
            for each in narrow:
                if each.slot != other.slot:
                    moved = subtracted(made(where, each, other), alone)
                    assert all(each.reach.has(cell) for cell in moved), (each, other)


def test_shares_of_a_month_move_what_is_billed_by_it() -> None:
    cut = situation(SAMPLES["cut"], tariffs())
    assert reach_of_shares(cut) == BASIC
    for name in ("shared", "lost"):
        assert reach_of_shares(situation(SAMPLES[name], tariffs())) == ANYTHING, name


def test_ratios_move_the_lines_of_what_floats() -> None:
    where = situation(parsed(GUANGXI), load_catalog(areas=["cn-guangxi"]))
    assert reach_of_floating(where).sections == frozenset(("energy",))


def test_prices_of_the_customers_own_may_be_of_any_section() -> None:
    where = situation(parsed(sheet({"code": "own", "section": "energy", "price": "0.1"})), tariffs())
    assert reach_of_shares(where) == reach_of_floating(where) == ANYTHING


@pytest.mark.parametrize(("kind", "value", "is_there"), [("ratio", "0.1", True), ("fixed", "310", False)])
def test_how_a_ratio_shares_the_bands_is_asked_where_there_is_one(kind: str, value: str, is_there: bool) -> None:
    child = {"id": "L", "kind": kind, "group": "home", "value": value}
    agreement = [entry("2020-01-01", groups={"main": INDUSTRY, "home": HOME})]
    where = situation(parsed(request(agreement=agreement, metering_points=[point(children=[child])])), tariffs())
    assert bool(bands_of(where)) == is_there
    assert not bands_of(situation(SAMPLES["plain"], tariffs()))
