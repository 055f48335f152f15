"""What a check of the tariff library finds: codes with facts; ``words.findings`` has the sentences.

An *error* must be corrected before a document is published, a *warning* looked at; *coverage* is told and not judged:
a price of a month that nobody entered is no mistake of the library, a bill of that month is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Finding", "FindingCode", "FindingSeverity", "in_order"]


class FindingSeverity(StrEnum):
    """What is to be done about a finding."""

    ERROR = "error"
    WARNING = "warning"
    COVERAGE = "coverage"


class FindingCode(StrEnum):
    """What can be found."""

    SUPERSEDES_UNKNOWN = "supersedes_unknown"
    SUPERSEDES_ELSEWHERE = "supersedes_elsewhere"
    SUPERSEDES_IN_A_CIRCLE = "supersedes_in_a_circle"
    SUPERSEDES_LESS = "supersedes_less"
    STATED_NOWHERE = "stated_nowhere"
    SEEN_AFTER_SUCCESSOR = "seen_after_successor"
    MONTH_WITHOUT_END = "month_without_end"
    EVIDENCE_UNSOURCED = "evidence_unsourced"
    PRICE_UNVERIFIED = "price_unverified"
    FIXTURE_MISSING = "fixture_missing"
    COMPONENT_AMBIGUOUS = "component_ambiguous"
    BASIC_AMBIGUOUS = "basic_ambiguous"
    CHARGED_TWICE = "charged_twice"
    DEMAND_TIERS_APART = "demand_tiers_apart"
    LINE_NOT_UNIFORM = "line_not_uniform"
    BAND_MISSING = "band_missing"
    LEVY_NOT_TAGGED = "levy_not_tagged"
    PRICE_IMPLAUSIBLE = "price_implausible"
    PRICE_CHANGED_MUCH = "price_changed_much"
    VOLTAGE_NOT_FALLING = "voltage_not_falling"
    DEMAND_BESIDE_CAPACITY = "demand_beside_capacity"
    RATIO_IMPLAUSIBLE = "ratio_implausible"
    RATIOS_NOT_FALLING = "ratios_not_falling"
    MONTH_OF_OTHER_NAME = "month_of_other_name"
    AREA_MISSPELT = "area_misspelt"
    AREA_INCOMPLETE = "area_incomplete"
    ACKNOWLEDGED_NOTHING = "acknowledged_nothing"
    TABLE_NOT_RISING = "table_not_rising"
    STANDARD_NOT_ZERO = "standard_not_zero"
    TIER_LIMITS_MISSING = "tier_limits_missing"
    TIERS_AMBIGUOUS = "tiers_ambiguous"
    TIERS_OF_NOBODY = "tiers_of_nobody"
    TIER_UNPRICED = "tier_unpriced"
    TIER_WITHOUT_LIMIT = "tier_without_limit"
    TIER_PRICE_FALLS = "tier_price_falls"
    TOTAL_APART = "total_apart"
    TOTAL_NEAR = "total_near"
    TOTALS_NOT_COMPARED = "totals_not_compared"
    TOTALS_COMPARED = "totals_compared"
    COVERAGE = "coverage"


_WARNINGS = frozenset(
    {
        FindingCode.SUPERSEDES_LESS,
        FindingCode.SEEN_AFTER_SUCCESSOR,
        FindingCode.CHARGED_TWICE,
        FindingCode.PRICE_IMPLAUSIBLE,
        FindingCode.PRICE_CHANGED_MUCH,
        FindingCode.VOLTAGE_NOT_FALLING,
        FindingCode.DEMAND_BESIDE_CAPACITY,
        FindingCode.RATIO_IMPLAUSIBLE,
        FindingCode.RATIOS_NOT_FALLING,
        FindingCode.AREA_MISSPELT,
        FindingCode.AREA_INCOMPLETE,
        FindingCode.TIER_LIMITS_MISSING,
        FindingCode.TIER_PRICE_FALLS,
        FindingCode.TOTAL_APART,
        FindingCode.TOTAL_NEAR,
        FindingCode.TOTALS_NOT_COMPARED,
    }
)
_COVERAGE = frozenset({FindingCode.TOTALS_COMPARED, FindingCode.COVERAGE})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    Attributes:
        document: the document's id; of coverage, the directory of the series, such as ``cn/guangxi/levies``.
        path: the keys and indices that lead to it in the document.
    """

    code: FindingCode
    document: str
    path: tuple[int | str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> FindingSeverity:
        """How serious it is."""
        if self.code in _COVERAGE:
            return FindingSeverity.COVERAGE
        return FindingSeverity.WARNING if self.code in _WARNINGS else FindingSeverity.ERROR

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer."""
        return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in self.path)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The errors first, then warnings, then coverage; each by document and place."""
    severities = list(FindingSeverity)
    return tuple(sorted(findings, key=lambda each: (severities.index(each.severity), each.document, each.pointer)))
