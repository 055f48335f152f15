"""Prices of a case of claims that are hardly meant."""

from typing import Any

import pytest

from billcalc.claims.case import ClaimCase
from billcalc.claims.claimed import claimed
from billcalc.claims.doubts import doubts_of_case
from billcalc.claims.statement import claims_statement
from billcalc.fields import validated
from billcalc.kernel.troubles import Severity
from billcalc.runs.claims import claim_rules
from billcalc.tariff.catalog import Catalog
from billcalc.words.lexicon import CHINESE
from tests.billing.cases import document

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
