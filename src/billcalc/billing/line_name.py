"""What names a line of a bill."""

from dataclasses import dataclass

from billcalc.kernel.spans import Span
from billcalc.vocabulary import Section

__all__ = ["LineName"]


@dataclass(frozen=True, slots=True)
class LineName:
    """What tells a line from the others of a bill, apart from its band.

    Attributes:
        code: the component or charge.
        group: the billing group; of a power-factor line its scope.
        span: the days it is of.
    """

    code: str
    label: str | None
    section: Section
    group: str
    span: Span
