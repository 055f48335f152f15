"""Pairs of requests that differ in one key of a household, of its tiers, or of a cycle of several months."""

from typing import Any

from tests.billing.cases import Data, changed, request
from tests.billing.pairs import ABSENT
from tests.billing.tiers.homes import BANDED, MONTHLY, TIERS, YEARLY, area, before, home

SUMMER: Data = {
    "months": "1",
    "limits": [
        {"within": ["5", "6", "7", "8", "9", "10"], "up_to": ["260", "600"]},
        {"within": ["1", "2", "3", "4", "11", "12"], "up_to": ["200", "400"]},
    ],
}
FREE: Data = {"code": "free_energy", "section": "catalogue", "quantity": "free_kwh", "price": "-0.5"}
YEAR, MONTH = area(YEARLY), area(MONTHLY, components=[*TIERS, FREE])
HOME = "households.main"
ROWS = [before("2024-01-01", "2024-03-01", "2800", "2400", "400", "0")]
LARGER = {"from": "2024-02-01", "to": "2024-12-01", "kwh_per_month": "100"}
USED = home("100", "2024-03-01", "2024-04-01", household={"before": ROWS})
GRANTED = home("100", "2024-03-01", "2024-04-01", household={"before": ROWS, "larger": [LARGER]})
OPENED = home("2000", "2024-06-01", "2024-07-01", household={"opened": "2024-06-01"})
CLOSED = home("100", "2024-03-01", "2024-04-01", household={"before": ROWS, "closed": "2024-04-01"})
OWN = home(
    "500",
    price_sheet={
        "title": "own",
        "not_charged": ["levies"],
        "components": [{key: value for key, value in each.items() if key != "for"} for each in TIERS],
        "tiers": [MONTHLY],
    },
)
TABLE = "price_sheet.tiers.0"
MANY = changed(OWN, {"households": {"main": {"larger": [{"from": "2024-01-01"}]}}})
BY_BANDS = area(MONTHLY, components=BANDED)
SPLIT = home({"peak": "202", "valley": "302"})
ODD = area({"months": "12", "limits": [{"up_to": ["3000", "4700"]}]})

PAIRS: dict[str, tuple[Any, ...]] = {
    "Cycle.from": (request(), "cycle.from", "2024-07-01", "2024-06-30"),
    "Cycle.to": (request(), "cycle.to", "2024-08-01", "2024-07-31"),
    "Cycle.as_one": (home("500", "2024-03-01", "2024-05-01"), "cycle.as_one", True, False, MONTH),
    "Request.households": (home("100"), "households", {}, {"main": {"free_kwh": "15"}}, MONTH),
    "Household.opened": (OPENED, f"{HOME}.opened", "2024-06-01", "2024-05-31", YEAR),
    "Household.closed": (CLOSED, f"{HOME}.closed", "2024-04-01", ABSENT, YEAR),
    "Household.before": (USED, f"{HOME}.before", ROWS, ABSENT, YEAR),
    "Household.larger": (GRANTED, f"{HOME}.larger", [LARGER], ABSENT, YEAR),
    "Household.free_kwh": (home("100", household={"free_kwh": "15"}), f"{HOME}.free_kwh", "15", "10", MONTH),
    "UsedBefore.from": (USED, f"{HOME}.before.0.from", "2024-01-01", "2024-01-02", YEAR),
    "UsedBefore.to": (USED, f"{HOME}.before.0.to", "2024-03-01", "2024-02-29", YEAR),
    "UsedBefore.kwh": (USED, f"{HOME}.before.0.kwh", "2800", "2300", YEAR),
    "UsedBefore.by_tier": (GRANTED, f"{HOME}.before.0.by_tier", ROWS[0]["by_tier"], ["2300", "500", "0"], YEAR),
    "LargerHousehold.from": (GRANTED, f"{HOME}.larger.0.from", "2024-02-01", "2024-03-01", YEAR),
    "LargerHousehold.to": (GRANTED, f"{HOME}.larger.0.to", "2024-12-01", "2024-05-01", YEAR),
    "LargerHousehold.kwh_per_month": (GRANTED, f"{HOME}.larger.0.kwh_per_month", "100", "10", YEAR),
    "RequestSheet.tiers": (OWN, "price_sheet.tiers", [MONTHLY], [SUMMER, MONTHLY]),
    "TierTable.for": (OWN, f"{TABLE}.for", {"class": "residential"}, {"class": "agricultural"}),
    "TierTable.months": (OWN, f"{TABLE}.months", "1", "2"),
    "TierTable.limits": (OWN, f"{TABLE}.limits", MONTHLY["limits"], SUMMER["limits"][:1]),
    "TierTable.also_by_month": (
        changed(OWN, {TABLE: YEARLY, "conventions": {"tiers": {"months": "month"}}}), f"{TABLE}.also_by_month", True, False
    ),
    "TierConventions.months": (
        home("500"), "conventions.tiers.months", "as_stated", "month", area({**YEARLY, "also_by_month": True}),
    ),
    "TierTable.above_unknown": (OWN, f"{TABLE}.above_unknown", True, False),
    "TierTable.per": (changed(OWN, {"facts": {"S1": {"demand_kw": "2"}}}), f"{TABLE}.per", None, "demand_kw"),
    "TierTable.larger_household": (MANY, f"{TABLE}.larger_household", "100", "50"),
    "TierLimits.within": (OWN, f"{TABLE}.limits.0.within", [], ["1"]),
    "TierLimits.up_to": (OWN, f"{TABLE}.limits.0.up_to", ["200", "400"], ["200", "300"]),
    "Conventions.tiers": (GRANTED, "conventions.tiers", {"before": "settled"}, {"before": "onwards"}, YEAR),
    "TierConventions.part_year": (
        OPENED, "conventions.tiers.part_year", "whole_months", "whole_period", YEAR,
    ),
    "TierConventions.limit_round": (
        home("3000", "2024-06-01", "2024-07-01", household={"opened": "2024-06-01"}),
        "conventions.tiers.limit_round", "1", "0.01", ODD,
    ),
    "TierConventions.before": (GRANTED, "conventions.tiers.before", "settled", "onwards", YEAR),
    "TierConventions.bands": (SPLIT, "conventions.tiers.bands", "shares", "dearest_first", BY_BANDS),
}  # fmt: skip
"""By record and key: a request, the place of the key in it, two of its values, and the tariffs."""
