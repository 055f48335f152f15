"""The pieces that a period is cut into."""

from dataclasses import dataclass
from decimal import Decimal

from billcalc.agreement.models import Transformer
from billcalc.kernel.spans import Span

__all__ = ["Piece", "Standing"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the period in which neither the agreement nor any price changes.

    Attributes:
        agreement: the place of the entry that holds.
        basic: the place of the entry whose terms of the basic charge count: an earlier one where a change of them
            inside a cycle counts from the next cycle on.
    """

    span: Span
    agreement: int
    basic: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What a transformer is in a piece.

    Attributes:
        number: its place in the agreement's entry.
        share: of its charge that is billed [1].
        runs: whether it has voltage, so that its load counts for a demand.
    """

    number: int
    transformer: Transformer
    share: Decimal
    runs: bool

    @property
    def stated(self) -> tuple[str, Decimal, Decimal]:
        """What makes it the same in two pieces."""
        return (self.transformer.id, self.transformer.kva, self.share)
