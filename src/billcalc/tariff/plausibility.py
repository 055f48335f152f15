"""Limits of what is plausible: no rule of any bill, and data all the same, with their dates and what they rest on."""

from typing import Literal

from pydantic import Field

from billcalc.fields import Code, Exact, Model, NotNegative, Text
from billcalc.tariff.headers import Header
from billcalc.vocabulary import Kind

__all__ = ["DemandLimits", "Plausibility", "PriceChange", "PriceRange"]


class DemandLimits(Model):
    """What a maximum demand can hardly be, beside the transformers and the energy of its days.

    Attributes:
        per_capacity: the most that transformers are overloaded in a demand's minutes [kW/kVA].
        minutes: the shortest window of a maximum demand [min].
        mean_tolerance: by how much of itself a demand may be below the mean power, for what readings are apart [1].
        register_step: the last digit that demand and energy registers are read to [1].
    """

    per_capacity: NotNegative
    minutes: NotNegative
    mean_tolerance: NotNegative
    register_step: NotNegative


class PriceRange(Model):
    """What the prices of a quantity lie within.

    Attributes:
        of: a section for prices of energy, else the quantity: ``capacity_kva``, ``demand_kw``.
        unit: of the prices.
        least, most: both within [unit].
    """

    of: Code
    unit: Text
    least: Exact
    most: Exact


class PriceChange(Model):
    """By how much a price hardly changes from one document to the next: by less than the share, or less than the rest.

    Attributes:
        share: of the price before [1].
        energy: of a price of energy [money/kWh].
        capacity: of a price of capacity or demand [money/kVA or kW].
    """

    share: NotNegative
    energy: NotNegative
    capacity: NotNegative


class Plausibility(Header):
    """Limits of what is plausible.

    Attributes:
        demand: of a maximum demand; None where there are none.
        prices: of prices, by what they price.
        changes: of prices, from one document to the next; None where there are none.
    """

    kind: Literal[Kind.PLAUSIBILITY]
    demand: DemandLimits | None = None
    prices: tuple[PriceRange, ...] = Field(default=())
    changes: PriceChange | None = None
