"""The types of single values, and the base of all records."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from billcalc.fields.shown import JsonNumber, quoted, shown
from billcalc.fields.unchanging import unchanging
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.decimals import NumberError, decimal_text, parse_decimal
from billcalc.kernel.reasons import Reason

__all__ = [
    "AS_TEXT",
    "CODE",
    "CURRENCY",
    "FORMS",
    "NUMBER",
    "PLANNED",
    "YEARS",
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
    "Model",
    "NotNegative",
    "Offset",
    "PartOfOne",
    "Places",
    "Printed",
    "Text",
    "fault_error",
    "key_of",
]

_COUNT_DIGITS_MAX = 9
_REGISTER_DIGITS_MAX = 12
"""No register has more digits before or after its decimal point, and none is read to more."""
_DAYS_MAX = 4096
"""How many texts of days are kept with the day that they are: bills of a month tell the same few."""
YEARS = range(1900, 2200)
"""The years that days of bills and of documents are in: days before and after them can be counted."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


PLANNED = "planned"
"""Beside a type: all that is in it shapes the plan of a bill, also its numbers."""


_KEEP_FIELDS, _KEEP_TOLD, _KEEP_EXTRA, _KEEP_PRIVATE = (
    vars(BaseModel)[name].__set__
    for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)
"""What sets all that a record holds, although it is frozen."""


class Model(BaseModel):
    """A frozen record that refuses keys it does not know; what follows from its fields may be a ``cached_property``."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    spread: ClassVar[str | None] = None
    """The mapping whose entries stand beside the other keys, and not under one of its own."""
    plain_number: ClassVar[str | None] = None
    """The field that a plain number in the record's place is read as."""

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As pydantic's; what was computed of the original's fields is not taken over, and what is new does not change.

        Raises:
            TypeError: where the record has no such field.
        """
        unknown = sorted(update.keys() - type(self).model_fields.keys()) if update else ()
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {', '.join(unknown)}")
        new = {name: unchanging(value) for name, value in update.items()} if update else None
        copied = super().model_copy(update=new, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    def __getstate__(self) -> tuple[Any, ...]:  # type: ignore[override]  # pydantic's is a mapping
        """What it is kept by: its fields, and which of them were told."""
        return self.__dict__, self.__pydantic_fields_set__

    def __setstate__(self, state: tuple[Any, ...]) -> None:  # type: ignore[override]
        """Made again without the detours of pydantic's own: a library has a hundred thousand records."""
        fields, told = state
        _KEEP_FIELDS(self, fields)
        _KEEP_TOLD(self, told)
        _KEEP_EXTRA(self, None)
        _KEEP_PRIVATE(self, None)

    @classmethod
    def made(cls, fields: dict[str, Any], told: set[str]) -> Self:
        """A record of fields that are known to be right.

        Args:
            fields: all of them, by their names.
            told: the names of those that an input told.
        """
        record = cls.__new__(cls)
        record.__setstate__((fields, told))
        return record

    @classmethod
    def known_keys(cls) -> Iterable[str]:
        """The keys an input may have here; a model that rearranges its input says what it takes."""
        return [key_of(name, field) for name, field in cls.model_fields.items()]

    def __deepcopy__(self, memo: object = None) -> Self:
        """Itself: a record never changes. Pydantic copies a field's default for each record that does not tell it."""
        return self


def key_of(name: str, field: FieldInfo) -> str:
    """The key of the input that a field is read from."""
    return field.validation_alias if isinstance(field.validation_alias, str) else name


def fault_error(code: FaultCode, **facts: str) -> PydanticCustomError:
    """The error a validator raises for a fault; the place is pydantic's to add."""
    return PydanticCustomError("fault", "{code}", {"code": code.value, **facts})


def _exact(raw: object) -> Decimal:
    if isinstance(raw, JsonNumber):
        raise fault_error(FaultCode.JSON_NUMBER, value=shown(raw))
    try:
        return parse_decimal(raw)
    except NumberError as error:
        raise fault_error(FaultCode.NOT_A_NUMBER, reason=error.why.reason, **error.why.facts) from None


def _not_negative(raw: object) -> Decimal:
    number = _exact(raw)
    if number < 0:
        raise fault_error(FaultCode.NEGATIVE, value=str(raw))
    return number


def _text(raw: object) -> object:
    if isinstance(raw, JsonNumber):  # a text as well, and the program that wrote it may have changed its digits
        raise fault_error(FaultCode.JSON_NUMBER, value=shown(raw))
    return raw


def _count(raw: object) -> int:
    number = raw if isinstance(raw, int) and not isinstance(raw, bool) else None
    if isinstance(raw, str) and re.fullmatch(r"[0-9]{1,9}", raw):
        number = int(raw)
    if number is None or not 0 <= number < 10**_COUNT_DIGITS_MAX:
        facts = {"value": quoted(raw), "most": str(_COUNT_DIGITS_MAX)}
        raise fault_error(FaultCode.WRONG_TYPE, reason=Reason.COUNT_FORM, **facts)
    return number


def _digits(raw: object) -> int:
    return _within(raw, 1)


def _places(raw: object) -> int:
    return _within(raw, 0)


def _within(raw: object, least: int) -> int:
    number = _count(raw)
    if not least <= number <= _REGISTER_DIGITS_MAX:
        raise fault_error(FaultCode.OUT_OF_RANGE, value=str(number), range=f"{least}..{_REGISTER_DIGITS_MAX}")
    return number


def _day(raw: object) -> date:
    """A day of the years that bills and their documents are of: days before and after it can be counted."""
    return _day_written(raw) if type(raw) is str else _day_of(raw)


@lru_cache(maxsize=_DAYS_MAX)
def _day_written(text: str) -> date:
    return _day_of(text)


def _day_of(raw: object) -> date:
    day = _any_day(raw)
    if day.year not in YEARS:
        raise fault_error(FaultCode.OUT_OF_RANGE, value=str(day), range=f"{YEARS[0]}-01-01..{YEARS[-1]}-12-31")
    return day


def _any_day(raw: object) -> date:
    if type(raw) is date:
        return raw
    # fromisoformat alone would also take weeks (2024-W01-1).
    if not isinstance(raw, str) or _DAY.fullmatch(raw) is None:
        raise fault_error(FaultCode.WRONG_TYPE, reason=Reason.DAY_FORM, value=quoted(raw))
    try:
        return date.fromisoformat(raw)
    except ValueError:
        year, month = int(raw[:4]), int(raw[5:7])
        reason, facts = Reason.NO_SUCH_DAY, {"day": raw, "value": quoted(raw)}
        if year > 0 and 1 <= month <= 12:
            reason, facts = Reason.NO_DAY_OF_MONTH, {**facts, "month": raw[:7], "most": str(monthrange(year, month)[1])}
        raise fault_error(FaultCode.WRONG_TYPE, reason=reason, **facts) from None


def _flag(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    raise fault_error(FaultCode.WRONG_TYPE, reason=Reason.FLAG_FORM, value=quoted(raw))


_CANONICAL = PlainSerializer(decimal_text, return_type=str, when_used="json")

_DIGITS = r"[0-9]+(\.[0-9]+)?$"


def _schema_of_text(pattern: str, longest: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "maxLength": longest})


NUMBER = "^-?" + _DIGITS
Exact = Annotated[Decimal, BeforeValidator(_exact), _CANONICAL, _schema_of_text(NUMBER, 40)]
"""An exact decimal of any sign."""
NOT_BELOW_ZERO = BeforeValidator(_not_negative)
NotNegative = Annotated[Decimal, NOT_BELOW_ZERO, _CANONICAL, _schema_of_text("^" + _DIGITS, 40)]
"""An exact decimal that is zero or more."""


def _part_of_one(number: Decimal) -> Decimal:
    if number > 1:  # 5 for 5 per cent
        raise fault_error(FaultCode.OUT_OF_RANGE, value=f"{number:f}", range="0..1")
    return number


PartOfOne = Annotated[NotNegative, AfterValidator(_part_of_one)]
"""A share of something, or the rate of a tax, from 0 to 1: whoever writes 80 means 80 per cent, and is told."""


def _above_zero(number: Decimal) -> Decimal:
    if number <= 0:
        raise fault_error(FaultCode.OUT_OF_RANGE, value=f"{number:f}", range="above_zero")
    return number


_ABOVE_ZERO = r"^(0*[1-9][0-9]*(\.[0-9]+)?|0+\.0*[1-9][0-9]*)$"
AboveZero = Annotated[Exact, AfterValidator(_above_zero), _schema_of_text(_ABOVE_ZERO, 40)]
"""An exact decimal above zero."""


def _at_least_one(number: Decimal) -> Decimal:
    if number < 1:
        raise fault_error(FaultCode.OUT_OF_RANGE, value=f"{number:f}", range="1..")
    return number


AtLeastOne = Annotated[Exact, AfterValidator(_at_least_one), _schema_of_text(r"^0*[1-9][0-9]*(\.[0-9]+)?$", 40)]
"""An exact decimal of 1 or more, such as the ratio of a transformer."""

_COUNT_FORMS = [
    {"type": "integer", "minimum": 0, "maximum": 10**_COUNT_DIGITS_MAX - 1},
    {"type": "string", "pattern": f"^[0-9]{{1,{_COUNT_DIGITS_MAX}}}$"},
]
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"anyOf": _COUNT_FORMS})]
"""A whole number of at most nine digits."""
_DIGITS_FORMS, _PLACES_FORMS = (
    [
        {"type": "integer", "minimum": least, "maximum": _REGISTER_DIGITS_MAX},
        {"type": "string", "pattern": f"^0{{0,7}}([{least}-9]|1[0-2])$"},
    ]
    for least in (1, 0)
)
Digits = Annotated[int, BeforeValidator(_digits), WithJsonSchema({"anyOf": _DIGITS_FORMS})]
"""How many digits a register has before the decimal point: 1 to 12."""
Places = Annotated[int, BeforeValidator(_places), WithJsonSchema({"anyOf": _PLACES_FORMS})]
"""How many digits a register has after the decimal point: 0 to 12."""
Day = Annotated[date, BeforeValidator(_day)]
"""A day, written ``YYYY-MM-DD``."""
AS_TEXT = BeforeValidator(_text)
"""Beside ``str``: a JSON number is no text. It stands last, so that what stands before it is in the schema."""
Text = Annotated[str, AS_TEXT]
"""Any text."""
Printed = Annotated[str, Field(min_length=1), AS_TEXT]
"""A text that is not empty."""
_OFFSET = r"^[+-](0[0-9]|1[0-4]):[0-5][0-9]$"
ID, CODE, _AREA = r"^[A-Za-z0-9_.\-]{1,40}$", r"^[a-z][a-z0-9_]{0,39}$", r"^[a-z]{2}(-[a-z0-9]+)*$"
CURRENCY = r"^[A-Z]{3}$"
FORMS = {
    ID: Reason.ID_FORM,
    CODE: Reason.CODE_FORM,
    _AREA: Reason.AREA_FORM,
    _OFFSET: Reason.OFFSET_FORM,
    CURRENCY: Reason.CURRENCY_FORM,
}
"""What a text must be, by its pattern, for those who read no patterns."""
Id = Annotated[str, Field(pattern=ID), AS_TEXT]
"""What the request calls a group, a meter, a supply point."""
Code = Annotated[str, Field(pattern=CODE), AS_TEXT]
"""What a tariff calls a component, a tag, a named quantity."""
Area = Annotated[str, Field(pattern=_AREA), AS_TEXT]
"""Where a tariff applies, such as ``cn-guangxi``."""
Offset = Annotated[str, Field(pattern=_OFFSET), AS_TEXT]
"""What a clock is ahead of UTC, such as ``+08:00``."""
Flag = Annotated[bool, BeforeValidator(_flag)]
"""true or false, and nothing that merely looks like it."""
