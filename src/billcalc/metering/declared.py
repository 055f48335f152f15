"""What a meter is declared to be against what it shows; a contradiction is a fault, wherever the number came from."""

from decimal import Decimal

from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault
from billcalc.kernel.values import Arithmetic, Rounding, Value, rounded

__all__ = ["check_multiplier", "check_shown"]


def check_shown(
    shown: Value, where: str, register: str, *, digits: int, decimals: int | None, arithmetic: Arithmetic
) -> None:
    """A register shows no more digits than it has, before its decimal point and (where told) after it."""
    fault = Fault(FaultCode.READING_ABOVE_METER, where, {"register": register, "digits": str(digits)})
    arithmetic.require(shown < Decimal(10) ** digits, fault, reading=shown)
    if decimals is not None:
        finer = Fault(FaultCode.READING_TOO_FINE, where, {"register": register, "decimals": str(decimals)})
        apart = shown - rounded(shown, Rounding(Decimal(1).scaleb(-decimals)))
        for is_shown in (apart <= 0, apart >= 0):
            arithmetic.require(is_shown, finer, reading=shown)


def check_multiplier(multiplier: Value, where: str, arithmetic: Arithmetic) -> None:
    """A multiplier is 1 or more, as every transformer's ratio is: below it primary and secondary were exchanged."""
    arithmetic.require(multiplier >= 1, Fault(FaultCode.MULTIPLIER_BELOW_ONE, where), multiplier=multiplier)
