"""Conventions that are rules of their own: amounts that are rounded together, and sharp hours as a surcharge apart."""

from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from billcalc.fields import CODE, Model, Text, at_most, fault_error
from billcalc.fields.limits import LIMITS
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.tariff.component_codes import ComponentCode
from billcalc.tariff.components import Selector
from billcalc.tariff.roundings import RoundingStep
from billcalc.vocabulary import Grain, Section

__all__ = ["JointAmount", "SharpSurcharge", "names"]


def _one_or_many(raw: object) -> object:
    return [raw] if isinstance(raw, str) else raw


_NAME = {"type": "string", "pattern": CODE}
LineNames = Annotated[
    tuple[ComponentCode, ...],
    Field(min_length=1),
    at_most("names"),
    BeforeValidator(_one_or_many),
    WithJsonSchema({"anyOf": [_NAME, {"type": "array", "items": _NAME, "minItems": 1, "maxItems": LIMITS["names"]}]}),
]
"""Lines by their codes, or all lines of a section by its name; one or a list."""


def names(told: tuple[str, ...], code: str, section: Section) -> bool:
    """Whether a list of names has a line: by its code, or by its section."""
    return code in told or section.value in told


class _Together(Model):
    """Lines whose amounts hang together.

    Attributes:
        selector: the customers it is for.
        lines: which lines, by code or section.
        rest: the one of them that takes what the others leave, by any of its names.
    """

    selector: Selector = Field(default=Selector(), alias="for")
    lines: LineNames
    rest: LineNames

    def has(self, code: str, section: Section) -> bool:
        """Whether a line is one of them."""
        return names((*self.lines, *self.rest), code, section)


class JointAmount(_Together):
    """Lines that are rounded as one: each but one on its own, and that one is what is left of the joint amount.

    Attributes:
        round_per: what is rounded as one: each band, or all bands together.
    """

    round_per: Grain


class SharpSurcharge(_Together):
    """What sharp hours cost above peak, printed as a line apart.

    The lines are billed at peak in sharp hours; the surcharge is (ratio − 1) × the sum of their rounded peak prices, to
    a step, × the sharp energy; the rest line takes what is left of the amounts at the sharp prices.

    Attributes:
        code: of the surcharge's line, which prints in the section of the rest line.
        step: the last place of its price that is kept [money/kWh].
    """

    code: ComponentCode
    label: Text | None = None
    step: RoundingStep

    @model_validator(mode="after")
    def _is_a_line_of_its_own(self) -> "SharpSurcharge":
        if self.code in (*self.lines, *self.rest):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.SURCHARGE_OF_ITSELF, value=self.code)
        return self
