"""Cases of the tests: the months of a customer with bands, at prices of Guangxi, and what was wrong with them."""

from functools import cache
from typing import Any

from billcalc.corrections.case import Case
from billcalc.corrections.rebill import Correction, Earlier, rebill
from billcalc.fields import validated
from billcalc.kernel.troubles import Refusal
from billcalc.library.catalog import load_catalog
from billcalc.runs.corrections import correction_rules
from billcalc.tariff.catalog import Catalog
from tests.documents import ROOT

__all__ = ["case_of", "catalog", "month", "rebilled"]

_BANDS = ("peak", "flat", "valley")


@cache
def catalog() -> Catalog:
    return load_catalog(ROOT / "tariffs", areas=["cn"])


def month(number: int = 1, shown: tuple[str, str, str] = ("100", "60", "40"), **more: Any) -> dict[str, Any]:
    """A month of 2023 at three bands, of which the registers show so many more at its end, at 1.2, 0.8 and 0.4."""
    start, end = f"2023-{number:02d}-01", f"2023-{number + 1:02d}-01"
    zero = dict.fromkeys(_BANDS, "0")
    return {
        "area": "cn",
        "cycle": {"from": start, "to": end},
        "period": {"from": start, "to": end},
        "agreement": [
            {
                "from": "2020-01-01",
                "groups": {
                    "main": {
                        "class": "general_commercial",
                        "billing": "one_part",
                        "voltage": "10kV",
                        "time_of_use": True,
                        "purchase": "catalogue",
                    }
                },
                "supply_points": {
                    "S1": {
                        "power_factor_standard": "none",
                        "transformers": [{"id": "T1", "kva": "80", "state": "in_service"}],
                    }
                },
                "basic": {"mode": "exempt"},
            }
        ],
        "metering_points": [
            {
                "id": "M1",
                "group": "main",
                "supply_point": "S1",
                "side": "high",
                "config": [{"from": "2020-01-01", "meter": "A", "multiplier": "10", "digits": 6}],
                "readings": [
                    {"at": start, "kind": "opening", **zero},
                    {"at": end, "kind": "closing", **dict(zip(_BANDS, shown, strict=True))},
                ],
            }
        ],
        "price_sheet": {
            "title": "prices of the test",
            "not_charged": ["levies"],
            "components": [
                {
                    "code": "catalogue_energy",
                    "section": "catalogue",
                    "price": {"bands": {"peak": "1.2", "flat": "0.8", "valley": "0.4"}},
                }
            ],
        },
        **more,
    }


def case_of(*months: Any, **told: Any) -> Case:
    """A case of months of 2023, by default one."""
    billed = [each if "billed" in each else {"billed": each} for each in months or (month(),)]
    return validated(Case, {"case": "K1", "months": billed, **told})


def rebilled(case: Case, *earlier: Earlier) -> Correction:
    """The correction of a case."""
    found = rebill(case, catalog(), correction_rules(), earlier=earlier)
    assert not isinstance(found, Refusal), str(found)
    return found
