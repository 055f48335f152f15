"""Prices, days and powers of a case of claims that are hardly meant."""

from typing import Any

import pytest

from billcalc.claims.case import ClaimCase
from billcalc.claims.claimed import claimed
from billcalc.claims.doubts import doubts_of_case
from billcalc.claims.statement import claims_statement
from billcalc.fields import validated
from billcalc.files.documents import read_document
from billcalc.kernel.troubles import Severity
from billcalc.library.catalog import load_catalog
from billcalc.runs.claims import claim_rules
from billcalc.tariff.catalog import Catalog
from billcalc.words.lexicon import CHINESE, ENGLISH
from billcalc.words.saying import sentence
from tests.billing.cases import document
from tests.documents import ROOT

LIMITS = Catalog(
    [
        document(
            "plausibility",
            "2000-01-01",
            {"prices": [{"of": "energy", "unit": "CNY/kWh", "least": "-0.5", "most": "2"},
                        {"of": "capacity_kva", "unit": "CNY/kVA", "least": "5", "most": "60"}]},
        ).model_copy(update={"area": "cn", "id": "cn/plausibility/2000"})
    ]
)  # fmt: skip
THEFT = {"kwh": "10", "price": "0.5", "multiple": "3"}
BREACH = {
    "act": "over_capacity", "billing": "two_part", "capacity": "315", "price": "20", "months": "1", "days": "7",
    "multiple": "3",
}  # fmt: skip
SUPPLY = {
    "loads": [{"power": "10", "use": "1", "hours": "10"}],
    "days": "30",
    "prices": [{"label": "a", "price": "0.5"}],
}


def case_of(**told: Any) -> ClaimCase:
    return validated(ClaimCase, {"case": "1", "found": "2025-09-30", **told})


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"thefts": [THEFT, {**THEFT, "price": "50"}]}, "/thefts/1/price"),
        ({"breaches": [{**BREACH, "price": "2000"}]}, "/breaches/0/price"),
        ({"unmetered": [{**SUPPLY, "prices": [{"label": "a", "price": "57.035"}]}]}, "/unmetered/0/prices/0/price"),
    ],
)
def test_a_price_in_another_unit_is_a_doubt_on_the_statement(told: dict[str, Any], where: str) -> None:
    case = case_of(**told)
    [doubt] = doubts_of_case(case, LIMITS)
    assert (doubt.code.value, doubt.severity, doubt.where) == ("own_price_implausible", Severity.DOUBT, where)
    last = claims_statement(claimed(case, claim_rules()), [doubt], lexicon=CHINESE)[-1]
    assert "请核对其单位" in str(last.rows[0])


def test_prices_that_are_meant_and_a_case_without_limits_are_none() -> None:
    meter = {"act": "meter", "customer": "other", "times": "1"}
    case = case_of(thefts=[THEFT], breaches=[BREACH, meter], unmetered=[SUPPLY])
    assert doubts_of_case(case, LIMITS) == ()
    assert len(claims_statement(claimed(case, claim_rules()), lexicon=CHINESE)) == 3
    wrong = case_of(thefts=[{**THEFT, "price": "50"}])
    assert doubts_of_case(wrong, Catalog([])) == ()
    debt = {"owed": "900", "due": "2008-12-21", "paid": "2009-01-15", "customer": "other"}
    assert doubts_of_case(validated(ClaimCase, {"case": "1", "debts": [debt]}), LIMITS) == ()
    [energy] = [each for each in LIMITS.documents if each.kind.value == "plausibility"]
    without = Catalog([energy.model_copy(update={"prices": ()})])
    assert doubts_of_case(wrong, without) == ()


SHIPPED = load_catalog(ROOT / "tariffs", areas=["cn"])
DEBT = {"owed": "900", "due": "2025-01-20", "paid": "2025-02-20", "customer": "other"}
POWER = {"power": "5", "use": "power", "price": "0.5", "multiple": "3"}
IN_ONE_PART = {"act": "over_capacity", "billing": "one_part", "capacity": "50"}
SEALED = {"act": "sealed", "billing": "one_part", "capacity": "50", "times": "1"}


@pytest.mark.parametrize(
    ("told", "where", "value", "unit"),
    [
        # the due day ten years off: 2015-01-20 to 2025-02-20 is 10 years, 3 leap days and 31 days
        ({"debts": [{**DEBT, "due": "2015-01-20"}]}, "/debts/0/due", "3684", "天"),
        ({"thefts": [{**THEFT, "kwh": "10800000"}]}, "/thefts/0/kwh", "10800000", "千瓦时"),
        # 5,000 W of a motor and 600 W of lamps, typed as kW
        ({"thefts": [{**POWER, "power": "5000"}]}, "/thefts/0/power", "5000", "千瓦"),
        ({"thefts": [{**POWER, "use": "lighting", "power": "600"}]}, "/thefts/0/power", "600", "千瓦"),
        ({"thefts": [{**POWER, "use": None, "hours": "8", "power": "5000"}]}, "/thefts/0/power", "5000", "千瓦"),
        ({"thefts": [{**POWER, "days": "1800"}]}, "/thefts/0/days", "1800", "天"),
        ({"unmetered": [{**SUPPLY, "days": "3000"}]}, "/unmetered/0/days", "3000", "天"),
        (
            {"unmetered": [{**SUPPLY, "loads": [{"power": "7500", "use": "1", "hours": "10"}]}]},
            "/unmetered/0/loads/0/power", "7500", "千瓦",
        ),
        ({"breaches": [{**BREACH, "capacity": "315000"}]}, "/breaches/0/capacity", "315000", "千伏安"),
        ({"breaches": [{**BREACH, "months": "120"}]}, "/breaches/0/months", "120", "个月"),
        ({"breaches": [{**BREACH, "days": "2000"}]}, "/breaches/0/days", "2000", "天"),
        ({"breaches": [{**BREACH, "months": "0", "days": "2000"}]}, "/breaches/0/days", "2000", "天"),
        ({"breaches": [{**IN_ONE_PART, "capacity": "50000"}]}, "/breaches/0/capacity", "50000", "千瓦"),
        ({"breaches": [{**SEALED, "times": "100"}]}, "/breaches/0/times", "100", "次"),
        ({"breaches": [{"act": "own_source", "capacity": "60000"}]}, "/breaches/0/capacity", "60000", "千瓦"),
        ({"breaches": [{"act": "meter", "customer": "other", "times": "100"}]}, "/breaches/0/times", "100", "次"),
    ],
)  # fmt: skip
def test_days_powers_and_times_that_are_hardly_meant_are_doubts(
    told: dict[str, Any], where: str, value: str, unit: str
) -> None:
    case = validated(ClaimCase, {"case": "1", **({} if "debts" in told else {"found": "2025-09-30"}), **told})
    [doubt] = doubts_of_case(case, SHIPPED)
    assert (doubt.code.value, doubt.severity, doubt.where) == ("claim_implausible", Severity.DOUBT, where)
    assert doubt.facts["value"] == value
    assert f"{value} {unit}" in sentence(CHINESE, doubt.code, doubt.facts)
    assert value in sentence(ENGLISH, doubt.code, doubt.facts)


def test_the_published_cases_and_those_on_the_limits_are_meant() -> None:
    paths = sorted((ROOT / "fixtures").glob("*/*/claim.yaml"))
    assert len(paths) >= 5
    for path in paths:
        published = validated(ClaimCase, read_document(str(path)).data)
        assert doubts_of_case(published, SHIPPED) == (), path
    on_the_limits: list[dict[str, Any]] = [
        {"debts": [{**DEBT, "due": "2022-02-20"}]},  # three years, one of them a leap year: 1096 days
        {
            "found": "2025-09-30",
            "thefts": [{**POWER, "days": "1096"}],
            "breaches": [{**IN_ONE_PART, "capacity": "1000"}],
        },
    ]
    for told in on_the_limits:
        assert doubts_of_case(validated(ClaimCase, {"case": "1", **told}), SHIPPED) == ()
