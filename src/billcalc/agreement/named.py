"""The area and the supply voltage of a customer, by any of their names."""

from typing import Annotated

from pydantic import BeforeValidator

from billcalc.fields import Area, fault_error
from billcalc.kernel.closed_lists import known_words
from billcalc.kernel.codes import FaultCode
from billcalc.vocabulary import Voltage, area_named, nearest_areas, voltages_named

__all__ = ["NamedArea", "SupplyVoltage"]


def _area(raw: object) -> object:
    if not isinstance(raw, str):
        return raw
    area = area_named(raw)
    if not area.isascii():
        raise fault_error(FaultCode.UNKNOWN_AREA, area=area, nearest=nearest_areas(area))
    return area


def _one_voltage(raw: object) -> object:
    voltages = voltages_named(raw) if isinstance(raw, str) else ()
    if len(voltages) != 1:  # of a range, the customer has one
        raise fault_error(
            FaultCode.UNKNOWN_WORD, value=str(raw), known=known_words(str(raw), voltages or tuple(Voltage))
        )
    return voltages[0]


NamedArea = Annotated[Area, BeforeValidator(_area)]
"""An area by its code or another of its names in ``vocabulary.AREAS``; it is read as its code."""

SupplyVoltage = Annotated[Voltage, BeforeValidator(_one_voltage)]
"""One voltage, under any of its aliases; a range is a row of a price table, not a supply."""
