"""The one money of the columns of a table."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from billcalc.bulk.output import BILLS, Wanted
from billcalc.bulk.paths import keys_in_ours
from billcalc.kernel.units import CNY
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import area_named

__all__ = ["money_of_rows"]


def money_of_rows(template: Mapping[str, Any], catalog: Catalog, output: Wanted) -> str:
    """The currency of a table of bills: that of the area that all its rows have in common; else CNY.

    What is summed and stored in a column is of one money, and a column of amounts does not say which.

    Args:
        template: what all rows have in common, by the keys of a request.
        catalog: the tariffs.
        output: what is wanted of the rows; what is compared and checked is in CNY.
    """
    if output not in BILLS:
        return CNY
    told = keys_in_ours(template)
    own = told.get("own_area")
    if isinstance(own, Mapping):
        return str(own.get("currency", CNY))
    area = told.get("area")
    return catalog.currency(area_named(area), date.max) if isinstance(area, str) else CNY
