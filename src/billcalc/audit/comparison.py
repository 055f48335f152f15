"""What comparing an issued bill with the recomputed one finds: records, whose money always sums exactly.

Every printed line and every line of ours stands in exactly one entry, so the differences of the entries sum to what the
lines of the two bills differ by. What the issued total is off its own lines, and what the recomputed total was rounded
by, make up the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from billcalc.audit.issued import IssuedBill, IssuedLine
from billcalc.billing.bill import Bill, Line
from billcalc.kernel.decimals import EXACT, exact_sum
from billcalc.kernel.troubles import Problem
from billcalc.vocabulary import Section

__all__ = [
    "FINDINGS",
    "UNCOMPARED",
    "Cause",
    "Comparison",
    "Effects",
    "Entry",
    "Fact",
    "FactComparison",
    "Matching",
    "OtherReading",
    "Outcome",
    "OwnCheck",
    "OwnError",
    "Part",
    "PartComparison",
    "SectionMoney",
    "Side",
    "Unmapped",
    "Verdict",
    "total_of",
]


class Outcome(StrEnum):
    """What became of an entry."""

    AGREES = "agrees"
    TOLERATED = "tolerated"
    """The amounts differ by no more than the tolerance."""
    ZERO = "zero"
    """A line of 0.00 that only one of the bills has: bills print some of their zeros."""
    UNMAPPED = "unmapped"
    """A printed line that cannot be told to be any line of ours."""
    MISSING = "missing"
    """A line that one of the bills has and the other has not; ``Side`` says which has not."""
    DIFFERING = "differing"
    NOT_READ = "not_read"
    """A line of ours that may be a printed row that could not be read: nothing is known of it."""
    NOT_PRINTED = "not_printed"
    """A line of ours of which the issued bill prints only sums."""
    NET = "net"
    """A line that differs by a tax that all printed lines are without; that is told once."""


UNCOMPARED = (Outcome.NOT_READ, Outcome.NOT_PRINTED)
"""What has nothing printed beside it that could be compared."""

FINDINGS = (Outcome.UNMAPPED, Outcome.MISSING, Outcome.DIFFERING)
"""The three kinds of finding, in the order of reporting."""


class Side(StrEnum):
    """One of the two bills."""

    ISSUED = "issued"
    RECOMPUTED = "recomputed"


class Unmapped(StrEnum):
    """Why a printed line is unmapped."""

    NO_CODE = "no_code"
    UNKNOWN_CODE = "unknown_code"
    AMBIGUOUS = "ambiguous"


class Matching(StrEnum):
    """How lines were brought together."""

    ONE = "one"
    """One printed line is one line of ours."""
    ORDER = "order"
    """Several lines differ only in days that the printed ones do not tell: matched in order."""
    SUM_OF_RECOMPUTED = "sum_of_recomputed"
    SUM_OF_ISSUED = "sum_of_issued"
    SUMS = "sums"
    ELSEWHERE = "elsewhere"
    """All that is printed agrees but where: another band, group, section or span."""


class Part(StrEnum):
    """What a line tells besides its amount."""

    QUANTITY = "quantity"
    PRICE = "price"
    BAND = "band"
    GROUP = "group"
    SECTION = "section"
    SPAN = "span"


class Fact(StrEnum):
    """A printed fact."""

    PERIOD = "period"
    KWH = "kwh"
    KVARH = "kvarh"
    COSPHI = "cosphi"
    RATIO = "ratio"
    BASE = "base"
    TAX = "tax"
    TOTAL = "total"
    SUBTOTAL = "subtotal"


class Verdict(StrEnum):
    """How two values of one thing compare."""

    AGREES = "agrees"
    AS_PRINTED = "as_printed"
    """The recomputed value rounded to the decimals that are printed is the printed one."""
    DIFFERS = "differs"
    NOT_TOLD = "not_told"
    """One side does not tell it, or tells several."""


Shown = Decimal | str | None


@dataclass(frozen=True, slots=True)
class PartComparison:
    """One part of a line on both sides."""

    part: Part
    issued: Shown
    recomputed: Shown
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Effects:
    """A difference of amounts split over quantity and price, each to the fen; the three sum to it.

    Attributes:
        quantity: (issued − recomputed quantity) × recomputed price.
        price: issued quantity × (issued − recomputed price).
        rest: what neither explains: rounding, or the multiplication itself.
    """

    quantity: Decimal
    price: Decimal
    rest: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines that are the same thing on the two bills; on one side there may be none.

    Attributes:
        rows: the indices of the printed lines in the issued bill.
        issued, recomputed: the lines.
        difference: issued − recomputed amount [money].
        missing_from: the bill that has no such line, where the outcome is ``missing``.
        unmapped: why, where the outcome is ``unmapped``.
        section: where its money is counted; None where not even the section is known.
    """

    outcome: Outcome
    matching: Matching
    rows: tuple[int, ...]
    issued: tuple[IssuedLine, ...]
    recomputed: tuple[Line, ...]
    section: Section | None
    parts: tuple[PartComparison, ...] = ()
    effects: Effects | None = None
    missing_from: Side | None = None
    unmapped: Unmapped | None = None

    @property
    def amount_issued(self) -> Decimal:
        """The sum of its printed amounts."""
        return exact_sum(line.amount for line in self.issued)

    @property
    def amount_recomputed(self) -> Decimal:
        """The sum of our amounts."""
        return exact_sum(line.amount for line in self.recomputed)

    @property
    def difference(self) -> Decimal:
        """What it adds to the difference of the bills."""
        return EXACT.subtract(self.amount_issued, self.amount_recomputed)

    def verdict(self, part: Part) -> Verdict:
        """How a part compares."""
        return next((each.verdict for each in self.parts if each.part is part), Verdict.NOT_TOLD)


@dataclass(frozen=True, slots=True)
class FactComparison:
    """A printed fact beside the recomputed one.

    Attributes:
        of: the band, of energy; the name, of a subtotal.
    """

    fact: Fact
    of: str | None
    issued: Decimal | tuple[date, date]
    recomputed: Decimal | tuple[date, date] | None
    verdict: Verdict


class OwnCheck(StrEnum):
    """What of the issued bill does not follow from its own figures."""

    PRODUCT = "product"
    POWER_FACTOR = "power_factor"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class OwnError:
    """Where the issued bill contradicts itself.

    Attributes:
        name: what is printed: of the line or subtotal; None for the total.
        printed: the amount it prints.
        computed: what its own figures give: quantity × price, base × ratio, or the sum of its lines.
        row: the line, for a product.
        factors: of the product.
        may_be_rounding: whether the parts of a line, each rounded for itself, can make as much.
    """

    check: OwnCheck
    name: str | None
    printed: Decimal
    computed: Decimal
    row: int | None = None
    factors: tuple[Decimal, Decimal] | None = None
    may_be_rounding: bool = False

    @property
    def difference(self) -> Decimal:
        """Printed − computed."""
        return EXACT.subtract(self.printed, self.computed)


class Cause(StrEnum):
    """What the difference of the totals is made of."""

    UNMAPPED = "unmapped"
    MISSING_FROM_RECOMPUTED = "missing_from_recomputed"
    MISSING_FROM_ISSUED = "missing_from_issued"
    DIFFERING = "differing"
    TOLERATED = "tolerated"
    OWN_ERROR = "own_error"
    """The issued total is not the sum of the printed lines."""
    TOTAL_ROUNDING = "total_rounding"
    """The recomputed total was rounded further than its lines."""
    NOT_READ = "not_read"
    """What the rows that could not be read leave of the issued total, less the lines of ours that they may be."""
    NOT_PRINTED = "not_printed"
    """The issued bill prints only sums: what they are off the sum of our lines."""
    NET = "net"
    """Lines that are without a tax, and the tax."""


@dataclass(frozen=True, slots=True)
class SectionMoney:
    """The lines of one section on both sides; a section of None holds what is in none of ours."""

    section: Section | None
    issued: Decimal
    recomputed: Decimal

    @property
    def difference(self) -> Decimal:
        """Issued − recomputed."""
        return EXACT.subtract(self.issued, self.recomputed)


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A reading of an undocumented convention under which the recomputed total would be the issued one."""

    problem: Problem
    value: str

    @property
    def of(self) -> str:
        """The convention that is read, or the code of what else is in doubt."""
        return self.problem.facts.get("key", self.problem.code.value)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An issued bill beside the recomputed one.

    Attributes:
        tolerance: differences of amounts up to it are no findings [money].
        entries: every line of both, once: first those with printed lines, in their order, then ours that are missing.
        facts: every printed fact.
        own: where the issued bill contradicts itself; a product that our own line has too does not count.
        sections: the money by section.
        causes: what the difference of the totals is made of; only causes with money, and they sum to it.
        readings: of undocumented conventions, those that would give the issued total.
        unread: how many printed rows could not be read.
        tax: the rate of the tax that both bills are compared without, as was told; or None.
        untold_tax: the rate of a tax that the printed lines are without and that nothing tells; or None.
        of_bills: both bills as they were handed over, before a tax was taken out and a printed sum became a line.
    """

    bill: Bill
    issued: IssuedBill
    tolerance: Decimal
    entries: tuple[Entry, ...]
    facts: tuple[FactComparison, ...]
    own: tuple[OwnError, ...]
    sections: tuple[SectionMoney, ...]
    causes: Mapping[Cause, Decimal]
    readings: tuple[OtherReading, ...]
    of_bills: tuple[Bill, IssuedBill]
    unread: int = 0
    tax: Decimal | None = None
    untold_tax: Decimal | None = None

    @property
    def findings(self) -> tuple[Entry, ...]:
        """The unmapped, the missing and the differing lines, in this order, never merged."""
        return tuple(entry for kind in FINDINGS for entry in self.of(kind))

    def of(self, outcome: Outcome) -> tuple[Entry, ...]:
        """The entries of an outcome."""
        return tuple(entry for entry in self.entries if entry.outcome is outcome)

    @property
    def differing_facts(self) -> tuple[FactComparison, ...]:
        """The printed facts that differ."""
        return tuple(fact for fact in self.facts if fact.verdict is Verdict.DIFFERS)

    @property
    def own_errors(self) -> tuple[OwnError, ...]:
        """Where the issued bill contradicts itself, and no rounding can be why."""
        return tuple(error for error in self.own if not error.may_be_rounding)

    @property
    def agrees(self) -> bool:
        """Whether nothing differs: no finding, no fact that differs; the issued bill adds up and was read."""
        found = self.findings or self.own_errors or self.differing_facts
        return not (found or self.unread or self.untold_tax is not None)

    @property
    def given(self) -> int:
        """How many printed lines agree with amounts that were given with the request, which proves nothing."""
        agreeing = (entry for entry in self.of(Outcome.AGREES) if all(line.given for line in entry.recomputed))
        return sum(len(entry.issued) for entry in agreeing)

    @property
    def prints_sums_only(self) -> bool:
        """Whether the issued bill has no lines but sums of them."""
        return bool(self.of(Outcome.NOT_PRINTED))

    @property
    def total_issued(self) -> Decimal:
        """The printed total; the sum of the printed lines, or our own where no line is printed, where there is none."""
        total = self.issued.total
        if total is None and self.prints_sums_only:
            return self.bill.total
        return exact_sum(line.amount for line in self.issued.lines) if total is None else total

    @property
    def difference(self) -> Decimal:
        """Issued − recomputed total."""
        return EXACT.subtract(self.total_issued, self.bill.total)


def total_of(entries: Iterable[Entry]) -> Decimal:
    """The money of some entries."""
    return exact_sum(entry.difference for entry in entries)
