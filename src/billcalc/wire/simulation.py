"""A simulation as data: the bill of a request, and what each variant of it differs by, line by line."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Literal, TypedDict

from billcalc.billing.bill import Bill, Line
from billcalc.kernel.decimals import EXACT, ZERO
from billcalc.kernel.troubles import Fault, Refusal
from billcalc.wire.batch import BatchProblemData
from billcalc.wire.bill import HeadingData, LineNameData, heading_data, line_name_data
from billcalc.wire.schema import Form, Number
from billcalc.wire.troubles import InvalidData, RefusalData, invalid_data, refusal_data
from billcalc.words.lexicon import ENGLISH, Lexicon
from billcalc.words.naming import money

__all__ = [
    "SimulatedBillData",
    "SimulatedInvalidData",
    "SimulatedRefusalData",
    "SimulationData",
    "simulation_data",
]


class ChangedLineData(LineNameData):
    """A line on both bills; null where a bill has it not. The difference is variant − base."""

    base: Number | None
    variant: Number | None
    difference: Number


class BaseData(HeadingData):
    """The bill of the request itself."""

    total: Number


class _Named(TypedDict):
    name: str


class SimulatedBillData(_Named):
    """A variant that was billed: the lines that differ sum to the difference, but for a rounding of the total."""

    kind: Literal["bill"]
    id: str
    total: Number
    difference: Number
    lines: Annotated[list[ChangedLineData], Form(description="only those that differ")]
    problems: list[BatchProblemData]


class SimulatedRefusalData(_Named, RefusalData):
    """A variant that cannot be billed."""


class SimulatedInvalidData(_Named, InvalidData):
    """A variant that makes no request."""


class SimulationData(TypedDict):
    """A request, and its variants in their order."""

    kind: Literal["simulation"]
    base: BaseData
    variants: list[SimulatedBillData | SimulatedRefusalData | SimulatedInvalidData]


def simulation_data(
    base: Bill, variants: Mapping[str, Bill | Refusal | Sequence[Fault]], *, lexicon: Lexicon = ENGLISH
) -> SimulationData:
    """A simulation as data.

    Args:
        base: the bill of the request itself.
        variants: by name the bill of each, or why there is none.
        lexicon: the language of messages.
    """
    return {
        "kind": "simulation",
        "base": {**heading_data(base), "total": money(base.total)},
        "variants": [_variant(base, name, found, lexicon) for name, found in variants.items()],
    }


def _variant(
    base: Bill, name: str, found: Bill | Refusal | Sequence[Fault], lexicon: Lexicon
) -> SimulatedBillData | SimulatedRefusalData | SimulatedInvalidData:
    if isinstance(found, Refusal):
        return {"name": name, **refusal_data(found, lexicon=lexicon)}
    if not isinstance(found, Bill):
        return {"name": name, **invalid_data(found, lexicon=lexicon)}
    return {
        "name": name,
        "kind": "bill",
        "id": found.id,
        "total": money(found.total),
        "difference": money(EXACT.subtract(found.total, base.total)),
        "lines": list(_changed(base, found)),
        "problems": [{"code": each.code.value, "where": each.where} for each in found.problems],
    }


def _changed(base: Bill, variant: Bill) -> Iterator[ChangedLineData]:
    """The lines that differ, in the order of the base, then those that only the variant has."""
    lines: dict[tuple[object, ...], tuple[Line, dict[str, Decimal]]] = {}
    for side, bill in (("base", base), ("variant", variant)):
        for line in bill.lines:
            name = (line.code, line.label, line.section, line.group, line.band, line.span)
            _, amounts = lines.setdefault(name, (line, {}))
            amounts[side] = EXACT.add(amounts.get(side, ZERO), line.amount)
    for line, amounts in lines.values():
        difference = EXACT.subtract(amounts.get("variant", ZERO), amounts.get("base", ZERO))
        if difference or len(amounts) == 1:
            sides = {side: None if side not in amounts else money(amounts[side]) for side in ("base", "variant")}
            yield {
                **line_name_data(line),
                "base": sides["base"],
                "variant": sides["variant"],
                "difference": money(difference),
            }
