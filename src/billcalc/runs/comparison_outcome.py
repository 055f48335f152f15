"""What a comparison of tables comes to: counts that add up, and the money."""

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["BulkComparison", "CodeMoney", "KindMoney"]


@dataclass(frozen=True, slots=True)
class CodeMoney:
    """What the matched bills differ by in one code.

    Attributes:
        bills: how many differ in it.
        difference: issued − recomputed, summed [money].
        absolute: the sum of the differences without their signs [money].
    """

    code: str
    bills: int
    difference: Decimal
    absolute: Decimal


@dataclass(frozen=True, slots=True)
class KindMoney:
    """The findings of one kind in one code.

    Attributes:
        over, under: how many are of too much, and of too little.
        too_much, too_little: their differences summed [money].
    """

    kind: str
    code: str
    over: int
    under: int
    too_much: Decimal
    too_little: Decimal


@dataclass(frozen=True, slots=True)
class BulkComparison:
    """The outcome, whose counts add up; all but ``nameless`` are of accounts.

    Attributes:
        issued: in the issued table = matched + unreadable + rejected + only_issued.
        recomputed: that were billed = matched + unreadable_recomputed + only_recomputed.
        differing: matched with a finding; ``agreeing`` is the rest.
        unreadable: issued with an amount that is no exact number, or with none at all, or several times.
        unreadable_recomputed: those of them that were billed.
        rejected: issued, and their request was rejected.
        only_issued: issued, without a request.
        nameless: rows of the issued table that name no account.
        issued_repeated: those of the unreadable that come on several rows of a wide table or with several totals, or
            have bills of several months where the issued table tells none.
        recomputed_repeated: with several bills of a month, which were added up.
        issued_total, recomputed_total: of the matched [money].
        by_code: largest first.
        worst: account, issued, recomputed, difference; largest first.
        unread: columns of the issued table that were not read.
        unread_months: those of them that are called as months are, where no month is read: bills of several are one.
        encoding: of the issued table; whoever compares one that is not UTF-8 says so.
        hidden, hidden_columns: rows and columns of it that were read and that a spreadsheet does not show.
        totals: rows of the issued table that sum others; they are left out.
        over, under: matched bills with a finding, of too much and of too little.
        too_much, too_little: what they are too much or too little, summed [money].
        by_kind: the findings by kind and code, largest first.
        given: lines in agreement of which the requests give the amounts; they prove nothing.
        offsetting: lines in agreement of which the issued table has amounts above and below zero under one code.
        untold_tax: the rate of a tax that all lines of bills are without, and of how many; None where there is none.
        proposals: unmapped names, each with the code of ours that has its amounts, and in how many bills.
    """

    issued: int
    recomputed: int
    matched: int
    differing: int
    unreadable: int
    unreadable_recomputed: int
    rejected: int
    only_issued: int
    only_recomputed: int
    nameless: int
    issued_repeated: int
    recomputed_repeated: int
    issued_total: Decimal
    recomputed_total: Decimal
    by_code: tuple[CodeMoney, ...]
    worst: tuple[tuple[str, Decimal, Decimal, Decimal], ...]
    unread: tuple[str, ...]
    unread_months: tuple[str, ...] = ()
    encoding: str = "utf-8"
    hidden: int = 0
    hidden_columns: tuple[str, ...] = ()
    totals: int = 0
    over: int = 0
    under: int = 0
    too_much: Decimal = Decimal(0)
    too_little: Decimal = Decimal(0)
    by_kind: tuple[KindMoney, ...] = ()
    given: int = 0
    offsetting: int = 0
    untold_tax: tuple[str, int] | None = None
    proposals: tuple[tuple[str, str, int], ...] = ()

    @property
    def agreeing(self) -> int:
        """Matched accounts without a finding."""
        return self.matched - self.differing

    @property
    def agrees(self) -> bool:
        """Whether everything was compared and nothing differs."""
        return self.agreeing == self.issued == self.recomputed and not self.nameless
