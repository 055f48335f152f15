"""A simulation as data: the bill of a request, and what each variant of it differs by, line by line."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypedDict

from billcalc.advice.simulated import Outcome, changed_lines
from billcalc.billing.bill import Bill
from billcalc.kernel.decimals import EXACT
from billcalc.kernel.troubles import Refusal
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
    problems: list[BatchProblemData]


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


def simulation_data(base: Bill, variants: Mapping[str, Outcome], *, lexicon: Lexicon = ENGLISH) -> SimulationData:
    """A simulation as data.

    Args:
        base: the bill of the request itself.
        variants: by name the bill of each, or why there is none.
        lexicon: the language of messages.
    """
    return {
        "kind": "simulation",
        "base": {**heading_data(base), "total": money(base.total), "problems": _problems(base)},
        "variants": [_variant(base, name, found, lexicon) for name, found in variants.items()],
    }


def _variant(
    base: Bill, name: str, found: Outcome, lexicon: Lexicon
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
        "problems": _problems(found),
    }


def _problems(bill: Bill) -> list[BatchProblemData]:
    return [{"code": each.code.value, "where": each.where} for each in bill.problems]


def _changed(base: Bill, variant: Bill) -> Iterator[ChangedLineData]:
    for each in changed_lines(base, variant):
        yield {
            **line_name_data(each.line),
            "base": None if each.base is None else money(each.base),
            "variant": None if each.variant is None else money(each.variant),
            "difference": money(each.difference),
        }
