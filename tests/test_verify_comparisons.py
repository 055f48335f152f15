"""A comparison and a diagnosis prove themselves as a bill does, and what is changed in them is found."""

import json
import random
import re
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from billcalc import verify as module
from billcalc.audit import IssuedBill, Reading, compare, read_data
from billcalc.audit.diagnose import Diagnosis, diagnose
from billcalc.billing.bill import Bill
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.kernel.decimals import decimal_text
from billcalc.verify import Finding, verify
from billcalc.wire.comparison import comparison_data
from billcalc.wire.diagnosis import diagnosis_data
from billcalc.wire.json_writing import json_text
from billcalc.wire.proved import proved_comparison, proved_diagnosis
from tests.audit.issuing import NAMES, ROOT, printed, reading, recomputed, tariffs
from tests.proofs import MUTANTS, at, leaves, mutated, put, sealed

P1 = "guangxi-2024-06-p1"
Data = dict[str, Any]


def codes(data: Data, *, is_open: bool = False) -> list[tuple[str, str]]:
    return [(each.where, each.code) for each in verify(data) if each.is_open == is_open]


def lines_of(bill: Bill) -> list[Data]:
    """The lines of our bill as an issued one prints them."""
    told: list[Data] = []
    for line in bill.lines:
        days = {"from": str(line.span.start), "to": str(line.span.end)}
        name = {"code": line.code, "section": line.section.value, "group": line.group, "amount": f"{line.amount:f}"}
        numbers = {"quantity": line.quantity, "price": line.price}
        figures = {key: decimal_text(value) for key, value in numbers.items() if value is not None}
        told.append({**name, **days, **figures, **({} if line.band is None else {"band": line.band.value})})
    return told


def proved(bill: Bill, issued: IssuedBill, tolerance: str = "0", **told: Any) -> Data:
    data = proved_comparison(compare(bill, issued, tolerance=Decimal(tolerance), **told))
    return dict(json.loads(json_text(data)))


@cache
def request(name: str) -> Request:
    [path] = ROOT.glob(f"fixtures/*/{name}/request.yaml")
    return load(Request, path)


def diagnosed(name: str, read: Reading) -> Data:
    found = diagnose(request(name), read.bill, tariffs(), unread=read.unread, sets_max=5, sizes_max=1)
    assert isinstance(found, Diagnosis)
    return dict(json.loads(json_text(proved_diagnosis(found, reading=read))))


@cache
def _kinds() -> Data:
    """A comparison of a bill with a wrong amount, a wrong quantity, lines too few, unknown ones, sums, and facts."""
    bill = recomputed(P1)
    lines = lines_of(bill)
    lines[0]["amount"] = "91416.81"
    lines[1] |= {"quantity": "127601", "price": "0.41", "band": "flat"}
    del lines[2]["group"], lines[3]["from"], lines[3]["to"]
    gone = lines.pop(4)
    levies = [line for line in lines if line["section"] == "levies"]
    kept = [line for line in lines if line not in levies]
    kept += [
        {"name": "服务费", "amount": "2"},
        {"name": "零", "amount": "0"},
        {"code": "ancillary_services", "amount": "3"},
    ]
    total = decimal_text(sum((Decimal(line["amount"]) for line in levies), Decimal()))
    facts = {
        "kwh": {"peak": "132000", "total": "1"},
        "cosphi": "0.93",
        "ratio": "-0.0045",
        "base": "1",
        "kvarh": "198000",
    }
    issued = printed(
        *kept,
        subtotals=[{"section": "levies", "name": "基金", "amount": total}, {"section": gone["section"], "amount": "7"}],
        total="1629271.00",
        period={"from": "2024-06-12", "to": "2024-07-01"},
        facts=facts,
    )
    return proved(bill, issued)


def kinds() -> Data:
    return deepcopy(_kinds())


@cache
def _net(*, amount: str | None = None) -> Data:
    """A comparison of lines without a tax of 13 %."""
    bill = recomputed(P1)
    lines = lines_of(bill)
    for line in lines:
        line["amount"] = module._text(module._rounded(module._number(line["amount"]) * 100 / 113, module.FEN))
        del line["price"]
    tax = {"rate": "0.13", **({} if amount is None else {"amount": amount})}
    return proved(bill, printed(*lines, tax=tax, total="1629271.00"))


@cache
def _causes() -> Data:
    """A diagnosis of two causes: a power-factor standard and a capacity that are wrong."""
    path = ROOT / "fixtures" / "issued" / "examples" / "guangxi-two-causes.csv"
    from tests.cli.calling import call

    told = call(
        "diagnose", str(ROOT / "fixtures/official" / P1 / "request.yaml"), str(path), "--format", "json", "--proof"
    )
    return dict(json.loads(told.stdout))


def causes() -> Data:
    return deepcopy(_causes())


@pytest.mark.parametrize("name", NAMES)
def test_a_comparison_and_its_diagnosis_prove_themselves(name: str) -> None:
    read = reading(name)
    bill = recomputed(name)
    assert (
        codes(json.loads(json_text(proved_comparison(compare(bill, read.bill, unread=read.unread), reading=read))))
        == []
    )
    assert codes(diagnosed(name, read)) == []


def test_a_comparison_of_every_kind_of_entry_proves_itself() -> None:
    data = kinds()
    told = {kind for kind in module.OUTCOMES if data[kind]}
    assert told == {"unmapped", "missing", "differing", "zero", "agreeing"}
    assert codes(data) == []


@pytest.mark.parametrize("amount", [None, "187438.27", "1.00"])
def test_lines_without_a_tax_prove_themselves(amount: str | None) -> None:
    assert codes(deepcopy(_net(amount=amount))) == []


def test_a_tax_that_nothing_tells_is_followed() -> None:
    told = deepcopy(_net())["rests_on"]["issued"]
    lines = [{"code": line["code"], "section": line["section"], "amount": line["amount"]} for line in told["lines"]]
    assert _proves(lines, total=None)["untold_tax"] == "0.13"


def _proves(lines: list[Data], tolerance: str = "0", **told: Any) -> Data:
    facts = {key: value for key, value in told.items() if value is not None}
    data = proved(recomputed(P1), printed(*lines, **facts), tolerance)
    assert codes(data) == []
    return data


def test_sums_alone_are_followed() -> None:
    bill = recomputed(P1)
    assert _proves([], total="7")["money"]["causes"][0]["cause"] == "not_printed"
    section = {"section": bill.lines[0].section.value, "amount": "7"}
    assert len(_proves([], subtotals=[section, {"group": "main", "amount": "8", "name": "x"}])["facts"]) == 2


def test_what_is_tolerated_and_what_is_printed_with_fewer_places_is_followed() -> None:
    lines = lines_of(recomputed(P1))
    lines[0] |= {"amount": "91316.80", "price": "0.69"}
    data = _proves(lines, "0.05")
    assert data["tolerated"][0]["parts"][1]["verdict"] == "as_printed"


def test_lines_that_a_bill_prints_as_one_are_followed() -> None:
    lines = lines_of(recomputed(P1))
    total = sum((Decimal(line["amount"]) for line in lines[:3]), Decimal())
    one = {"code": lines[0]["code"], "amount": f"{total:f}", "quantity": "488400.0"}
    assert _proves([one, *lines[3:]])["agreeing"][0]["matching"] == "sum_of_recomputed"
    parts = [{**lines[0], "quantity": number, "amount": amount} for number, amount in (("66000", "1"), ("-66000", "2"))]
    assert _proves([*parts, *lines[1:]])["differing"][0]["matching"] == "sum_of_issued"


def test_rows_that_could_not_be_read_leave_open_what_is_missing() -> None:
    read = read_data(
        {"lines": [*lines_of(recomputed(P1))[1:], {"code": "purchase", "amount": "x"}], "total": "1"}, where=str
    )
    data = proved_comparison(compare(recomputed(P1), read.bill, unread=read.unread), reading=read)
    assert data["not_read"]
    assert codes(json.loads(json_text(data))) == []


def test_a_reading_that_makes_the_issued_total_is_followed() -> None:
    name = "hubei-2025-10"
    bill = recomputed(name)
    found = [other.difference for problem in bill.problems for other in problem.alternatives if other.difference]
    issued = printed(*lines_of(bill), total=f"{bill.total + found[0]:f}")
    data = proved(bill, issued)
    assert data["readings"]
    assert codes(data) == []
    assert ("/readings", "should_be") in codes(sealed({**data, "readings": []}))


def test_without_its_bills_it_says_that_they_are_missing() -> None:
    bill = recomputed(P1)
    data = json.loads(json_text(comparison_data(compare(bill, printed(*lines_of(bill))))))
    assert codes(data, is_open=True) == [("/seal", "no_seal"), ("/rests_on", "no_bills")]
    found = diagnose(request(P1), printed(*lines_of(bill)), tariffs(), sets_max=1)
    assert isinstance(found, Diagnosis)
    told = json.loads(json_text(diagnosis_data(found)))
    assert codes(told, is_open=True) == [("/seal", "no_seal"), ("/comparison", "no_bills")]
    assert codes({**told, "comparison": data}) == []


def test_a_change_breaks_the_seal() -> None:
    for data in (kinds(), causes()):
        assert codes({**data, "refused": 7, "agreeing_given": 7})[0] == ("/seal", "seal")


def judged(data: Data) -> list[Finding]:
    """What is found without the bill, which is tried by itself."""
    if data["kind"] == "diagnosis":
        heading = list(module._of_bill(data["bill"], data["comparison"]["bill"]))
        told = module._diagnosed({**data, "comparison": None})
        return [*heading, *(each for each in told if not each.is_open)]
    heading = list(module._of_bill(data["bill"], data["rests_on"]["bill"]))
    return [*heading, *module._Comparison(data).findings()]


def with_value(data: Data, pointer: str, value: Any) -> Data:
    """The data with another value at a pointer; the bills in it are not copied."""
    told = deepcopy({key: each for key, each in data.items() if key not in ("rests_on", "comparison")})
    above, _, key = pointer.rpartition("/")
    place = at(told, above)
    place[int(key) if isinstance(place, list) else key] = value
    return {**data, **told}


CHANGES = [
    ("/bill/area", "cn-x", "/bill/area", "should_be"),
    ("/rests_on/bill/total", "1.00", "/rests_on/bill/total", "sum"),
    ("/agreeing/0/recomputed/0/amount", "7", "/agreeing/0/recomputed/0", "not_on_bill"),
    ("/agreeing/0/recomputed/0/amount", "7", "/rests_on/bill/lines", "left_out"),
    ("/agreeing/0/issued/0/amount", "7", "/agreeing/0/issued/0", "not_on_bill"),
    ("/agreeing/0/issued", [], "/rests_on/issued/lines/2", "left_out"),
    ("/agreeing/-1/issued/0/amount", "7", "/agreeing/-1/issued/0", "not_on_bill"),
    ("/differing/0/amounts/difference", "7", "/differing/0/amounts", "should_be"),
    ("/differing/0/parts/0/verdict", "differs", "/differing/0/parts", "should_be"),
    ("/differing/0/effects/rest", "7", "/differing/0/effects", "should_be"),
    ("/differing/0/section", "levies", "/differing/0/section", "should_be"),
    ("/differing/0/unmapped", "no_code", "/differing/0/unmapped", "should_be"),
    ("/differing/0/matching", "sums", "/differing/0/matching", "should_be"),
    ("/missing/0/missing_from", "issued", "/missing/0/missing_from", "should_be"),
    ("/own/0/difference", "7", "/own/0/difference", "should_be"),
    ("/own/0/computed", "7", "/own/0/computed", "should_be"),
    ("/own", [], "/own", "left_out"),
    ("/own/1/name", "x", "/own/1/name", "should_be"),
    ("/own/3/printed", "7", "/own/3/printed", "should_be"),
    ("/facts/0/verdict", "differs", "/facts/0", "should_be"),
    ("/differing_facts", [], "/differing_facts/0", "should_be"),
    ("/money/issued", "7", "/money/issued", "should_be"),
    ("/money/sections/0/issued", "7", "/money/sections", "should_be"),
    ("/money/causes/0/amount", "7", "/money/causes", "should_be"),
    ("/agrees", True, "/agrees", "should_be"),
    ("/agreeing_given", 7, "/agreeing_given", "should_be"),
    ("/tax", "0.13", "/tax", "should_be"),
    ("/tolerance", "1000.00", "/differing/0", "should_be"),
]


@pytest.mark.parametrize(("pointer", "value", "where", "code"), CHANGES)
def test_what_is_changed_in_a_comparison_is_named(pointer: str, value: Any, where: str, code: str) -> None:
    data = kinds()
    last = f"/{len(data['agreeing']) - 1}/"
    if pointer.startswith("/rests_on"):
        found = codes(put(data, pointer, value))
    else:
        told = judged(with_value(data, pointer.replace("/-1/", last), value))
        found = [(each.where, each.code) for each in told]
    assert (where.replace("/-1/", last), code) in found


@pytest.mark.parametrize(
    ("pointer", "value", "where", "code"),
    [
        ("/bill/id", "x", "/bill/id", "should_be"),
        ("/comparison/money/issued", "7", "/comparison/money/issued", "should_be"),
        ("/difference/0/amount", "7", "/difference", "should_be"),
        ("/difference_amount", "7", "/difference_amount", "sum"),
        ("/comparison/doubts", ["x"], "/doubts/0", "should_be"),
        ("/status", "part", "/status", "should_be"),
        ("/answers/0/parts/0/amount", "7", "/answers/0/parts/0/amount", "sum"),
        ("/answers/0/parts/0/cells/0/amount", "7", "/answers/0", "sum"),
        ("/answers/0/parts/2/causes", [1, 0], "/answers/0/parts/2/causes", "should_be"),
        ("/answers/0/causes/0/amount", "7", "/answers/0/causes/0/amount", "should_be"),
        ("/answers/0/causes/1/slot", "S1.T1.0.kva", "/answers/0/causes", "should_be"),
        ("/telling", [{"values": ["1"]}], "/telling/0", "should_be"),
        ("/telling", [{"values": ["1", "2"]}], "/telling/0", "should_be"),
        ("/hindrances", [{"code": "not_read"}], "/status", "should_be"),
    ],
)
def test_what_is_changed_in_a_diagnosis_is_named(pointer: str, value: Any, where: str, code: str) -> None:
    data = causes()
    if pointer == "/hindrances":
        data["answers"] = []
    if pointer.startswith(("/comparison", "/difference/")):
        assert (where, code) in codes(put(data, pointer, value))
    else:
        assert (where, code) in [(each.where, each.code) for each in judged(with_value(data, pointer, value))]


def test_answers_that_cannot_be_told_apart_have_a_value_each() -> None:
    told = {**causes(), "answers": causes()["answers"] * 2, "telling": [{"values": ["1", "2"]}]}
    assert judged(told) == []


def test_the_money_of_a_mistake_is_another_bill() -> None:
    assert {each for each in codes(causes(), is_open=True) if each[1] == "mistaken"} == {
        ("/answers/0/causes/0", "mistaken"),
        ("/answers/0/causes/1", "mistaken"),
    }


def test_lines_of_days_that_are_not_printed_have_the_days_of_ours() -> None:
    name = "two-suspensions"
    lines = [{key: line[key] for key in ("code", "amount")} for line in lines_of(recomputed(name))]
    lines = [{**line, "amount": "1"} if line["code"] == "capacity" else line for line in lines]
    data = diagnosed(name, Reading(printed(*lines)))
    assert len({cell["cell"]["days"] for cell in data["difference"]}) > 1
    assert codes(data) == []


def test_a_printed_sum_that_its_lines_do_not_make_is_followed() -> None:
    lines = lines_of(recomputed(P1))
    data = _proves(lines, total="1629271.00", subtotals=[{"section": "levies", "amount": "7"}])
    assert [own["check"] for own in data["own"]] == ["subtotal"]
    assert ("/own/0/name", "should_be") in codes(put(data, "/own/0/name", "x"))


@pytest.mark.parametrize(
    ("printed_lines", "told"),
    [
        ([{"code": "purchase", "amount": "1"}], {"total": "1629271.00"}),  # the others in the total alone
        (
            [{"code": "purchase", "band": "peak", "amount": "1"}, {"code": "capacity", "group": "main", "amount": "1"}],
            {},
        ),
        ([{"code": "purchase", "from": "2024-06-12", "to": "2024-06-13", "amount": "1"}], {"total": "9"}),
        ([{"code": ["x_y", "levies"], "section": "levies", "amount": "1"}, {"name": "零", "amount": "0"}], {}),
        ([], {"total": "9", "subtotals": [{"section": "levies", "amount": "1"}, {"group": "main", "amount": "2"}]}),
        ([], {"subtotals": [{"section": "levies", "amount": "1"}]}),
    ],
)
def test_differences_are_told_by_what_is_printed(printed_lines: list[Data], told: Data) -> None:
    data = diagnosed(P1, Reading(printed(*printed_lines, **told)))
    assert codes(data) == []


JUDGED_BY_NOTHING = (
    r".*/(where|what|look_up|source|proof/.*|words|may_be_unmapped)",
    r"/(proposals|unread|ignored|own/\d+/(may_be_rounding|check|where)|readings)/?.*",
    r"/(is_complete|refused|hindrances/.*|telling/.*|doubts/.*)",
    r"/answers/\d+/causes/\d+/(cause|slot|value)",
    r"/(unmapped|zero|differing)/\d+/(unmapped|section|matching|missing_from)",
    r"/untold_tax|/tolerance",  # where everything comes out the same under it
)


def changed(data: Data, chance: random.Random) -> Iterator[tuple[str, Data]]:
    found = [each for each in leaves(data) if not re.match(r"/(rests_on|comparison|seal|kind)", each[0])]
    for pointer, value in chance.sample(found, min(MUTANTS, len(found))):
        other = mutated(value, chance)
        if other != value and not any(re.fullmatch(form, pointer) for form in JUDGED_BY_NOTHING):
            yield pointer, with_value(data, pointer, other)


@pytest.mark.no_cover
def test_a_forged_seal_does_not_hide_what_was_changed() -> None:
    chance = random.Random(20260715)
    samples = [kinds(), deepcopy(_net()), causes()]
    for name in NAMES if MUTANTS > 8 else NAMES[:4]:
        samples.append(json.loads(json_text(proved_comparison(compare(recomputed(name), reading(name).bill)))))
    hidden = []
    for data in samples:
        for pointer, told in changed(data, chance):
            try:
                found = judged(told)
            except (KeyError, TypeError, ValueError, AttributeError, IndexError):
                continue
            if not found:
                hidden.append(pointer)
    assert hidden == []
