"""What a check of the tariff library finds: codes with their English sentences, as ``kernel.wording`` has for bills.

An *error* must be corrected before a document is published, a *warning* looked at; *coverage* is told and not judged:
a price of a month that nobody entered is no mistake of the library, a bill of that month is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["FINDING_WORDING", "Finding", "FindingCode", "FindingSeverity", "FindingWording", "in_order"]


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
    LINE_NOT_UNIFORM = "line_not_uniform"
    BAND_MISSING = "band_missing"
    LEVY_NOT_TAGGED = "levy_not_tagged"
    PRICE_IMPLAUSIBLE = "price_implausible"
    PRICE_CHANGED_MUCH = "price_changed_much"
    VOLTAGE_NOT_FALLING = "voltage_not_falling"
    AREA_INCOMPLETE = "area_incomplete"
    ACKNOWLEDGED_NOTHING = "acknowledged_nothing"
    TABLE_NOT_RISING = "table_not_rising"
    STANDARD_NOT_ZERO = "standard_not_zero"
    TOTAL_APART = "total_apart"
    TOTALS_NOT_COMPARED = "totals_not_compared"
    TOTALS_COMPARED = "totals_compared"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class FindingWording:
    """How serious it is, what is the matter, and what to do about it; ``{facts}`` are filled in."""

    severity: FindingSeverity
    what: str
    do: str


_ERROR, _WARNING = FindingSeverity.ERROR, FindingSeverity.WARNING

FINDING_WORDING: Mapping[FindingCode, FindingWording] = {
    FindingCode.SUPERSEDES_UNKNOWN: FindingWording(
        _ERROR, 'it supersedes "{id}", which is not in the library', "correct the id, or leave supersedes out"
    ),
    FindingCode.SUPERSEDES_ELSEWHERE: FindingWording(
        _ERROR,
        "it supersedes {id}, a document of kind {kind} for {area}",
        "supersede a document of the same kind and area",
    ),
    FindingCode.SUPERSEDES_IN_A_CIRCLE: FindingWording(
        _ERROR,
        "it supersedes itself, by way of {ids}, so that none of them is in force",
        "let only the later document supersede the earlier",
    ),
    FindingCode.SUPERSEDES_LESS: FindingWording(
        _WARNING,
        "it supersedes {id}, and on {days}, when that one was in force, nothing is now",
        "repeat in it what holds on those days; to change something from a day on, add a document without supersedes",
    ),
    FindingCode.STATED_NOWHERE: FindingWording(
        _ERROR,
        'it leaves in force what "{id}" states, which is no earlier document of that content in the library',
        "correct the id, or leave the part out of stated_in where the document states it itself",
    ),
    FindingCode.SEEN_AFTER_SUCCESSOR: FindingWording(
        _WARNING,
        "it was seen in force on {last}, but {successor} is in force from {start} on",
        "correct one of the two dates",
    ),
    FindingCode.MONTH_WITHOUT_END: FindingWording(
        _ERROR,
        "a price of a month does not end by itself: without an end it would price every later month",
        "state effective.repealed_on, the first day after the month",
    ),
    FindingCode.EVIDENCE_UNSOURCED: FindingWording(
        _ERROR,
        "the evidence is {evidence}, and {lacking}",
        "tell where the content was seen, or grade the evidence lower",
    ),
    FindingCode.PRICE_UNVERIFIED: FindingWording(
        _ERROR,
        "a price with the evidence {evidence} proves nothing",
        "enter prices that were seen; a price from a request stays in the request",
    ),
    FindingCode.FIXTURE_MISSING: FindingWording(
        _ERROR,
        'the bill "{fixture}", which it was inferred from, is not among the fixtures',
        "add the bill, or correct its name",
    ),
    FindingCode.COMPONENT_AMBIGUOUS: FindingWording(
        _ERROR,
        'component "{component}" prices {key}, and so does {other}',
        'make their "for" exclude each other, or give them two codes',
    ),
    FindingCode.BASIC_AMBIGUOUS: FindingWording(
        _ERROR,
        '"{component}" and "{other_component}" of {other} both price {quantity} for {key}; one would never be billed',
        'make their "for" exclude each other',
    ),
    FindingCode.LINE_NOT_UNIFORM: FindingWording(
        _ERROR,
        'component "{component}" of line "{line}" differs from {other} in its {differs}; a line has one of each',
        "make them equal, or give the component a line of its own",
    ),
    FindingCode.BAND_MISSING: FindingWording(
        _ERROR,
        'component "{component}" says nothing about {bands}, which {other} knows for the same customer',
        "price them, or list them under unpriced",
    ),
    FindingCode.LEVY_NOT_TAGGED: FindingWording(
        _ERROR,
        'component "{component}" prints among the levies without the tag that conventions find levies by',
        "add tags: [levy]",
    ),
    FindingCode.PRICE_IMPLAUSIBLE: FindingWording(
        _WARNING,
        "the price {price} of {quantity} is not within {range}",
        "compare it with the document; prices are in {unit}, not in hundredths of it",
    ),
    FindingCode.PRICE_CHANGED_MUCH: FindingWording(
        _WARNING,
        'the price {price} of "{component}" was {before} in {other}',
        "compare it with the document; where it is right, say so under acknowledged",
    ),
    FindingCode.VOLTAGE_NOT_FALLING: FindingWording(
        _WARNING,
        'the price {price} of "{component}" at {voltage} is above {below}, that at the lower voltage {other}',
        "compare both with the document; where they are right, say so under acknowledged",
    ),
    FindingCode.AREA_INCOMPLETE: FindingWording(
        _WARNING,
        "on {days} no document of kind {kind} is in force beside it: every bill of these days is refused",
        "add the document, or say under acknowledged why it is not there",
    ),
    FindingCode.ACKNOWLEDGED_NOTHING: FindingWording(
        _ERROR, 'it acknowledges "{code}", and no such warning is found in it', "leave the acknowledgement out"
    ),
    FindingCode.TABLE_NOT_RISING: FindingWording(
        _ERROR,
        "table {standard}: the adjustment falls from {better} at {at} to {worse} at the lower power factor {below}",
        "compare the rows with the document",
    ),
    FindingCode.STANDARD_NOT_ZERO: FindingWording(
        _ERROR,
        "table {standard}: at its own standard the adjustment is {percent} and not 0",
        "compare the row with the document",
    ),
    FindingCode.TOTAL_APART: FindingWording(
        _WARNING,
        "the printed total {printed} is {distance} from the sum of its parts {parts} ({key})",
        "compare both with the document; a misprint is entered as printed and corrected",
    ),
    FindingCode.TOTALS_NOT_COMPARED: FindingWording(
        _WARNING,
        "the printed totals cannot be compared with their parts ({reason})",
        "add the missing part, or leave the totals out",
    ),
    FindingCode.TOTALS_COMPARED: FindingWording(
        FindingSeverity.COVERAGE,
        "{totals} printed totals, at most {distance} from the sums of their parts",
        "what lies within half of the last printed place is rounding",
    ),
    FindingCode.COVERAGE: FindingWording(
        FindingSeverity.COVERAGE,
        "{documents} in force on {days}{seen}",
        "where a day is missing that is to be billed, add the document of that day",
    ),
}


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
        return FINDING_WORDING[self.code].severity

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer."""
        return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in self.path)

    @property
    def sentence(self) -> str:
        """What is the matter, and what to do."""
        wording = FINDING_WORDING[self.code]
        return f"{wording.what.format_map(self.facts)}; {wording.do.format_map(self.facts)}"

    def __str__(self) -> str:
        place = f"{self.document}#{self.pointer}" if self.path else self.document
        return f"{place}: {self.code}: {self.sentence}"


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The errors first, then warnings, then coverage; each by document and place."""
    severities = list(FindingSeverity)
    return tuple(sorted(findings, key=lambda each: (severities.index(each.severity), each.document, each.pointer)))
