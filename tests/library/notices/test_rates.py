"""Rates of the URDB kind: their documents bill what a hand computes, and what they cannot say is refused by its key."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.cli.exits import Exit
from billcalc.fields import validated
from billcalc.files.documents import parse_document
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.notices.rates import import_rate, lay_down, said_in
from billcalc.notices.urdb_documents import RateImport
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import AnyDocument
from tests.cli.calling import call

Data = dict[str, Any]
RATES = Path("fixtures/urdb")
ASKED = RateImport("us-invented", date(2024, 1, 1), date(2025, 1, 1), date(2026, 11, 28), clock="-05:00")


def catalog(name: str, folder: Path = RATES) -> Catalog:
    texts = import_rate(str(folder / f"{name}.json"), ASKED)
    found = [validated(AnyDocument, parse_document(text, name=name).data).root for text in texts.values()]
    return Catalog(found, version="rates")


def bill(
    name: str,
    first: str,
    end: str,
    *,
    time_of_use: bool,
    kwh: Data | None = None,
    facts: Data | None = None,
    folder: Path = RATES,
) -> Bill:
    """A month of 10 kWh in each hour, save what ``kwh`` tells by hour of the month."""
    hours = (date.fromisoformat(end) - date.fromisoformat(first)).days * 24
    values = ["10"] * hours
    for hour, value in (kwh or {}).items():
        values[int(hour)] = value
    series = {
        "step": "60", "start": f"{first}T00:00:00-05:00", "unit": "kwh", "values": values, "fill": "refuse",
        "demand": {"minutes": "60", "rolling": False},
    }  # fmt: skip
    group = {
        "class": "general_commercial", "billing": "two_part", "voltage": "10kV", "time_of_use": time_of_use,
        "purchase": "catalogue",
    }  # fmt: skip
    data = {
        "area": "us-invented",
        "cycle": {"from": first, "to": end},
        "period": {"from": first, "to": end},
        "agreement": [
            {"from": "2024-01-01", "groups": {"main": group}, "supply_points": {"S1": {"power_factor_standard": "none"}},
             "basic": {"mode": "actual"}}
        ],
        "metering_points": [{"id": "M1", "group": "main", "supply_point": "S1", "side": "high", "intervals": series}],
        "facts": facts or {},
    }  # fmt: skip
    made = calculate(validated(Request, data), catalog(name, folder))
    assert isinstance(made, Bill), str(made)
    return made


def amounts(made: Bill) -> dict[tuple[str, str | None], str]:
    return {(line.code, line.band): str(line.amount) for line in made.lines}


def test_a_summer_month_of_a_rate_by_time_of_use() -> None:
    # June 2024 has 20 weekdays; on Monday the 3rd at 14:00 there are 40 kWh, on Saturday the 8th at 03:00 there are 60.
    # peak 120 h × 10 + 30 = 1,230 × 0.20; 180 h × 10 × 0.12; 420 h × 10 + 50 = 4,250 × 0.08; 40 × 12.50; 60 × 6; 25
    made = bill("time-of-use", "2024-06-01", "2024-07-01", time_of_use=True, kwh={"62": "40", "171": "60"})
    assert amounts(made) == {
        ("catalogue_energy", "peak"): "246.00",
        ("catalogue_energy", "flat"): "216.00",
        ("catalogue_energy", "valley"): "340.00",
        ("demand_1", None): "500.00",
        ("demand", None): "360.00",
        ("customer_charge", None): "25.00",
    }
    assert (made.currency, str(made.total)) == ("USD", "1687.00")


def test_a_winter_month_has_other_hours_and_no_demand_by_them() -> None:
    # January 2024 has 23 weekdays: 299 h × 10 × 0.12; 445 h × 10 × 0.08; 10 × 4; 25
    made = bill("time-of-use", "2024-01-01", "2024-02-01", time_of_use=True)
    assert amounts(made) == {
        ("catalogue_energy", "peak"): "358.80",
        ("catalogue_energy", "valley"): "356.00",
        ("demand", None): "40.00",
        ("customer_charge", None): "25.00",
    }


def test_a_flat_rate_has_a_lookback_a_fee_by_the_day_and_a_minimum() -> None:
    # February 2024: 29 days × 240 kWh × 0.1; 80 % of the 100 kW of December against 10 kW: 80 × 5; 29 × 0.50
    earlier = {"S1": {"earlier_demand_kw": {"2024-01": {"total": "50"}, "2023-12": {"total": "100"}}}}
    made = bill("flat", "2024-02-01", "2024-03-01", time_of_use=False, facts=earlier)
    assert amounts(made) == {
        ("catalogue_energy", None): "696.00",
        ("demand", None): "400.00",
        ("customer_charge", None): "14.50",
        ("minimum_bill", None): "0.00",
    }


def test_tiers_of_a_month_count_all_its_energy(tmp_path: Path) -> None:
    # of 31 × 240 = 7,440 kWh in January 500 × 0.10, 1,500 × 0.12 and 5,440 × 0.15; in June 7,200 × 0.2
    winter = [{"rate": 0.09, "adj": 0.01, "max": 500, "unit": "kWh"}, {"rate": 0.12, "max": 2000}, {"rate": 0.15}]
    months = [[0 if month in (0, 1, 11) else 1] * 24 for month in range(12)]
    told = {**rate(), "energyratestructure": [winter, [{"rate": 0.2}]], "lookbackPercent": 0,
            "energyweekdayschedule": months, "energyweekendschedule": months}  # fmt: skip
    (tmp_path / "tiers.json").write_text(json.dumps(told))
    january = bill("tiers", "2024-01-01", "2024-02-01", time_of_use=False, folder=tmp_path)
    assert amounts(january) == {
        ("tier_1", None): "50.00",
        ("tier_2", None): "180.00",
        ("tier_3", None): "816.00",
        ("demand", None): "50.00",
        ("customer_charge", None): "15.50",
        ("minimum_bill", None): "0.00",
    }
    june = bill("tiers", "2024-06-01", "2024-07-01", time_of_use=False, folder=tmp_path)
    assert amounts(june)["catalogue_energy", None] == "1440.00"


def test_tiers_by_hours_use_are_of_the_energy_of_each_kilowatt(tmp_path: Path) -> None:
    # of 7,440 kWh in January, and 25 kW: 25 × 100 = 2,500 × 0.2, 25 × 150 more = 3,750 × 0.1, 1,205 × 0.08; 25 × 5
    tiers = [{"rate": 0.2, "max": 100, "unit": "kWh/kW"}, {"rate": 0.1, "max": 250, "unit": "kWh/kW"},
             {"rate": 0.08, "unit": "kWh/kW"}]  # fmt: skip
    told = {**rate(), "energyratestructure": [tiers], "lookbackPercent": 0}
    (tmp_path / "hours.json").write_text(json.dumps(told))
    made = bill("hours", "2024-01-01", "2024-02-01", time_of_use=False, kwh={"34": "25"}, folder=tmp_path)
    energy = {code: amount for (code, _), amount in amounts(made).items() if code.startswith("tier")}
    assert energy == {"tier_1": "500.00", "tier_2": "375.00", "tier_3": "96.40"}


def test_tiers_of_a_demand_are_of_its_kilowatts(tmp_path: Path) -> None:
    # January has 10 kW, at 10:00 of the 2nd 35: of all hours 20 × 0, 15 × 5; of the day 8 × 2, 22 × 3, 5 × 4; 31 × 0.50
    flat = [{"rate": 0, "max": 20}, {"rate": 4, "adj": 1}]
    timed = [[{"rate": 0}], [{"rate": 2, "max": 8}, {"rate": 3, "max": 30}, {"rate": 4}]]
    by_day = [[1 if 8 <= hour < 20 else 0 for hour in range(24)]] * 12
    told = {**rate(), "flatdemandstructure": [flat], "lookbackPercent": 0, "demandratestructure": timed,
            "demandweekdayschedule": by_day, "demandweekendschedule": by_day}  # fmt: skip
    (tmp_path / "demand.json").write_text(json.dumps(told))
    made = bill("demand", "2024-01-01", "2024-02-01", time_of_use=True, kwh={"34": "35"}, folder=tmp_path)
    demands = {code: amount for (code, _), amount in amounts(made).items() if code.startswith("demand")}
    assert demands == {
        "demand_1_tier_1": "16.00",
        "demand_1_tier_2": "66.00",
        "demand_1_tier_3": "20.00",
        "demand_tier_1": "0.00",
        "demand_tier_2": "75.00",
    }


# What is refused


def rate(name: str = "flat") -> Data:
    found: Data = json.loads((RATES / f"{name}.json").read_text())
    return found


def refused(tmp_path: Path, data: object, asked: RateImport = ASKED) -> str:
    path = tmp_path / "rate.json"
    path.write_text(json.dumps(data))
    with pytest.raises(InvalidInput) as caught:
        import_rate(str(path), asked)
    return str(caught.value)


def hours(periods: int) -> list[list[int]]:
    return [[hour % periods for hour in range(24)]] * 12


def tier(**told: Any) -> Data:
    return {"energyratestructure": [[{"rate": 0.1, **told}]]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda: tier(max=500), "/energyratestructure/0: not_expressed: no tariff document can express tiers whose ends"),
        (lambda: {"energyratestructure": [[{"rate": 1}, {"rate": 2}]]}, "tiers whose ends (max) do not rise"),
        (lambda: {"energyratestructure": [[{"max": 9, "rate": 1}, {"max": 8, "rate": 2}, {"rate": 3}]]}, "do not rise"),
        (lambda: tier(unit="kWh daily"), "unit in kWh daily; kWh, kWh/kW can be"),
        (lambda: {"energyratestructure": [[{"max": 9, "rate": 1}, {"rate": 2, "unit": "kWh/kW"}]]},
         "unit in kWh, kWh/kW; kWh, kWh/kW can be"),
        (lambda: {"energyratestructure": [[{"max": 9, "rate": 1}, {"rate": 2}], [{"rate": 3}]],
                  "energyweekdayschedule": hours(2)}, "/energyratestructure/0: not_expressed: no tariff document can"
         " express tiers of a period"),
        (lambda: {"flatdemandstructure": [[{"max": 9, "rate": 1}]]}, "/flatdemandstructure/0: not_expressed: no tariff"),
        (lambda: tier(sell=0.05), "a price of energy that is fed back (sell)"),
        (lambda: {"flatdemandunit": "hp"}, "flatdemandunit in hp; kW can be"),
        (lambda: {"fixedchargeunits": "$/year"}, "fixedchargeunits in $/year; $/month, $/day can be"),
        (lambda: {"demandratestructure": [[{"rate": 1}]]}, "demandratestructure and demandweekdayschedule"),
        (lambda: {"demandratestructure": [[{"rate": 1}]], "demandweekdayschedule": hours(1)}, "demandweekendschedule"),
        (lambda: {"flatdemandmonths": [1] * 12}, "flatdemandmonths names period 1, which has no price"),
        (lambda: {"lookbackMonths": [True, False] * 6}, "a lookback of demand by hours, or in some months alone"),
        (lambda: {"energyratestructure": [[{"rate": each}] for each in range(7)], "energyweekdayschedule": hours(7)},
         "7 kinds of hours in month 1; 6 have names"),
        (lambda: {"coincidentratestructure": []}, "/coincidentratestructure: unknown_key"),
        (lambda: {"energyratestructure": [[{"rate": "a"}]]}, "/energyratestructure/0/0/rate"),
        (lambda: {"energyweekdayschedule": [[0]]}, "/energyweekdayschedule"),
    ],
)  # fmt: skip
def test_what_no_document_can_say_is_refused_by_its_key(
    tmp_path: Path, change: Callable[[], Data], message: str
) -> None:
    assert message in refused(tmp_path, {**rate(), **change()})


KEYS_OF_THE_DATABASE = {
    "label": "5b7", "uri": "https://example.org", "approved": False, "is_default": True, "startdate": 1711929600,
    "enddate": 1711843200, "supersedes": "5b6", "utility": "Invented Power", "eiaid": 1, "sector": "Commercial",
    "servicetype": "Delivery", "description": "kvar are billed at 0.30", "source": "book", "sourceparent": "shelf",
    "basicinformationcomments": "plus a tax", "country": "CAN", "revisions": [1], "version": 2, "date": "x",
    "voltagecategory": "Primary", "voltageminimum": 4000, "voltagemaximum": 9000, "phasewiring": "3-Phase",
    "peakkwcapacitymin": 10, "peakkwcapacitymax": 99, "peakkwcapacityhistory": 12, "peakkwhusagemin": 1,
    "peakkwhusagemax": 2, "peakkwhusagehistory": 3, "demandunits": "kVA", "demandrateunit": "kVA", "flatdemandunit": "hp",
    "demandwindow": 30, "demandreactivepowercharge": 0.3, "demandratchetpercentage": [0.5] * 12, "demandattrs": [{"a": 1}],
    "demandcomments": "a ratchet", "demandratestructure": [[{"rate": 1}]], "demandweekdayschedule": [[0]],
    "demandweekendschedule": [[0]], "coincidentrateunit": "kW", "coincidentratestructure": [[{"rate": 1}]],
    "coincidentrateschedule": [[0]], "coincidentsched": [[0]], "flatdemandstructure": [[{"rate": 7}]],
    "flatdemandmonths": [1] * 12, "lookbackPercent": 0.9, "lookbackRange": 9, "lookbackMonths": [False] * 12,
    "energyratestructure": [[{"rate": 7}]], "energyweekdayschedule": [[0]], "energyweekendschedule": [[0]],
    "energyattrs": [{"fuel": "0.01"}], "energycomments": "fuel is added", "fixedchargefirstmeter": 9,
    "fixedchargeeaaddl": 1, "fixedchargeunits": "$/year", "fixedmonthlycharge": 4, "fixedattrs": [{"b": 2}],
    "mincharge": 99, "minchargeunits": "$/kW", "annualmincharge": 900, "minmonthlycharge": 5,
    "fueladjustmentsmonthly": [0.01] * 12, "usenetmetering": True, "dgrules": "Net Metering", "name": "Another",
}  # fmt: skip
"""The keys that the documentation of the database has, each with a value that says something."""
NAMING = {"label", "uri", "is_default", "supersedes", "utility", "eiaid", "source", "sourceparent", "revisions", "version",
          "date"}  # fmt: skip


def outcome(path: Path, told: Data) -> tuple[dict[str, str], str]:
    """The documents of a rate, or what is said of what is wrong with it."""
    path.write_text(json.dumps(told))
    try:
        return import_rate(str(path), ASKED), ""
    except InvalidInput as refused:
        return {}, str(refused)


@pytest.mark.parametrize("key", KEYS_OF_THE_DATABASE)
def test_each_key_of_the_database_decides_is_told_or_is_refused_by_its_name(tmp_path: Path, key: str) -> None:
    path = tmp_path / "rate.json"
    before, _ = outcome(path, rate())
    after, refusal = outcome(path, {**rate(), key: KEYS_OF_THE_DATABASE[key]})
    told = {said for said, _ in said_in(str(path))}
    if key in NAMING:
        assert (after, told) == (before, set())
    else:
        assert key in refusal or (after and after != before) or key in told


def test_the_days_of_a_rate_bound_its_months(tmp_path: Path) -> None:
    """Midnights of New York and of the day's end: 2024-01-01T05:00Z, and 2024-12-31T05:00Z."""
    days = {"startdate": 1704085200, "enddate": 1735621200}
    path = tmp_path / "rate.json"
    path.write_text(json.dumps({**rate(), **days}))
    assert import_rate(str(path), ASKED)
    early = RateImport("us-invented", date(2023, 12, 1), date(2024, 12, 1), date(2026, 11, 28))
    assert "startdate is 2024-01-01" in refused(tmp_path, {**rate(), **days}, early)
    late = RateImport("us-invented", date(2024, 2, 1), date(2025, 2, 1), date(2026, 11, 28))
    message = refused(tmp_path, {**rate(), **days}, late)
    assert "the months from 2024-02-01 to 2025-01-31 of a rate whose enddate is 2024-12-31" in message


def test_the_command_tells_what_a_rate_says_beside_its_prices(tmp_path: Path) -> None:
    path = tmp_path / "rate.json"
    path.write_text(
        json.dumps({**rate(), "servicetype": "Delivery", "energycomments": "fuel\nis added", "approved": True})
    )
    asked = ["tariffs", "import", str(path), "--format", "urdb", "--area", "us-flat", "--month", "2024-01", "--tariffs",
             str(tmp_path)]  # fmt: skip
    english, chinese = (call(*asked, "--lang", lang).output for lang in ("en", "zh"))
    assert "energycomments, which no document has, says: fuel is added" in english
    assert "servicetype" in english
    assert "approved" not in english
    assert "servicetype 没有写入文件，内容为：Delivery" in chinese


def test_a_fault_tells_its_line_in_the_file(tmp_path: Path) -> None:
    assert "rate.json:1:" in refused(tmp_path, {**rate(), "mincharge": -1})
    assert refused(tmp_path, [1]).startswith(str(tmp_path / "rate.json"))


def test_a_file_has_one_rate_and_an_area_of_its_own(tmp_path: Path) -> None:
    assert "0 rates in one file" in refused(tmp_path, {"items": []})
    assert "cn-gansu as its area" in refused(tmp_path, rate(), RateImport("cn-gansu", *(date(2024, 1, 1),) * 3))


def test_a_demand_by_hours_without_bands_is_that_of_all_hours(tmp_path: Path) -> None:
    path = tmp_path / "rate.json"
    timed = {
        "demandratestructure": [[{"rate": 2e-1}]],
        "demandweekdayschedule": hours(1),
        "demandweekendschedule": hours(1),
    }
    path.write_text(json.dumps({**rate(), "lookbackPercent": 0, **timed}))
    [prices] = [text for name, text in import_rate(str(path), ASKED).items() if "catalogue_price" in name]
    assert (
        '"code": "demand_0", "section": "network_capacity", "quantity": "demand_kw", "demand": {}, "price": "0.2"'
        in prices
    )


# The command


def test_the_command_shows_and_then_writes_and_never_writes_over(tmp_path: Path) -> None:
    asked = ["tariffs", "import", str(RATES / "flat.json"), "--format", "urdb", "--area", "us-flat", "--month", "2024-01",
             "--tariffs", str(tmp_path)]  # fmt: skip
    shown = call(*asked)
    assert (shown.exit_code, list(tmp_path.iterdir())) == (Exit.DONE, [])
    assert "would be written with --accept" in shown.output
    written = call(*asked, "--until", "2024-03", "--url", "https://example.org/rate", "--accept")
    assert written.exit_code == Exit.DONE, written.output
    [prices] = (tmp_path / "us/flat/catalogue_price").iterdir()
    assert '"repealed_on": "2024-03-01"' in prices.read_text()
    again = call(*asked, "--accept")
    assert again.exit_code == Exit.INVALID
    assert "duplicate_document" in again.output
    assert lay_down({}, tmp_path) == []


def test_a_rate_of_energy_alone_has_no_demand_no_fee_and_no_minimum(tmp_path: Path) -> None:
    path = tmp_path / "rate.json"
    alone = {key: value for key, value in rate().items() if key.startswith(("name", "energy"))}
    path.write_text(json.dumps(alone))
    texts = import_rate(str(path), RateImport("us-alone", date(2024, 1, 1), date(2025, 1, 1), date(2026, 11, 28)))
    [prices] = [text for name, text in texts.items() if "catalogue_price" in name]
    assert [line for line in prices.splitlines() if line.startswith("- ")] == [
        '- {"code": "catalogue_energy", "section": "catalogue", "price": "0.1"}'
    ]
    assert not any("clock" in name for name in texts)


def test_a_day_of_a_rate_may_be_written_as_a_day(tmp_path: Path) -> None:
    early = RateImport("us-invented", date(2023, 12, 1), date(2024, 12, 1), date(2026, 11, 28))
    assert "startdate is 2024-01-01" in refused(tmp_path, {**rate(), "startdate": "2024-01-01"}, early)
