"""The pieces that a period is cut into."""

from dataclasses import dataclass

from billcalc.kernel.spans import Span

__all__ = ["Piece"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the period in which neither the agreement nor any price changes."""

    span: Span
    agreement: int
