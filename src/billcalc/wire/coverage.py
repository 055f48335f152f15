"""Which days the documents cover, as data: for the command that asks and for the service."""

from collections.abc import Sequence
from typing import Annotated, Literal, TypedDict

from billcalc.kernel.sources import Evidence
from billcalc.tariff.listing import Covered
from billcalc.vocabulary import Kind
from billcalc.wire.schema import Day, Form, OneOf

__all__ = ["CoverageData", "coverage_data"]


CoveredData = TypedDict(
    "CoveredData",
    {
        "area": str,
        "kind": Annotated[str, OneOf(Kind)],
        "from": Day,
        "to": Annotated[Day | None, Form(description="the day after the last; null where no end is known")],
        "evidence": Annotated[str, OneOf(Evidence)],
        "seen_until": Annotated[
            Day | None,
            Form(description="when the last document was last seen in force, where told; later bills have a doubt"),
        ],
        "documents": list[str],
    },
)
"""Days that follow one another, on which documents of one kind of an area are in force with one evidence."""


class CoverageData(TypedDict):
    """The days that documents cover, by area and kind."""

    kind: Literal["tariff_coverage"]
    covered: list[CoveredData]


def coverage_data(found: Sequence[Covered]) -> CoverageData:
    """The days that documents cover, by area and kind."""
    return {
        "kind": "tariff_coverage",
        "covered": [
            {
                "area": each.area,
                "kind": each.kind.value,
                "from": str(each.span.start),
                "to": None if each.span.end is None else str(each.span.end),
                "evidence": each.evidence.value,
                "seen_until": None if each.seen_until is None else str(each.seen_until),
                "documents": list(each.documents),
            }
            for each in found
        ],
    }
