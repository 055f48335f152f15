"""A rate of the kind that the Utility Rate Database (URDB) has: what of it is read, and what is refused by its key."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from billcalc.fields import Count, Day, Exact, Flag, Model, NotNegative, Text, at_most, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import ZERO
from billcalc.kernel.rate_reasons import RateReason

__all__ = ["HOURS_OF_DAY", "MONTHS_OF_YEAR", "PER_DEMAND", "UrdbRate", "UrdbTier", "said_beside"]

HOURS_OF_DAY, MONTHS_OF_YEAR = 24, 12

_NAMING = frozenset(
    (
        *("label", "eiaid", "utility", "is_default", "supersedes", "source", "sourceparent", "uri", "revisions"),
        *("version", "date"),
    )
)
"""Keys that say what a rate is called and where it is from; nothing is billed by them."""
_SAID = (
    *("approved", "sector", "servicetype", "voltagecategory", "voltageminimum", "voltagemaximum", "phasewiring"),
    *("peakkwcapacitymin", "peakkwcapacitymax", "peakkwcapacityhistory"),
    *("peakkwhusagemin", "peakkwhusagemax", "peakkwhusagehistory"),
    *("description", "basicinformationcomments", "energycomments", "energyattrs", "demandcomments", "demandattrs"),
    "fixedattrs",
)
"""Keys of what no document has: who may have the rate, and words in which charges may stand. They are told."""


def said_beside(data: Any) -> Iterator[tuple[str, str]]:
    """What a rate says and no document has, by its key: for whom it is, and words in which charges may stand.

    >>> list(said_beside({"servicetype": "Delivery", "approved": True, "demandcomments": ""}))
    [('servicetype', 'Delivery')]
    """
    for key in _SAID if isinstance(data, Mapping) else ():
        told = data.get(key)
        if told is not True and told not in (None, "", [], {}):
            yield key, " ".join((told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)).split())


def _day(told: Any) -> Any:
    """The day of a moment: seconds from 1970 on, which midnights of American clocks are hours after that of UTC."""
    if isinstance(told, str) and re.fullmatch(r"-?[0-9]{1,11}", told):
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(told), hours=_HALF_DAY)).date()
    return told


_HALF_DAY = 12
Moment = Annotated[Day, BeforeValidator(_day)]


class UrdbTier(Model):
    """A price and up to which quantity of the month it goes.

    Attributes:
        rate, adj: the price is their sum [$/unit].
        max: the end of the tier; None of the last.
        unit: of the energy that is counted; kWh unless told.
        sell: what is paid for energy that is fed back.
    """

    rate: Exact = ZERO
    adj: Exact = ZERO
    max: NotNegative | None = None
    unit: Text | None = None
    sell: Exact = ZERO


def _energy_tiers(tiers: tuple[UrdbTier, ...]) -> tuple[UrdbTier, ...]:
    """Tiers of energy, all in kWh or all in kWh for each kilowatt of demand."""
    units = {each.unit or _KWH for each in tiers}
    for unit in sorted(units):
        if unit not in _ENERGY_UNITS or len(units) > 1:
            facts = {"key": "unit", "value": ", ".join(sorted(units)), "known": ", ".join(_ENERGY_UNITS)}
            raise fault_error(FaultCode.NOT_EXPRESSED, reason=RateReason.RATE_UNIT, **facts)
    return _rising(tiers)


def _rising(tiers: tuple[UrdbTier, ...]) -> tuple[UrdbTier, ...]:
    """Tiers of which each but the last has an end above that of the one before."""
    ends = [each.max for each in tiers[:-1]]
    told = [ZERO, *(end for end in ends if end is not None)]
    if tiers[-1].max is not None or None in ends or sorted(set(told)) != told:
        raise fault_error(FaultCode.NOT_EXPRESSED, reason=RateReason.RATE_TIER_ENDS)
    if any(each.sell for each in tiers):
        raise fault_error(FaultCode.NOT_EXPRESSED, reason=RateReason.RATE_SELL)
    return tiers


_KWH = "kWh"
PER_DEMAND = "kWh/kW"
"""The unit of tiers by hours' use of demand."""
_ENERGY_UNITS = (_KWH, PER_DEMAND)
_Tiers = Annotated[tuple[UrdbTier, ...], Field(min_length=1), at_most("words")]
Structure = Annotated[tuple[Annotated[_Tiers, AfterValidator(_rising)], ...], at_most("words")]
EnergyStructure = Annotated[tuple[Annotated[_Tiers, AfterValidator(_energy_tiers)], ...], at_most("words")]
Hours = Annotated[tuple[Count, ...], Field(min_length=HOURS_OF_DAY, max_length=HOURS_OF_DAY)]
Schedule = Annotated[tuple[Hours, ...], Field(min_length=MONTHS_OF_YEAR, max_length=MONTHS_OF_YEAR)]
Months = Annotated[tuple[Count, ...], Field(min_length=MONTHS_OF_YEAR, max_length=MONTHS_OF_YEAR)]


class UrdbRate(Model):
    """What is billed by a rate.

    Attributes:
        startdate, enddate: its first and its last day.
        demandunits: of its demands, where no price tells its own.
        energyratestructure, demandratestructure, flatdemandstructure: by period its price, by tier.
        energyweekdayschedule, energyweekendschedule, demandweekdayschedule, demandweekendschedule: the period of each
            hour of a day, by month.
        flatdemandmonths: the period of each month.
        lookbackpercent, lookbackrange: the share of the greatest demand of so many months before that is billed.
    """

    name: Text
    country: Text = "USA"
    startdate: Moment | None = None
    enddate: Moment | None = None
    demandunits: Text = "kW"
    energyratestructure: EnergyStructure
    energyweekdayschedule: Schedule
    energyweekendschedule: Schedule
    demandratestructure: Structure = ()
    demandweekdayschedule: Schedule | None = None
    demandweekendschedule: Schedule | None = None
    demandrateunit: Text = "kW"
    flatdemandstructure: Structure = ()
    flatdemandmonths: Months = (0,) * MONTHS_OF_YEAR
    flatdemandunit: Text = "kW"
    fixedchargefirstmeter: Exact = ZERO
    fixedchargeunits: Text = "$/month"
    mincharge: NotNegative = ZERO
    minchargeunits: Text = "$/month"
    lookback_percent: NotNegative = Field(ZERO, alias="lookbackPercent")
    lookback_range: Count = Field(0, alias="lookbackRange")
    lookback_months: Annotated[tuple[Flag, ...], at_most("words")] = Field((), alias="lookbackMonths")

    @model_validator(mode="before")
    @classmethod
    def _is_told_apart(cls, raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        return {key: value for key, value in raw.items() if key not in (*_NAMING, *_SAID)}

    @model_validator(mode="after")
    def _can_be_expressed(self) -> "UrdbRate":
        units = {
            "country": (self.country, ("USA",)),
            "demandunits": (self.demandunits, ("kW",)),
            "demandrateunit": (self.demandrateunit, ("kW",)),
            "flatdemandunit": (self.flatdemandunit, ("kW",)),
            "fixedchargeunits": (self.fixedchargeunits, ("$/month", "$/day")),
            "minchargeunits": (self.minchargeunits, ("$/month",)),
        }
        for key, (unit, known) in units.items():
            if unit not in known:
                facts = {"key": key, "value": unit, "known": ", ".join(known)}
                raise fault_error(FaultCode.NOT_EXPRESSED, reason=RateReason.RATE_UNIT, **facts)
        if (self.demandratestructure != ()) != (self.demandweekdayschedule is not None):
            raise fault_error(FaultCode.NOT_EXPRESSED, reason=RateReason.RATE_SCHEDULE, key="demandweekdayschedule")
        if (self.demandweekdayschedule is None) != (self.demandweekendschedule is None):
            raise fault_error(FaultCode.NOT_EXPRESSED, reason=RateReason.RATE_SCHEDULE, key="demandweekendschedule")
        for key, structure, told in self._periods():
            if told and max(told) >= len(structure):
                facts = {"key": key, "number": str(max(told))}
                raise fault_error(FaultCode.NOT_EXPRESSED, reason=RateReason.RATE_PERIOD, **facts)
        if self.lookback_percent and (self.demandratestructure or not all(self.lookback_months)):
            raise fault_error(FaultCode.NOT_EXPRESSED, reason=RateReason.RATE_LOOKBACK)
        return self

    def _periods(self) -> tuple[tuple[str, Structure, tuple[int, ...]], ...]:
        """By key what structure the periods are of, and the periods."""
        schedules = (
            ("energyweekdayschedule", self.energyratestructure, self.energyweekdayschedule),
            ("energyweekendschedule", self.energyratestructure, self.energyweekendschedule),
            ("demandweekdayschedule", self.demandratestructure, self.demandweekdayschedule or ()),
            ("demandweekendschedule", self.demandratestructure, self.demandweekendschedule or ()),
        )
        found = [
            (key, structure, tuple(each for hours in told for each in hours)) for key, structure, told in schedules
        ]
        flat = self.flatdemandmonths if self.flatdemandstructure else ()
        return (*found, ("flatdemandmonths", self.flatdemandstructure, flat))
