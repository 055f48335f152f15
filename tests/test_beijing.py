"""Beijing, February 2024: every total of the official notice by its parts, and an account billed on them.

The account is made up. Its bill is a regression, not an official one: ``python -m tests.test_beijing`` writes what the
engine answers now into fixtures/regression/beijing-2024-02, to be read line by line before it is kept. Here it is
worked out a second time, in plain decimals, from the figures of the notice.
"""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from billcalc.billing.bill import Bill, Line
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.files.text import read_text
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.sources import Evidence
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Refusal
from billcalc.library.catalog import check_library, load_catalog, load_library
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.components import FlatPrice, PriceKey
from billcalc.tariff.documents import PriceDocument
from billcalc.tariff.findings import FindingCode
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, Billing, CustomerClass, Kind, Purchase, Section, voltages_named

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "fixtures" / "regression" / "beijing-2024-02"
FEBRUARY = date(2024, 2, 1)
FEN, MICRO = Decimal("0.01"), Decimal("0.000001")

# The price tables of the notice (国网北京市电力公司代理购电工商业用户电价表, 2024-02; page address in the documents):
# billing, voltage, without time of use, peak, flat, valley; no sharp price is printed

PRINTED = {
    Purchase.AGENT: """
        one_part <1kV       0.875191 1.158728 0.875191 0.619608
        one_part 1-10(20)kV 0.855191 1.174669 0.855191 0.575647
        one_part 35-110kV   0.785191 1.104669 0.785191 0.505647
        one_part >=220kV    0.740191 1.059669 0.740191 0.460647
        two_part 1-10(20)kV 0.671691 0.911300 0.671691 0.432082
        two_part 35-110kV   0.631191 0.870800 0.631191 0.391582
        two_part >=220kV    0.616191 0.855800 0.616191 0.376582
    """,
    Purchase.AGENT_1_5: """
        one_part <1kV       1.074865 1.500171 1.074865 0.691491
        one_part 1-10(20)kV 1.054865 1.534083 1.054865 0.635550
        one_part 35-110kV   0.984865 1.464083 0.984865 0.565550
        one_part >=220kV    0.939865 1.419083 0.939865 0.520550
        two_part 1-10(20)kV 0.871365 1.230778 0.871365 0.511952
        two_part 35-110kV   0.830865 1.190278 0.830865 0.471452
        two_part >=220kV    0.815865 1.175278 0.815865 0.456452
    """,
}
COLUMNS = (Band.TOTAL, Band.PEAK, Band.FLAT, Band.VALLEY)


def printed() -> Iterator[tuple[Purchase, Billing, str, Band, Decimal]]:
    for purchase, table in PRINTED.items():
        for row in table.strip().splitlines():
            billing, voltage, *prices = row.split()
            for band, price in zip(COLUMNS, prices, strict=True):
                yield purchase, Billing(billing), voltage, band, Decimal(price)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(areas=["cn-beijing"])


def parts(catalog: Catalog, key: PriceKey, band: Band) -> Decimal:
    """The parts in force that make up the price of a kWh [CNY/kWh]."""
    hours = catalog.in_force(Kind.TIME_OF_USE, "cn-beijing", FEBRUARY).document
    assert isinstance(hours, TimeOfUse)
    found = Decimal(0)
    for each in catalog.price_sheet(area="cn-beijing", key=key, on=FEBRUARY).components:
        price = each.component.price
        if each.component.is_energy:
            assert isinstance(price, FlatPrice)
            factors = hours.factors(key, FEBRUARY) if hours.floats_for(each.component, key) else None
            found += price.flat.value * (Decimal(1) if factors is None else factors[band])
    return found


def test_every_printed_total_is_the_sum_of_its_parts_to_the_last_place(catalog: Catalog) -> None:
    apart = Decimal(0)
    count = 0
    for purchase, billing, row, band, total in printed():
        for voltage in voltages_named(row):
            key = PriceKey(
                customer_class=CustomerClass.INDUSTRIAL_COMMERCIAL,
                billing=billing,
                voltage=voltage,
                purchase=purchase,
                time_of_use=band is not Band.TOTAL,
            )
            found = parts(catalog, key, band)
            assert found.quantize(MICRO, ROUND_HALF_UP) == total, (key, band)
            if band in (Band.TOTAL, Band.FLAT):
                assert found == total
            apart = max(apart, abs(found - total))
        count += 1
    assert count == 2 * 7 * 4
    assert apart == Decimal("0.0000004")


def test_the_document_has_the_printed_totals_and_the_check_tells_how_far_they_are_apart() -> None:
    library = load_library(areas=["cn-beijing"])
    [document] = [each for each in library.catalog.documents if each.id == "cn/beijing/purchase_price/2024-02"]
    assert isinstance(document, PriceDocument)
    entered = {
        (purchase, billing, total.selector.voltage, band): price
        for total in document.totals
        for purchase in total.selector.purchase
        for billing in total.selector.billing
        for band, price in ((Band.TOTAL, total.untimed), *total.bands.items())
    }
    assert entered == {
        (purchase, billing, voltages_named(voltage), band): price
        for purchase, billing, voltage, band, price in printed()
    }
    found = [
        each
        for each in check_library(library)
        if each.code is FindingCode.TOTALS_COMPARED and each.document == document.id
    ]
    assert [each.facts for each in found] == [{"totals": "56", "distance": "0.0000004"}]


def test_what_was_seen_in_the_official_text_says_so(catalog: Catalog) -> None:
    seen = {
        document.id: document.evidence
        for document in catalog.documents
        if document.area == "cn-beijing" and document.start < date(2024, 7, 1)
    }
    assert seen == {
        "cn/beijing/levies/2023-06": Evidence.INFERRED,
        "cn/beijing/levies/2024-02": Evidence.OFFICIAL_TEXT,
        "cn/beijing/network_price/2023-06": Evidence.OFFICIAL_QUOTED,
        "cn/beijing/purchase_price/2024-02": Evidence.OFFICIAL_TEXT,
        "cn/beijing/residential_price/2021-01": Evidence.SECONDARY,
        "cn/beijing/time_of_use/2023-09": Evidence.OFFICIAL_QUOTED,
    }


# The parts that the notice prints sums of


def prices_of(catalog: Catalog, kind: Kind) -> dict[str, FlatPrice]:
    document = catalog.in_force(kind, "cn-beijing", FEBRUARY).document
    assert isinstance(document, PriceDocument)
    return {each.code: each.price for each in document.components if isinstance(each.price, FlatPrice)}


def test_the_levies_add_up_to_the_printed_sum_because_the_seventh_place_is_cut_off(catalog: Catalog) -> None:
    levies = [price.flat for price in prices_of(catalog, Kind.LEVIES).values()]
    official = sum((levy.official for levy in levies if levy.official is not None), Decimal(0))
    assert official == Decimal("0.02716875")
    assert sum(levy.value for levy in levies) == Decimal("0.027168")
    assert official.quantize(MICRO, ROUND_DOWN) == Decimal("0.027168")
    assert official.quantize(MICRO, ROUND_HALF_UP) == Decimal("0.027169")


def test_the_parts_of_the_purchase_and_of_system_operation_add_up(catalog: Catalog) -> None:
    purchase = {code: price.flat.value for code, price in prices_of(catalog, Kind.PURCHASE_PRICE).items()}
    average, deviation = purchase["purchase_average"], purchase["purchase_deviation"]
    assert (average, deviation, average + deviation) == (
        Decimal("0.394412"),
        Decimal("0.004936"),
        Decimal("0.399348"),
    )
    assert purchase["purchase"] == (average + deviation) * Decimal("1.5")
    operation = ("cross_subsidy", "pumped_storage", "loss_difference", "power_factor_difference", "coal_capacity")
    assert sum(purchase[code] for code in operation) == Decimal("0.026490")


# The account

ACCOUNTS = {"expected": "request.yaml", "expected_1.5x": "request_1.5x.yaml"}
KWH = {Band.PEAK: 116_700, Band.FLAT: 107_100, Band.VALLEY: 139_100}
RATIO = {Band.PEAK: Decimal("1.6"), Band.FLAT: Decimal(1), Band.VALLEY: Decimal("0.4")}


def billed(name: str, catalog: Catalog) -> Bill:
    bill = calculate(load(Request, FOLDER / ACCOUNTS[name]), catalog)
    assert isinstance(bill, Bill), bill
    return bill


def as_text(bill: Bill) -> str:
    """The lines of a bill as an expected.yaml has them."""
    lines = [f"- {{{', '.join(_fields(line, bill))}}}" for line in bill.lines]
    kwh = ", ".join(f'{band}: "{decimal_text(energy)}"' for band, energy in bill.kwh["main"].items())
    [fact] = bill.power_factors
    facts = f'facts: {{kwh: {{{kwh}}}, kvarh: "{fact.reactive_kvarh}", cosphi: "{fact.cosphi}"}}'
    return "\n".join(["lines:", *lines, facts, f'total: "{bill.total}"', ""])


def _fields(line: Line, bill: Bill) -> Iterator[str]:
    yield f"code: {line.code}"
    if line.section is Section.POWER_FACTOR:
        yield f'scope: {line.group}, cosphi: "{bill.power_factors[0].cosphi}", ratio: "{line.price}"'
        yield f'base: "{line.quantity}"'
    else:
        yield f"group: {line.group}"
        if line.band is not None:
            yield f"band: {line.band}"
        assert line.quantity is not None
        assert line.price is not None
        yield f'quantity: "{decimal_text(line.quantity)}", price: "{decimal_text(line.price)}"'
    yield f'amount: "{line.amount}"'


@pytest.mark.parametrize("name", ACCOUNTS)
def test_the_account_is_billed_as_it_was(catalog: Catalog, name: str) -> None:
    assert as_text(billed(name, catalog)) == read_text(FOLDER / f"{name}.yaml").content


@pytest.mark.parametrize(
    ("name", "purchase"), [("expected", Decimal("0.399348")), ("expected_1.5x", Decimal("0.599022"))]
)
def test_the_account_worked_out_a_second_time_comes_to_the_same(catalog: Catalog, name: str, purchase: Decimal) -> None:
    def fen(amount: Decimal) -> Decimal:
        return amount.quantize(FEN, ROUND_HALF_UP)

    whole = sum(KWH.values())
    base: dict[tuple[str, Band | None], Decimal] = {("capacity", None): Decimal(1250 * 32)}
    for band, kwh in KWH.items():
        base["purchase", band] = fen(kwh * purchase * RATIO[band])
    others = {"upstream_loss": "0.012185", "network_energy": "0.206500", "system_operation": "0.026490"}
    for code, price in others.items():
        base[code, None] = fen(whole * Decimal(price))
    adjusted = sum(base.values())
    levies = fen(whole * Decimal("0.027168"))
    # cosφ of 362,900 kWh and 110,400 + 2,200 kvarh is 0.9551: the row 0.96 of the table for 0.90
    lines = {**base, ("levies", None): levies, ("power_factor", None): fen(adjusted * Decimal("-0.0075"))}
    bill = billed(name, catalog)
    assert {(line.code, line.band): line.amount for line in bill.lines} == lines
    assert bill.total == sum(lines.values())
    assert whole == Decimal(3439_54 - 3258_09) * 2000 / 100


def test_a_band_price_is_derived_from_the_parts_and_the_ratio_of_the_notice(catalog: Catalog) -> None:
    bill = billed("expected", catalog)
    [peak] = [line for line in bill.lines if line.band is Band.PEAK]
    assert peak.price == Decimal("0.6389568")
    floated = [step for step in peak.steps if step.term is Term.FLOATED_PRICE]
    assert [(step.number, step.of) for step in floated] == [
        (Decimal("0.6310592"), ("purchase_average", "peak")),
        (Decimal("0.0078976"), ("purchase_deviation", "peak")),
    ]
    assert {source.id for source in peak.sources} == {
        "cn/beijing/purchase_price/2024-02",
        "cn/beijing/time_of_use/2023-09",
    }


def test_nothing_is_known_of_how_beijing_bills_but_its_prices(catalog: Catalog) -> None:
    bill = billed("expected", catalog)
    assert {problem.code for problem in bill.problems} == {ProblemCode.CONVENTION_UNDOCUMENTED}
    assert bill.evidence is Evidence.SECONDARY  # the nation's rules of the basic charge and the power factor


# What cannot be billed


def refused(catalog: Catalog, *changes: tuple[str, str]) -> Refusal:
    text = read_text(FOLDER / "request.yaml").content
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    answer = calculate(load(Request, text.encode(), name="request.yaml"), catalog)
    assert isinstance(answer, Refusal)
    return answer


def test_sharp_energy_in_february_has_no_price(catalog: Catalog) -> None:
    before, after = 'closing, total: "3439.54", sharp: "12.34"', 'closing, total: "3440.54", sharp: "13.34"'
    answer = refused(catalog, (before, after))
    assert str(answer) == (
        "/metering_points: band_without_price: group main used energy in band sharp, and Energy purchase, average price of "
        "the month has no price in it; check the registers: cn/beijing/time_of_use/2023-09 knows the band and gives it no price; where the "
        "energy is right, give the component with the request (price_sheet)"
    )


def test_a_customer_in_the_market_has_no_price_in_the_notice(catalog: Catalog) -> None:
    assert refused(catalog, ("purchase: agent}", "purchase: market}")).code is RefusalCode.NO_PRICE


def test_the_prices_of_march_were_not_entered(catalog: Catalog) -> None:
    answer = refused(catalog, ("2024-03-01", "2024-04-01"), ("2024-02-01", "2024-03-01"))
    assert answer.facts == {"kind": "purchase_price", "area": "cn-beijing", "day": "2024-03-31"}


def write() -> None:
    """Write the regression anew; every changed line is to be understood before it is kept."""
    catalog = load_catalog(areas=["cn-beijing"])
    for name in ACCOUNTS:
        (FOLDER / f"{name}.yaml").write_text(as_text(billed(name, catalog)), encoding="utf-8")


if __name__ == "__main__":
    write()
