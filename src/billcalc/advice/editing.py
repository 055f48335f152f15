"""A month's request with one thing else: another way of paying, other energies."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from billcalc.agreement.models import Basic, BasicMode
from billcalc.billing.request import Request
from billcalc.kernel.decimals import decimal_text
from billcalc.metering.models import ENERGY_REGISTERS, Register

__all__ = ["Changes", "Energies", "basic_of", "with_basic", "with_energies"]

Changes = Mapping[str, str]
"""What is told otherwise: the place in the request, and what stands there."""
Energies = Mapping[tuple[str, Register], Decimal]
"""What a register of a metering point counted [kWh or kvarh]."""


def basic_of(request: Request) -> Basic:
    """The terms of the basic charge at the end of what is billed."""
    last = request.period.end
    return max((each for each in request.agreement if each.start < last), key=lambda each: each.start).basic


def with_basic(
    request: Request, mode: BasicMode, contracts: Mapping[str, Decimal] | None = None
) -> tuple[Request, Changes]:
    """A request that is billed in a way wherever its agreement has a basic charge, and what that changes.

    Args:
        request: of the month.
        mode: the way.
        contracts: by supply point, where it is by contract [kW].
    """
    terms: dict[str, object] = {"mode": mode}
    if contracts is not None:
        terms["contracts"] = dict(contracts)
    paying = [place for place, each in enumerate(request.agreement) if each.basic.mode is not BasicMode.EXEMPT]
    entries = tuple(
        each.model_copy(update={"basic": each.basic.model_copy(update=terms)}) if place in paying else each
        for place, each in enumerate(request.agreement)
    )
    told: dict[str, str] = {}
    for place in paying:
        told[f"/agreement/{place}/basic/mode"] = mode.value
        for name, contract in (contracts or {}).items():
            told[f"/agreement/{place}/basic/contracts/{name}"] = decimal_text(contract)
    return request.model_copy(update={"agreement": entries}), told


def with_energies(request: Request, energies: Energies) -> tuple[Request, Changes]:
    """A request that tells what some registers counted instead of reading them, and what that changes."""
    told: dict[str, str] = {}
    points = []
    for number, point in enumerate(request.metering_points):
        own = {register: each for (name, register), each in energies.items() if name == point.id}
        given = point.given
        for key, registers in (("kwh", _energies(own)), ("kvarh", _reactive(own))):
            given = given.model_copy(update={key: {**getattr(given, key), **{each: own[each] for each in registers}}})
            told |= {f"/metering_points/{number}/given/{key}/{each}": decimal_text(own[each]) for each in registers}
        points.append(point.model_copy(update={"given": given}) if own else point)
    return request.model_copy(update={"metering_points": tuple(points)}), told


def _energies(registers: Iterable[Register]) -> list[Register]:
    return [each for each in registers if each in ENERGY_REGISTERS]


def _reactive(registers: Iterable[Register]) -> list[Register]:
    return [each for each in registers if each not in ENERGY_REGISTERS]
