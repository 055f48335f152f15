"""Limits of what is plausible: no rule of any bill, and data all the same, with their dates and what they rest on."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from billcalc.fields import AboveZero, Code, Count, Exact, Model, NotNegative, Text
from billcalc.tariff.headers import Header
from billcalc.vocabulary import Kind

__all__ = [
    "OF_ANY_AREA",
    "Bounds",
    "ClaimRange",
    "CorrectionLimits",
    "DemandLimits",
    "HouseholdLimits",
    "IntervalLimits",
    "LossLimits",
    "Plausibility",
    "PriceChange",
    "PriceRange",
    "RatedSizes",
    "Ratings",
]


OF_ANY_AREA = "cn"
"""Whose limits of what is plausible hold in areas that have none, for what is not of their money."""


class DemandLimits(Model):
    """What a maximum demand can hardly be, beside the transformers and the energy of its days.

    Attributes:
        per_capacity: the most that transformers are overloaded in a demand's minutes [kW/kVA].
        minutes: the shortest window of a maximum demand [min].
        mean_tolerance: by how much of itself a demand may be below the mean power, for what readings are apart [1].
        register_step: the last digit that demand and energy registers are read to [1].
        least_use: of what transformers bear in some days, the least that those who use any energy use [1]; or None.
    """

    per_capacity: NotNegative
    minutes: NotNegative
    mean_tolerance: NotNegative
    register_step: NotNegative
    least_use: NotNegative | None = None


class IntervalLimits(Model):
    """By what an interval hardly stands above all others.

    Attributes:
        times: so many times the next largest [1].
        among: of the largest so many may stand above the others together, as the parts of one hour do.
        least: a power that is not looked at below [kW].
    """

    times: AboveZero
    among: Count
    least: NotNegative


class LossLimits(Model):
    """The most that numbers of losses are.

    Attributes:
        no_load, full_load: of a transformer's capacity [kW/kVA].
        no_load_current, short_circuit: of a transformer [%].
        load_shape: K [1].
        share: of an energy or a demand [1].
        reactive_copper: for each kWh of the active loss [kvarh/kWh].
    """

    no_load: AboveZero
    full_load: AboveZero
    no_load_current: AboveZero
    short_circuit: AboveZero
    load_shape: AboveZero
    share: AboveZero
    reactive_copper: AboveZero


class HouseholdLimits(Model):
    """The most that numbers of households are.

    Attributes:
        kwh_per_day: what one uses in the mean of some days [kWh/day].
        times: so many times the mean of the billed days is that of earlier ones [1].
        least: a mean of earlier days that is not held against that of the billed ones [kWh/day].
        free_kwh: an allowance [kWh per month].
        larger_kwh: by how much many persons raise a limit [kWh per month].
    """

    kwh_per_day: AboveZero
    times: AboveZero
    least: NotNegative
    free_kwh: AboveZero
    larger_kwh: AboveZero


class PriceRange(Model):
    """What the prices of a quantity lie within.

    Attributes:
        of: a section for prices of energy, else the quantity: ``capacity_kva``, ``demand_kw``, ``months``; of a minimum
            ``minimum_months``; ``tier_addition`` and ``free_kwh`` of what is taken beside the price of all energy;
            ``given_energy`` of what lines of a request cost that stand for the energy of a month; or the code of a
            component, which goes before these.
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


class ClaimRange(Model):
    """What a number of a case of claims lies within (docs/claims.md).

    Attributes:
        of: what the number is.
        unit: of the number.
        least, most: both within [unit].
    """

    of: Literal[
        "days_late", "months_of_use", "days_beside_months", "days_of_use", "times",
        "stolen_energy", "power_stolen", "lighting_stolen", "power_unmetered",
        "capacity_in_two_parts", "capacity_in_one_part", "own_source",
    ]  # fmt: skip
    unit: Text
    least: NotNegative
    most: NotNegative


class Bounds(Model):
    """What a number lies within."""

    least: NotNegative
    most: NotNegative


class CorrectionLimits(Model):
    """What a case of corrections hardly goes beyond (docs/rebill.md).

    Attributes:
        error: of a meter, above or below zero [1].
        factor: what corrects the energy of a wrong connection or of mixed ratios [1].
    """

    error: AboveZero
    factor: Bounds


class RatedSizes(Model):
    """The sizes that something is made in: some numbers of each decade.

    Attributes:
        source: the standard that has them.
        decade: those from 1 to below 10.
        least, most: the smallest and the largest in use [kVA or A].
    """

    source: Text
    decade: tuple[AboveZero, ...] = Field(min_length=1)
    least: AboveZero
    most: AboveZero

    def all(self) -> Iterator[Decimal]:
        """The sizes in use.

        >>> sizes = RatedSizes(source="-", decade=("1", "2.5"), least="2.5", most="100")
        >>> [f"{each:f}" for each in sizes.all()]
        ['2.5', '10', '25', '100']
        """
        for power in range(self.least.adjusted(), self.most.adjusted() + 1):
            sizes = (each.scaleb(power) for each in self.decade)
            yield from (each for each in sizes if self.least <= each <= self.most)


class Ratings(Model):
    """What equipment is made in, from which it is told what may stand for another by mistake.

    Attributes:
        transformers: their capacities [kVA].
        currents: the rated primary currents of current transformers [A].
    """

    transformers: RatedSizes
    currents: RatedSizes


class Plausibility(Header):
    """Limits of what is plausible.

    Attributes:
        demand: of a maximum demand; None where there are none.
        intervals: of the largest intervals; None where there are none.
        losses: of numbers of losses; None where there are none.
        households: of numbers of households; None where there are none.
        given_share: from which share of what is computed of a section a given line is rather instead of it [1].
        cosphi_least: a power factor that hardly any customer is below [1]; None where there is none.
        prices: of prices, by what they price.
        changes: of prices, from one document to the next; None where there are none.
        demand_to_capacity: the price of a kW of demand in prices of a kVA of capacity; None where there is none [1].
        ratio_most: of a ratio of time of use [1]; None where there is none.
        ratings: the sizes of equipment; None where they are not told.
        corrections: of errors of meters and of factors; None where there are none.
        claims: of days, powers and counts of cases of claims, by what they are.
    """

    kind: Literal[Kind.PLAUSIBILITY]
    demand: DemandLimits | None = None
    intervals: IntervalLimits | None = None
    losses: LossLimits | None = None
    households: HouseholdLimits | None = None
    given_share: AboveZero | None = None
    cosphi_least: AboveZero | None = None
    prices: tuple[PriceRange, ...] = Field(default=())
    changes: PriceChange | None = None
    demand_to_capacity: Bounds | None = None
    ratio_most: AboveZero | None = None
    ratings: Ratings | None = None
    corrections: CorrectionLimits | None = None
    claims: tuple[ClaimRange, ...] = Field(default=())

    def without_money(self) -> "Plausibility":
        """What it says of meters, energies and demands: prices are of an area and its money."""
        none = {"prices": (), "changes": None, "demand_to_capacity": None, "claims": ()}
        return self.model_copy(update=none)

    def completed(self, general: "Plausibility") -> "Plausibility":
        """With what limits that hold everywhere tell of meters, energies and demands, and these do not."""
        stated = type(self).model_fields.keys() - Header.model_fields.keys()
        none = [name for name in stated if getattr(self, name) is None]
        return self.model_copy(update={name: getattr(general, name) for name in none})
