"""The field types of everything that is read: requests, tariffs, issued bills.

Pydantic checks structure; these types add what it would let through: a JSON number where money is meant, floats,
exponents, full-width digits, ISO weeks as dates, unknown words without the list of known ones. All faults of an input
are reported, each with its place in it.
"""

from billcalc.fields.limits import at_most
from billcalc.fields.shown import JsonNumber
from billcalc.fields.unchanging import Unchanging
from billcalc.fields.validating import validated
from billcalc.fields.values import (
    AS_TEXT,
    CODE,
    CURRENCY,
    PLANNED,
    AboveZero,
    Area,
    AtLeastOne,
    Code,
    Count,
    Day,
    Digits,
    Exact,
    Flag,
    Id,
    Model,
    NotNegative,
    Offset,
    PartOfOne,
    Places,
    Printed,
    Text,
    fault_error,
)

__all__ = [
    "AS_TEXT",
    "CODE",
    "CURRENCY",
    "PLANNED",
    "AboveZero",
    "Area",
    "AtLeastOne",
    "Code",
    "Count",
    "Day",
    "Digits",
    "Exact",
    "Flag",
    "Id",
    "JsonNumber",
    "Model",
    "NotNegative",
    "Offset",
    "PartOfOne",
    "Places",
    "Printed",
    "Text",
    "Unchanging",
    "at_most",
    "fault_error",
    "validated",
]
